"""What an article declares about its address and identity."""

from feedwright.model import RawField
from feedwright.normalize.fields import Fields
from feedwright.normalize.parts import is_known
from feedwright.normalize.problems import Notes
from feedwright.normalize.references import is_relative, is_web
from feedwright.normalize.rules import parse_pattern
from feedwright.normalize.values import flag, shown, squash, text_of
from feedwright.text import placeholders
from feedwright.text.patterns import lazy

_TEMPLATE = lazy(r"\{\{|\{%|<%|\$\{")
_INDEX = lazy(r"(^|/)index\.html?$")


def declared_id(fields: Fields, notes: Notes) -> str:
    """Give the declared id as written; empty when there is none."""
    for declared in fields.all("id"):
        text = text_of(declared.value)
        if text:
            notes.took("id", declared)
            return text
        notes.warn("id-unreadable", declared, f"is {shown(declared.value)}", "write one text")
    return ""


def declared_permalink(fields: Fields, notes: Notes) -> RawField | None:
    """Give the field whose text is the declared permalink, may be relative to the site."""
    for declared in fields.all("permalink"):
        if flag(declared.value) is not None:  # Eleventy's `permalink: false`: `states` reads it
            continue
        text = _ours(text_of(declared.value) or "", declared)
        if not text or not _is_usable(text):
            notes.warn(
                "permalink-unreadable",
                declared,
                f"cannot use {shown(declared.value)} as an address; the pattern is taken",
                "write a path below the site or a whole http address",
            )
            continue
        _warn_of_placeholders(text, declared, notes)
        if squash(declared.key) == "saveas":
            text = _INDEX.sub(r"\1", text)
        notes.took("permalink", declared)
        return declared._replace(value=text)
    return None


def _ours(text: str, declared: RawField) -> str:
    """Write the placeholders of generators as ours; empty when one of them has none here.

    `permalink: /:categories/:title/` is Jekyll's, `url: /:year/:slug/` Hugo's, and
    `permalink: /blog/{{ title | slugify }}/` Eleventy's.
    """
    if "{{" in text:
        return _INDEX.sub(r"\1", placeholders.from_template(text))
    if not placeholders.has_tokens(text) or is_web(text):
        return text
    tokens = placeholders.HUGO if squash(declared.key) == "url" else placeholders.JEKYLL
    made, unknown = placeholders.from_tokens(text, tokens)
    return "" if unknown else made


def _warn_of_placeholders(text: str, declared: RawField, notes: Notes) -> None:
    """Tell of braces that stay as they are though the others of the address are placeholders."""
    if "{" not in text:
        return
    parts = [part for part in parse_pattern(text) if part.placeholder]
    unknown = [part for part in parts if not is_known(part)]
    if unknown and len(unknown) < len(parts):
        name = ":".join(filter(None, (unknown[0].placeholder, unknown[0].form)))
        what = f"there is no placeholder {{{name}}}; all braces stay as they are"
        notes.warn("placeholder-unknown", declared, what, "write one of docs/configuration.md")


def _is_usable(text: str) -> bool:
    if _TEMPLATE.search(text):
        return False
    return is_web(text) or is_relative(text)
