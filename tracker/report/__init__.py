"""One status report, written as Markdown, as a page, as JSON and as a table.

``FORMATS`` maps a file's ending to what writes it. A format is one file here and one line there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from tracker.report.as_json import to_json
from tracker.report.model import Beside, ChannelLine, IndicatorLine, Since, SourceLine, StatusReport, TargetLine

__all__ = [
    "FORMATS",
    "Beside",
    "ChannelLine",
    "IndicatorLine",
    "Since",
    "SourceLine",
    "StatusReport",
    "TargetLine",
    "to_json",
]


def _markdown(report: StatusReport, zone: ZoneInfo) -> str:
    from tracker.report.as_page import to_markdown

    return to_markdown(report, zone)


def _page(report: StatusReport, zone: ZoneInfo) -> str:
    from tracker.report.as_page import to_html

    return to_html(report, zone)


def _json(report: StatusReport, zone: ZoneInfo) -> str:
    return json.dumps(to_json(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _csv(report: StatusReport, zone: ZoneInfo) -> str:
    from tracker.report.as_csv import to_csv

    return to_csv(report)


#: Ending of the file -> text of the report, times shown in ``zone``.
FORMATS: Mapping[str, Callable[[StatusReport, ZoneInfo], str]] = {
    "md": _markdown,
    "html": _page,
    "json": _json,
    "csv": _csv,
}
