"""The code of docs/recipes.md."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "recipes.md"
HOME = "/srv/harbour-light"


def snippets(language: str) -> list[str]:
    """Return the fenced blocks of one language, in order."""
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


def snippet(language: str) -> str:
    """Return the only block of a language."""
    (found,) = snippets(language)
    return found
