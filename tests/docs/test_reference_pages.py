"""The reference pages name every command, option, problem, and what they name exists."""

import argparse
import ast
import re
from pathlib import Path

import pytest

from feedwright.cli.main import COMMANDS, command, parser
from feedwright.normalize.problems import MEANINGS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "feedwright"
COMMANDS_PAGE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
PROBLEMS_PAGE = (ROOT / "docs/problems.md").read_text(encoding="utf-8")
_CALLS = {"Problem", "LinkProblem", "UnreadableError", "warning", "_problem"}
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _emitted() -> set[str]:
    """Names of problems that the sources, the ledger and the entries can give."""
    names = set(MEANINGS)
    files = [
        *PACKAGE.glob("sources/*.py"),
        *PACKAGE.glob("ledger/*.py"),
        PACKAGE / "survey/entries.py",
    ]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in _CALLS
            ):
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and _NAME.fullmatch(str(argument.value)):
                        names.add(str(argument.value))
    return names


def _documented() -> set[str]:
    rows = re.findall(r"^\| (`[^|]+`) \| (?:error|warning|both) \|", PROBLEMS_PAGE, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)}


def test_the_scan_for_names_finds_them() -> None:
    assert {"encoding", "link-loop", "permalink-clash", "feed-cut", "yaml-cut"} <= _emitted()


def test_every_problem_is_on_its_page_and_nothing_else() -> None:
    assert _documented() == _emitted()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_on_its_page(name: str) -> None:
    sub = argparse.ArgumentParser()
    command(name).arguments(sub)
    assert f"## {name}\n" in COMMANDS_PAGE or f"feedwright {name} " in COMMANDS_PAGE
    options = {o for action in sub._actions for o in action.option_strings if o.startswith("--")}
    for option in options - {"--help"}:
        assert f"{option}" in COMMANDS_PAGE, option


def test_options_on_the_page_exist() -> None:
    known = parser().format_help() + "".join(_help_of(name) for name in COMMANDS)
    for option in set(re.findall(r"(?<!-)(--[a-z][a-z-]+)", COMMANDS_PAGE)) - {"--help", "--drain"}:
        assert option in known, option


def _help_of(name: str) -> str:
    sub = argparse.ArgumentParser()
    command(name).arguments(sub)
    nested = [
        each.format_help()
        for action in sub._actions
        if isinstance(action, argparse._SubParsersAction)
        for each in action.choices.values()
    ]
    return sub.format_help() + "".join(nested)


def test_the_readme_has_two_commands_first_and_names_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make build") < readme.index("make test") < readme.index("pip install")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name
