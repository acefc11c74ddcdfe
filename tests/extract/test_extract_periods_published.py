"""Where a document's date is found, and which dates are not its own."""

import pytest

from tracker.extract.model import Block, BlockKind
from tracker.extract.periods import find_published, find_year_start


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, range(len(text)), range(1, len(text) + 1))


LONG = "Hội nghị nghe báo cáo về kết quả của các đơn vị trong tỉnh và bàn việc phải làm tiếp. " * 4


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Cập nhật ngày: 22/12/2021 20:40:34", "2021-12-22"),
        ("Cập nhật: 29/12/2022 - 18:03 (GMT+7) | 3 phút đọc", "2022-12-29"),
        ("Thứ 5, 23/12/2021 | 00:00:00", "2021-12-23"),
        ("Triển khai nhiệm vụ mới (19:36 12/01/2021)", "2021-01-12"),
        ("Xã hội 17:05 08/08/2022 (0) (115)", "2022-08-08"),
        ("Hà Nội, ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("(Vinh, ngày 25/01/2019)", "2019-01-25"),
        ("Số: 61/NQ-HĐND Hà Nội, ngày 10 tháng 12 năm 2024", "2024-12-10"),
        ("Published 3 May 2023", "2023-05-03"),
        ("Posted On: 10 DEC 2024 5:41PM", "2024-12-10"),
        ("HANOI, July 15, 2020 — The ministry said on Wednesday that services grew.", "2020-07-15"),
        ("Ngày đăng: 18/02/2025", "2025-02-18"),
        ("Đăng ngày 20/12/2022 - Lượt xem: 3.871", "2022-12-20"),
        ("CITIES | 12 June 2024 | By a reporter | 5 comments", "2024-06-12"),
        ("date 2021-12 Chiều 22/12, Sở đã tổ chức hội nghị.", "2021-12"),
        ("generated 2025-10-07T06:00+07:00 | 5 of 132 items", "2025-10-07"),
        ("Minutes of the meeting held on Wednesday, 14th February 2024", "2024-02-14"),
    ],
)
def test_the_head_of_the_document_dates_it(line: str, day: str) -> None:
    found = find_published([block("Kết quả chuyển đổi số của tỉnh", BlockKind.TITLE), block(line), block(LONG)], {})
    assert found is not None
    assert (str(found.period), found.origin) == (day, "dateline")


@pytest.mark.parametrize(
    "line",
    [
        "Quyết định số 12/QĐ-UBND ngày 14/4/2023 đã phê duyệt dự án.",
        "Chào mừng kỷ niệm 30 năm ngày thành lập (10/10/2023)!",
        "Tính đến ngày 15/9/2024, tỉnh có 12 xã.",
        "HÀ NỘI, 27/9 - Bộ công bố báo cáo.",
        "LONDON, March 28 (Wire) - Turbines turned.",
        "Trong bài đăng ngày 30/9/2023, tòa soạn in sai một số.",
        "Kế hoạch phải xong trước ngày 10/01/2024.",
        "© 2024 Cổng thông tin",
        "Chiều 11/4, đoàn khảo sát làm việc với Sở.",
    ],
)
def test_a_date_of_something_else_is_no_claim(line: str) -> None:
    assert find_published([block(line), block(LONG)], {}) is None


def test_metadata_comes_before_the_text() -> None:
    blocks = [block("Cập nhật: 29/12/2022")]
    found = find_published(blocks, {"article:published_time": "2022-12-28T23:10:00+07:00", "title": "x"})
    assert found is not None
    assert (str(found.period), found.origin) == ("2022-12-28", "metadata")


def test_metadata_without_a_date_is_passed_over() -> None:
    found = find_published([block("Cập nhật: 29/12/2022")], {"date": "hôm qua", "datepublished": "soon"})
    assert found is not None
    assert found.origin == "dateline"


def test_a_signature_dates_what_nothing_else_does() -> None:
    body = [block(LONG) for _ in range(14)]
    found = find_published([*body, block("Lượt đọc: 471 - Cập nhật lần cuối: 10/10/2019")], {})
    assert found is not None
    assert (str(found.period), found.origin) == ("2019-10-10", "signature")


def test_a_teaser_below_the_text_does_not_date_it() -> None:
    body = [block(LONG) for _ in range(14)]
    teaser = block("Ngày 16/4/2019, Ban tổ chức họp trực tuyến góp ý cho dự thảo chỉ thị, nghe ý kiến.")
    assert find_published([*body, block("Theo báo tỉnh"), teaser], {}) is None


def test_the_month_comes_first_in_american_english_only() -> None:
    blocks = [block("Posted 11/12/2024 · 3,190 views")]
    american, other = find_published(blocks, {"lang": "en-US"}), find_published(blocks, {"lang": "en"})
    assert american is not None
    assert other is not None
    assert (str(american.period), str(other.period)) == ("2024-11-12", "2024-12-11")


def test_nothing_dates_an_empty_document() -> None:
    assert find_published([], {}) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Our financial year runs from 1 April 2024 to 31 March 2025.", 4),
        ("The fiscal year begins on 1 October.", 10),
        ("during 2023-24 (April to March)", 4),
        ("By the year we mean our financial year, 1 March 2024 to 28 February 2025.", 3),
        ("In the year to the end of June 2024 the depots repaired 90 trams.", 7),
        ("Rides rose in the year ending March 2025. In the year to December 2024 they had fallen.", 1),
        ("The financial year is April to March.", 4),
        ("Our fiscal year runs from July to June.", 7),
        ("Revenue in the fiscal year (July–June) rose.", 7),
        ("In fiscal year 2024 (October 2023 to September 2024) revenue rose.", 10),
        ("The financial year starts slowly. The financial year begins every July.", 7),
        ("In the fiscal year, July–September brought the most rain.", 1),
        ("The fiscal year that closed last June was a good one.", 1),
        ("The accounts of the financial year were signed in March.", 1),
        ("Năm tài chính 2024", 1),
    ],
)
def test_the_document_says_when_its_financial_year_begins(text: str, month: int) -> None:
    assert find_year_start([block("Report"), block(text)]) == month
