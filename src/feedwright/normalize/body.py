"""The body of an article as clean HTML with absolute links, and its summary."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from feedwright.model import Candidate, Problem, RawArticle, Severity
from feedwright.normalize.links import PermalinkOfPath, Resolver
from feedwright.normalize.remains.article import context_of, removal, without_comments
from feedwright.normalize.remains.context import Removed
from feedwright.normalize.remains.reducing import reduced
from feedwright.normalize.values import squash, text_of
from feedwright.text import markdown, markup, paragraphs, rst, urls, wordpress
from feedwright.text.patterns import lazy

SUMMARY_LENGTH = 300
"""Characters of a summary that is cut from the body."""
_TEASER_LENGTH = 2_000
"""Characters of one that the author set off with a marker."""
_HEADLINE = lazy(
    r"\s*(?:<(?:div|article|section|main|header|hgroup)(?:\s[^<>]*)?>\s*)*"
    r"(<h1(?:\s[^<>]*)?>(.*?)</h1\s*>)\s*",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_HEADLINE = 5_000
_TO_HTML: Mapping[str, Callable[[str], str]] = {
    "markdown": markdown.to_html,
    "mdx": markdown.to_html,
    "rst": rst.to_html,
    "wordpress": wordpress.to_html,
    "html": str,
    "text": paragraphs.to_html,
}


class Body(NamedTuple):
    """What readers get of a body."""

    html: str
    """Clean; all addresses absolute; may be empty."""
    summary: str
    """Plain text; may be empty."""
    problems: tuple[Problem, ...] = ()


class BodyTools(NamedTuple):
    """What rendering asks of the other stages."""

    permalink_of_path: PermalinkOfPath
    site_url: str = ""
    """For `{static}` links; empty: the root of the permalink's host."""
    permalink_of_name: PermalinkOfPath | None = None
    """By `links.names_of` and `ends_of`, for what names an article without its whole path."""
    site_title: str = ""
    vault: bool = False
    """Whether articles are notes of Obsidian or the like."""
    local_file: Callable[[str, str], object] | None = None
    """Path of the source file and a reference -> something, if it names a local file."""


def render_body(raw: RawArticle, candidate: Candidate, permalink: str, tools: BodyTools) -> Body:
    """Render a body for readers.

    What a generator's templates would have made of it is reduced first. Links resolve against the
    permalink, those that name a source file become that article's. A first heading that repeats
    the title is taken out: readers show the title above the content. The summary is the declared
    one, else what stands before the marker, else the beginning of the first paragraph.
    """
    raw, unclosed = without_comments(raw) if tools.vault else (raw, 0)
    teaser, source = _parts(raw, candidate)
    site_url = tools.site_url or urls.absolute(permalink, "/")
    resolver = Resolver(
        candidate, permalink, site_url, tools.permalink_of_path, tools.permalink_of_name
    )
    context = context_of(raw)._replace(
        title=candidate.title,
        permalink=permalink,
        site_title=tools.site_title,
        site_url=site_url,
        article=resolver.article,
        vault=tools.vault,
        note=resolver.note,
        missing=resolver.missing,
        is_file=lambda reference: (
            tools.local_file is not None and tools.local_file(candidate.path, reference) is not None
        ),
    )
    text = reduced(source, context)
    html = _clean(raw.markup, text.text, candidate.title, resolver)
    summary = candidate.summary
    if not summary and teaser:
        before = _clean(raw.markup, reduced(teaser, context).text, candidate.title, None)
        summary = markup.shorten(_line(markup.plain(before)), _TEASER_LENGTH)
    if not summary:
        summary = markup.shorten(_line(markup.first_paragraph(html)), SUMMARY_LENGTH)
    removed = _lost(source) if raw.markup == "rst" else text.removed
    problems = (
        *_unclosed(raw.path, unclosed),
        *removal(removed, raw.path, raw.body_line),
        *_unresolved(raw, resolver),
    )
    return Body(html, summary, problems)


def _unclosed(path: str, line: int) -> Iterator[Problem]:
    if line:
        what = "a comment begins with %% and is never closed; the rest of the note is left out"
        cure = "close it with another %%"
        yield Problem(Severity.WARNING, "comment-unclosed", path, line, "", what, cure)


def _lost(source: str) -> tuple[tuple[Removed, int], ...]:
    return tuple((Removed(name, name), line) for name, line in rst.lost(source))


def _parts(raw: RawArticle, candidate: Candidate) -> tuple[str, str]:
    """Split a body at its teaser marker: what stands before it, and the whole without it."""
    for key, value in candidate.extra.items():
        if squash(key) == "excerptseparator":  # Jekyll
            separator = text_of(value)
            if separator and separator in raw.body:
                before, _, after = raw.body.partition(separator)
                return before, before + after
    split = markup.split_at_marker(raw.body)
    if not split:
        return "", raw.body
    before, after = split
    between = raw.body[len(before) : len(raw.body) - len(after)]  # the marker and its white space
    marker = between.strip()
    return before, before + between.replace(marker, "", 1) + after


def _clean(kind: str, source: str, title: str, resolver: Resolver | None) -> str:
    to_html = _TO_HTML.get(kind, paragraphs.to_html)
    html = markup.sanitize(_without_headline(to_html(markup.clean_text(source)), title))
    return markup.absolute_links(html, resolver).strip() if resolver else html


def _without_headline(html: str, title: str) -> str:
    """Take out a first `<h1>` that says what the title says."""
    match = _HEADLINE.match(html, 0, _LONGEST_HEADLINE)
    if match and _same(markup.plain(match[2]), title):
        return html[: match.start(1)] + html[match.end(1) :]
    return html


def _same(one: str, other: str) -> bool:
    return _line(one).casefold() == _line(other).casefold()


def _line(text: str) -> str:
    return markup.one_line(text).strip()


def _unresolved(raw: RawArticle, resolver: Resolver) -> list[Problem]:
    problems: list[Problem] = []
    for reference in resolver.unresolved:
        at = raw.body.find(reference)
        line = raw.body_line + raw.body.count("\n", 0, at) if at >= 0 else raw.body_line
        problems.append(
            Problem(
                Severity.WARNING,
                "link-unresolved",
                raw.path,
                line,
                "",
                f'the link "{reference}" names a file that is no published article',
                "mend the path, or link to an address",
            )
        )
    return problems
