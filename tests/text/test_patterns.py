"""Patterns that are compiled when they are used behave as those that were compiled before."""

import importlib
import pkgutil
import re

import pytest

import feedwright
from feedwright.text.patterns import lazy


@pytest.mark.parametrize("pattern", [r"(a+)(?P<b>b)?", rb"(a+)(?P<b>b)?"])
def test_a_lazy_pattern_does_what_a_compiled_one_does(pattern):
    text = "xaabxA" if isinstance(pattern, str) else b"xaabxA"
    late, early = lazy(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
    assert late.search(text).groups() == early.search(text).groups()
    assert late.search(text).groupdict() == early.search(text).groupdict()
    assert [each.span() for each in late.finditer(text)] == [e.span() for e in early.finditer(text)]
    assert late.sub(text[:1], text) == early.sub(text[:1], text)
    assert late.split(text) == early.split(text)
    assert late.pattern == early.pattern
    assert late.flags == early.flags


def test_a_pattern_is_compiled_at_its_first_use_alone(monkeypatch):
    compiled = []
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or re._compile(*given))
    late = lazy("a")
    assert compiled == []
    assert late.match("a")
    assert late.match("a")
    assert compiled == [("a", 0)]


def test_every_pattern_of_the_program_can_be_compiled():
    found = {
        id(value): value
        for module in pkgutil.walk_packages(feedwright.__path__, "feedwright.")
        if module.name != "feedwright.__main__"
        for value in vars(importlib.import_module(module.name)).values()
        if type(value).__name__ == "_Lazy"
    }
    assert len(found) > 400
    assert all(re.compile(each.pattern, each.flags) for each in found.values())


def test_a_pattern_has_no_other_attributes():
    with pytest.raises(AttributeError):
        lazy("a").nothing  # noqa: B018
    assert not hasattr(lazy("a"), "__len__")
