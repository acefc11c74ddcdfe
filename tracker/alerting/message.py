"""What a notification says: a subject, plain text, HTML, and the webhook's data.

A message is made once, when it is planned, and stored: every try sends the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from tracker.alerting import titles
from tracker.alerting.facts import Proof, facts, proof
from tracker.alerting.payload import one_line, plain
from tracker.domain.alert import Alert, AlertType, Message

IN_FULL = 60
"""Alerts of a summary that are told with figures and quotes; behind them each is named by its title."""

_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="margin:0;padding:24px;background:#f4f5f7;color:#1f2933;'
    'font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif">'
    '<div style="max-width:640px;margin:0 auto;padding:24px;background:#fff;'
    'border:1px solid #e1e5ea;border-top:4px solid {colour};border-radius:6px">{body}</div></body></html>'
)
_HEADING = '<h1 style="margin:0 0 16px;font-size:18px;line-height:1.35">{}</h1>'
_PART = '<h2 style="margin:24px 0 8px;padding-top:16px;border-top:1px solid #e1e5ea;font-size:15px">{}</h2>'
_TABLE = '<table role="presentation" style="border-collapse:collapse;width:100%">{}</table>'
_ROW = (
    '<tr><td width="150" style="padding:4px 16px 4px 0;color:#616e7c;white-space:nowrap;vertical-align:top">{}</td>'
    '<td style="padding:4px 0;vertical-align:top">{}</td></tr>'
)
_QUOTE = (
    '<blockquote style="margin:16px 0 4px;padding:8px 16px;border-left:3px solid #9aa5b1;'
    'background:#f8f9fa;white-space:pre-line">{}</blockquote>'
)
_CITED = '<p style="margin:0 0 8px;color:#616e7c;font-size:13px">{}</p>'

_GOOD = frozenset({AlertType.TARGET_REACHED, AlertType.BACK_ON_TRACK, AlertType.SOURCE_RECOVERED, AlertType.MET_LATE})
_BAD = frozenset(
    {
        AlertType.TARGET_MISSED,
        AlertType.OVERDUE,
        AlertType.OFF_TRACK,
        AlertType.REGRESSED,
        AlertType.SOURCE_FAILING,
    }
)


def message_of(alert: Alert, language: str) -> Message:
    """The message that tells one alert. ``data`` is the alert's with its title, subject and key."""
    title = one_line(alert.title)
    return Message(
        type=alert.type,
        subject=title,
        text=_text(title, alert, language) + "\n",
        html=_page(title, _HEADING.format(escape(title)) + _details(alert, language), alert.type, language),
        data=_data(alert),
        at=alert.at,
        alerts=(alert.key,),
    )


def summary_of(alerts: Sequence[Alert], occasion: str, language: str, now: datetime) -> Message:
    """One message for many alerts; it names every one of them, and its data holds them whole."""
    title = titles.say(occasion, language, count=len(alerts))
    named = [f"{n}. {one_line(alert.title)}" for n, alert in enumerate(alerts, 1)]
    return Message(
        type=AlertType.SUMMARY,
        subject=title,
        text=_summary_text(title, named, alerts, language),
        html=_summary_page(title, named, alerts, language),
        data={"title": title, "occasion": occasion, "count": len(alerts), "alerts": [_listed(one) for one in alerts]},
        at=now,
        alerts=tuple(alert.key for alert in alerts),
    )


def _listed(alert: Alert) -> dict[str, object]:
    return {**_data(alert), "type": alert.type.value, "data": plain(alert.data)}


def _summary_text(title: str, named: Sequence[str], alerts: Sequence[Alert], language: str) -> str:
    whole = [_text(name, alert, language) for name, alert in zip(named, alerts[:IN_FULL], strict=False)]
    rest = "\n".join(named[IN_FULL:])
    return "\n\n\n".join(part for part in (title, *whole, rest) if part) + "\n"


def _summary_page(title: str, named: Sequence[str], alerts: Sequence[Alert], language: str) -> str:
    whole = [
        _PART.format(escape(name)) + _details(alert, language)
        for name, alert in zip(named, alerts[:IN_FULL], strict=False)
    ]
    rest = [f'<p style="margin:4px 0">{escape(name)}</p>' for name in named[IN_FULL:]]
    return _page(title, _HEADING.format(escape(title)) + "".join(whole + rest), AlertType.SUMMARY, language)


def _data(alert: Alert) -> dict[str, object]:
    data: dict[str, object] = plain(alert.data)
    return {
        **data,
        "key": plain(alert.key),
        "subject": plain(alert.subject),
        "title": one_line(alert.title),
    }


def _text(title: str, alert: Alert, language: str) -> str:
    data = plain(alert.data)
    rows = facts(data, language)
    width = max((len(label) for label, _ in rows), default=0) + 2
    lines = [title, "", *(f"  {label + ':':<{width}}{value}" for label, value in rows)]
    if said := proof(data):
        lines += ["", *_quoted_lines(said), f"  — {_origin(said)}"]
    return "\n".join(lines)


def _quoted_lines(said: Proof) -> list[str]:
    return [f"  > {line}" for line in said.quote.splitlines() if line.strip()]


def _origin(said: Proof) -> str:
    place = f", {said.doc}" if said.doc and said.doc != said.source else ""
    return one_line(f"{said.source}, {said.published}{place}")


def _details(alert: Alert, language: str) -> str:
    data = plain(alert.data)
    rows = "".join(_ROW.format(escape(label), escape(value)) for label, value in facts(data, language))
    html = _TABLE.format(rows) if rows else ""
    if said := proof(data):
        origin = escape(_origin(said))
        if said.link:
            origin = f'<a href="{escape(said.link)}" rel="noreferrer">{origin}</a>'
        html += _QUOTE.format(f"“{escape(said.quote)}”") + _CITED.format(origin)
    return html


def _page(title: str, body: str, kind: AlertType, language: str) -> str:
    colour = "#2f8132" if kind in _GOOD else "#c0392b" if kind in _BAD else "#2f6fab"
    return _PAGE.format(language=escape(language), title=escape(title), colour=colour, body=body)
