"""The gate: nothing is published that readers or validators reject.

Entries are linted once, as fragments, when they are rendered; documents are linted for what is
their own (the envelope, and ids across entries), after one pass of a parser over the whole.
docs/gate.md explains every rule.
"""

from collections.abc import Callable, Mapping, Sequence

from feedwright.model import Document, Fragment, Problem, Streamed
from feedwright.publish import rules_atom, rules_json, rules_opml, rules_rss
from feedwright.publish.certificates import Certificates
from feedwright.publish.rules_facts import DOCUMENT, ENTRY, Facts
from feedwright.publish.rules_table import Rule, rules_for

LARGE = 15_000_000
"""Bytes that the most generous reader takes."""

_ENTRIES: Mapping[str, Callable[[Fragment], Facts]] = {
    "rss": rules_rss.read_entry,
    "atom": rules_atom.read_entry,
    "json": rules_json.read_entry,
}
_DOCUMENTS: Mapping[str, Callable[[bytes], Facts]] = {
    "application/rss+xml": rules_rss.read_document,
    "application/atom+xml": rules_atom.read_document,
    "application/feed+json": rules_json.read_document,
    "text/x-opml": rules_opml.read_document,
    "text/html": rules_opml.read_page,
}
_ENTRY_RULES: Mapping[str, tuple[Rule, ...]] = {name: rules_for(name, ENTRY) for name in _ENTRIES}
_DOCUMENT_RULES: Mapping[str, tuple[Rule, ...]] = {
    name: rules_for(name, DOCUMENT) for name in (*_ENTRIES, "opml", "page")
}

_CERTIFICATES: Mapping[str, Certificates] = {
    name: Certificates(name, read, _ENTRY_RULES[name]) for name, read in _ENTRIES.items()
}


def lint_entry(format_name: str, fragment: Fragment, path: str) -> tuple[Problem, ...]:
    """Tell what is wrong with one entry of `format_name` (`rss`, `atom`, `json`).

    `path` is the article's source file, for the messages. An error keeps the entry out.
    """
    if _CERTIFICATES[format_name].cover(fragment):
        return ()
    return lint_fully(format_name, fragment, path)


def lint_fully(format_name: str, fragment: Fragment, path: str) -> tuple[Problem, ...]:
    """Do the same without certificates: parse the entry, and ask every rule."""
    facts = _ENTRIES[format_name](fragment)
    identity = fragment.guid.strip() or fragment.id
    if not facts.faults and facts.ids and all(text != identity for _, text in facts.ids):
        facts.fault("id-differs", facts.ids[0].field, f"is not {identity}")
    elif fragment.guid:  # adopted to the letter, whatever it is: only so is nothing shown twice
        facts.ids = [each for each in facts.ids if each.text != identity]
    return _problems(facts, _ENTRY_RULES[format_name], path)


def lint_streamed(document: Streamed) -> tuple[Problem, ...]:
    """Tell what is wrong with the envelope of a document that is never whole in memory.

    Its entries were linted one by one; their ids are held against one another, and against those of
    the tombstones.
    """
    envelope = Document(document.path, document.media_type, document.envelope)
    return _lint(envelope, LARGE, document.entry_ids)


def lint_document(document: Document, large: int = LARGE) -> tuple[Problem, ...]:
    """Tell what is wrong with a document's envelope and across its entries.

    An error keeps the whole build from being published. Style sheets have no rules. A document of
    more than `large` bytes is a warning.
    """
    return _lint(document, large)


def _lint(
    document: Document, large: int, entry_ids: Sequence[str] | None = None
) -> tuple[Problem, ...]:
    read = _DOCUMENTS.get(document.media_type.partition(";")[0])
    if read is None:
        return ()
    facts = read(document.data)
    if entry_ids is not None:
        facts.entry_ids = list(entry_ids)
    if len(document.data) > large:
        facts.fault("document-large", "", f"has {len(document.data):,} bytes")
    return _problems(facts, _DOCUMENT_RULES[facts.format], f"feeds/{document.path}")


def _problems(facts: Facts, rules: tuple[Rule, ...], path: str) -> tuple[Problem, ...]:
    """Put the findings of every rule in order.

    What could not be read at all is not held against further rules.
    """
    if not facts.faults:  # nearly always
        return tuple(
            [
                _problem(rule, facts.format, path, where, what)
                for rule in rules
                for where, what in rule.check(facts)
            ]
        )
    problems: list[Problem] = []
    for rule in rules:
        found = [(each.field, each.what) for each in facts.faults if each.rule == rule.name]
        if facts.names:
            found += rule.check(facts)
        problems += [_problem(rule, facts.format, path, where, what) for where, what in found]
    return tuple(problems)


def _problem(rule: Rule, format_name: str, path: str, where: str, what: str) -> Problem:
    field = f"{format_name} {where}".strip()
    return Problem(rule.severity, rule.name, path, 0, field, what, rule.cure)
