from typing import NamedTuple

import pytest

from feedwright.config.schema import Author
from feedwright.model import Image, Person
from feedwright.normalize.body import Body
from feedwright.normalize.entry import entry_of

from .making import PEOPLE, article, candidate, rules

LINK = "https://example.org/2024/05/a-day/"


class Measured(NamedTuple):
    path: str
    length: int
    media_type: str


FILES = {
    "hull.jpg": Measured("content/news/hull.jpg", 77, "image/jpeg"),
    "/a.png": Measured("static/a.png", 5, "image/png"),
    "a.mp3": Measured("content/news/a.mp3", 99, "audio/mpeg"),
}


def measure(source, reference):
    assert source == "content/news/a-day.md"
    return FILES.get(reference)


def entry(fields=None, html="<p>text</p>", *, by=None, **more):
    made, problems = entry_and_problems(fields, html, by=by, **more)
    assert problems == ()
    return made


def entry_and_problems(fields=None, html="<p>text</p>", *, by=None, **more):
    by = by or rules()
    found = candidate({"title": "A day", **(fields or {})}, by=by, **more)
    return entry_of(article(found), Body(html, "short"), by, measure)


# ---------------------------------------------------------------- people and defaults


def test_an_article_without_author_is_its_sites():
    assert entry().authors == (Person("Harbour Light"),)
    desk = Author("The desk", "desk@example.org", "https://example.org/desk")
    assert entry(by=rules(site={"author": desk})).authors == (
        Person("The desk", "", "https://example.org/desk"),
    )


def test_emails_are_published_only_where_the_site_says_so():
    fields = {"authors": ["maren", "jane@x.org"]}
    shown = entry(fields, by=rules(PEOPLE)).authors
    assert shown == (
        Person("Maren Oakshott", "", "https://example.org/people/maren/"),
        Person("jane"),
    )
    shown = entry(fields, by=rules(PEOPLE, site={"publish_emails": True})).authors
    assert [person.email for person in shown] == ["maren@example.org", "jane@x.org"]


def test_language_direction_and_rights_come_from_the_site():
    by = rules(site={"language": "ar", "rights": "© all"})
    made = entry(by=by)
    assert (made.language, made.direction, made.rights) == ("ar", "rtl", "© all")
    made = entry({"lang": "en", "rights": "© me"}, by=by)
    assert (made.language, made.direction, made.rights) == ("en", "ltr", "© me")


def test_summary_and_content_are_the_bodys():
    made = entry()
    assert (made.summary, made.content, made.permalink) == ("short", "<p>text</p>", LINK)


# ---------------------------------------------------------------- images


def test_a_local_image_is_measured_and_put_first():
    made = entry({"image": "hull.jpg", "image_alt": 'A "hull" & more'})
    assert made.image == Image(LINK + "hull.jpg", "image/jpeg", 77, 'A "hull" & more')
    assert made.content == (
        f'<p><img src="{LINK}hull.jpg" alt="A &quot;hull&quot; &amp; more"></p>\n<p>text</p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        f'<p><img alt="" src="{LINK}hull.jpg"></p>',
        f'<picture><source srcset="{LINK}hull.jpg 1x, {LINK}b.jpg 2x"></picture>',
        f'<video poster="{LINK}hull.jpg"></video>',
    ],
)
def test_an_image_that_the_body_holds_is_not_repeated(html):
    assert entry({"image": "hull.jpg"}, html).content == html


def test_images_are_compared_by_their_resolved_address():
    html = '<img src="https://x.org/a.png?w=1&amp;h=2">'
    assert entry({"image": "https://x.org/a.png?w=1&h=2"}, html).content == html


def test_an_image_elsewhere_has_no_length():
    made = entry({"image": "//cdn.example/a.webp"})
    assert made.image == Image("https://cdn.example/a.webp", "image/webp", 0)


def test_an_image_at_the_sites_own_address_is_measured():
    assert entry({"image": "https://example.org/a.png"}).image.length == 5
    assert entry({"image": "https://example.org/made-elsewhere.png"}).image.length == 0


def test_a_missing_image_is_a_warning_with_its_place():
    made, problems = entry_and_problems({"image": "gone.png"})
    assert made.image == Image(LINK + "gone.png", "image/png", 0)
    assert [(p.name, p.line, p.field) for p in problems] == [("image-missing", 3, "image")]


def test_pelicans_static_images_are_found():
    made = entry({"image": "{static}/a.png"})
    assert made.image == Image("https://example.org/a.png", "image/png", 5)


def test_an_image_is_the_content_of_an_article_without_body():
    assert entry({"image": "/a.png"}, "").content.startswith("<p><img ")


# ---------------------------------------------------------------- enclosures


def test_a_local_enclosure_is_measured():
    made = entry({"enclosure": {"url": "a.mp3", "length": 3}})
    (enclosure,) = made.enclosures
    assert enclosure[:3] == (LINK + "a.mp3", "audio/mpeg", 99)


def test_an_enclosure_elsewhere_is_as_declared():
    made = entry({"enclosure": {"url": "https://x.org/a b.mp3", "length": 3, "type": "audio/x"}})
    assert made.enclosures[0][:3] == ("https://x.org/a%20b.mp3", "audio/x", 3)
    assert entry({"enclosure": "https://x.org/a.mp3"}).enclosures[0].length == 0


def test_a_missing_enclosure_is_a_warning_and_its_length_0():
    made, problems = entry_and_problems({"enclosures": ["gone.mp3", "gone.mp3"]})
    assert made.enclosures[0][:3] == (LINK + "gone.mp3", "audio/mpeg", 0)
    assert len(made.enclosures) == 1
    assert [(p.name, p.line, p.field) for p in problems] == [("enclosure-missing", 3, "enclosures")]


# ---------------------------------------------------------------- comments


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"commentsUrl": "/c/1"}, "https://example.org/c/1"),
        ({"comments": "https://x.org/c"}, "https://x.org/c"),
        ({"comments": "true"}, ""),
        ({"comments": "closed"}, ""),
    ],
    ids=str,
)
def test_the_address_of_comments_is_absolute(fields, address):
    assert entry(fields).comments == address


# ---------------------------------------------------------------- episodes


def episode(fields, **more):
    return entry({"enclosure": "a.mp3", **fields}, **more).episode


def test_an_article_without_podcast_keys_is_no_episode():
    assert entry({"enclosure": "a.mp3"}).episode is None


def test_podcast_keys_are_read_with_and_without_prefix():
    made = episode(
        {
            "itunes_duration": "1:02:03",
            "itunes:episode": "7",
            "season": 2,
            "itunesEpisodeType": "Bonus",
            "explicit": "clean",
            "itunes_image": {"href": "/cover.jpg"},
            "itunes_title": "<b>Seven</b>",
            "subtitle": "sub",
            "itunes_block": "Yes",
        }
    )
    assert (made.duration, made.number, made.season, made.kind) == (3723, 7, 2, "bonus")
    assert (made.explicit, made.block) == (False, True)
    assert (made.title, made.subtitle) == ("Seven", "sub")
    assert made.image == "https://example.org/cover.jpg"


def test_a_table_of_podcast_keys_is_read():
    assert episode({"podcast": {"duration": 8, "episode": "S02E09"}})[:2] == (8, 9)


def test_transcripts_chapters_and_persons_are_read():
    made = episode(
        {
            "transcript": ["t.vtt", {"url": "t.srt", "type": "application/srt", "language": "en"}],
            "chapters": "chapters.json",
            "person": [{"name": "Jane", "role": "guest", "img": "/j.png", "href": "/j"}, "Joan"],
            "hosts": ["Ann"],
        }
    )
    assert [link[1:] for link in made.transcripts] == [("text/vtt", ""), ("application/srt", "en")]
    assert made.transcripts[0].url == LINK + "t.vtt"
    assert made.chapters.media_type == "application/json+chapters"
    assert made.persons == (
        ("Jane", "guest", "https://example.org/j.png", "https://example.org/j"),
        ("Joan", "", "", ""),
        ("Ann", "host", "", ""),
    )


def test_chapters_and_transcripts_written_out_are_no_links():
    made = episode({"chapters": [{"title": "a"}], "transcript": "Hello and welcome.", "season": 1})
    assert (made.chapters, made.transcripts) == (None, ())


def test_without_audio_only_names_of_podcasts_count():
    assert entry({"season": "winter", "duration": "2 h", "episode": "x"}).episode is None
    assert entry({"itunes_season": 2, "episode": 5}).episode[1:3] == (None, 2)


def test_a_podcast_value_that_cannot_be_read_is_a_warning():
    made, problems = entry_and_problems({"enclosure": "a.mp3", "season": "winter", "episode": 3})
    assert (made.episode.season, made.episode.number) == (None, 3)
    assert [problem.name for problem in problems] == ["episode-unreadable"]
