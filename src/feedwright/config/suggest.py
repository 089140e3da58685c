"""`did you mean …`: the nearest of the words that are allowed."""

from collections.abc import Iterable


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the allowed word that was probably meant, or nothing."""
    import difflib  # noqa: PLC0415 - only after a mistake

    simple = {_simple(each): each for each in allowed}
    found = difflib.get_close_matches(_simple(word)[:80], simple, n=1, cutoff=0.6)
    return simple[found[0]] if found else ""


def one_of(allowed: Iterable[str]) -> str:
    """Say what is allowed."""
    return "allowed: " + ", ".join(allowed)


def _simple(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
