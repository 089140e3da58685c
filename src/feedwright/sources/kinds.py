"""What a file is, by its name alone: an article, data, something plausible, or nothing to us."""

from feedwright.sources import others
from feedwright.sources.shapes import (
    ARTICLE_EXTENSIONS,
    MARKDOWN_EXTENSIONS,
    RST_EXTENSIONS,
    words,
)
from feedwright.text import languages
from feedwright.text.patterns import lazy

DATA_EXTENSIONS = frozenset({".yaml", ".yml", ".json", ".toml", ".meta"})

PLAUSIBLE = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org mode",
    ".textile": "Textile",
    ".wiki": "wiki text",
    ".mediawiki": "wiki text",
    ".tex": "TeX",
    ".ipynb": "Jupyter notebooks",
    ".rmd": "R Markdown",
    ".qmd": "Quarto",
    ".doc": "Word documents",
    ".docx": "Word documents",
    ".odt": "OpenDocument texts",
    ".rtf": "RTF",
    ".pages": "Pages documents",
    ".gdoc": "links to Google Docs",
    ".pdf": "PDF",
    ".epub": "EPUB",
}
"""Extensions that may hold an article which no source reader reads, and what they are."""

DATA_NAMES = words(
    "authors tags categories .authors redirects config _config package package-lock tsconfig "
    "manifest composer mkdocs netlify vercel feeds menus navigation search searchindex "
    "search-index search_index"
)
"""Stems of data files that stand for themselves: no sidecars."""

ASSETS = words(
    ".png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .psd .ai .mp3 .m4a .ogg "
    ".oga .opus .wav .flac .aac .mp4 .m4v .webm .mov .ogv .avi .mkv .vtt .srt .css .scss .sass "
    ".less .js .mjs .cjs .ts .jsx .tsx .map .woff .woff2 .ttf .otf .eot .zip .gz .bak .tmp .swp "
    ".orig .po .pot .lock .log"
)
"""What lies beside articles everywhere: nobody is asked whether he reads it."""

IGNORED_FOLDERS = frozenset(
    {"node_modules", "__MACOSX", "__pycache__", "_site", "_includes", "_layouts", "_sass", "_data"}
)

_TEXTS = MARKDOWN_EXTENSIONS | RST_EXTENSIONS | {".txt"}
_NO_ARTICLE = {
    "readme": "describes the folder, is no article",
    "license": "is a licence, no article",
    "licence": "is a licence, no article",
    "contributing": "describes the project, is no article",
    "code_of_conduct": "describes the project, is no article",
    "_index": "is the index of a section, no article",
    "404": "is an error page, no article",
}
_NO_ARTICLE_FILES = words(
    "robots.txt humans.txt ads.txt app-ads.txt security.txt llms.txt llms-full.txt "
    "requirements.txt cmakelists.txt"
)
_VERIFICATION = lazy(r"(?:google[0-9a-f]{12,20}|yandex_[0-9a-f]{8,20}|bingsiteauth)\.html")


def extension_of(name: str) -> str:
    """Return a file's extension with its dot, casefolded; empty for none."""
    stem, dot, extension = name.rpartition(".")
    return f".{extension.casefold()}" if dot and stem else ""


def without_extension(path: str) -> str:
    """Return a path without the extension of its file."""
    return path[: len(path) - len(extension_of(path.rpartition("/")[2]))]


def no_article(name: str, *, at_top: bool) -> str:
    """Say why a file with an article's extension is none; empty when it is one.

    `at_top`: it lies directly in a content folder, where an `index` is the home page.
    """
    folded = name.casefold()
    if folded.endswith(".lr"):
        if folded != "contents.lr" and not folded.startswith("contents+"):
            return "describes an attachment, is no article"
        return "is the home page, no article" if at_top else ""
    if folded in _NO_ARTICLE_FILES or _VERIFICATION.fullmatch(folded):
        return "is a file for machines, no article"
    stem = folded.partition(".")[0]
    if stem in _NO_ARTICLE:
        return _NO_ARTICLE[stem]
    if stem == "index" and at_top:
        return "is the home page, no article"
    return ""


def not_read(name: str, extension: str) -> str:
    """Say why a file that may well be an article is not read; empty when it is nothing to us."""
    if extension in PLAUSIBLE and name[0] != "~":
        return f"no source reader reads {PLAUSIBLE[extension]} ({extension})"
    inner = extension_of(name[: len(name) - len(extension)])
    if inner in _TEXTS and languages.is_suffix(extension[1:]):  # as once in Nikola
        return "has its language behind the extension: put it before, as in x.es.md"
    return ""


def is_article(extension: str) -> bool:
    """Whether files with this extension are articles, to a reader of ours or of another package."""
    if extension in ARTICLE_EXTENSIONS:
        return True
    if not extension or extension in DATA_EXTENSIONS or extension in ASSETS:
        return False
    return extension in others.extensions()
