"""The part a date plays in its clause, and the words its span covers."""

from datetime import date

import pytest

from tracker.extract.model import Role
from tracker.extract.periods import find_periods

PUBLISHED = date(2024, 10, 16)


@pytest.mark.parametrize(
    ("text", "span", "role"),
    [
        ("Tính đến ngày 15/9, đạt 96%", "Tính đến ngày 15/9", Role.AS_OF),
        ("Tại thời điểm 30/6 có 12 xã", "Tại thời điểm 30/6", Role.AS_OF),
        ("covered 84% as of 31 July 2024", "as of 31 July 2024", Role.AS_OF),
        ("Đến nay đã xong", "Đến nay", Role.AS_OF),
        ("Lũy kế đến hết ngày 30/9 đã có", "Lũy kế đến hết ngày 30/9", Role.AS_OF),
        ("Đến 31/12/2023 có 172 xã", "Đến 31/12/2023", Role.AS_OF),
        ("đến năm 2030 đạt 80%", "đến năm 2030", Role.BY),
        ("vào năm 2030 đạt 80%", "vào năm 2030", Role.BY),
        ("định hướng đến 2030, tỉnh", "đến 2030", Role.BY),
        ("80% by 2030", "by 2030", Role.BY),
        ("chậm nhất ngày 30/6/2025 đạt 95%", "chậm nhất ngày 30/6/2025", Role.BY),
        ("mục tiêu đến hết năm 2025", "đến hết năm 2025", Role.BY),
        ("Từ nay đến cuối năm 2024, kỳ vọng", "Từ nay đến cuối năm 2024", Role.BY),
        ("since 2013", "since 2013", Role.SINCE),
        ("Từ cuối tháng 6/2021, tỉnh", "Từ cuối tháng 6/2021", Role.SINCE),
        ("kể từ năm 2020", "kể từ năm 2020", Role.SINCE),
        ("tăng 2 bậc so với năm 2020", "so với năm 2020", Role.AGAINST),
        ("giảm so với mức 1,42% năm 2016", "năm 2016", Role.AGAINST),
        ("fell to 1.9% from 2.9% in 2023", "in 2023", Role.AGAINST),
        ("1,138, up by 146 on 2022", "on 2022", Role.AGAINST),
        ("down 0.27 points from December", "from December", Role.AGAINST),
        ("cao hơn cùng kỳ", "cùng kỳ", Role.AGAINST),
        ("trong quý III tăng 7%", "trong quý III", Role.DURING),
        ("Năm 2021, tỉnh đạt", "Năm 2021", Role.DURING),
        ("từ 92% trở lên trong cả năm 2025", "trong cả năm 2025", Role.DURING),
        ("đạt 1/4 so với mục tiêu 40 triệu tài khoản năm 2023", "năm 2023", Role.DURING),
        ("aged 15 and over by 2025", "by 2025", Role.BY),
    ],
)
def test_role_and_span(text: str, span: str, role: Role) -> None:
    (mention,) = find_periods(text, PUBLISHED)
    assert text[mention.span.start : mention.span.end] == span
    assert mention.role is role


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Ước thực hiện đến tháng 12 chỉ khoảng 76", "2024-12"),
        ("đến hết tháng 8 bao phủ được 90%", "2024-08"),
        ("phấn đấu đến tháng 12 đạt 95%", "2024-12"),
        ("gửi báo cáo trước 10/10", "2024-10-10"),
        ("reached 9.1 percent of plan by 28 September", "2024-09-28"),
        ("must reach half by January 31", "2025-01-31"),
        ("hết tháng 12 chỉ có thể đạt 85%", "2024-12"),
        ("Date of next meeting: 13th November", "2024-11-13"),
    ],
)
def test_the_clause_tells_on_which_side_a_date_lies(text: str, period: str) -> None:
    assert [str(mention.period) for mention in find_periods(text, PUBLISHED)] == [period]


def test_marks_of_the_end_and_of_the_present() -> None:
    end, now, plain = find_periods("Cuối năm 2022 còn 5%; đến nay 4%; riêng năm 2023 là 4,5%", PUBLISHED)
    assert (end.end_of, end.to_date) == (True, False)
    assert (now.end_of, now.to_date, now.relative) == (False, True, True)
    assert (plain.end_of, plain.to_date, plain.relative) == (False, False, False)
