"""What a file is, by its name alone: an article, data, something plausible, or nothing to us."""

import re

from feedwright.sources.shapes import ARTICLE_EXTENSIONS, words

DATA_EXTENSIONS = frozenset({".yaml", ".yml", ".json", ".toml", ".meta"})

PLAUSIBLE = {
    ".mdx": "MDX",
    ".rst": "reStructuredText",
    ".rest": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org mode",
    ".textile": "Textile",
    ".wiki": "wiki text",
    ".mediawiki": "wiki text",
    ".tex": "TeX",
    ".ipynb": "Jupyter notebooks",
    ".doc": "Word documents",
    ".docx": "Word documents",
    ".odt": "OpenDocument texts",
    ".rtf": "RTF",
    ".pages": "Pages documents",
    ".gdoc": "links to Google Docs",
    ".pdf": "PDF",
    ".epub": "EPUB",
    ".lr": "Lektor's records",
    ".jsonl": "records",
    ".ndjson": "records",
    ".xml": "XML",
}
"""Extensions that may hold an article which no source reader reads, and what they are."""

DATA_NAMES = words(
    "authors tags categories .authors redirects config _config package package-lock tsconfig "
    "manifest composer mkdocs netlify vercel feeds menus navigation"
)
"""Stems of data files that stand for themselves: no sidecars."""

IGNORED_FOLDERS = frozenset(
    {"node_modules", "__MACOSX", "__pycache__", "_site", "_includes", "_layouts", "_sass", "_data"}
)

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
_VERIFICATION = re.compile(r"(?:google[0-9a-f]{12,20}|yandex_[0-9a-f]{8,20}|bingsiteauth)\.html")


def extension_of(name: str) -> str:
    """Return a file's extension with its dot, casefolded; empty for none."""
    stem, dot, extension = name.rpartition(".")
    return f".{extension.casefold()}" if dot and stem else ""


def no_article(name: str, *, at_top: bool) -> str:
    """Say why a file with an article's extension is none; empty when it is one.

    `at_top`: it lies directly in a content folder, where an `index` is the home page.
    """
    folded = name.casefold()
    if folded in _NO_ARTICLE_FILES or _VERIFICATION.fullmatch(folded):
        return "is a file for machines, no article"
    stem = folded.partition(".")[0]
    if stem in _NO_ARTICLE:
        return _NO_ARTICLE[stem]
    if stem == "index" and at_top:
        return "is the home page, no article"
    return ""


def is_article(extension: str) -> bool:
    """Whether files with this extension are articles."""
    return extension in ARTICLE_EXTENSIONS
