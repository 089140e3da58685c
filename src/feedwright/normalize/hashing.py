"""The hash of an article's own words: what a subscriber would notice. docs/identity.md."""

import hashlib
from collections.abc import Iterable

from feedwright.model import RawField, RawValue
from feedwright.normalize.values import items_of, squash, text_of

VERSION = "1:"
_DEEP = 10


def own_hash(
    title: str,
    summary: RawField | None,
    body: str,
    authors: RawField | None,
    enclosures: Iterable[RawField],
) -> str:
    """Hash title, declared summary, body, authors and enclosures, each as written.

    Every part is framed by its length in bytes, so that no two articles run together. White space
    within metadata is no word; of the body only that at the end is none. The form is for ever:
    another one needs another version, which the ledger takes over without moving `updated`.
    """
    parts = (
        (title,),
        _words(summary),
        ((body.replace("\r\n", "\n") if "\r" in body else body).rstrip(),),
        _words(authors),
        tuple(word for field in enclosures for word in _words(field)),
    )
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d;" % len(part))
        for word in part:
            data = word.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(data))
            digest.update(data)
    return VERSION + digest.hexdigest()


def _words(field: RawField | None) -> tuple[str, ...]:
    if field is None or field.origin == "defaults":
        return ()
    if isinstance(field.value, str):
        words = " ".join(field.value.split())
        return (words,) if words else ()
    return tuple(_of_value(field.value))


def _of_value(value: RawValue, depth: int = 0) -> Iterable[str]:
    """Give a value as words: a list of one is its item, a mapping is `key=value`, sorted."""
    if depth > _DEEP:
        return
    for item in items_of(value):
        if isinstance(item, dict):
            pairs = (
                f"{squash(key)}={' '.join(_of_value(inner, depth + 1))}"
                for key, inner in item.items()
            )
            yield "&".join(sorted(pairs))
        else:
            yield " ".join((text_of(item) or "").split())
