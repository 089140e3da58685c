import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.urls import absolute, encode, host, is_absolute_iri, slugify

BASE = "https://example.org/2024/a/"
URI = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|"
    r"(?<=//)\[[0-9A-Fa-fvV.:]+\]|(?<=@)\[[0-9A-Fa-fvV.:]+\])*"
    r"(?:\#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
addresses = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [
            "http:",
            "https://",
            "//",
            "/",
            "a",
            "é",
            "☃",
            "[",
            "]",
            "::1",
            "@",
            ":",
            "80",
            "?",
            "#",
            "%",
            "%4",
            "%41",
            "..",
            ".",
            "\\",
            "مرحبا",
            "data:",
            "mailto:",
            "ß",
            " ",
            "\n",
            "\x00",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("written", "encoded"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTPS://EXAMPLE.org/A", "https://example.org/A"),
        (" https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/my photo.jpg", "https://example.org/my%20photo.jpg"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%D9%85", "https://example.org/%D9%85"),
        ("https://example.org/مرحبا", "https://example.org/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7"),
        ("https://example.org/a|b^c`d{e}", "https://example.org/a%7Cb%5Ec%60d%7Be%7D"),
        ("https://example.org/a[1]?b[]=2", "https://example.org/a%5B1%5D?b%5B%5D=2"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://i❤.ws/", "https://xn--i-7iq.ws/"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
        ("http://us er:pä@example.org/", "http://us%20er:p%C3%A4@example.org/"),
        ("https:/example.org/a", "https://example.org/a"),
        ("https:\\\\example.org\\a?b=\\", "https://example.org/a?b=%5C"),
        ("data:image/png;base64,AA+/==", "data:image/png;base64,AA+/=="),
        ("tag:example.org,2024:a", "tag:example.org,2024:a"),
        ("a\x00b\ud800c", "abc"),
    ],
)
def test_an_address_is_encoded_once(written, encoded):
    assert encode(written) == encoded
    assert encode(encoded) == encoded


@given(addresses)
@settings(deadline=None)
def test_encoding_twice_changes_nothing_and_gives_a_uri(text):
    encoded = encode(text)
    assert encode(encoded) == encoded
    assert URI.fullmatch(encoded), encoded


@given(addresses, addresses)
@settings(deadline=None)
def test_resolving_never_raises_and_gives_what_encoding_keeps(base, reference):
    resolved = absolute(base, reference)
    assert encode(resolved) == resolved
    assert absolute(BASE, absolute(BASE, reference)) in (BASE, absolute(BASE, reference))


# RFC 3986, sections 5.4.1 and 5.4.2.
@pytest.mark.parametrize(
    ("reference", "resolved"),
    [
        ("g:h", "g:h"),
        ("g", "http://a/b/c/g"),
        ("./g", "http://a/b/c/g"),
        ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"),
        ("//g", "http://g"),
        ("?y", "http://a/b/c/d;p?y"),
        ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"),
        ("g#s", "http://a/b/c/g#s"),
        ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"),
        ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"),
        ("./", "http://a/b/c/"),
        ("..", "http://a/b/"),
        ("../g", "http://a/b/g"),
        ("../..", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"),
        ("/./g", "http://a/g"),
        ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"),
        ("./g/.", "http://a/b/c/g/"),
        ("g/../h", "http://a/b/c/h"),
        ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/../x", "http://a/b/c/g#s/../x"),
    ],
)
def test_references_resolve_as_in_the_rfc(reference, resolved):
    assert absolute("http://a/b/c/d;p?q", reference) == resolved


@pytest.mark.parametrize(
    ("reference", "resolved"),
    [
        ("//cdn.example.net/x.png", "https://cdn.example.net/x.png"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+441234", "tel:+441234"),
        ("data:text/plain,a/../b", "data:text/plain,a/../b"),
        ("صور/١.png", "https://example.org/2024/a/%D8%B5%D9%88%D8%B1/%D9%A1.png"),
        ("a\nb.png", "https://example.org/2024/a/ab.png"),
        ("images\\a.png", "https://example.org/2024/a/images/a.png"),
        ("10:30.html", "https://example.org/2024/a/10:30.html"),
        ("http://[", ""),
        ("http://a b/", ""),
        ("//", ""),
        ("http:", ""),
    ],
)
def test_other_references_resolve(reference, resolved):
    assert absolute(BASE, reference) == resolved


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        "HTTP://x",
        "tag:example.org,2024:a",
        "tag:desk@example.org,2024-01-02:a",
        "urn:uuid:01234567-89ab-cdef-0123-456789ABCDEF",
        "mailto:a@b.c",
        "https://example.org/é",
    ],
)
def test_absolute_iris_are_known(text):
    assert is_absolute_iri(text)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "/a",
        "//x/a",
        "http:",
        "http://",
        "https:a",
        "tag:a",
        "urn:a",
        "c:\\x",
        "c:x",
        "12:30",
        "http:///a",
        "a:",
        "https://?q",
        "",
        "https://example.org/a b",
        "title: x",
        "a\nb:c",
        " http://x",
        "http://x/\ud800",
        "urn:uuid:1-2",
        "https://example.org/a[b]",
        "http://[::1]/?a[]=1",
    ],
)
def test_other_texts_are_no_absolute_iri(text):
    assert not is_absolute_iri(text)


def test_hosts():
    assert host("HTTPS://u:p@Example.ORG:8080/a") == "example.org"
    assert host("http://[::1]:80/") == "[::1]"
    assert host("//cdn.example.net/a") == "cdn.example.net"
    assert host("mailto:a@example.org") == ""
    assert host("http://[") == "["


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("  -- a_b -- ", "a-b"),
        ("Don't", "dont"),
        ("L’été à Nice", "lété-à-nice"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("हिन्दी में", "हिन्दी-में"),
        ("日本語", "日本語"),
        ("C++ & C#", "c-c"),
        ("🎉", ""),
        ("!!!", ""),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_slugs_keep_letters_of_any_script(text, slug):
    assert slugify(text) == slug


@given(st.text(max_size=300))
@settings(deadline=None)
def test_a_slug_is_a_stable_segment(text):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert len(slug.encode()) <= 200
    assert not re.search(r"[\s/?#%.\\]|--|^-|-$", slug)
