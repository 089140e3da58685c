"""`feedwright completion`: a script that completes commands and options in a shell."""

import argparse

from feedwright.cli import common

HELP = "print a completion script for a shell"
EXAMPLE = "feedwright completion bash > ~/.local/share/bash-completion/completions/feedwright"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument of completion."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(chosen: argparse.Namespace) -> int:
    """Print the script; exit code 2 when the extra is not installed."""
    try:
        import shtab  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise common.usage_error(
            "shell completion needs shtab", "pip install 'feedwright[completion]'"
        ) from None
    print(shtab.complete(chosen.whole, shell=chosen.shell))
    return 0
