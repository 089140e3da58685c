import pytest

from .making import candidate, names, normalized, rules

FILE_SLUG = [("slug", "a-day", 0, "file name")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A day", "A day"),
        ("  A \n day ", "A day"),
        ("<b>Big</b> day", "Big day"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("a < b", "a < b"),
        ("Use `code` well", "Use code well"),
        (1984, "1984"),
        ("1.10", "1.10"),
        (True, "true"),
        ("no", "no"),
        ("مقهى الميناء", "مقهى الميناء"),
        ("bell\x07 and \x00 nul", "bell and nul"),
    ],
)
def test_a_title_becomes_plain_text_on_one_line(written, shown):
    made = candidate({"title": written})
    assert made.title == shown
    assert made.title_is_own


@pytest.mark.parametrize("written", [["a", "b"], {"en": "A"}])
def test_a_title_that_is_no_single_value_holds_the_article(written):
    made = normalized({"title": written})
    assert made.candidate is None
    assert names(made) == ["title-unreadable"]
    assert made.problems[0].line == 2
    assert made.problems[0].field == "title"
    assert made.problems[0].cure


@pytest.mark.parametrize("written", ["", "  ", None, [], "<br>"])
def test_an_empty_title_gives_way_to_the_first_heading(written):
    made = candidate({"title": written}, "\n```\n# no\n```\n\n# The *real* one\n\ntext")
    assert made.title.replace("*", "") == "The real one"
    assert made.title_is_own
    origin = next(origin for origin in made.origins if origin.field == "title")
    assert origin.origin == "heading"


def test_without_title_and_heading_the_slug_is_shown_in_words():
    made = normalized({}, "text", place=FILE_SLUG)
    assert made.candidate.title == "A Day"
    assert not made.candidate.title_is_own
    assert names(made) == ["title-missing"]


def test_a_file_without_any_letter_has_a_title():
    assert candidate({}, "text", below="---.md").title == "Untitled"


def test_link_title_is_only_a_fallback():
    assert candidate({"linkTitle": "short", "title": "Long"}).title == "Long"
    assert candidate({"linkTitle": "short"}).title == "short"


@pytest.mark.parametrize("separator", [" - ", " | ", " — ", " · "])
def test_the_site_name_comes_off_the_title_of_a_page(separator):
    made = candidate(
        {"title": f"A day - at sea{separator}Harbour Light"}, dialect="html", origin="document"
    )
    assert made.title == "A day - at sea"


def test_a_declared_title_keeps_what_looks_like_a_site_name():
    assert candidate({"title": "A day - Harbour Light"}).title == "A day - Harbour Light"


def test_a_page_without_title_takes_its_first_heading():
    made = candidate({}, "<p>x</p><h1 class=a>A <em>day</em></h1>", dialect="html", markup="html")
    assert made.title == "A day"


# ---------------------------------------------------------------- slugs


@pytest.mark.parametrize(
    ("written", "slug"),
    [("A.b_C", "A.b_C"), (2024, "2024"), ("/docs/x/", "docs/x"), ("مقهى", "مقهى")],
)
def test_a_declared_slug_stays_exactly_as_written(written, slug):
    made = candidate({"title": "t", "slug": written}, place=FILE_SLUG)
    assert (made.slug, made.slug_is_declared) == (slug, True)


def test_the_file_name_gives_the_slug_when_none_is_declared():
    made = candidate({"title": "t", "slug": ""}, place=FILE_SLUG)
    assert (made.slug, made.slug_is_declared) == ("a-day", False)


def test_the_path_gives_the_slug_when_nobody_else_does():
    assert candidate({"title": "t"}, below="x/y.z.md").slug == "y.z"
    assert candidate({"title": "t"}, below="x/index.md").slug == "x"


def test_slugs_can_come_from_titles():
    by = rules(slug_from="title")
    made = candidate({"title": "Déjà vu, again!"}, by=by, place=FILE_SLUG)
    assert made.slug == "déjà-vu-again"
    assert candidate({"title": "t", "slug": "own"}, by=by).slug == "own"
    assert candidate({"title": "!!!"}, by=by, place=FILE_SLUG).slug == "a-day"


def test_a_slug_that_is_a_list_gives_way_with_a_warning():
    made = normalized({"title": "t", "slug": ["a"]}, place=FILE_SLUG)
    assert made.candidate.slug == "a-day"
    assert names(made) == ["slug-unreadable"]
