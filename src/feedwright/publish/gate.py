"""The gate: nothing is published that readers or validators reject.

Entries are linted once, as fragments, when they are rendered; documents are linted for what is
their own (the envelope, and ids across entries), after one pass of a parser over the whole.
docs/gate.md explains every rule.
"""

from collections.abc import Callable, Mapping

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


def lint_document(document: Document | Streamed, large: int = LARGE) -> tuple[Problem, ...]:
    """Tell what is wrong with a document's envelope and across its entries.

    Of one with a sample the entries were linted one by one: only this is read, and the ids of all
    are held against one another and against the tombstones. An error keeps the whole build from
    being published. Style sheets have no rules. A document of more than `large` bytes is a warning.
    """
    read = _DOCUMENTS.get(document.media_type.partition(";")[0])
    if read is None:
        return ()
    data = document.data if isinstance(document, Document) else b""
    facts = read(document.sample or data)
    if document.sample:
        facts.entry_ids = list(document.entry_ids)
    if len(data) > large:
        facts.fault("document-large", "", f"has {len(data):,} bytes")
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
