import json

import pytest

from tests.sources.readers import only, problems, reading_of, values

POST = {
    "id": "65a1",
    "uuid": "11-22",
    "title": "The crane",
    "slug": "crane",
    "html": "<p>Text.</p>",
    "status": "published",
    "visibility": "public",
    "type": "post",
    "published_at": "2024-01-05T10:20:00.000Z",
    "updated_at": "2024-01-06 08:00:00",
}


def export(*posts: dict[str, object], **tables: list[dict[str, object]]) -> dict[str, object]:
    return {"db": [{"meta": {"version": "5.0"}, "data": {"posts": list(posts), **tables}}]}


def article(post: dict[str, object], **tables: list[dict[str, object]]) -> dict[str, object]:
    return values(only(reading_of("a.json", json.dumps(export(POST | post, **tables)))))


def test_a_post_with_everything() -> None:
    more = {"feature_image": "__GHOST_URL__/content/a.jpg", "custom_excerpt": "It lifts."}
    data = export(POST | more, posts_meta=[{"post_id": "65a1", "feature_image_alt": "A crane"}])
    found = only(reading_of("a.json", json.dumps(data)))
    assert (found.dialect, found.markup, found.part, found.body) == (
        "ghost",
        "html",
        "65a1",
        "<p>Text.</p>",
    )
    assert values(found) == {
        "status": "published",
        "title": "The crane",
        "id": "65a1",
        "slug": "crane",
        "date": "2024-01-05T10:20:00.000Z",
        "updated": "2024-01-06 08:00:00Z",
        "summary": "It lifts.",
        "image": "{static}/content/a.jpg",
        "image alt": "A crane",
    }


@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: data["db"][0]])
def test_with_and_without_the_list_around_it(wrap) -> None:
    reading = reading_of("a.json", json.dumps(wrap(export(POST))))
    assert [each.part for each in reading.articles] == ["65a1"]


def test_an_old_export_has_numbers_milliseconds_and_markdown() -> None:
    old = {
        "id": 7,
        "html": None,
        "markdown": "*Text.*",
        "image": "/content/a.jpg",
        "published_at": 1426078349156,
        "author_id": 1,
        "type": None,
        "page": 0,
        "language": "en_US",
    }
    tables = {
        "users": [{"id": 1, "name": "Ana Prieto", "slug": "ana"}],
        "tags": [{"id": 3, "name": "Sea"}],
        "posts_tags": [{"post_id": 7, "tag_id": 3}],
    }
    reading = reading_of("a.json", json.dumps(export(POST | old, **tables)))
    found = only(reading)
    assert (found.part, found.markup, found.body) == ("7", "markdown", "*Text.*")
    shown = values(found)
    assert (shown["date"], shown["id"], shown["image"]) == (
        "2015-03-11T12:52:29Z",
        "11-22",
        "/content/a.jpg",
    )
    assert shown["authors"] == [{"name": "Ana Prieto", "key": "ana"}]
    assert shown["tags"] == ["Sea"]
    assert "lang" not in shown


def test_tags_and_authors_keep_their_order_and_internal_tags_go() -> None:
    tables = {
        "tags": [
            {"id": "a", "name": "Sea"},
            {"id": "b", "name": "#x"},
            {"id": "c", "name": "News"},
        ],
        "users": [
            {"id": "1", "name": "Ana"},
            {"id": "2", "name": "Tom", "website": "https://t.org"},
        ],
        "posts_tags": [
            {"post_id": "65a1", "tag_id": "a", "sort_order": 2},
            {"post_id": "65a1", "tag_id": "b", "sort_order": 1},
            {"post_id": "65a1", "tag_id": "c", "sort_order": 0},
            {"post_id": "other", "tag_id": "a", "sort_order": 0},
            {"post_id": "65a1", "tag_id": "gone", "sort_order": 0},
        ],
        "posts_authors": [
            {"post_id": "65a1", "author_id": "1", "sort_order": 1},
            {"post_id": "65a1", "author_id": "2", "sort_order": 0},
        ],
    }
    found = article({}, **tables)
    assert found["tags"] == ["News", "Sea"]
    assert found["authors"] == [{"name": "Tom", "url": "https://t.org"}, {"name": "Ana"}]


@pytest.mark.parametrize(
    ("post", "status", "visibility"),
    [
        ({"status": "draft"}, "draft", None),
        ({"status": "scheduled"}, "scheduled", None),
        ({"status": "sent"}, "private", None),
        ({"visibility": "members"}, "published", "members"),
        ({"visibility": "label:vip,status:free"}, "published", "members"),
        ({"visibility": None}, "published", None),
    ],
)
def test_what_is_not_public(post: dict[str, object], status: str, visibility: object) -> None:
    found = article(post)
    assert (found["status"], found.get("visibility")) == (status, visibility)


def test_pages_are_left_out() -> None:
    reading = reading_of("a.json", json.dumps(export(POST, {"type": "page"}, {"page": 1})))
    assert len(reading.articles) == 1
    assert reading.left_out[0].reason == "its pages are no articles (2)"


def test_the_address_of_the_site_is_understood() -> None:
    html = '<img src="__GHOST_URL__/content/a.png"><a href="__GHOST_URL__/about/">x</a>'
    found = only(reading_of("a.json", json.dumps(export(POST | {"html": html}))))
    assert found.body == '<img src="{static}/content/a.png"><a href="{static}/about/">x</a>'


MARKDOWN_CARDS = {
    "cards": [["markdown", {"markdown": "B"}], ["markdown", {"markdown": "A"}]],
    "sections": [[10, 1], [10, 0]],
}


def test_mobiledoc_of_markdown_is_read() -> None:
    post = {"html": None, "mobiledoc": json.dumps(MARKDOWN_CARDS)}
    found = only(reading_of("a.json", json.dumps(export(POST | post))))
    assert (found.markup, found.body) == ("markdown", "A\n\nB")


@pytest.mark.parametrize(
    "post",
    [
        {"mobiledoc": '{"cards": [], "sections": [[1, "p", [[0, [], 0, "Wor'},
        {"mobiledoc": '{"version": "0.2.0", "sections": [[], [[1, "p", [[[0, 0, "W"]]]]]]}'},
        {"lexical": '{"root": {"text": "Words"}}'},
        {"plaintext": "Words"},
    ],
)
def test_a_post_without_html_is_an_error_that_names_it_and_the_others_are_read(
    post: dict[str, object],
) -> None:
    other = POST | {"id": "x", "slug": "x"}
    reading = reading_of("a.json", json.dumps(export(POST | {"html": None} | post, other)))
    assert [each.part for each in reading.articles] == ["x"]
    (problem,) = problems(reading)
    assert problem.startswith('record  the post "crane" has its text only in a format that cannot')
    draft = {"html": None, "status": "draft"} | post
    assert reading_of("a.json", json.dumps(export(POST | draft))).problems == ()


def body(post: dict[str, object]) -> str:
    found = only(reading_of("a.json", json.dumps(export(POST | {"html": None} | post))))
    assert found.markup == "html"
    return found.body


def lexical(*nodes: object) -> dict[str, object]:
    return {"lexical": json.dumps({"root": {"type": "root", "children": list(nodes)}})}


def mobiledoc(*sections: object, **tables: object) -> dict[str, object]:
    document = {"version": "0.3.1", "atoms": [], "cards": [], "markups": [], **tables}
    return {"mobiledoc": json.dumps(document | {"sections": list(sections)})}


def words(text: str, bits: int = 0) -> dict[str, object]:
    return {"type": "extended-text", "text": text, "format": bits, "detail": 0}


def element(kind: str, *children: object, **values: object) -> dict[str, object]:
    return {"type": kind, "children": list(children), "format": "", "indent": 0, **values}


def test_lexical_text_has_its_elements_and_formats() -> None:
    link = element("link", words("the "), words("map", 1), url="__GHOST_URL__/map/?a=1&b=2")
    nodes = (
        element("extended-heading", words("A & B"), tag="h3"),
        element(
            "paragraph",
            words("a"),
            words("b", 1),
            words("c", 3),
            {"type": "linebreak"},
            words("d<e", 2),
            words(" "),
            link,
            words("f", 16),
        ),
        element("extended-quote", words("q")),
        element("aside", words("r")),
        {"type": "horizontalrule"},
        element("paragraph"),
    )
    assert body(lexical(*nodes)) == (
        "<h3>A &amp; B</h3>"
        "<p>a<strong>b<em>c<br></em></strong><em>d&lt;e</em> "
        '<a href="{static}/map/?a=1&amp;b=2">the <strong>map</strong></a><code>f</code></p>'
        "<blockquote>q</blockquote><blockquote>r</blockquote><hr>"
    )


@pytest.mark.parametrize(
    ("bits", "tag"),
    [
        (1, "strong"),
        (2, "em"),
        (4, "s"),
        (8, "u"),
        (16, "code"),
        (32, "sub"),
        (64, "sup"),
        (128, "mark"),
    ],
)
def test_each_bit_of_a_lexical_format(bits: int, tag: str) -> None:
    found = body(lexical(element("paragraph", words("x", bits))))
    assert found == f"<p><{tag}>x</{tag}></p>"


def test_a_lexical_list_within_a_list_belongs_to_the_item_before_it() -> None:
    inner = element("list", element("listitem", words("1.1")), listType="number", tag="ol", start=3)
    items = (
        element("listitem", words("1")),
        element("listitem", inner),
        element("listitem", words("2")),
    )
    found = body(lexical(element("list", *items, listType="bullet", tag="ul", start=1)))
    assert found == '<ul><li>1<ol start="3"><li>1.1</li></ol></li><li>2</li></ul>'


IMAGE = {"src": "__GHOST_URL__/a.jpg", "alt": 'a "b"', "width": 9, "height": 8, "title": ""}
IMAGE_SHOWN = '<img src="{static}/a.jpg" alt="a &quot;b&quot;" width="9" height="8">'
PAGE = {"title": "A < B", "description": "About", "author": "Ana", "publisher": "Quay", "icon": "i"}
CARDS = [
    (
        "image",
        {**IMAGE, "caption": "An <em>old</em> crane", "href": "https://x.org/"},
        (
            f'<figure><a href="https://x.org/">{IMAGE_SHOWN}</a>'
            "<figcaption>An <em>old</em> crane</figcaption></figure>"
        ),
    ),
    ("image", {"src": ""}, ""),
    ("gallery", {"images": [IMAGE, IMAGE]}, f"<figure>{IMAGE_SHOWN}{IMAGE_SHOWN}</figure>"),
    (
        "embed",
        {"url": "https://v.org/1", "html": "<iframe src=x></iframe>", "caption": "See"},
        "<figure><iframe src=x></iframe><figcaption>See</figcaption></figure>",
    ),
    (
        "embed",
        {"url": "https://v.org/1", "html": "", "metadata": {"title": "A & B"}},
        '<figure><a href="https://v.org/1">A &amp; B</a></figure>',
    ),
    (
        "bookmark",
        {"url": "https://q.org/", "metadata": PAGE | {"thumbnail": "https://q.org/t.png"}},
        (
            '<figure><p><a href="https://q.org/">A &lt; B</a></p><p>About</p><p>Quay · Ana</p>'
            '<p><a href="https://q.org/"><img src="https://q.org/t.png" alt=""></a></p></figure>'
        ),
    ),
    ("html", {"html": "<b>x</b>"}, "<b>x</b>"),
    ("markdown", {"markdown": "*x* & y"}, "<p><em>x</em> &amp; y</p>"),
    (
        "callout",
        {"calloutText": "Mind <b>it</b>", "calloutEmoji": "!", "backgroundColor": "blue"},
        "<aside><p>! Mind <b>it</b></p></aside>",
    ),
    (
        "toggle",
        {"heading": "Why?", "content": "<p>So.</p>"},
        "<details><summary>Why?</summary><p>So.</p></details>",
    ),
    (
        "button",
        {"buttonText": "Go & see", "buttonUrl": "https://x.org/", "alignment": "center"},
        '<p><a href="https://x.org/">Go &amp; see</a></p>',
    ),
    (
        "video",
        {"src": "v.mp4", "thumbnailSrc": "t.jpg", "width": 4, "height": 3, "loop": False},
        '<figure><video src="v.mp4" poster="t.jpg" width="4" height="3" controls></video></figure>',
    ),
    (
        "audio",
        {"src": "a.mp3", "title": "Waves"},
        '<figure><audio src="a.mp3" controls></audio><figcaption>Waves</figcaption></figure>',
    ),
    (
        "file",
        {"src": "f.pdf", "fileTitle": "", "fileName": "f.pdf", "fileCaption": "All of it"},
        '<p><a href="f.pdf">f.pdf</a></p><p>All of it</p>',
    ),
    (
        "header",
        {"header": "Hi", "subheader": "there", "buttonEnabled": False, "buttonUrl": "u"},
        "<h2>Hi</h2><p>there</p>",
    ),
    (
        "product",
        {"productTitle": "Rope", "productDescription": "<p>Long</p>", "productUrl": "u"},
        "<h4>Rope</h4><p>Long</p>",
    ),
    ("paywall", {}, ""),
    ("email", {"html": "<p>only mailed</p>"}, ""),
    ("email-cta", {"html": "<p>only mailed</p>"}, ""),
]


@pytest.mark.parametrize(("name", "card", "shown"), CARDS)
def test_cards_are_the_same_in_both_formats(name: str, card: dict[str, object], shown: str) -> None:
    around = element("paragraph", words("x"))
    assert body(lexical(around, {"type": name, "version": 1, **card})).strip() == "<p>x</p>" + shown
    sections = ([1, "p", [[0, [], 0, "x"]]], [10, 0])
    assert body(mobiledoc(*sections, cards=[[name, card]])).strip() == "<p>x</p>" + shown


@pytest.mark.parametrize("name", ["codeblock", "code"])
def test_code_keeps_its_lines_and_language(name: str) -> None:
    card = {"code": "if a < b:\n    pass", "language": "python"}
    shown = '<pre><code class="language-python">if a &lt; b:\n    pass</code></pre>'
    assert body(lexical({"type": name, **card})) == shown
    assert body(mobiledoc([10, 0], cards=[[name, card]])) == shown
    figure = f"<figure>{shown}<figcaption>Well</figcaption></figure>"
    assert body(lexical({"type": name, **card, "caption": "Well"})) == figure


def test_mobiledoc_has_sections_markups_and_atoms() -> None:
    sections = (
        [1, "h2", [[0, [], 0, "A & B"]]],
        [
            1,
            "p",
            [
                [0, [0], 0, "a"],
                [0, [1], 2, "b"],
                [1, [], 0, 0],
                [0, [2], 1, "map"],
                [0, [3], 1, "!"],
            ],
        ],
        [2, "i.png"],
        [3, "ol", [[[0, [], 0, "1"]], [[0, [0], 1, "2"]]]],
        [1, "aside", [[0, [], 0, "q"]]],
        [10, 0],
        [1, "p", []],
    )
    tables = {
        "markups": [["strong"], ["em"], ["a", ["href", "__GHOST_URL__/m"]], ["blink"]],
        "atoms": [["soft-return", "", {}]],
        "cards": [["hr", {}]],
    }
    assert body(mobiledoc(*sections, **tables)) == (
        "<h2>A &amp; B</h2>"
        '<p><strong>a<em>b</em></strong><br><a href="{static}/m">map</a>!</p>'
        '<figure><img src="i.png" alt=""></figure>'
        "<ol><li>1</li><li><strong>2</strong></li></ol><blockquote>q</blockquote><hr>"
    )


@pytest.mark.parametrize(
    ("post", "names", "shown"),
    [
        (
            lexical(element("poll", words("Yes")), {"type": "map", "title": "A < B", "x": "no"}),
            "poll, map",
            "<p>Yes</p><p>A &lt; B</p>",
        ),
        (
            mobiledoc(
                [1, "p", [[1, [], 0, 0]]],
                [10, 0],
                atoms=[["mention", "@ana", {}]],
                cards=[["map", {"caption": "<b>Here</b>"}]],
            ),
            "mention, map",
            "<p>@ana</p><p><b>Here</b></p>",
        ),
    ],
)
def test_what_is_not_known_keeps_its_text_and_is_named(
    post: dict[str, object], names: str, shown: str
) -> None:
    post = {"html": None} | post
    reading = reading_of("a.json", json.dumps(export(POST | post)))
    assert reading.articles[0].body == shown
    (problem,) = problems(reading)
    assert problem.startswith(
        f'ghost-card  the post "crane" has cards that are not known ({names})'
    )
    draft = reading_of("a.json", json.dumps(export(POST | post | {"status": "draft"})))
    assert draft.problems == ()


@pytest.mark.parametrize(
    ("visibility", "is_shown"),
    [
        (None, True),
        ({"web": {"nonMember": True, "memberSegment": "status:free"}, "email": {}}, True),
        ({"web": {"nonMember": False, "memberSegment": "status:free"}, "email": {}}, False),
        ({"showOnWeb": False, "showOnEmail": True, "segment": ""}, False),
        ({"emailOnly": True, "segment": ""}, False),
        ({"emailOnly": False, "segment": ""}, True),
        ("members", False),
    ],
)
@pytest.mark.parametrize("name", ["html", "unknown-card"])
def test_cards_for_members_are_not_published(
    name: str, visibility: object, *, is_shown: bool
) -> None:
    card = {"type": name, "html": "<p>secret</p>", "visibility": visibility}
    post = {"html": None} | lexical(element("paragraph", words("x")), card)
    (found,) = reading_of("a.json", json.dumps(export(POST | post))).articles
    assert ("secret" in found.body) is is_shown


def test_ghosts_html_is_published_without_its_blocks_for_members() -> None:
    gated = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:free" -->{}{}'
    end = "<!--kg-gated-block:end-->"
    html = f"<p>a</p>{gated.format('false', '<p>secret</p>', end)}"
    html += f"<p>b</p>{gated.format('true', '<p>open</p>', end)}"
    found = only(reading_of("a.json", json.dumps(export(POST | {"html": html}))))
    assert found.body == "<p>a</p><p>b</p><p>open</p>"


def test_html_counts_more_than_the_editors_format() -> None:
    found = only(reading_of("a.json", json.dumps(export(POST | lexical(words("other"))))))
    assert found.body == "<p>Text.</p>"


def test_an_empty_document_is_an_empty_text() -> None:
    empty = lexical(element("paragraph", words("")))
    assert body(empty) == body(mobiledoc([1, "p", []])) == ""


def test_nesting_beyond_all_measure_is_an_error_of_the_post() -> None:
    node: dict[str, object] = words("x")
    for _ in range(150):
        node = element("extended-quote", node)
    reading = reading_of("a.json", json.dumps(export(POST | {"html": None} | lexical(node))))
    assert [each.name for each in reading.problems] == ["record"]


def test_lines_are_known_where_the_export_has_lines() -> None:
    text = json.dumps(export(POST, POST | {"id": "x", "uuid": "x-y"}), indent=1)
    one, two = reading_of("a.json", text).articles
    lines = text.split("\n")
    assert '"11-22"' in lines[one.fields[0].line - 1]
    assert '"x-y"' in lines[two.fields[0].line - 1]


@pytest.mark.parametrize("cut", [100, 200])
def test_an_export_that_was_cut_off_is_an_error(cut: int) -> None:
    reading = reading_of("a.json", json.dumps(export(POST))[:cut])
    assert [each.name for each in reading.problems] == ["export"]
    assert "cut off" in reading.problems[0].cure


def test_an_export_without_posts_says_so() -> None:
    reading = reading_of("a.json", json.dumps(export()))
    assert reading.left_out[0].reason == "is an export without posts"
    reading = reading_of(
        "a.json", '{"db": [{"data": {"x": "posts"}}], "y": "posts"}'.replace("x", "posts")
    )
    assert [each.name for each in reading.problems] == ["export"]
