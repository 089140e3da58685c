import mimetypes

import pytest

from feedwright.text.mediatypes import DEFAULT, TYPES, is_audio, is_image, is_video, media_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jpg", "image/jpeg"),
        ("/static/A.PNG", "image/png"),
        ("https://example.org/a.mp3?source=feed#t=1", "audio/mpeg"),
        ("Song #1.mp3", "audio/mpeg"),
        ("a.tar.gz", "application/gzip"),
        ("data:image/svg+xml;utf8,<svg/>", "image/svg+xml"),
        ("data:,x", DEFAULT),
        ("https://example.zip", DEFAULT),
        ("https://example.org/page.php?file=a.png", DEFAULT),
        ("a.b/c", DEFAULT),
        ("noextension", DEFAULT),
        ("", DEFAULT),
    ],
)
def test_the_extension_tells_the_media_type(name, expected):
    assert media_type(name) == expected


def test_kinds_of_media():
    assert is_image("image/png")
    assert is_audio("Audio/MPEG")
    assert is_video("video/mp4")
    assert not is_image("audio/mpeg")


def test_common_types_are_those_of_the_standard_library():
    library = mimetypes.MimeTypes(filenames=())
    for extension in ("jpg", "png", "gif", "mp3", "mp4", "pdf", "html", "webm", "mov"):
        assert TYPES[extension] == library.guess_type(f"x.{extension}")[0]
