import pytest

from feedwright.model import EnclosureRef
from feedwright.normalize.enclosures import seconds

from .making import candidate, names, normalized


@pytest.mark.parametrize(
    ("fields", "image"),
    [
        ({"image": "a.png"}, ("a.png", "")),
        ({"image": "a b.png"}, ("a b.png", "")),
        ({"image": {"path": "a.png", "alt": "A"}}, ("a.png", "A")),
        ({"image": {"url": "/a.png"}}, ("/a.png", "")),
        ({"image": {"src": {"url": "/a.png"}}}, ("/a.png", "")),
        ({"image": [{"url": "/a.png"}, "b.png"]}, ("/a.png", "")),
        ({"image": ["", "b.png"]}, ("b.png", "")),
        ({"images": ["a.png", "b.png"]}, ("a.png", "")),
        ({"featured_image": "a.png"}, ("a.png", "")),
        ({"heroImage": "a.png", "heroImageAlt": "A"}, ("a.png", "A")),
        ({"cover": {"image": "a.png", "alt": "<b>A</b>"}}, ("a.png", "A")),
        ({"image": "a.png", "image_alt": "A"}, ("a.png", "A")),
        ({"header": {"teaser": "a.png"}}, ("a.png", "")),
        ({"params": {"images": ["a.png"]}}, ("a.png", "")),
        ({"image": "false", "thumbnail": "a.png"}, ("a.png", "")),
        ({"image": ""}, ("", "")),
        ({"image": {"@type": "ImageObject", "contentUrl": "a.png"}}, ("a.png", "")),
    ],
    ids=str,
)
def test_every_form_of_an_image_is_read(fields, image):
    made = normalized({"title": "t", **fields})
    assert (made.candidate.image, made.candidate.image_alt) == image
    assert made.problems == ()


@pytest.mark.parametrize(
    "value",
    ["{{ site.url }}/a.png", {"width": 3}, "a\nb", "<img>", "data:image/png;base64,x", "http://["],
    ids=str,
)
def test_an_image_that_cannot_be_read_gives_way_with_a_warning(value):
    made = normalized({"title": "t", "image": value, "thumbnail": "b.png"})
    assert made.candidate.image == "b.png"
    assert names(made) == ["image-unreadable"]


# ---------------------------------------------------------------- enclosures


MP3 = "audio/mpeg"
WORDPRESS = "https://x.org/a.mp3\n123\naudio/mpeg"
JSON_FEED = {
    "url": "a.mp3",
    "mime_type": MP3,
    "size_in_bytes": 9,
    "title": "A",
    "duration_in_seconds": 3.0,
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"enclosure": "a.mp3"}, EnclosureRef("a.mp3")),
        ({"enclosure": WORDPRESS}, EnclosureRef("https://x.org/a.mp3", MP3, 123)),
        (
            {"enclosure": {"url": "a.mp3", "length": "1,234", "type": MP3}},
            EnclosureRef("a.mp3", MP3, 1234),
        ),
        (
            {"enclosure": {"url": "a.mp3", "length": 9, "type": "Audio/MPEG; q=1"}},
            EnclosureRef("a.mp3", MP3, 9),
        ),
        ({"attachments": [JSON_FEED]}, EnclosureRef("a.mp3", MP3, 9, "A", 3)),
        ({"enclosure": "a.pdf"}, EnclosureRef("a.pdf")),
        ({"audio": "/a.mp3", "length": 5}, EnclosureRef("/a.mp3", "", 5)),
        ({"file": "https://x/a.m4a", "size": "77"}, EnclosureRef("https://x/a.m4a", "", 77)),
        ({"podcast_link": "a.mp3", "podcast_length": "5"}, EnclosureRef("a.mp3", "", 5)),
        ({"podcast": {"url": "a.mp3", "size": 5}}, EnclosureRef("a.mp3", "", 5)),
        ({"enclosure": "a.mp3", "enclosure_type": MP3}, EnclosureRef("a.mp3", MP3)),
    ],
    ids=str,
)
def test_every_form_of_an_enclosure_is_read(fields, expected):
    made = normalized({"title": "t", **fields})
    assert made.candidate.enclosures == (expected,)
    assert made.problems == ()


def test_a_list_of_enclosures_keeps_its_order_and_repeats_nothing():
    found = candidate({"title": "t", "enclosures": ["a.mp3", {"url": "b.ogg"}, "a.mp3"]}).enclosures
    assert [reference.url for reference in found] == ["a.mp3", "b.ogg"]


@pytest.mark.parametrize(
    "fields", [{"file": "notes.txt"}, {"media": ["press"]}, {"audio": "true"}, {"video": {"a": 1}}]
)
def test_a_loose_name_counts_only_for_audio_and_video(fields):
    made = normalized({"title": "t", **fields})
    assert made.candidate.enclosures == ()
    assert made.problems == ()
    assert made.candidate.extra == fields


def test_an_enclosure_that_cannot_be_read_is_a_warning():
    made = normalized({"title": "t", "enclosure": {"size": 3}})
    assert made.candidate.enclosures == ()
    assert names(made) == ["enclosure-unreadable"]


def test_a_length_that_cannot_be_read_is_a_warning():
    made = normalized({"title": "t", "enclosure": {"url": "a.mp3", "length": "12 MB"}})
    assert made.candidate.enclosures == (EnclosureRef("a.mp3"),)
    assert names(made) == ["enclosure-unreadable"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        (3723, 3723),
        (3723.9, 3723),
        ("PT1H2M3S", 3723),
        ("1h 2m 3s", 3723),
        ("62 min", 3720),
        ("00:08", 8),
        ("", None),
        ("long", None),
        ("9" * 90, None),
        ("9" * 40 + "h", None),
        (1e300, None),
        (-3, None),
        (True, None),
        (["1"], None),
        (float("inf"), None),
        (float("nan"), None),
    ],
)
def test_durations_are_read_in_seconds(written, expected):
    assert seconds(written) == expected
