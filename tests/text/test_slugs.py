import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text import placeholders
from feedwright.text.romanize import romanize
from feedwright.text.slugs import STYLES
from tests.patience import little_work


@pytest.mark.parametrize(
    ("text", "ascii_"),
    [
        ("Čeština, Straße, Ærø", "Cestina, Strasse, AEro"),
        ("Ще не вмерла", "Shche ne vmerla"),
        ("Αθήνα", "Athena"),
        ("ﬁne „quotes“ — dash", 'fine "quotes" -- dash'),
        ("Tiếng Việt", "Tieng Viet"),
        ("日本語 हिन्दी", "日本語 हिन्दी"),
    ],
)
def test_three_alphabets_are_written_in_ascii(text, ascii_):
    assert romanize(text) == ascii_


@pytest.mark.parametrize(
    ("style", "title", "segment"),
    [
        ("hugo", "foo - bar", "foo-bar"),
        ("hugo-cased", "Foo - Bar", "Foo-Bar"),
        ("hugo", "Résumé à Łódź", "résumé-à-łódź"),
        ("hugo-unaccented", "Résumé à Łódź, Øl", "resume-a-łodz-øl"),
        ("hugo-unaccented", "Re\u0301sume\u0301 한국어", "resume-한국어"),
        ("hugo-cased-unaccented", "Hügó Žižek", "Hugo-Zizek"),
        ("hugo", "100% & more", "100-more"),
        ("hugo", "a%20b", "a%20b"),
        ("jekyll", "Ünïcode & Co.", "ünïcode-co"),
        ("pelican", "foo_bar -- baz", "foo_bar-baz"),
        ("nikola", "C++ & me", "c++-me"),
        ("eleventy", "Don't & won't", "dont-and-wont"),
        ("zola", "Don't", "don-t"),
        ("astro", "a & b", "a--b"),
        ("mkdocs", "A & <b>B</b>", "a--b"),
        ("hexo", "Études (2)", "Etudes-2"),
        ("hexo", "读书 笔记", "读书-笔记"),
        ("plain", "!?", ""),
    ],
)
def test_each_style_makes_what_its_generator_makes(style, title, segment):
    assert STYLES[style].words(title) == segment


def test_marks_of_scripts_stay_in_file_names():
    assert STYLES["jekyll"].names("हिन्दी शब्द") == "हिन्दी-शब्द"
    assert STYLES["hugo"].names("ภาษาไทย ก") == "ภาษาไทย-ก"


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.sampled_from(sorted(STYLES)))
def test_any_text_makes_a_segment_and_making_it_again_changes_nothing(text, style):
    made = STYLES[style].words(text)
    assert STYLES[style].words(made) == made or style in {"eleventy", "mkdocs", "astro", "pelican"}
    assert not any(character.isspace() for character in made if character in " \t\n")


def test_patterns_of_generators_are_written_as_ours():
    assert placeholders.from_tokens(":year/:month/:title/", placeholders.HEXO) == (
        "{year}/{month}/{path}/",
        (),
    )
    assert placeholders.from_tokens("/:sections[1:]/:slug", placeholders.HUGO) == (
        "/{dir:below}/{slug}",
        (),
    )
    assert placeholders.from_tokens("/:sections[2]/:slug", placeholders.HUGO)[1] == ("sections[2]",)
    assert placeholders.from_strftime("%Y/%b/%-d") == "{year}/{month:short}/{day:d}"
    assert placeholders.from_strftime("%Y %Q") == ""
    assert placeholders.from_letters("yyyy/MM/dd") == "{year}/{month}/{day}"
    assert placeholders.from_letters("QQ") == ""


@pytest.mark.parametrize("text", ["{{", "{{ a ", ":", ":a", "{{ title | a ", "{{ date | '"])
def test_no_pattern_takes_long(text):
    long = text * 20_000
    with little_work():
        placeholders.from_template(long)
        placeholders.from_tokens(long, placeholders.HUGO)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("1.guide", "guide"),
        ("10.Get started & go", "get-started-and-go"),
        ("2.1.two", "1.two"),
        ("1.2", "1.2"),
        ("v1.x", "v1.x"),
        ("3.x", "3.x"),
        ("2024-01-02-x", "2024-01-02-x"),
        ("index", ""),
        ("1.index", ""),
        ("1.index.draft", ""),
        ("indexer", "indexer"),
        ("4.soon.draft", "soon"),
        ("50% off -- $5", "50percent-off-dollar5"),
        ("Что нового: Юля", "chto-novogo:-yulya"),
        ("Θεός και φως", "8eos-kai-fws"),
        ("日本語", ""),
    ],
)
def test_nuxt_takes_the_number_off_a_name(name: str, made: str) -> None:
    assert STYLES["nuxt"].names(name) == made
    assert STYLES["nuxt-cased"].names(name).lower() == made
