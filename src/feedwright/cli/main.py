"""Parses the command line, runs one command, and turns our exceptions into exit codes."""

import argparse
import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from feedwright import __version__
from feedwright.cli import (
    build,
    check,
    completion,
    deliver,
    deliveries,
    init,
    ledger,
    list_articles,
    show,
    status,
    watch,
    webhook,
)
from feedwright.errors import INTERNAL, REFUSED, USAGE, FeedwrightError, LockedError
from feedwright.unchanged import Look

COMMANDS = (
    init,
    build,
    check,
    list_articles,
    show,
    status,
    watch,
    deliver,
    deliveries,
    webhook,
    ledger,
    completion,
)


def parser() -> argparse.ArgumentParser:
    """Return the whole command line, for use and for shell completion."""
    top = argparse.ArgumentParser(
        prog="feedwright",
        description="Publish a folder of articles as RSS, Atom and JSON feeds.",
        epilog="example: feedwright -c config.yaml build",
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP[0].upper() + command.HELP[1:] + ".",
            epilog=f"example: {command.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run, whole=top)
    return top


def run(arguments: Sequence[str], seen: Look | None = None) -> int:
    """Run a command; return its exit code. No exception leaves.

    `seen` is what a first look at the site found, where a plain build is asked for.
    """
    _open_streams()
    try:
        chosen = parser().parse_args(arguments)
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


def _internal() -> int:
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
