import pickle

import pytest

from feedwright.normalize import aliases
from feedwright.normalize.fields import Fields
from feedwright.normalize.values import squash

from .making import candidate, raw, rules


def test_a_configured_name_comes_before_everything():
    by = rules(fields={"title": ("newstitle",), "date": ("meta.first_seen",)})
    made = candidate(
        {"title": "t", "date": "2024-01-01", "NewsTitle": "n", "meta": {"firstSeen": "2023-02-03"}},
        by=by,
    )
    assert made.title == "n"
    assert made.published.date().isoformat() == "2023-02-03"
    assert "NewsTitle" not in made.extra


def test_a_configured_name_with_a_dot_may_be_a_key_as_it_stands():
    by = rules(fields={"published": ("dc.date.issued",)})
    made = candidate({"title": "t", "DC.date.issued": "2023-02-03"}, by=by)
    assert made.published.date().isoformat() == "2023-02-03"


def test_an_empty_configured_value_is_absent():
    by = rules(fields={"title": ("newstitle",)})
    assert candidate({"title": "t", "newstitle": " "}, by=by).title == "t"


def test_the_order_of_keys_in_a_file_does_not_matter():
    made = candidate(
        {"headline": "h", "title": "t", "publishDate": "2023-01-01", "date": "2024-01-01"}
    )
    assert made.title == "t"
    assert made.published.year == 2024


def test_an_origin_that_stands_first_wins_over_a_better_name():
    place = [("title", "later", 1, "sidecar x.yaml")]
    assert candidate({"headline": "first"}, place=place).title == "first"


def test_what_a_page_shows_says_less_than_the_file_name():
    place = [("date", "2024-01-02", 0, "file name"), ("date", "2023-01-01", 9, "document")]
    made = candidate({"title": "t"}, place=place, origin="document", dialect="html")
    assert made.published.year == 2024


def test_a_drafts_folder_in_front_puts_nothing_else_of_the_folder_in_front():
    fields = {"draft": True}
    place = [("title", "t", 2, "front matter"), ("tags", ["own"], 3, "front matter")]
    place += [("tags", ["folder"], 0, "folder")]
    assert candidate(fields, origin="folder", place=place).tags == ("own",)


def test_a_later_default_wins_over_an_earlier_one():
    by = rules(defaults=[("**", {"lang": "en"}), ("fr/**", {"lang": "fr"})])
    assert candidate({"title": "t"}, by=by, below="fr/x.md").language == "fr"
    assert candidate({"title": "t"}, by=by, below="x.md").language == "en"
    assert candidate({"title": "t", "lang": "de"}, by=by, below="fr/x.md").language == "de"


def test_a_default_without_a_slash_fits_a_name_at_any_depth():
    by = rules(defaults=[("*.fr.md", {"lang": "fr"})])
    assert candidate({"title": "t"}, by=by, below="a/b/x.fr.md").language == "fr"


def test_defaults_reach_extra_too():
    by = rules(defaults=[("**", {"itunes_explicit": "no"})])
    assert candidate({"title": "t"}, by=by).extra == {"itunes_explicit": "no"}
    assert candidate({"title": "t", "itunes_explicit": "yes"}, by=by).extra == {
        "itunes_explicit": "yes"
    }


def test_what_has_no_canonical_field_is_kept_as_written():
    made = candidate(
        {
            "title": "t",
            "Weight": 3,
            "series": ["a"],
            "itunes_duration": "1:00",
            "x": "",
            "Tags": "a",
        }
    )
    assert made.extra == {"Weight": 3, "series": ["a"], "itunes_duration": "1:00"}


def test_where_each_field_came_from_is_kept():
    place = [("date", "2024-01-02", 0, "file name")]
    made = candidate({"title": "t", "Tags": "a"}, place=place)
    origins = {origin.field: origin[1:] for origin in made.origins}
    assert origins["title"] == ("front matter", "title", 2)
    assert origins["tags"] == ("front matter", "Tags", 3)
    assert origins["published"] == ("file name", "date", 0)
    assert "categories" not in origins


@pytest.mark.parametrize("row", sorted(aliases.NAMES))
def test_no_name_stands_twice_in_a_row(row):
    squashed = [squash(name) for name in aliases.NAMES[row]]
    assert len(squashed) == len(set(squashed))


def test_rules_can_be_sent_to_another_process():
    by = rules(defaults=[("**", {"lang": "en"})], fields={"title": ("x",)})
    again = pickle.loads(pickle.dumps(by))
    assert candidate({"x": "t"}, by=again) == candidate({"x": "t"}, by=by)


def test_every_row_is_found_by_every_one_of_its_names():
    for canonical, names in aliases.NAMES.items():
        for name in names:
            top, *rest = name.split(".")
            value = "x"
            for part in reversed(rest):
                value = {part: value}
            found = Fields(raw({top: value}), rules()).all(canonical)
            assert "x" in [field.value for field in found], (canonical, name)
