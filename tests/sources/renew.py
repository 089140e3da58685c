"""Writes the expectations of the quirks anew: `python -m tests.sources.renew`. Review the diff."""

import json

from tests.sources.reading import HERE, content_of, read_all, shown


def main() -> None:
    _, readings = read_all(HERE, content_of("quirks"))
    expected = {path: shown(reading) for path, reading in sorted(readings.items())}
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (HERE / "quirks.expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
