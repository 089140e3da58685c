"""The image of an article, as declared."""

from feedwright.model import RawValue
from feedwright.normalize.fields import Fields
from feedwright.normalize.problems import Notes
from feedwright.normalize.references import usable
from feedwright.normalize.values import flag, items_of, member, member_text, shown, text_of
from feedwright.text import markup

_ADDRESS_KEYS = ("path", "url", "src", "image", "href", "contenturl", "file", "filename", "source")
_ALT_KEYS = ("alt", "imagealt", "alttext", "caption", "title", "description")


def image(fields: Fields, notes: Notes) -> tuple[str, str]:
    """Give the address as declared and the alternative text; both empty when there is none."""
    for declared in fields.all("image"):
        for item in items_of(declared.value):
            address, alt = _of_item(item)
            if address:
                notes.took("image", declared)
                return address, alt or _alt(fields)
        if flag(declared.value) is None:  # `image: false` says that there is none
            notes.warn(
                "image-unreadable",
                declared,
                f"cannot read {shown(declared.value)} as an address",
                "write the path or URL of one image",
            )
    return "", ""


def _of_item(item: RawValue) -> tuple[str, str]:
    if not isinstance(item, dict):
        return usable(item), ""
    address = next(items_of(member(item, *_ADDRESS_KEYS)), None)
    if isinstance(address, dict):  # `image: {src: {url: …}}`
        address = member(address, *_ADDRESS_KEYS)
    return usable(address), markup.title_text(member_text(item, *_ALT_KEYS))


def _alt(fields: Fields) -> str:
    declared = fields.first("image alt")
    return markup.title_text(text_of(declared.value) or "") if declared else ""
