"""What template remains are to a whole article: title, summary, hash, links, the one warning."""

import re
from html import escape
from pathlib import Path

import pytest

from feedwright.model import Severity
from feedwright.normalize.body import BodyTools, render_body
from feedwright.normalize.links import Resolver, names_of
from feedwright.normalize.remains.article import context_of
from tests.normalize.making import candidate, normalized, raw

LINK = "https://example.org/2024/05/a-day/"
TOOLS = BodyTools({}.get, "https://example.org/")


def body_of(source, fields=None, **more):
    fields = {"title": "A day", **(fields or {})}
    return render_body(raw(fields, source, **more), candidate(fields, source, **more), LINK, TOOLS)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Tides {{< badge new >}}", "Tides"),
        ("# Tides {% include icon.html %} of May", "Tides of May"),
        ("Tides {{ site.x }}\n=====", "Tides"),
        ("# Using `{{ x }}` in `{% if %}`", "Using {{ x }} in {% if %}"),
        ("# The {{x}} of templates", "The {{x}} of templates"),
        ("# Tides {#tides}", "Tides"),
    ],
)
def test_a_title_made_of_a_heading_has_no_templates(heading, title):
    made = candidate({}, f"{heading}\n\ntext")
    assert made.title == title


def test_a_heading_of_nothing_but_a_template_is_no_title():
    assert candidate({}, "# {{ page.title }}\n\ntext").title == "A Day"


def test_a_declared_summary_has_no_templates():
    made = candidate({"title": "t", "summary": "See {{< icon x >}}the tide {% include y.html %}."})
    assert made.summary == "See the tide ."


def test_a_summary_about_templates_stays():
    made = candidate({"title": "t", "description": "How {{ x }} and {.x} differ from {% if %}"})
    assert made.summary == "How {{ x }} and {.x} differ from {% if %}"


def test_a_summary_cut_from_the_body_has_no_templates():
    body = body_of("{{< youtube abc >}}\n\nThe {{< x >}}tide{: .y} came.")
    assert body.summary == "https://www.youtube.com/watch?v=abc"
    assert body_of("{% include x.html %}\n\nThe {{< x >}}tide came.").summary == "The tide came."
    assert body_of("Before {{< x >}}it\n\n<!--more-->\n\nafter").summary == "Before it"


def test_the_hash_is_of_the_source():
    one, other = (candidate({"title": "t"}, f"text {{{{< {name} >}}}}") for name in "ab")
    assert one.hash != other.hash


def test_a_first_heading_with_templates_that_repeats_the_title_is_taken_out():
    assert "h1" not in body_of("# A {{< x >}}day\n\ntext").html


def test_there_is_one_warning_with_names_and_lines():
    body = body_of("a\n\n{{< one >}}\n\n{% two %} {{< one >}}\n\n" + "{{< three >}}\n\n")
    (problem,) = body.problems
    assert problem.severity is Severity.WARNING
    assert (problem.name, problem.line) == ("template-removed", 6)
    assert "{{< one >}} (line 6), {{< three >}} (line 10) and {% two %} (line 8)" in problem.what
    assert problem.cure


def test_many_are_counted():
    (problem,) = body_of(" ".join(f"{{{{< x{n} >}}}}" for n in range(20))).problems
    assert "and 16 more" in problem.what


def test_known_ones_are_no_problem():
    assert body_of("{{< youtube abc >}} {% include toc.html %} {: .x} <!-- x -->").problems == ()


@pytest.mark.parametrize(
    "place",
    [
        "_posts/2024-01-02-a.md",
        "news/_posts/a.md",
        "_drafts/a.md",
        "_til/a.md",
        "x/_recipes/y/a.md",
    ],
)
def test_folders_of_jekyll_are_templates(place):
    assert context_of(raw({}, "", below=place)).is_template


@pytest.mark.parametrize("place", ["posts/a.md", "_index.md", "a_b/c.md", "x/__init__/a.md"])
def test_other_folders_are_none(place):
    assert not context_of(raw({}, "", below=place)).is_template


def test_a_layout_with_the_name_of_a_template_shows_it():
    assert context_of(raw({"layout": "layouts/post.njk"}, "")).is_template


@pytest.mark.parametrize(
    "fields",
    [
        {"render_with_liquid": "false"},
        {"disableNunjucks": "true"},
        {"templateEngineOverride": "md"},
        {"templateEngineOverride": "false"},
    ],
)
def test_front_matter_switches_templates_off(fields):
    text = "{{ site.url }} {% include x.html %}"
    assert text in body_of(text, fields, below="_posts/2024-01-02-a.md").html


@pytest.mark.parametrize("dialect", ["html", "ghost", "text"])
def test_finished_pages_are_not_looked_at(dialect):
    text = "<p>{% include x.html %} {{ site.url }}</p>"
    assert body_of(text, dialect=dialect, markup="html").html == text


def test_names_of_articles():
    found = names_of(
        {
            "content/_posts/2024-01-02-Tide.md": "/tide/",
            "content/a/crane/index.md": "/crane/",
            "content/x.md": "/x/",
            "content/y/x.md": "/y/x/",
        }
    )
    assert found["2024-01-02-tide"] == found["tide"] == "/tide/"
    assert found["crane"] == "/crane/"
    assert found["x"] == ""
    assert "y/x" not in found


PATHS = {
    "content/news/b.md": "https://example.org/b/",
    "content/_posts/2024-01-02-c.md": "https://example.org/c/",
    "content/d/index.md": "https://example.org/d/",
}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("b.md", "b"),
        ("b", "b"),
        ("news/b", "b"),
        ("/news/b.md", "b"),
        ("2024-01-02-c", "c"),
        ("_posts/2024-01-02-c.md", "c"),
        ("sub/2024-01-02-c", "c"),
        ("d", "d"),
        ("/d/", "d"),
        ("D/index.md", "d"),
    ],
)
def test_templates_name_articles_in_many_ways(name, address):
    made = candidate({"title": "A day"})
    resolver = Resolver(made, LINK, "https://example.org/", PATHS.get, names_of(PATHS).get)
    assert resolver.article(name) == f"https://example.org/{address}/"
    assert resolver.unresolved == []


def test_what_no_article_has_is_noted_once():
    resolver = Resolver(candidate({"title": "t"}), LINK, "https://example.org/", PATHS.get)
    assert resolver.article("nowhere") == resolver.article("nowhere") == ""
    assert resolver.unresolved == ["nowhere"]


def test_normalizing_tells_nothing_of_bodies():
    assert normalized({"title": "t", "date": "2024-01-02"}, "{{< mystery >}}").problems == ()


PAGE = (Path(__file__).parents[2] / "docs/dialects.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"^```markdown\n(.*?)^```\n\nbecomes\n\n```html\n(.*?)^```\n\n[^\n]*\n\n```\n(.*?)^```",
    re.MULTILINE | re.DOTALL,
)


def test_the_example_of_the_page_is_what_readers_get():
    written, html, warning = EXAMPLE.search(PAGE).groups()
    article = raw({"title": "t"}, written, body_line=1)
    tools = BodyTools({"content/news/crane.md": "https://example.org/crane/"}.get, LINK)
    body = render_body(article, candidate({"title": "t"}), LINK, tools)
    assert body.html == html.strip()
    assert [problem.what for problem in body.problems] == [warning.strip()]


MARKERS = re.search(r"^Teasers end at (.*?), or\n", PAGE, re.MULTILINE | re.DOTALL)[1]


@pytest.mark.parametrize("marker", re.findall(r"`([^`]+)`", MARKERS))
@pytest.mark.parametrize("kind", ["markdown", "mdx"])
def test_teasers_end_at_the_markers_of_the_page(kind, marker):
    body = body_of(f"one\n\nalso\n\n{marker}\n\ntwo", markup=kind)
    assert body.summary == "one also"
    assert body.html == "<p>one</p>\n<p>also</p>\n<p>two</p>"
    shown = body_of(f"one\n\nalso `{marker}`\n\ntwo", markup=kind)
    assert shown.summary == "one"
    assert f"<code>{escape(marker)}</code>" in shown.html
