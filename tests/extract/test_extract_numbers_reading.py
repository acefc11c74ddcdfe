"""Quantities in sentences: units, hedges, shapes, noise, and what holds of any text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.model import Quantity, Shape, Span
from tracker.extract.numbers import ENGLISH, VIETNAMESE, find_quantities


def figures(text: str, style=VIETNAMESE) -> list[Quantity]:
    return [found for found in find_quantities(text, style=style) if found.noise is None]


def only(text: str, style=VIETNAMESE) -> Quantity:
    (found,) = figures(text, style)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("đạt 77,1%", "77.1", "percent"),
        ("đạt tám phẩy không hai phần trăm", "8.02", "percent"),
        ("tăng 0,3 điểm phần trăm", "0.3", "pp"),
        ("giảm 6 điểm %", 6, "pp"),
        ("tăng hai bậc", 2, "places"),
        ("gấp 2,5 lần", "2.5", "times"),
        ("gấp đôi năm trước", 2, "times"),
        ("gấp rưỡi", "1.5", "times"),
        ("được 62,4 điểm", "62.4", "points"),
        ("thu 14.055 tỷ đồng", 14055 * 10**9, "VND"),
        ("thu 1,81 triệu tỷ đồng", 1810 * 10**12, "VND"),
        ("xuất khẩu 850 triệu đô la", 850 * 10**6, "USD"),
        ("vốn 20 triệu euro", 20 * 10**6, "EUR"),
        ("số nợ là 1tr2 đồng", 1200000, "VND"),
        ("có 563 nghìn tên miền", 563000, None),
        ("chiếm ba phần tư", 75, "percent"),
        ("Một nửa số xã đã về đích", 50, "percent"),
        ("cứ bốn hộ thì có ba hộ", 75, "percent"),
        ("nửa triệu tài khoản", 500000, None),
    ],
)
def test_vietnamese_values_and_units(text, value, unit):
    found = only(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("cut by 2.3 percentage points", "2.3", "pp"),
        ("up 25 basis points", "0.25", "pp"),
        ("unemployment at 5.6pc", "5.6", "percent"),
        ("down 2pc points", "2", "pp"),
        ("exports of US$512 million", 512 * 10**6, "USD"),
        ("revenue of VND 10.26 trillion", 10260 * 10**9, "VND"),
        ("it spent £1.9bn", 1900 * 10**6, "GBP"),
        ("nearly seventeenfold", 17, "times"),
        ("the number has doubled", 2, "times"),
        ("halved since", "0.5", "times"),
        ("nine in ten homes", 90, "percent"),
        ("three quarters of homes", 75, "percent"),
        ("about a fifth", 20, "percent"),
        ("one household in three is poor", "33.333333", "percent"),
        ("half a point above", "0.5", "points"),
        ("half a million accounts", 500000, None),
        ("leapt ten rungs", 10, "places"),
        ("1.2 lakh charging sites", 120000, None),
        ("not a single megawatt", 0, None),
        ("up 0.4 of a percentage point", "0.4", "pp"),
        ("three quarters of a percentage point less", "0.75", "pp"),
        ("down half of one point", "0.5", "points"),
        ("one and a half times as many", "1.5", "times"),
        ("two and a half million visits", 2500000, None),
        ("sixty and three quarters per cent", "60.75", "percent"),
    ],
)
def test_english_values_and_units(text, value, unit):
    found = only(text, ENGLISH)
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("hơn 91%", "more_than"), ("vượt mốc 620.000", "more_than"), ("quá nửa kế hoạch", "more_than"),
        ("gần 80%", "almost"), ("suýt soát 40%", "almost"), ("xấp xỉ 80%", "about"), ("vào khoảng 13%", "about"),
        ("ít nhất 4 điểm phần trăm", "at_least"), ("không dưới 75%", "at_least"), ("từ 95% trở lên", "at_least"),
        ("dưới 4%", "less_than"), ("chưa tới 7%", "less_than"), ("chưa đạt 50%", "less_than"),
        ("không quá 13,5%", "at_most"), ("mức trần 4,5%", "at_most"), ("vẫn dưới trần 4,5%", "at_most"),
        ("ước đạt 77,1%", "estimated"), ("ước thực hiện 29,8 tỷ USD", "estimated"),
        ("ước khoảng 20%", "about"), ("cơ bản hoàn thành 100%", "about"), ("ước tính xếp thứ 74", "estimated"), ("≥46%", "at_least"), ("<1,5%", "less_than"), ("nhóm 40 nước dẫn đầu", "at_most"),
        ("cao hơn 3,7 điểm phần trăm", "exact"), ("vượt kế hoạch 4,5%", "exact"), ("vượt lên 25 bậc", "exact"),
        ("nhà ước mơ 5%", "exact"), ("trong khoảng 4-4,5%", "exact"), ("nước 50%", "exact"),
        ("trên cả 63 tỉnh", "exact"),
    ],
)  # fmt: skip
def test_vietnamese_hedges(text, qualifier):
    assert only(text).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("just under 80 percent", "almost"), ("more than doubled", "more_than"), ("roughly two-thirds", "about"),
        ("at or below 1.8%", "at_most"), ("8% or more", "at_least"), ("15% or lower", "at_most"),
        ("a minimum of 40%", "at_least"), ("no more than 38", "at_most"), ("fewer than 1,000", "less_than"),
        ("estimated at 5%", "estimated"), ("11.6 (e)", "estimated"), ("3% is the ceiling", "at_most"),
        ("a rise -> 25%", "exact"), ("19% higher", "exact"), ("90-odd percent", "about"),
    ],
)  # fmt: skip
def test_english_hedges(text, qualifier):
    assert figures(text, ENGLISH)[0].qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("đạt 2-2,5%", 2, "2.5", "percent"), ("từ 6,5 đến 7%", "6.5", 7, "percent"),
        ("tăng từ 2 đến 3 bậc", 2, 3, "places"), ("khoảng 3-5 triệu đồng", 3000000, 5000000, "VND"),
        ("between 6 and 7 percent", 6, 7, "percent"), ("86 or 87%", 86, 87, "percent"),
        ("từ sáu đến sáu rưỡi phần trăm", 6, "6.5", "percent"), ("gấp từ 3,6 đến 4,2 lần", "3.6", "4.2", "times"),
    ],
)  # fmt: skip
def test_ranges(text, low, high, unit):
    found = only(text)
    assert (found.value, found.high, found.unit, found.shape) == (
        Decimal(low),
        Decimal(high),
        unit,
        Shape.RANGE,
    )


@pytest.mark.parametrize(
    ("text", "value", "of"),
    [
        ("xếp thứ 47/168 quốc gia", 47, 168), ("vị trí 46 trên 132 nền kinh tế", 46, 132),
        ("placed 86th out of 193 members", 86, 193), ("46th/132", 46, 132), ("hạng 47", 47, None),
        ("it sits sixth", 6, None), ("đứng thứ ba", 3, None), ("thứ 50 thế giới trên 175 quốc gia", 50, 175),
    ],
)  # fmt: skip
def test_ranks(text, value, of):
    found = figures(text)[0]
    assert (found.value, found.of, found.unit, found.shape) == (value, of, "rank", Shape.RANK)


@pytest.mark.parametrize("text", ["35/35 nền tảng", "có 218 trên 431 xã", "6,370 out of 8,167", "13 of the 40 seats"])
def test_counts_of_a_total_are_no_ranks(text):
    found = only(text, VIETNAMESE if "," not in text else ENGLISH)
    assert found.shape is Shape.OUT_OF
    assert found.of is not None
    assert found.unit is None


@pytest.mark.parametrize("text", ["top 50", "tốp 50", "top-50", "lọt vào nhóm 50 quốc gia", "thuộc nhóm 50."])
def test_tops_are_ranks_at_most(text):
    found = only(text)
    assert (found.value, found.unit, found.shape, found.qualifier) == (50, "rank", Shape.TOP, "at_most")


@pytest.mark.parametrize(
    ("text", "shapes", "unit"),
    [
        ("giảm từ 4,03% (đầu năm) xuống còn 3,51%", (Shape.FROM, Shape.TO), "percent"),
        ("tăng từ 20 lên 35%", (Shape.FROM, Shape.TO), "percent"),
        ("rose from 20% to 35 at once", (Shape.FROM, Shape.TO), "percent"),
    ],
)
def test_a_change_from_one_to_another_shares_its_unit(text, shapes, unit):
    first, second = figures(text)
    assert (first.shape, second.shape) == shapes
    assert first.unit == second.unit == unit


def test_a_unit_is_shared_through_a_list():
    found = figures("lần lượt 16,1 tỷ, 10,9 tỷ và 2,87 tỷ USD")
    assert [quantity.unit for quantity in found] == ["USD"] * 3
    assert found[2].value == 2870000000
    ranks = figures("ở hạng 53 và 54")
    assert [(quantity.value, quantity.unit) for quantity in ranks] == [(53, "rank"), (54, "rank")]


def test_denominators_are_kept_apart():
    found = find_quantities("86,17 thuê bao/100 dân")
    assert found[0].value == Decimal("86.17")
    assert found[0].per == "100 dân"
    assert found[0].noun == "thuê bao"
    assert found[1].noise == "per"
    assert only("giảm 0,6%/năm").per == "năm"
    assert find_quantities("12 ca trên 1.000 trẻ")[0].per == "1.000 trẻ"


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("theo Quyết định số 749/QĐ-TTg", "decree"), ("tại Nghị quyết 57-NQ/TW", "decree"), ("theo Điều 5", "decree"),
        ("đường dây nóng 1022", "phone"), ("liên hệ 0912345678", "phone"), ("lúc 14 giờ 30", "clock"),
        ("họp 17h30", "clock"), ("1.680 lượt xem", "counter"), ("Lượt truy cập: 3.292", "counter"),
        ("dịch vụ công mức độ 4", "name"), ("sóng 5G", "name"), ("tỷ lệ IPv6", "name"), ("dịch COVID-19", "name"),
        ("cách mạng công nghiệp 4.0", "name"), ("hội nghị lần thứ 4", "ordinal"), ("the third quarter", None),
        ("thứ 5 tuần này", "weekday"), ("gồm 3 trụ cột", "label"), ("trong năm 2021", "year"), ("xem trang 5", "page"),
        ("1. Kết quả chung", "enumerator"), ("như trên [12]", "footnote"), ("từ tháng 8", "date"),
        ("ngày 22/12", "date"),
    ],
)  # fmt: skip
def test_noise_is_named(text, noise):
    found = find_quantities(text)
    assert all(quantity.noise for quantity in found)
    if noise is None:
        assert found == []
    else:
        assert found
        assert {quantity.noise for quantity in found} == {noise}


@pytest.mark.parametrize(
    "text",
    ["tỷ lệ hộ nghèo", "hơn nữa", "bộ phận một cửa", "một số tỉnh", "cả năm nay", "ba mẹ", "không đạt", "nửa đầu năm",
     "in the first half", "one of the best", "thành phần tư nhân"],
)  # fmt: skip
def test_words_that_are_no_numbers(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("đạt 9O,6%", "90.6"), ("thu 74.O58 tỷ đồng", 74058 * 10**9), ("ước 8,l tỷ USD", 8100000000), ("còn 1 ,5%", "1.5"),
     ("tăng 4 , 5 %", "4.5"), ("đạt l00%", 100), ("dưới l %", 1), ("còn 4 9,7%", "49.7")],
)  # fmt: skip
def test_slips_of_the_reader_are_mended_and_flagged(text, value):
    found = only(text)
    assert found.value == Decimal(value)
    assert "ocr" in found.flags


def test_letters_behind_a_number_are_no_slip():
    assert [quantity.value for quantity in find_quantities("dùng 5l nước và 10lần")] == [5, 10]


@pytest.mark.parametrize(
    ("text", "value"),
    [("nhiệt độ −5 độ", -5), ("tăng âm 5%", -5), ("growth of -2.3%", "-2.3"), ("tăng +0,3%", "0.3")],
)
def test_signs(text, value):
    assert only(text).value == Decimal(value)


def test_a_dash_behind_a_number_is_no_sign():
    assert all(quantity.value > 0 for quantity in find_quantities("giai đoạn 5% -3% và 7 -5"))


def test_taken_numbers_are_left_out():
    text = "Ngày 22/12/2021 đạt 96%"
    (found,) = find_quantities(text, taken=[Span(5, 15)])
    assert found.value == 96


def test_the_span_covers_hedge_and_unit_and_number_the_digits():
    text = "thu ước đạt 14.055 tỷ đồng năm nay"
    found = only(text)
    assert text[found.span.start : found.span.end] == "ước đạt 14.055 tỷ đồng"
    assert text[found.number.start : found.number.end] == "14.055 tỷ"


PIECES = st.sampled_from(
    [
        "từ",
        "đến",
        "lên",
        "xuống",
        "hơn",
        "gần",
        "khoảng",
        "thứ",
        "hạng",
        "top",
        "nhóm",
        "cứ",
        "thì",
        "có",
        "/",
        "-",
        "–",
        "%",
        "điểm",
        "phần",
        "trăm",
        "tỷ",
        "triệu",
        "nghìn",
        "đồng",
        "USD",
        "$",
        "hai",
        "ba",
        "mươi",
        "lăm",
        "rưỡi",
        "phẩy",
        "nửa",
        "một",
        "năm",
        "trên",
        "trong",
        "one",
        "in",
        "ten",
        "two",
        "thirds",
        "half",
        "of",
        "out",
        "and",
        "to",
        "between",
        "st",
        "th",
        "1",
        "12",
        "2.5",
        "1,680",
        "3.000.000",
        "2021",
        "0,5",
        "l",
        "O",
        "9O",
        "4",
        "47/168",
        "22/12",
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        ";",
        ":",
        "+",
        "−5",
        "\n",
    ]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join)


@given(text=TEXTS, holes=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=3))
def test_any_text_gives_spans_in_order_inside_and_apart(text, holes):
    taken = [Span(start, start + size) for start, size in holes]
    end = 0
    for found in find_quantities(text, taken=taken):
        assert end <= found.span.start <= found.number.start < found.number.end <= found.span.end <= len(text)
        assert found.high is None or found.value < found.high
        end = found.span.end
        if found.shape is Shape.PLAIN:
            assert not any(found.number.overlaps(hole) for hole in taken)


@pytest.mark.parametrize("piece", ["tỷ ", "1 tỷ", "9", "9 ", "hai ", "trillion ", "1.", "cứ 1 hộ thì "])
def test_long_repetitions_do_not_break_it(piece):
    find_quantities("hai " + piece * 5000)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 in 4 adults", 25, "percent"),
        ("one out of every five", 20, "percent"),
        ("đạt 8/10 điểm", 8, "points"),
    ],
)
def test_shares_and_scores(text, value, unit):
    found = only(text)
    assert (found.value, found.unit or "points") == (value, unit)


def test_years_between_do_not_hide_the_change():
    first, second = figures("tăng từ 63,5 điểm (2020) lên 71,2 điểm (2023)")
    assert (first.shape, second.shape) == (Shape.FROM, Shape.TO)
    first, second = figures("from 88th to 86th")
    assert (first.unit, first.shape, second.unit, second.shape) == ("rank", Shape.FROM, "rank", Shape.TO)


def test_two_slips_in_one_number_do_not_break_it():
    assert find_quantities("0O 0.0")


def test_thousands_grouped_by_spaces():
    assert only("Số hộ: 12 345 678").value == 12345678


def test_a_new_rank_is_no_step_of_one_place():
    assert [each.unit for each in figures("Ngành du lịch có một thứ hạng mới")] != ["places"]
    assert only("Ngành du lịch lên một thứ hạng").unit == "places"


def test_a_fraction_of_a_point_is_no_share():
    assert (only("giảm một phần tư điểm phần trăm").value, only("giảm một phần tư").value) == (Decimal("0.25"), 25)


@pytest.mark.parametrize(
    ("text", "style", "values"),
    [
        ("42.1m passengers, up from 40.9m", ENGLISH, [42100000, 40900000]),
        ("15m international arrivals", ENGLISH, [15000000]),
        ("£3m, after 4m", ENGLISH, [3000000, 4000000]),
        ("a wall 3.2m high", ENGLISH, [Decimal("3.2")]),
        ("a room of 5m x 4", ENGLISH, [5, 4]),
        ("ran the 100m sprint", ENGLISH, [100]),
        ("cây cao 12m", VIETNAMESE, [12]),
    ],
)
def test_an_m_counts_millions_where_something_is_counted(text, style, values):
    assert [(each.value, each.alternatives) for each in figures(text, style)] == [(value, ()) for value in values]


def test_an_m_that_may_be_metres_keeps_both_readings():
    (found,) = figures("Port Halden: 23.4m.", ENGLISH)
    assert (found.value, [other.value for other in found.alternatives]) == (23400000, [Decimal("23.4")])


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("$2-3 billion", 2 * 10**9, 3 * 10**9, "USD"),
        ("between VND 66 and 68 trillion", 66 * 10**12, 68 * 10**12, "VND"),
        ("assets of VND 900-1,000 trillion", 900 * 10**12, 10**15, "VND"),
        ("VND 1.2 quadrillion", Decimal("1.2") * 10**15, None, "VND"),
    ],
)
def test_money_said_before_a_range_holds_for_both_ends(text, low, high, unit):
    found = only(text, ENGLISH)
    assert (found.value, found.high, found.unit) == (low, high, unit)


def test_money_before_a_number_is_not_that_of_people_after_it():
    assert [(each.value, each.unit) for each in figures("$5 to 12 people", ENGLISH)] == [(5, "USD"), (12, None)]


@pytest.mark.parametrize(
    ("text", "values", "doubted"),
    [
        ("grew from 2.1 to 3.4 million", [2100000, 3400000], False),
        ("rose from $2 to 3 billion", [2 * 10**9, 3 * 10**9], True),
        ("tăng từ 50 lên 60 triệu lượt", [50 * 10**6, 60 * 10**6], True),
        ("từ 800 lên 1,2 tỷ", [800, 12 * 10**8], False),
    ],
)
def test_a_magnitude_said_once_holds_for_both(text, values, doubted):
    first, second = figures(text, VIETNAMESE if "từ" in text else ENGLISH)
    assert ([first.value, second.value], bool(first.alternatives)) == (values, doubted)
