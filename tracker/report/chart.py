"""A small chart of one target as SVG: the figures, the promised way, the deadline."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from html import escape

from tracker.domain.figure import Unit
from tracker.domain.period import position
from tracker.language import number
from tracker.report.model import TargetLine

WIDTH, HEIGHT = 320, 120
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 70, 14, 20


@dataclass(frozen=True, slots=True)
class _Scale:
    """From years and values to pixels; values grow upwards, ranks towards the first, which is on top."""

    first: float
    last: float
    low: float
    high: float

    def x(self, year: float) -> float:
        return round(_LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)


def chart(line: TargetLine, language: str) -> str:
    """An ``<svg>`` element, or an empty text where there is nothing to draw.

    Dots are observations at the end of their reference period, the dashed line runs from the
    baseline to the target, the ring is the target at its deadline. Across a change of method the
    figures are not joined: they do not compare.
    """
    points = [(float(o.period.position), float(o.figure.value)) for o in line.series.observations]
    if not points or line.target.value is None:
        return ""
    goal = (float(position(line.target.by)), float(line.target.value))
    way = _way(line, goal)
    scale = _scale([*points, *way, goal], upside_down=line.indicator.unit is Unit.RANK)
    parts = [
        _polyline(way, scale, "way"),
        *(_polyline(stretch, scale, "line") for stretch in _stretches(line, points)),
        *(f'<circle class="dot" cx="{scale.x(x)}" cy="{scale.y(y)}" r="3"/>' for x, y in points),
        f'<circle class="goal" cx="{scale.x(goal[0])}" cy="{scale.y(goal[1])}" r="4.5"/>',
        *_labels(line, points, goal, scale, language),
    ]
    title = escape(line.indicator.name(language))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


def _way(line: TargetLine, goal: tuple[float, float]) -> list[tuple[float, float]]:
    baseline = line.assessment.baseline
    if baseline is None:
        return []
    return [(float(baseline.period.position), float(baseline.value)), goal]


def _stretches(line: TargetLine, points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """The figures, cut at every change of method."""
    starts = [one.period.start for one in line.indicator.breaks]
    stretches = [points[:1]]
    pairs = itertools.pairwise(line.series.observations)
    for point, (before, after) in zip(points[1:], pairs, strict=True):
        if any(before.period.end < start <= after.period.end for start in starts):
            stretches.append([])
        stretches[-1].append(point)
    return stretches


def _scale(points: list[tuple[float, float]], *, upside_down: bool) -> _Scale:
    years, values = [x for x, _ in points], [y for _, y in points]
    first, last, low, high = min(years), max(years), min(values), max(values)
    if first == last:
        first, last = first - 1, last + 1
    if low == high:
        low, high = low - 1, high + 1
    if upside_down:
        low, high = high, low
    return _Scale(first, last, low, high)


def _polyline(points: list[tuple[float, float]], scale: _Scale, style: str) -> str:
    if len(points) < 2:
        return ""
    path = " ".join(f"{scale.x(x)},{scale.y(y)}" for x, y in points)
    return f'<polyline class="{style}" points="{path}"/>'


def _labels(
    line: TargetLine,
    points: list[tuple[float, float]],
    goal: tuple[float, float],
    scale: _Scale,
    language: str,
) -> list[str]:
    newest = line.series.observations[-1]
    promised = line.target.value
    assert promised is not None  # noqa: S101 - chart() draws no target without a number
    said = escape(number(newest.figure.value, newest.figure.unit, language))
    wanted = escape(number(promised, newest.figure.unit, language))
    x, y = points[-1]
    labels = [
        f'<text x="{scale.x(goal[0]) + 8}" y="{scale.y(goal[1]) + 4}">{wanted}</text>',
        f'<text class="year" x="{scale.x(goal[0])}" y="{HEIGHT - 4}" text-anchor="middle">{line.target.by.year}</text>',
    ]
    if abs(scale.x(x) - scale.x(goal[0])) > 30 or abs(scale.y(y) - scale.y(goal[1])) > 12:
        anchor = "start" if scale.x(x) < 60 else "end"
        labels.append(f'<text class="said" x="{scale.x(x)}" y="{scale.y(y) - 6}" text-anchor="{anchor}">{said}</text>')
    begins = [line.series.observations[0].period]
    if line.assessment.baseline is not None:
        begins.append(line.assessment.baseline.period)
    first_year = min(one.end for one in begins).year
    if scale.x(goal[0]) - _LEFT > 60:
        labels.append(f'<text class="year" x="{_LEFT}" y="{HEIGHT - 4}">{first_year}</text>')
    return labels
