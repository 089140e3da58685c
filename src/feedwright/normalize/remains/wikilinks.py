"""Links by the names of notes: `[[Note]]`, `[[folder/Note#Heading|shown]]`, `![[picture.png]]`.

Two brackets also open tests of Bash, strings of Lua, tables of TOML and links of other wikis. What
names a published article or a local picture is a link by that alone; what names nothing is one
only where the site says that its articles are notes.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

from feedwright.normalize.remains import outputs
from feedwright.normalize.remains.context import Context, Notes
from feedwright.normalize.remains.pairs import Block, result_of
from feedwright.text import shielding
from feedwright.text.patterns import lazy

_LINK = lazy(
    r"<[A-Za-z/][^<>\n]*+>|(?<!\\)(?:(?P<embed>!)\[\[|(?<!\[)\[\[)"
    r"(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{0,500}))?\]\](?!\(|\[[^\[])"
)
"""Not `[[1]](address)`, which is Markdown's; tags are passed over. In tables the bar is `\\|`."""
_EXTENSION = lazy(r"\.(?:md|markdown|mdx)$", re.IGNORECASE)
_FILE = lazy(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_LETTER = lazy(r"[^\W\d_]")
_MARKUP = lazy(r"[*`~<>&\\\[\]$:=]|(?<!\w)_|_(?!\w)")
_SIZE = lazy(r"\d+(?:x\d+)?")
_NO_ANCHOR = lazy(r"[^\w\s-]")
_FOLDERS = ("", "attachments/", "assets/", "images/")
"""Where the files of a vault lie that its notes name without a folder."""


def reduce(text: str, context: Context, notes: Notes) -> str:
    """Put links, pictures and plain names in the place of wikilinks."""
    return _LINK.sub(lambda match: _reduced(match, context, notes), text)


def _reduced(match: re.Match[str], context: Context, notes: Notes) -> str:
    target = (match["target"] or "").removesuffix("\\").rstrip()
    # `[[ -f x ]]` is a test, an address is another wiki's, and code within is no name.
    if not target or target[0].isspace() or "://" in target or shielding.unshield(target) != target:
        return match[0]
    name, _, heading = target.partition("#")
    name = name.strip()
    if not name:
        return _within(heading, match["shown"]) if context.vault else match[0]
    if outputs.is_picture(name) or outputs.is_media(name):
        return _file(name, match, context)
    permalink = context.note(name) if context.vault or _LETTER.search(name) else ""
    shown = _text(match["shown"], name, heading)
    if permalink:
        return outputs.link(permalink + _anchor(heading), shown)
    if not context.vault:
        return match[0]
    address = _address(name, context) if _FILE.search(name) else ""
    if address:
        return outputs.link(address, shown)
    if match["embed"]:  # what it would have shown is missing, and its name says nothing
        notes.removed(match[0], match[0])
        return ""
    context.missing(shielding.unshield(match[0]))
    return shown


def _within(heading: str, shown: str | None) -> str:
    """Give a link to a place of the same note; blocks have no address."""
    text = _text(shown, "", heading)
    anchor = _anchor(heading)
    return outputs.link(anchor, text) if anchor else text


def _text(shown: str | None, name: str, heading: str) -> str:
    """Give the text of a link: the one that stands behind the bar, else the name of the note."""
    if shown and shown.strip():
        return shown.strip()
    headings = [each.strip() for each in heading.split("#") if each.strip()]
    named = [_EXTENSION.sub("", name).rpartition("/")[2]] if name else []
    if named and headings and headings[-1].startswith("^"):
        headings = []
    text = " > ".join([*named, *headings])
    return shielding.literal(text) if _MARKUP.search(text) else text


def _anchor(heading: str) -> str:
    """Give the fragment of a heading as most generators make it; none for the id of a block."""
    last = heading.rpartition("#")[2].strip()
    if not last or last.startswith("^"):
        return ""
    return "#" + quote(_NO_ANCHOR.sub("", last.lower()).replace(" ", "-"))


# ---------------------------------------------------------------- files


def _file(name: str, match: re.Match[str], context: Context) -> str:
    """Give the picture or sound that is named, or a link to it."""
    address = _address(name, context)
    if not address:
        if not context.vault:
            return match[0]
        address = quote(name)  # as a picture of Markdown would
    shown = [each.strip() for each in (match["shown"] or "").rstrip("\\").split("|")]
    text = " ".join(each.rstrip("\\") for each in shown if each and not _SIZE.fullmatch(each))
    if not match["embed"]:
        return outputs.link(address, _text(text, name, ""))
    block: Block
    if outputs.is_picture(name):
        block = outputs.alone(outputs.image(address, outputs.plain(text)))
    else:
        block = outputs.media(address)
    return result_of(block, match.string, match.start(), match.end(), html=False)


def _address(name: str, context: Context) -> str:
    """Give the reference of a local file: beside the note, else below the site."""
    for reference in _places(html.unescape(name)):
        if context.is_file(reference):
            return context.below_home(reference) if reference[0] == "/" else reference
    return ""


def _places(name: str) -> Iterator[str]:
    folders = _FOLDERS if "/" not in name else ("",)
    quoted = quote(name)
    yield from (folder + quoted for folder in folders if not quoted.startswith("/"))
    yield from (f"/{folder}{quoted.lstrip('/')}" for folder in folders)
