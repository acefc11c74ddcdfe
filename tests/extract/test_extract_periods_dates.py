"""What each form of date says. The samples are written for these tests."""

from datetime import date

import pytest

from tracker.extract.periods import find_periods

PUBLISHED = date(2024, 10, 16)  # a Wednesday

STATED = [
    ("họp ngày 22/12/2021 tại huyện", "2021-12-22"),
    ("Cập nhật 22/12/2021 20:40:34", "2021-12-22"),
    ("(19:36 12/01/2021)", "2021-01-12"),
    ("Thứ 5, 23/12/2021 | 00:00:00", "2021-12-23"),
    ("ký ngày 15 tháng 12 năm 2021", "2021-12-15"),
    ("December 15, 2021", "2021-12-15"),
    ("on 15 Dec 2021", "2021-12-15"),
    ("2021-12-15T08:00:00+07:00", "2021-12-15"),
    ("15.12.2021", "2021-12-15"),
    ("27-7-2023", "2023-07-27"),
    ("the 14th of February 2024", "2024-02-14"),
    ("tháng 9/2024", "2024-09"),
    ("tháng 9 năm 2024", "2024-09"),
    ("tháng mười hai năm 2023", "2023-12"),
    ("Sept 2024", "2024-09"),
    ("date 2021-12", "2021-12"),
    ("tăng trong tháng Ba 2023", "2023-03"),
    ("quý III/2024", "2024-Q3"),
    ("quý 4 của năm 2018", "2018-Q4"),
    ("Quý I-III năm 2023", "2023-Q1/2023-Q3"),
    ("Q3 2024", "2024-Q3"),
    ("3Q24", "2024-Q3"),
    ("the third quarter of 2023", "2023-Q3"),
    ("6 tháng đầu năm 2023", "2023-01/2023-06"),
    ("sáu tháng cuối năm 2023", "2023-07/2023-12"),
    ("nửa đầu năm 2024", "2024-01/2024-06"),
    ("H1 2024", "2024-01/2024-06"),
    ("the first half of 2025", "2025-01/2025-06"),
    ("9 tháng đầu năm 2024", "2024-01/2024-09"),
    ("9 tháng năm 2024", "2024-01/2024-09"),
    ("9T/2024", "2024-01/2024-09"),
    ("9M24", "2024-01/2024-09"),
    ("the first nine months of 2024", "2024-01/2024-09"),
    ("January-September 2024", "2024-01/2024-09"),
    ("from October 2023 to March 2024", "2023-10/2024-03"),
    ("the year to September 2023", "2022-10/2023-09"),
    ("năm 2021", "2021"),
    ("năm 2O2O", "2020"),
    ("năm hai nghìn không trăm hai mươi hai", "2022"),
    ("FY2024", "2024"),
    ("full year 2024", "2024"),
    ("in 2022/23", "2023"),
    ("in 2023-24 (April to March)", "2023-04/2024-03"),
    ("giai đoạn 2016 - 2020", "2016/2020"),
    ("giai đoạn 5 năm (2021-2025)", "2021/2025"),
    ("nhiệm kỳ 2021-2026", "2021/2026"),
    ("từ năm 2016 đến năm 2020", "2016/2020"),
    ("between 2016 and 2020", "2016/2020"),
    ("từ ngày 5 tháng 8 đến ngày 10 tháng 8 năm 2012", "2012-08-05/2012-08-10"),
    ("1 April 2024 to 31 March 2025", "2024-04-01/2025-03-31"),
    ("from 5 to 9 March 2024", "2024-03-05/2024-03-09"),
    ("đầu năm 2022", "2022-01"),
    ("giữa năm 2022", "2022-06"),
    ("mid-2024", "2024-06"),
    ("cuối năm 2022", "2022"),
    ("by the end of 2025", "2025"),
    ("thập niên 1990", "1990/1999"),
]


@pytest.mark.parametrize(("text", "period"), STATED)
def test_a_date_given_in_full_needs_no_publication(text: str, period: str) -> None:
    assert [str(mention.period) for mention in find_periods(text, None)] == [period]


RELATIVE = [
    ("Tối 9/10, đoàn về đến tỉnh", "2024-10-09"),
    ("sáng 22-9", "2024-09-22"),
    ("ngày 20 tháng 10 tới đây", "2024-10-20"),
    ("ra mắt ngày 20/10", "2024-10-20"),
    ("ra mắt ngày 25/10", "2023-10-25"),
    ("ngày 7/3", "2024-03-07"),
    ("chiều 15/12", "2023-12-15"),
    ("xong trước 30/11", "2024-11-30"),
    ("hồi tháng 8", "2024-08"),
    ("trong tháng 11", "2023-11"),
    ("Tháng 12 này", "2024-12"),
    ("tháng 12 tới", "2024-12"),
    ("tháng 6 năm ngoái", "2023-06"),
    ("quý 3", "2024-Q3"),
    ("quý 4", "2024-Q4"),
    ("in the third quarter", "2024-Q3"),
    ("9 tháng đầu năm", "2024-01/2024-09"),
    ("12 tháng đầu năm", "2023-01/2023-12"),
    ("Bình quân chín tháng, giá tăng", "2024-01/2024-09"),
    ("6 tháng cuối năm", "2024-07/2024-12"),
    ("năm nay", "2024"),
    ("năm ngoái", "2023"),
    ("năm tới", "2025"),
    ("năm qua", "2023"),
    ("last year", "2023"),
    ("this year", "2024"),
    ("by the end of next year", "2025"),
    ("hôm nay", "2024-10-16"),
    ("hôm qua", "2024-10-15"),
    ("tháng trước", "2024-09"),
    ("last month", "2024-09"),
    ("quý trước", "2024-Q3"),
    ("tuần trước", "2024-10-07/2024-10-13"),
    ("hai tuần trước", "2024-09-30/2024-10-06"),
    ("thứ sáu tuần này", "2024-10-18"),
    ("đến nay", "2024-10-16"),
    ("to date", "2024-10-16"),
    ("Từ đầu năm đến nay", "2024-01-01/2024-10-16"),
    ("từ năm 2020 đến nay", "2020-01-01/2024-10-16"),
    ("trong 5 năm qua", "2019/2023"),
    ("3 năm tới", "2025/2027"),
    ("5 năm trước", "2019"),
    ("mười một năm trước", "2013"),
    ("two years ago", "2022"),
    ("cách đây 3 năm", "2021"),
    ("đầu năm", "2024-01"),
    ("cuối năm ngoái", "2023"),
    ("cuối năm", "2024"),
    ("cả năm", "2024"),
    ("before year-end", "2024"),
    ("at the end of December", "2023-12"),
    ("by December", "2024-12"),
    ("December's reading", "2023-12"),
    ("from the January-March round", "2024-01/2024-03"),
]


@pytest.mark.parametrize(("text", "period"), RELATIVE)
def test_what_is_left_out_is_taken_from_the_publication(text: str, period: str) -> None:
    mentions = find_periods(text, PUBLISHED)
    assert [str(mention.period) for mention in mentions] == [period]
    assert mentions[0].relative or period.startswith("2020")
    unknown = find_periods(text, None)
    assert [mention.period for mention in unknown] == [None]


@pytest.mark.parametrize(("anchor", "year"), [("2021-01-12", "2020"), ("2021-02-20", "2020"), ("2021-12-23", "2021")])
def test_the_past_year_is_this_one_only_in_december(anchor: str, year: str) -> None:
    (mention,) = find_periods("những thành tựu trong năm vừa qua", date.fromisoformat(anchor))
    assert str(mention.period) == year


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Quý I đạt 81,7%, trong khi cùng kỳ năm ngoái 93,2%", ["2024-Q1", "2023-Q1"]),
        ("Đến ngày 30/9 đạt 60%, so với cùng kỳ tăng 2%", ["2024-09-30", "2023-09-30"]),
        ("Tính đến ngày 12/10 (cùng kỳ 2022 là 40%)", ["2024-10-12", "2022-10-12"]),
        ("It was 47% in 2023. A year earlier it was 41%.", ["2023", "2022"]),
        ("Exports rose in January-September from a year before.", ["2024-01/2024-09", "2023-01/2023-09"]),
        ("Cuối năm 2020, rừng phủ 54%; mười năm trước còn 61%", ["2020", "2010"]),
        ("Kỳ 2012 hạng 83, hai năm sau lại tụt", ["2012", "2014"]),
        ("2020: 31% (gấp đôi năm trước)", ["2020", "2019"]),
        ("Năm 2020 cao hơn cả 4 năm trước cộng lại", ["2020", "2016/2019"]),
        ("Trong tháng 6/2024 đạt 71%; giờ này năm ngoái 39%", ["2024-06", "2023-06"]),
        ("Năm 2022, quý I tăng 5%, quý II tăng 7%", ["2022", "2022-Q1", "2022-Q2"]),
        ("quý III và quý IV phải tăng mạnh", ["2024-Q3", "2024-Q4"]),
        ("Growth was 8% in the third quarter, after 7% in the second.", ["2024-Q3", "2024-Q2"]),
        ("Hạng 89, 88, 86 qua ba kỳ 2016, 2018, 2020.", ["2016", "2018", "2020"]),
        ("tăng 5% so với cùng kỳ", ["None"]),
        ("trước khi hết nhiệm kỳ", ["None"]),
    ],
)
def test_what_was_said_before_gives_the_like_period(text: str, periods: list[str]) -> None:
    assert [str(mention.period) for mention in find_periods(text, PUBLISHED)] == periods


@pytest.mark.parametrize("text", ["2022", "2022 (thực hiện)", "TH 2022", "KH 2022", "2022 actual", "Mục tiêu 2022:"])
def test_a_header_is_a_bare_year(text: str) -> None:
    assert [str(mention.period) for mention in find_periods(text, None)] == ["2022"]


@pytest.mark.parametrize(
    "text",
    [
        "xếp hạng 47/168",
        "35/35 nền tảng",
        "749/QĐ-TTg",
        "Nghị định 10/2020/NĐ-CP",
        "Nghị quyết 88/2019/QH14",
        "trực ban 24/7",
        "cách mạng 4.0",
        "phiên bản 1.14.2",
        "khoảng 1/4 so với",
        "9/10 người dân",
        "Có tới 9/10 người dân",
        "Thứ hạng trong khối là 6/11.",
        "Có 2024 hộ nghèo",
        "đạt 2.024 hộ",
        "2,024 services",
        "1 2024,5",
        "ngày 31 tháng 13 năm 2024",
        "0912 345 678",
        "bản tin số 9/2024",
        "briefs 2/2023 to 4/2024",
        "lớn nhất từ trước đến nay",
        "You may call us; they march on",
        "tỷ lệ 45% năm nào cũng vậy",
        "© 2020-2024 Cổng thông tin",
        "dẫn đầu",
        "16.5% of 1,450 communes",
    ],
)
def test_what_looks_dated_and_is_not(text: str) -> None:
    assert find_periods(text, PUBLISHED) == []


def test_leading_words_do_not_move_a_month() -> None:
    text = "lọt nhóm 40 nước dẫn đầu năm 2030"
    assert [str(mention.period) for mention in find_periods(text, PUBLISHED)] == ["2030"]


def test_a_financial_year_takes_the_months_of_its_document() -> None:
    (year,) = find_periods("in FY25", None)
    (months,) = find_periods("in FY25", None, year_start=4)
    assert (str(year.period), str(months.period)) == ("2025", "2024-04/2025-03")


def test_a_day_that_no_calendar_has_is_named_without_a_period() -> None:
    (mention,) = find_periods("ngày 30 tháng 2 năm 2023", None)
    assert mention.period is None
