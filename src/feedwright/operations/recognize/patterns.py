"""Permalink patterns of site generators as ours, with what a person should check."""

from feedwright.config.patterns import PERMALINK
from feedwright.config.values import ValueMistakeError
from feedwright.text.placeholders import Tokens, from_tokens


def ours(pattern: str, tokens: Tokens) -> tuple[str, str]:
    """Return a pattern such as `/:year/:title/` as ours, and a sentence when it cannot be taken.

    The pattern is empty then.
    """
    made, unknown = from_tokens(pattern, tokens)
    if unknown:
        words = ", ".join(f":{word}" for word in unknown)
        return "", f"its permalinks {pattern} have {words}, which has no counterpart here"
    return checked(made, pattern)


def checked(made: str, written: str) -> tuple[str, str]:
    """Return a pattern that `config.yaml` may have; else a sentence that says why it may not."""
    if made and not made.startswith("/"):
        made = "/" + made
    try:
        PERMALINK.read(made)
    except ValueMistakeError as error:
        return "", f"its permalinks {written} cannot be taken: the pattern {error.what}"
    return made, ""
