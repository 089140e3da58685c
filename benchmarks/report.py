"""The measurements as a table and a plot."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Cost, median, ratio

_MARKS = ("<!-- {}: written by python -m benchmarks --write -->", "<!-- end of {} -->")


class Row(NamedTuple):
    """The costs of one kind of run, beside those of others in the same pair."""

    articles: int
    name: str
    ours: Sequence[Cost]
    find: Sequence[Cost]
    hugo: Sequence[Cost]


def table(rows: Sequence[Row]) -> str:
    """Return a Markdown table of medians."""
    hugos = {row.articles: row.hugo for row in rows if row.hugo}
    lines = [
        "| articles | run | CPU s | wall s | peak MB | x find | x Hugo |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        cost, peer = median(row.ours), hugos.get(row.articles)
        against = f"{ratio(row.ours, peer):.2f}" if peer else "-"
        lines.append(
            f"| {row.articles:,} | {row.name} | {cost.cpu:.2f} | {cost.wall:.2f}"
            f" | {cost.memory:.0f} | {ratio(row.ours, row.find):.1f} | {against} |"
        )
    for count, costs in hugos.items():
        cost = median(costs)
        lines.append(
            f"| {count:,} | *Hugo, any run* | {cost.cpu:.2f} | {cost.wall:.2f}"
            f" | {cost.memory:.0f} | | 1 |"
        )
    for count in dict.fromkeys(row.articles for row in rows):
        cost = median([each for row in rows if row.articles == count for each in row.find])
        lines.append(
            f"| {count:,} | *find* | {cost.cpu:.3f} | {cost.wall:.2f} | {cost.memory:.0f} | 1 | |"
        )
    return "\n".join(lines) + "\n"


def stages(parts: Mapping[str, float]) -> str:
    """Return a Markdown table of CPU microseconds by stage."""
    lines = ["| stage | CPU µs |", "|---|---:|"]
    lines += [f"| {name} | {value:.0f} |" for name, value in parts.items()]
    return "\n".join(lines) + "\n"


def write(docs: Path, rows: Sequence[Row], parts: Mapping[str, float]) -> None:
    """Put tables into docs/performance.md, between their marks, and the plot beside it."""
    page = docs / "performance.md"
    text = page.read_text(encoding="utf-8")
    for name, made in (("table", table(rows)), ("stages", stages(parts))):
        opening, closing = (mark.format(name) for mark in _MARKS)
        before, _, rest = text.partition(opening)
        _, _, after = rest.partition(closing)
        text = f"{before}{opening}\n{made}{closing}{after}"
    page.write_text(text, encoding="utf-8")
    (docs / "performance.svg").write_text(plot(rows), encoding="utf-8")


# ---------------------------------------------------------------- the plot

_WIDTH, _HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 190, 34, 44
_COLOURS = {
    "Hugo, any run": "#c2410c",
    "first build": "#1d4ed8",
    "changed configuration": "#7c3aed",
    "one edit": "#0f766e",
    "nothing changed": "#15803d",
    "find": "#6b7280",
}
_TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)


def plot(rows: Sequence[Row]) -> str:
    """Return an SVG: CPU seconds over articles, both logarithmic; readable on light and dark."""
    lines = _lines(rows)
    counts = sorted({row.articles for row in rows})
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
        ' role="img" font-family="system-ui, sans-serif" font-size="13">',
        "<title>CPU seconds of a run over the number of articles</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="20" fill="#111">CPU seconds of one run</text>',
    ]
    for tick in _TICKS:
        y = _y(tick)
        made.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        made.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for count in counts:
        x, y = _x(count, counts), _HEIGHT - 16
        made.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{count:,} articles</text>')
    heights = _apart({name: _y(points[counts[-1]]) for name, points in lines.items()})
    for name, points in lines.items():
        colour = _COLOURS[name]
        places = [(_x(count, counts), _y(cpu)) for count, cpu in points.items()]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        made.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        made += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        label = f"{name}: {_shown(points[counts[-1]])} s"
        x = _x(counts[-1], counts) + 12
        made.append(f'<text x="{x:.1f}" y="{heights[name] + 4:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*made, "</svg>"]) + "\n"


def _lines(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    """Return CPU by number of articles for each line of the plot."""
    lines: dict[str, dict[int, float]] = {name: {} for name in _COLOURS}
    for row in rows:
        lines.setdefault(row.name, {})[row.articles] = median(row.ours).cpu
        lines["find"][row.articles] = median(row.find).cpu
        if row.hugo:
            lines["Hugo, any run"][row.articles] = median(row.hugo).cpu
    return {name: points for name, points in lines.items() if name in _COLOURS and points}


def _shown(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.2g}"


def _x(count: int, counts: Sequence[int]) -> float:
    low, high = math.log10(counts[0]), math.log10(max(counts[-1], counts[0] * 10))
    width = _WIDTH - _LEFT - _RIGHT - 80
    return _LEFT + 40 + width * (math.log10(count) - low) / (high - low)


def _y(seconds: float) -> float:
    low, high = math.log10(0.005), math.log10(_TICKS[-1])
    height = _HEIGHT - _TOP - _BOTTOM
    return _TOP + height * (high - math.log10(max(seconds, 0.005))) / (high - low)


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Move labels down until none stands on another."""
    placed: dict[str, float] = {}
    last = -math.inf
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        last = max(height, last + 16)
        placed[name] = last
    return placed
