from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.sources.names import NameFacts, facts, fields_of, locales


@pytest.mark.parametrize(
    ("below", "slug", "day", "language"),
    [
        ("a.md", "a", None, ""),
        ("2024-01-02-a.md", "a", date(2024, 1, 2), ""),
        ("2024-1-2_A.B.md", "A.B", date(2024, 1, 2), ""),
        ("2024-01-02 a.md", "a", date(2024, 1, 2), ""),
        ("2024-01-02.md", "2024-01-02", date(2024, 1, 2), ""),
        ("2017-02-29-a.md", "a", "2017-02-29", ""),
        ("2024-01-023-a.md", "2024-01-023-a", None, ""),
        ("1234-01-02-a.md", "1234-01-02-a", None, ""),
        ("20240102-a.md", "20240102-a", None, ""),
        ("2024/01/02/a.md", "a", date(2024, 1, 2), ""),
        ("2024/01-02-a.md", "a", date(2024, 1, 2), ""),
        ("2024/10/10-things.md", "10-things", None, ""),
        ("x/2024-01-02-a/index.md", "a", date(2024, 1, 2), ""),
        ("2024-01-02-day/a.md", "a", date(2024, 1, 2), ""),
        ("a/index.html", "a", None, ""),
        ("a.md.md", "a", None, ""),
        ("a.html.md", "a", None, ""),
        ("a.fr.md", "a", None, "fr"),
        ("a.pt-br.md", "a", None, "pt-br"),
        ("a.js.md", "a.js", None, ""),
        ("fr.md", "fr", None, ""),
        ("fr/a.md", "a", None, "fr"),
        ("posts/fr/a.md", "a", None, ""),
        ("fr/a.de.md", "a", None, "de"),
        ("a/index.fr.md", "a", None, "fr"),
        ("سماء.md", "سماء", None, ""),
    ],
)
def test_a_path_tells_slug_day_and_language(
    below: str, slug: str, day: object, language: str
) -> None:
    found = facts(below)
    assert (found.slug, found.day, found.language) == (slug, day, language)


@pytest.mark.parametrize(
    ("folder", "language"),
    [
        ("i18n/fr/docusaurus-plugin-content-blog", "fr"),
        ("../site/i18n/pt-BR/docusaurus-plugin-content-blog/", "pt-BR"),
        ("./i18n/zh-Hans/docusaurus-plugin-content-blog-news", "zh-Hans"),
        ("i18n/french words/docusaurus-plugin-content-blog", None),
        ("i18n/fr/docusaurus-plugin-content-blog/posts", None),
        ("i18n/fr/docusaurus-plugin-content-docs", None),
        ("blog", None),
    ],
)
def test_translations_of_docusaurus_have_their_language(folder: str, language: str | None) -> None:
    assert list(locales([folder, "content"]).values()) == ([language] if language else [])


def test_jekyll_folders() -> None:
    found = facts("news/sea/_posts/2024-01-02-odd  name.md")
    assert found.categories == ("news", "sea")
    assert found.slug == "odd-name"
    assert facts("_posts/a b.md").slug == facts("a b.md", "_posts").slug == "a-b"
    assert facts("ko/_posts/a.md").categories == ()
    assert facts("ko/_posts/a.md").language == "ko"
    assert facts("_drafts/a.md").draft
    assert facts("a.md", "_drafts").draft
    assert not facts("drafts/a.md").draft


def test_the_folder_is_there_for_pelican() -> None:
    assert facts("news/a.md").folder == "news"
    assert facts("news/a/index.md").folder == "news"
    assert facts("a.md").folder == ""
    assert facts("fr/a.md").folder == ""


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1), min_size=1))
def test_any_path_is_read(parts: list[str]) -> None:
    found = facts("/".join(parts))
    assert isinstance(found, NameFacts)
    assert all(field.key in {"date", "slug", "lang", "categories"} for field in fields_of(found))


def test_vowel_signs_stay_in_the_slugs_of_jekyll() -> None:
    found = facts("_posts/2024-01-02-हिन्दी में (1).md")
    assert found.slug == "हिन्दी-में-(1)"
