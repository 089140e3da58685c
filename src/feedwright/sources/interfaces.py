"""Objects as the interfaces of WordPress and Strapi give them, made records like any other."""

from collections.abc import Iterator, Mapping

from feedwright.model import RawValue

_UTC = {"date": "date_gmt", "modified": "modified_gmt"}
"""WordPress's keys: local time without its offset, and the same in UTC."""
_NUMBERED = ("author", "categories", "tags")
"""WordPress has numbers there; names only where it was asked to embed them."""


def as_record(value: dict[str, RawValue]) -> dict[str, RawValue]:
    """Give an object as a record; one of no such interface stays what it is."""
    attributes = value.get("attributes")
    if isinstance(attributes, dict) and "id" in value and len(value) <= 3:
        return {"id": value["id"], **attributes}
    return _of_wordpress(value) if _is_of_wordpress(value) else value


def _is_of_wordpress(value: Mapping[str, RawValue]) -> bool:
    title = value.get("title")
    return isinstance(title, dict) and "rendered" in title and "date_gmt" in value


def _of_wordpress(value: Mapping[str, RawValue]) -> dict[str, RawValue]:
    made = {key: each for key, each in value.items() if key not in {*_UTC.values(), "_embedded"}}
    for key, gmt in _UTC.items():
        instant = value.get(gmt)
        if isinstance(instant, str) and instant[:1].isdigit() and instant[:4] != "0000":
            made[key] = instant if instant.endswith("Z") else instant + "Z"
    for key in _NUMBERED:
        if _is_numbers(made.get(key)):
            del made[key]
    return {**made, **_embedded(value.get("_embedded"))}


def _is_numbers(value: RawValue) -> bool:
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(each, int) for each in items)


def _embedded(value: RawValue) -> dict[str, RawValue]:
    """Give the people and terms that the answer holds beside the article."""
    if not isinstance(value, dict):
        return {}
    people: list[RawValue] = list(_named(value.get("author")))
    found: dict[str, RawValue] = {"author": people} if people else {}
    terms = value.get("wp:term")
    for group in terms if isinstance(terms, list) else ():
        for key, taxonomy in (("categories", "category"), ("tags", "post_tag")):
            names: list[RawValue] = list(_named(group, taxonomy))
            if names:
                found[key] = names
    return found


def _named(value: RawValue, taxonomy: str = "") -> Iterator[str]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and each.get("taxonomy", "") == taxonomy:
            name = each.get("name")
            if isinstance(name, str) and name.strip():
                yield name.strip()
