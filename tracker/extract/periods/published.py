"""When a document was published, as a claim with the place it was read from.

Metadata first, then the head of the document, then lines of signature at its end. A date inside
the running text is what is reported, never when; a date without a year is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.period import Period, Precision
from tracker.domain.statement import Published
from tracker.extract.model import Block, BlockKind, PeriodMention, Role
from tracker.extract.periods.scan import scan

_KEYS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "article.published", "published_time", "published", "publish_date", "publishdate", "publish-date",
    "pubdate", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "dcterms.date",
    "dc.date.created", "citation_publication_date", "citation_date", "parsely-pub-date",
    "sailthru.date", "datecreated", "article:created", "date", "time[datetime]", "time", "datetime",
    "og:updated_time", "article:modified_time", "datemodified", "dcterms.modified", "last-modified",
)  # fmt: skip
_CUE = re.compile(
    r"(?:cập nhật(?: lần cuối| lúc| ngày)*|ngày đăng|đăng(?: ngày| lúc| tải)*"
    r"|ngày (?:xuất bản|phát hành|ban hành|tạo|viết)"
    r"|phát hành(?: ngày)?|thời gian|published|posted|last (?:updated|edited|modified|reviewed)"
    r"|updated|released|generated|issued|date|pubdate|publication date|date of issue|họp(?: lúc)?|held|dated)"
    r"(?:\s(?:on|at|in|ngày|lúc|online|date))?[\s:\-–,]*(?:on\s|at\s|lúc\s|ngày\s)?[\s\d:hg,|-]*$"
)
_OTHER = re.compile(
    r"kỷ niệm|kỉ niệm|thành lập|quyết định|nghị định|nghị quyết|thông tư|hiệu lực|giấy phép"
    r"|trong bài|bài (?:viết|báo)"
    r"|decision|decree|resolution|circular|anniversary|founded|licen[cs]e|effective|copyright|©"
    r"|sinh ngày|born|next meeting"
)
_FILLER = re.compile(
    r"thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\(?gmt\s?[+-]?\d*\)?|\d{1,2}(?::|h|g)\d{2}(?::\d{2})?"
    r"|\d[\d.,]*\s(?:lượt xem|views|comments?|phút đọc|min read)"
    r"|lượt (?:xem|đọc):?\s?[\d.,]+|p\.\s?\d+|[\W\d_]+"
)
_WEEKDAY_END = re.compile(
    r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật"
    r"|(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?),?\s{0,3}(?:ngày)?\s{0,3}$"
)
_CLOCK = re.compile(r"\d(?::|h|g)\d{2}")
_PLACE_DATE = re.compile(r"^[\W\d_]*(?:[^\W\d_][\w.&'’ -]{1,40}),\s*(?:ngày\s)?$")
_AFTER_DATELINE = re.compile(r"\s*(?:$|[—–:.)|•·]|-\s|\()")
_NUMBERED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_HEAD_BLOCKS = 12
_HEAD_CHARACTERS = 1500
_TAIL_BLOCKS = 8
_SHORT_LINE = 170
_SHORT_REST = 70
_MONTH_MAX = 12


def find_published(blocks: Sequence[Block], metadata: Mapping[str, str]) -> Published | None:
    """The publication date of a document, or None where it names none.

    ``metadata`` maps lower-case keys (``article:published_time``, ``datepublished``,
    ``time[datetime]``, ``lang`` ...) to their text. The origin is ``metadata``, ``dateline`` or
    ``signature``. A month alone is a claim to that month; a month-first day ("11/12/2024" of
    12 November) is read where ``lang`` is American English.
    """
    american = metadata.get("lang", metadata.get("og:locale", "")).lower().replace("_", "-") == "en-us"
    for key in _KEYS:
        if key in metadata:
            stated = _stated(metadata[key])
            if stated is not None:
                return Published(stated, "metadata")
    head = _first(_head_claims(blocks), american)
    if head is not None:
        return Published(head, "dateline")
    tail = _first(_tail_claims(blocks), american)
    return Published(tail, "signature") if tail is not None else None


def _stated(text: str) -> Period | None:
    """The first day, or else month, that a piece of metadata names in full."""
    mentions = [mention.period for mention in scan(text.strip()[:200], None) if mention.period is not None]
    for precision in (Precision.DAY, Precision.MONTH):
        for period in mentions:
            if period.precision is precision and _is_single(period):
                return period
    return None


def _is_single(period: Period) -> bool:
    return "/" not in str(period)


def _first(claims: Iterator[tuple[int, str, PeriodMention]], american: bool) -> Period | None:
    """The strongest claim; of equal ones the first."""
    best: tuple[int, str, PeriodMention] | None = None
    for claim in claims:
        if best is None or claim[0] > best[0]:
            best = claim
    if best is None or best[2].period is None:
        return None
    _, text, mention = best
    found = _NUMBERED.search(text, mention.span.start, mention.span.end)
    if american and found and max(int(found[1]), int(found[2])) <= _MONTH_MAX:
        return Period.day(best[2].period.start.replace(month=int(found[1]), day=int(found[2])))
    return mention.period


def _head_claims(blocks: Sequence[Block]) -> Iterator[tuple[int, str, PeriodMention]]:
    read = characters = 0
    for block in blocks:
        if block.kind is BlockKind.CELL:
            continue
        listed = block.kind is BlockKind.DATELINE
        if not listed and (read >= _HEAD_BLOCKS or characters >= _HEAD_CHARACTERS):
            continue
        read += 1
        characters += len(block.text)
        for mention in _days(block.text):
            strength = _strength(block.text, mention) + (2 if listed else 0)
            if strength > 0:
                yield strength, block.text, mention


def _tail_claims(blocks: Sequence[Block]) -> Iterator[tuple[int, str, PeriodMention]]:
    kept = [block for block in blocks if block.kind is not BlockKind.CELL][-_TAIL_BLOCKS:]
    for block in kept:
        if len(block.text) > _SHORT_LINE:
            continue
        for mention in _days(block.text):
            before = block.text[: mention.span.start].lower()
            placed = _PLACE_DATE.match(before) and _closes(block.text, mention.span.end)
            if (_CUE.search(before[-60:]) or placed) and not _OTHER.search(before):
                yield 1, block.text, mention


def _days(text: str) -> Iterator[PeriodMention]:
    for mention in scan(text[:_HEAD_CHARACTERS], None):
        period = mention.period
        if period is None or not _is_single(period) or mention.end_of:
            continue
        if period.precision in (Precision.DAY, Precision.MONTH):
            yield mention


def _strength(text: str, mention: PeriodMention) -> int:
    """3 a cue says so, 2 a line of its own or a dateline, 0 a date of the text; a month one less."""
    start, end = mention.span.start, mention.span.end
    before = text[:start].lower()
    period = mention.period
    is_day = period is not None and period.precision is Precision.DAY
    if _OTHER.search(before[-60:]):
        return 0
    if _CUE.search(before[-60:]):
        return 3 if is_day else 1
    if mention.role not in (None, Role.DURING) or not is_day or not _closes(text, end):
        return 0
    placed = len(before) <= _SHORT_REST and _PLACE_DATE.match(before) is not None
    return 2 if placed or not _FILLER.sub("", before) or _short_line(text, start, end) else 0


def _short_line(text: str, start: int, end: int) -> bool:
    """Whether the line says little beside the date, and sets it off."""
    rest = _FILLER.sub("", (text[:start] + text[end:]).lower()) if len(text) <= _SHORT_LINE else ""
    return len(text) <= _SHORT_LINE and len(rest) <= _SHORT_REST and _set_off(text, start, end)


def _closes(text: str, end: int) -> bool:
    return _AFTER_DATELINE.match(text, end) is not None


def _set_off(text: str, start: int, end: int) -> bool:
    """Whether a mark stands before the date, and a mark or the end after it."""
    before = _FILLER.sub(" ", text[:start].lower()).strip()
    bare = _WEEKDAY_END.sub("", text[:start].lower()).rstrip()
    left = bare.endswith(("|", "-", "–", "—", "·", "•", "(", ",", ":", ".", ";")) or not before
    return left or _CLOCK.search(text[start:end]) is not None
