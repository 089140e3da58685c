"""The page of feeds, and feeds themselves, in a real Chromium (Debian's `chromium`)."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from feedwright.render.formats import FORMATS
from feedwright.render.page import FeedSummary, index_page, style_sheet
from tests.render.samples import (
    SITE,
    make_arabic_entry,
    make_entry,
    make_feed,
    make_full_entry,
    whole_document,
)

pytestmark = pytest.mark.slow

Look = Callable[..., dict[str, Any]]

# Opens a document in a frame and tells how some of its elements look.
PROBE = """<!doctype html><meta name="color-scheme" content="light dark"><body>
<iframe src="{document}" width="{width}" height="800"></iframe><script>
onload = () => {{
  const inside = document.querySelector('iframe').contentWindow;
  const look = (selector, pseudo) => {{
    const element = inside.document.querySelector(selector);
    if (!element) return null;
    const style = inside.getComputedStyle(element, pseudo);
    const box = element.getBoundingClientRect();
    return {{display: style.display, colour: style.color, ground: style.backgroundColor,
      direction: style.direction, content: style.content, width: box.width, top: box.top}};
  }};
  const seen = {{overflow: inside.document.documentElement.scrollWidth - inside.innerWidth}};
  for (const [selector, pseudo] of {selectors}) seen[selector + pseudo] = look(selector, pseudo);
  document.body.textContent = JSON.stringify(seen);
}};
</script></body>"""


class Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  # as its base class has it
        ".html": "text/html; charset=utf-8",
        ".xml": "text/xml; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        "": "application/octet-stream",
    }

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder of documents and the address at which it is served."""
    folder = tmp_path_factory.mktemp("feeds")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}/"
    _write(folder, address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield folder, address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _write(folder: Path, address: str) -> None:
    feed = make_feed(base=address, style=f"{address}style.css")
    entries = [make_full_entry(), make_arabic_entry(), make_entry(1)]
    for form in FORMATS.values():
        fragments = [form.entry(entry, True) for entry in entries]
        (folder / form.file_name).write_bytes(whole_document(form, feed, fragments))
    empty = whole_document(FORMATS["rss"], feed, [])
    (folder / "empty.xml").write_bytes(empty)
    summaries = [
        FeedSummary(feed, 3),
        FeedSummary(make_feed(name="tag/x", title="x" * 90, base=address), 1),
    ]
    (folder / "index.html").write_bytes(index_page(SITE, summaries, entries))
    (folder / "style.css").write_bytes(style_sheet())


@pytest.fixture
def look(site: tuple[Path, str], tmp_path: Path) -> Look:
    """Return how elements of a document look in the browser."""
    folder, address = site
    chromium = shutil.which("chromium")
    assert chromium, "install Debian's chromium (apt-get install chromium)"

    def look(document: str, *selectors: str, width: int = 1200, dark: bool = False) -> Any:
        pairs = [[*selector.split("::"), ""][:2] for selector in selectors]
        pairs = [[name, f"::{pseudo}" if pseudo else ""] for name, pseudo in pairs]
        (folder / "probe.html").write_text(
            PROBE.format(document=document, width=width, selectors=json.dumps(pairs)), "utf-8"
        )
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}"]
        command += [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
        command += ["--dump-dom", f"{address}probe.html"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        body = done.stdout.partition("<body>")[2].partition("</body>")[0]
        return json.loads(unescape(body))

    return look


@pytest.mark.parametrize(
    ("document", "root", "entry", "hidden"),
    [("rss.xml", "channel", "item", "guid"), ("atom.xml", "feed", "entry", "content")],
)
def test_a_feed_opens_as_a_readable_page(
    look: Look, document: str, root: str, entry: str, hidden: str
) -> None:
    heading, note = f"{root} > title", f"{root}::before"
    title, hidden = f"{entry} > title", f"{entry} > {hidden}"
    text = f"{entry} > :is(description, summary)"
    seen = look(document, heading, note, entry, title, text, hidden)
    assert "This is a feed" in seen[note]["content"]
    assert seen[entry]["display"] == "flex"
    assert seen[title]["display"] == "block"
    assert seen[text]["display"] not in {"none", "inline"}
    assert seen[hidden]["display"] == "none"
    assert seen[heading]["top"] < seen[entry]["top"] < seen[title]["top"]
    assert seen[entry]["width"] < 800
    assert seen["overflow"] <= 0


def test_the_title_for_podcast_apps_is_not_shown_again(look: Look) -> None:
    seen = look("rss.xml", "item > title ~ title")
    assert seen["item > title ~ title"]["display"] == "none"


@pytest.mark.parametrize("document", ["rss.xml", "atom.xml"])
def test_right_to_left_entries_run_from_the_right(look: Look, document: str) -> None:
    first, second = (f":is(item, entry):nth-of-type({place})" for place in (1, 2))
    seen = look(document, first, second)
    assert (seen[first]["direction"], seen[second]["direction"]) == ("ltr", "rtl")


def test_an_empty_feed_says_so(look: Look) -> None:
    assert "no entries yet" in look("empty.xml", "channel::after")["channel::after"]["content"]


@pytest.mark.parametrize("document", ["index.html", "rss.xml", "atom.xml"])
def test_documents_fit_a_phone(look: Look, document: str) -> None:
    assert look(document, width=390)["overflow"] <= 0


@pytest.mark.parametrize(
    ("document", "ground"), [("index.html", "body"), ("rss.xml", "rss"), ("atom.xml", "feed")]
)
def test_documents_are_dark_where_the_person_likes_it(
    look: Look, document: str, ground: str
) -> None:
    light = look(document, ground)[ground]
    dark = look(document, ground, dark=True)[ground]
    assert (light["ground"], light["colour"]) == ("rgb(251, 250, 247)", "rgb(31, 35, 40)")
    assert (dark["ground"], dark["colour"]) == ("rgb(21, 24, 28)", "rgb(230, 228, 223)")


def test_the_page_of_feeds_is_laid_out(look: Look) -> None:
    seen = look("index.html", "main", ".newest > li", ".formats", ".skip", "head title")
    assert seen["main"]["width"] < 800
    assert seen[".newest > li"]["display"] == "grid"
    assert seen[".formats"]["display"] == "flex"
    assert seen[".skip"]["top"] < 0
    assert seen["head title"]["display"] == "none"
