"""Pages of a site that are no articles are left out, with the reason; articles never are."""

from pathlib import Path

import pytest

from feedwright.config.schema import Content
from feedwright.normalize.aliases import NAMES
from feedwright.normalize.values import squash
from feedwright.sources import pages
from feedwright.sources.reading import ReadContext, read
from feedwright.sources.scan import scan

DATE = "date: 2024-05-06\n"


def front(*lines: str, body: str = "Text.\n") -> str:
    return (
        "---\n"
        + "".join(line if line.endswith("\n") else line + "\n" for line in lines)
        + (f"---\n{body}")
    )


def left_out(tmp_path: Path, files: dict[str, str], **content) -> dict[str, str]:
    """Read a content folder; return what is left out, with the reason."""
    for name, text in files.items():
        target = tmp_path / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    by = Content(**content)
    found = scan(str(tmp_path), by)
    context = ReadContext.of(str(tmp_path), by, found)
    left = [*found.left_out]
    for file in found.files:
        reading = read(file, context)
        left += reading.left_out
        assert reading.left_out or reading.articles or reading.problems
    return {each.path.removeprefix("content/"): each.reason for each in left}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("tags.md", front("layout: tags", DATE), "fills in (layout: tags)"),
        ("tags.md", front("type: tags", DATE), "fills in (type: tags)"),
        ("find.md", front("layout: ../../layouts/Search.astro"), "fills in"),
        ("a/404-page.html", front("layout: 404"), "fills in"),
        ("archives.md", front("layout: archives"), "fills in"),
        ("about.md", front("layout: page", "title: About"), "without a date (layout: page)"),
        ("about.md", front("type: page"), "without a date (type: page)"),
        ("pages/about.md", "Title: About\nSlug: about\n\nMe.\n", "among pages"),
        ("_pages/about.md", front("title: About"), "among pages"),
        ("_partial.md", "Some words.\n", "begins with _"),
        ("moved.md", front("redirect: /new/", body=""), "redirects to /new/"),
        ("moved.md", front("redirect_to: https://e.org/", DATE), "redirects to https://e.org/"),
        ("hidden.md", front("build: {list: never, render: always}", DATE), "build.list: never"),
        ("hidden.md", front("_build:", "  render: false", DATE), "build.render: false"),
        ("bundle/index.md", front("headless: true", DATE), "headless"),
        ("0000-00-00-name.md", front("title: New"), "template"),
        ("YYYY-MM-DD-name.md", front("title: New"), "template"),
        ("post-template.md", front("title: New"), "template"),
        ("archetypes/default.md", front("title: X", "date: {{ .Date }}"), "template"),
        ("scaffolds/post.md", front("title: {{ title }}", "date: {{ date }}"), "template"),
        ("t/new.md", front("title: New", 'date: "{{ date }}"'), "template"),
        ("new.md", front("date: <% tp.date.now() %>", "tags: [a"), "template"),
    ],
)
def test_a_page_is_left_out_with_the_reason(name, text, reason, tmp_path):
    assert reason in left_out(tmp_path, {name: text, "a/b.md": front(DATE)})[name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", front("title: Undated")),
        ("a.txt", "A headline\n\nPasted text without a date.\n"),
        ("a.md", front("layout: post", "title: Undated")),
        ("a.md", front("layout: page", DATE)),
        ("a.md", front("layout: archive", DATE)),
        ("2024-05-06-a.md", front("layout: page")),
        ("a.md", front("layout: page", "permalink: /2024/05/06/a/")),
        ("_posts/2024-05-06-a.md", front("layout: search")),
        ("_drafts/a.md", front("layout: page")),
        ("_2024.md", front(DATE)),
        ("pages/2024-05-06-a.md", "Text.\n"),
        ("bundle/index.md", front("title: Undated bundle")),
        ("bundle/index.fr.md", front("title: Undated bundle")),
        ("redirects.md", front("redirect: true", DATE)),
        ("redirects.md", front("redirect_from: /old/", DATE)),
        ("link.md", front("redirect: https://e.org/", DATE, body="What I read there.\n")),
        ("template.md", front("title: On templates", DATE)),
        ("a.md", front("title: '{{ mustache }} explained'", DATE)),
        ("a.md", front("build: {list: always}", DATE)),
    ],
)
def test_an_article_is_never_left_out(name, text, tmp_path):
    assert left_out(tmp_path, {name: text}) == {}


def test_an_index_beside_articles_is_that_of_a_section(tmp_path):
    files = {
        "news/index.md": front("title: News"),
        "news/a.md": front(DATE),
        "blog/index.html": "<html><title>Blog</title><body>All of it</body></html>",
        "blog/posts/a.md": front(DATE),
        "b/index.md": front("title: With a date", DATE),
        "b/c.md": front(DATE),
        "d/index.md": front("title: A bundle"),
        "d/index.fr.md": front("title: A bundle"),
    }
    assert left_out(tmp_path, files) == {
        "news/index.md": "is the index of a section",
        "blog/index.html": "is the index of a section",
    }


def test_pages_of_jekyll_lie_beside_posts(tmp_path):
    files = {
        "ko/_posts/2024-05-06-a.md": front("title: A"),
        "ko/about.md": front("layout: default", "title: About"),
        "contact.html": front("permalink: /contact/"),
        "_notes/a.md": front("layout: note", "title: Of a collection"),
        "pasted.txt": "A headline\n\nText.\n",
        "dated.md": front("layout: default", DATE),
    }
    reason = "is a page beside _posts, without a date"
    assert left_out(tmp_path, files) == {"ko/about.md": reason, "contact.html": reason}


def test_a_folder_of_hugo_may_be_called_posts(tmp_path):
    files = {
        "en/blog/_index.md": front("title: Blog"),
        "en/blog/_posts/2024-05-06-A (b).md": front("tags: big ships"),
        "en/about.md": front("layout: default", "title: Undated"),
    }
    assert set(left_out(tmp_path, files)) == {"en/blog/_index.md"}
    by = Content()
    found = scan(str(tmp_path), by)
    context = ReadContext.of(str(tmp_path), by, found)
    (article,) = read(found.files[1], context).articles
    fields = {(field.key, field.origin): field.value for field in article.fields}
    assert article.dialect == "hugo"
    assert fields["slug", "file name"] == "A (b)"
    assert "categories" not in {key for key, _ in fields}


def test_a_date_by_a_configured_name_makes_an_article(tmp_path):
    files = {"a.md": front("layout: page", "released: 2024-05-06")}
    assert left_out(tmp_path, files, fields={"published": ("released",)}) == {}


def test_a_date_in_a_sidecar_makes_an_article(tmp_path):
    files = {"a.md": front("layout: page"), "a.yaml": DATE}
    assert left_out(tmp_path, files) == {}


def test_what_lies_in_a_bundle_of_hugo_belongs_to_its_page(tmp_path: Path) -> None:
    files = {
        "_index.md": front("title: Home"),
        "posts/crane/index.md": front("title: Crane", DATE),
        "posts/crane/notes.md": front("title: Notes"),
        "posts/crane/parts/more.md": front("title: More"),
        "posts/crane/dated.md": front("title: Dated", DATE),
        "posts/fog.md": front("title: Fog"),
    }
    found = left_out(tmp_path, files)
    assert {path for path, why in found.items() if "belongs to" in why} == {
        "posts/crane/notes.md",
        "posts/crane/parts/more.md",
    }
    assert "posts/fog.md" not in found


def test_a_folder_with_an_index_is_no_bundle_elsewhere(tmp_path: Path) -> None:
    files = {"posts/index.md": front("title: Posts"), "posts/fog.md": front("title: Fog")}
    assert "posts/fog.md" not in left_out(tmp_path, files)


def test_every_name_of_a_date_makes_an_article() -> None:
    names = {squash(name) for name in NAMES["published"] if "." not in name}
    assert names == pages._DATES  # the rooms never import each other
