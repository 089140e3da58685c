import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.languages import direction, is_suffix, normalize


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("zh_tw", "zh-TW"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr_latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("de_DE.UTF-8", "de-DE"),
        ("ca@valencia", "ca"),
        ("de-1996", "de-1996"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("en-x-Pirate", "en-x-pirate"),
        (" fr ", "fr"),
        ("english", ""),
        ("", ""),
        ("e", ""),
        ("en us", ""),
        ("C", ""),
        ("en--us", ""),
        ("de-", ""),
    ],
)
def test_tags_are_written_as_the_rfc_does(written, tag):
    assert normalize(written) == tag


@given(st.text("abxzENT419-_.@ ", max_size=20))
@settings(deadline=None)
def test_a_normalized_tag_stays(text):
    assert normalize(normalize(text)) == normalize(text)


def test_directions():
    assert [direction(tag) for tag in ("ar", "he-IL", "fa", "ur_PK", "az-Arab", "ckb")] == [
        "rtl"
    ] * 6
    assert [direction(tag) for tag in ("en", "ar-Latn", "ku", "", "nonsense words")] == ["ltr"] * 5


def test_suffixes():
    assert all(is_suffix(text) for text in ("fr", "pt-br", "zh_TW", "zh-Hans", "es-419", "fil"))
    assert not any(
        is_suffix(text) for text in ("", "md", "v2", "II", "ii", "FR", "min", "fr-", "x")
    )
