"""Laws: no text breaks the reading, spans stand in order, a printed date reads back."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.period import Period
from tracker.extract.model import Block, BlockKind
from tracker.extract.periods import find_periods, find_published

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
PIECES = st.sampled_from(
    [*"0123456789/-–.,:;()%\n ", "năm ", "tháng ", "quý ", "ngày ", "đến ", "từ ", "cuối ", "đầu ", "hết ",
     "cùng kỳ ", "trước ", "qua ", "nay ", "2024", "15/12", "III", "Q3 ", "FY", "May ", "the ", "year ",
     "first ", "half ", "of ", "to ", "in ", "earlier ", "mười ", "hai ", "İ", "ß"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join))
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@given(TEXTS, st.none() | st.dates())
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_its_spans_stand_in_order(text: str, anchor: date | None) -> None:
    end = 0
    for mention in find_periods(text, anchor):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end].strip()
        end = mention.span.end


@given(st.lists(TEXTS, max_size=5), st.dictionaries(st.sampled_from(["date", "datepublished", "lang"]), TEXTS))
@settings(max_examples=100, deadline=None)
def test_any_document_is_searched_for_its_date(texts: list[str], metadata: dict[str, str]) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, text, range(len(text)), range(1, len(text) + 1)) for text in texts]
    found = find_published(blocks, metadata)
    assert found is None or found.period.days <= 31


@given(DAYS)
@settings(deadline=None)
def test_a_day_printed_in_full_reads_back(day: date) -> None:
    name = MONTHS[day.month - 1]
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        day.isoformat(),
        f"{day:%Y-%m-%d}T07:30:00Z",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        f"{day.day} {name[:3]} {day.year}",
        f"họp lúc {day:%d/%m/%Y} 08:15, tại trụ sở",
    ):
        assert [mention.period for mention in find_periods(text, None)] == [Period.day(day)], text


@given(st.integers(1950, 2090), st.integers(1, 12))
@settings(deadline=None)
def test_a_month_or_quarter_printed_in_full_reads_back(year: int, month: int) -> None:
    quarter = (month + 2) // 3
    roman = ("I", "II", "III", "IV")[quarter - 1]
    months = (f"tháng {month}/{year}", f"tháng {month} năm {year}", f"in {MONTHS[month - 1]} {year}")
    quarters = (
        f"quý {roman}/{year}",
        f"quý {quarter} năm {year}",
        f"Q{quarter} {year}",
        f"Q{quarter}/{year}",
    )
    for text in months:
        assert [mention.period for mention in find_periods(text, None)] == [Period.month(year, month)], text
    for text in quarters:
        assert [mention.period for mention in find_periods(text, None)] == [Period.quarter(year, quarter)], text


@given(st.integers(1950, 2060), st.integers(1, 30))
@settings(deadline=None)
def test_a_span_of_years_reads_back(year: int, length: int) -> None:
    last = year + length
    expected = Period.span(Period.year(year), Period.year(last))
    for text in (
        f"giai đoạn {year}-{last}",
        f"giai đoạn {year} – {last}",
        f"from {year} to {last}",
        f"{year}-{last}",
    ):
        assert [mention.period for mention in find_periods(text, None)] == [expected], text


@given(DAYS, st.integers(0, 300))
@settings(deadline=None)
def test_a_day_without_a_year_is_the_latest_one(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    (mention,) = find_periods(f"sáng ngày {day.day}/{day.month}", anchor)
    assert mention.period == Period.day(day)
