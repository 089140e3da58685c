"""The `feedwright` command: first the quick answer, then the command line."""

import sys
import time


def main() -> None:
    """Run the command line in `sys.argv` and exit with its code."""
    from feedwright import unchanged  # noqa: PLC0415 - nothing else is needed where it answers

    code, seen = unchanged.answer(sys.argv[1:], time.time())
    if code is None:
        from feedwright.cli.main import run  # noqa: PLC0415 - heavy, only when there is work

        code = run(sys.argv[1:], seen)
    elif code and sys.stderr.isatty():
        sys.stderr.write("nothing changed; some articles are held: `feedwright check` says why\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
