"""Parses the command line, runs one command, and turns our exceptions into exit codes."""

import argparse
import errno
import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from feedwright import __version__
from feedwright.errors import INTERNAL, REFUSED, USAGE, FeedwrightError, LockedError
from feedwright.unchanged import Look

COMMANDS = {
    "init": "init",
    "build": "build",
    "check": "check",
    "list": "list_articles",
    "show": "show",
    "status": "status",
    "watch": "watch",
    "deliver": "deliver",
    "deliveries": "deliveries",
    "webhook": "webhook",
    "ledger": "ledger",
    "completion": "completion",
}
"""The module of each command; only that of the chosen one is imported."""


_OUTPUT = 1
"""The descriptor of standard output."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Asks for the width of the terminal itself: argparse imports `shutil` to, for each option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


@cache
def _width() -> int:
    try:
        return int(os.environ["COLUMNS"]) or 80
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(_OUTPUT).columns or 80
    except OSError:  # it is closed, or no terminal
        return 80


def command(name: str) -> ModuleType:
    """Return the module of a command."""
    return import_module(f"feedwright.cli.{COMMANDS[name]}")


def parser(only: str = "") -> argparse.ArgumentParser:
    """Return the command line: the whole of it, or that of `only` one command."""
    top = argparse.ArgumentParser(
        prog="feedwright",
        description="Publish a folder of articles as RSS, Atom and JSON feeds.",
        epilog="example: feedwright -c config.yaml build",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"feedwright {__version__}")
    top.add_argument(
        "-c",
        "--config",
        metavar="FILE",
        default="config.yaml",
        help="the configuration (default: config.yaml)",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, prog=top.prog)
    for name in [only] if only else COMMANDS:
        chosen = command(name)
        sub = commands.add_parser(
            name,
            help=chosen.HELP,
            description=chosen.HELP[0].upper() + chosen.HELP[1:] + ".",
            epilog=f"example: {chosen.EXAMPLE}",
            formatter_class=_Help,
            allow_abbrev=False,
        )
        chosen.arguments(sub)
        sub.set_defaults(run=chosen.run, whole=top)
    return top


def run(arguments: Sequence[str], seen: Look | None = None) -> int:
    """Run a command; return its exit code. No exception leaves.

    `seen` is what a first look at the site found, where a plain build is asked for.
    """
    _open_streams()
    try:
        chosen = parser(_only(arguments)).parse_args(arguments)
        chosen.seen = seen
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except LockedError as error:
        if sys.stderr.isatty():
            sys.stderr.write(f"{error}\n")
        return error.exit_code
    except FeedwrightError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in {errno.ENOSPC, errno.EIO}:
            return _internal()
        # The device that our output goes to is full: what was published is published.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stderr.write(f"the output cannot be written ({error.strerror})\n")
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:  # argparse: --help is 0, a wrong command line is 2
        return end.code if isinstance(end.code, int) else USAGE
    except Exception:  # noqa: BLE001 - the contract: exit code 5 for any exception at all
        return _internal()
    return code


def _only(arguments: Sequence[str]) -> str:
    """Return the command that stands behind `-c`; empty where all have to be known."""
    left = iter(arguments)
    for argument in left:
        if argument in {"-c", "--config"}:
            next(left, "")
        elif not argument.startswith(("-c", "--config=")):
            return argument if argument in COMMANDS and argument != "completion" else ""
    return ""


def _internal() -> int:
    import traceback  # noqa: PLC0415 - heavy, and of no use where all is well

    sys.stderr.write(
        "internal error: this is a fault of Feedwright, not yours; nothing is lost.\n"
        "Please report it with the lines below.\n" + traceback.format_exc()
    )
    return INTERNAL


def _open_streams() -> None:
    """Let output go somewhere, whatever cron closed, and whatever letters the terminal has."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed: `feedwright build >&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main() -> NoReturn:
    """Run and exit."""
    sys.exit(run(sys.argv[1:]))
