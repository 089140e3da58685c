"""Bytes to text: byte-order marks, declared charsets, control characters, line ends."""

import codecs
import re

from feedwright.sources.shapes import HTML_EXTENSIONS, UnreadableError
from feedwright.text.patterns import lazy

_DECLARING = HTML_EXTENSIONS | {".xml"}

_MARKS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r")
_TO_MEND = _CONTROLS + b"\v\f\r"
_CONTROLS_IN_TEXT = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PLAIN = frozenset(map(chr, range(128)))
_HEAD = 16_384
"""Bytes in which a charset is looked for: archives put scripts before it."""
_WHOLE = 2_000
"""Bytes of a page for each one that may be broken."""
_WHOLE_LETTERS = 10
"""Letters beyond ASCII for each: they show that the charset is the right one."""
_SAMPLE = 8192
_SIGNATURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF",
    b"RIFF", b"ID3", b"OggS", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"SQLite",
)  # fmt: skip
_DECLARED = lazy(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:+-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([\w.:+-]{1,40})""",
    re.IGNORECASE,
)
_CHARSETS = {  # of the WHATWG's labels: these mean more than their names say
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ALLOWED = lazy(
    r"cp\d+|iso8859-\d+|iso2022_jp|koi8-[ru]|mac-(?:roman|cyrillic)|big5\w*|euc_\w+|gb18030|utf-8"
)


def decode(data: bytes, extension: str) -> str:
    """Return the text of a file, without byte-order mark and control characters, with LF.

    UTF-8, UTF-16 and UTF-32 with a mark, and the charset that an HTML page declares. Raises
    UnreadableError (`encoding`, `binary`).
    """
    if len(data.translate(None, _TO_MEND)) == len(data):  # nearly all: no binary has none of them
        try:
            return data.decode().lstrip("\ufeff")
        except UnicodeDecodeError:
            pass
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _tidy(_strict(data[len(mark) :], name))
    _refuse_binary(data)
    if b"\x1b" in data and extension in _DECLARING and _declared(data) == "iso2022_jp":
        return _tidy(_strict(data, "iso2022_jp"))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _tidy(_by_declaration(data, extension, error))
    return _tidy(text)


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return _CONTROLS_IN_TEXT.sub("", text.replace("\v", " ").replace("\f", " "))


def _strict(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"says that it is {charset}, but is not from this line on"
        raise UnreadableError("encoding", line, what, "save the file as UTF-8") from error


def _by_declaration(data: bytes, extension: str, error: UnicodeDecodeError) -> str:
    page = extension in _DECLARING
    charset = _declared(data) if page else ""
    if extension in HTML_EXTENSIONS:
        text = _but_for_a_few(data, charset or "utf-8")
        if text:
            return text
    if charset and charset != "utf-8":
        return _strict(data, charset)
    line = data[: error.start].count(b"\n") + 1
    what = f"is not UTF-8 (byte 0x{data[error.start]:02x})"
    cure = "save the file as UTF-8" + (", or let it declare its charset" if page else "")
    raise UnreadableError("encoding", line, what, cure) from error


def _but_for_a_few(data: bytes, charset: str) -> str:
    """Return a page in a charset that a few of its bytes break, as browsers show it; else nothing.

    Pages are cut in the midst of letters, and hold what others wrote. What takes U+FFFD's place
    there is warned of when it stands in a feed.
    """
    text = data.decode(charset, "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    letters = sum(map(text.count, set(text) - _PLAIN)) - broken
    few = broken * _WHOLE <= len(data) and broken * _WHOLE_LETTERS <= letters
    return text if few else ""


def _declared(data: bytes) -> str:
    """Return Python's name of the charset that a page declares, empty for none that we know."""
    found = _DECLARED.search(data, 0, _HEAD)
    if found is None:
        return ""
    label = (found[1] or found[2]).decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = _CHARSETS.get(name, name)
    return name if _ALLOWED.fullmatch(name) else ""


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    nulls = sample.count(0)
    if nulls > len(sample) // 4 and not sample.startswith(_SIGNATURES):
        even = sample[::2].count(0)
        if len(sample) > 3 and even in (0, nulls):
            what = "looks like UTF-16 without a byte-order mark"
            raise UnreadableError("encoding", 1, what, "save the file as UTF-8")
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    signed = sample.startswith(_SIGNATURES) and (odd > 0 or _is_no_text(sample))
    if signed or odd > max(len(sample) // 10, 8):
        what = "is a binary file, not text"
        raise UnreadableError("binary", 0, what, "give it its right extension, or take it out")


def _is_no_text(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return True
    return False
