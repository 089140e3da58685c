"""The `feedwright` command: first the quick answer, then the command line."""

import os
import sys
import time


def main() -> None:
    """Run the command line in `sys.argv` and exit with its code."""
    _insist_on_utf8()
    from feedwright import unchanged  # noqa: PLC0415 - nothing else is needed where it answers

    code, seen = unchanged.answer(sys.argv[1:], time.time())
    if code is None:
        from feedwright.cli.main import run  # noqa: PLC0415 - heavy, only when there is work

        code = run(sys.argv[1:], seen)
    elif code and sys.stderr.isatty():
        sys.stderr.write("nothing changed; some articles are held: `feedwright check` says why\n")
    sys.exit(code)


def _insist_on_utf8() -> None:
    """Start over in UTF-8 mode where the locale says something else.

    There `é.md` would have another name, and so another address, than on a machine with UTF-8: the
    same content would give other bytes, and articles new ids.
    """
    if sys.getfilesystemencoding() != "utf-8" and sys.executable:
        again = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 - our own command line, without a shell


if __name__ == "__main__":
    main()
