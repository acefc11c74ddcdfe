"""The words of dates, Vietnamese and English, in lower case."""

from __future__ import annotations

from tracker.extract.model import Role


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, written in a row for the reader's sake."""
    return frozenset(text.split())


VI_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "mười lăm": 15,
    "hai mươi": 20, "ba mươi": 30, "bốn mươi": 40, "năm mươi": 50, "nửa": 0,
}  # fmt: skip
VI_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
EN_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip
QUARTERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "nhất": 1,
    "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "đầu": 1, "cuối": 4, "01": 1, "02": 2, "03": 3, "04": 4,
}  # fmt: skip
ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "final": 4, "last": 4,
}  # fmt: skip

# Words directly before an expression and the role they give it; None only widens the span.
LEADS: dict[str, Role | None] = {
    "ngày": None, "hôm": None, "sáng": None, "chiều": None, "tối": None, "trưa": None,
    "đêm": None, "sáng ngày": None, "chiều ngày": None, "tối ngày": None, "trưa ngày": None,
    "cuối": None, "đầu": None, "giữa": None, "hết": None, "đến cuối": Role.BY, "tới cuối": Role.BY,
    "tính đến cuối": Role.AS_OF, "tính đến giữa": Role.AS_OF, "khi kết thúc": None, "kết thúc": None,
    "end": None, "mid": None, "the end of": None, "end of": None, "the start of": None,
    "the beginning of": None, "the close of": None, "the middle of": None, "by the end of": Role.BY,
    "at the end of": Role.AS_OF, "before the end of": Role.BY, "hồi": None,
    "riêng": None, "lúc": None, "sang": None, "các": None, "của": None, "the": None,
    "cả": None, "toàn": None, "thời điểm": None, "on": None, "early": None, "late": None,
    "trong": Role.DURING, "trong suốt": Role.DURING, "suốt": Role.DURING, "ngay trong": Role.DURING,
    "vào": Role.DURING, "in": Role.DURING, "during": Role.DURING, "throughout": Role.DURING,
    "across": Role.DURING, "over": Role.DURING, "within": Role.DURING, "for": Role.DURING,
    "tính đến": Role.AS_OF, "tính tới": Role.AS_OF, "tính đến hết": Role.AS_OF,
    "tính tới hết": Role.AS_OF, "lũy kế đến": Role.AS_OF, "luỹ kế đến": Role.AS_OF,
    "lũy kế đến hết": Role.AS_OF, "luỹ kế đến hết": Role.AS_OF, "tại thời điểm": Role.AS_OF,
    "tính đến thời điểm": Role.AS_OF, "tại": Role.AS_OF, "as of": Role.AS_OF, "as at": Role.AS_OF,
    "as on": Role.AS_OF, "at": Role.AS_OF, "đến thời điểm": Role.AS_OF,
    "đến": Role.BY, "tới": Role.BY, "đến hết": Role.BY, "tới hết": Role.BY, "cho đến": Role.BY,
    "cho tới": Role.BY, "trước": Role.BY,
    "chậm nhất": Role.BY, "muộn nhất": Role.BY, "chậm nhất là": Role.BY, "chậm nhất đến": Role.BY,
    "by": Role.BY, "before": Role.BY, "until": Role.BY, "till": Role.BY, "through": Role.BY,
    "no later than": Role.BY, "not later than": Role.BY, "up to": Role.BY, "ahead of": Role.BY,
    "từ nay đến": Role.BY, "từ nay tới": Role.BY, "từ nay cho đến": Role.BY,
    "từ": Role.SINCE, "kể từ": Role.SINCE, "từ sau": Role.SINCE, "bắt đầu từ": Role.SINCE,
    "since": Role.SINCE, "starting": Role.SINCE, "starting in": Role.SINCE, "sau": Role.SINCE,
    "after": Role.SINCE, "from": Role.SINCE, "so với": Role.AGAINST, "so": Role.AGAINST,
    "so sánh với": Role.AGAINST, "compared with": Role.AGAINST, "compared to": Role.AGAINST,
    "against": Role.AGAINST, "versus": Role.AGAINST, "vs": Role.AGAINST, "than in": Role.AGAINST,
    "than": Role.AGAINST, "as against": Role.AGAINST, "relative to": Role.AGAINST,
    "up from": Role.AGAINST, "down from": Role.AGAINST, "up on": Role.AGAINST,
    "down on": Role.AGAINST, "unchanged from": Role.AGAINST, "than at": Role.AGAINST,
}  # fmt: skip
# These name a part of what follows; they stand directly before it or mean something else.
PARTS = word_set("cuối đầu giữa hết end mid")
LONGEST_LEAD = max(len(phrase.split()) for phrase in LEADS)

# After one of these a four-digit number is a year unless a counted thing follows.
YEAR_CUES = word_set(
    """năm đến tới từ vào cuối đầu giữa hết trước sau sang hoạch tiêu cáo niên kỳ kì bản trong với kh th
    ước thì in by since until till from before after during throughout across early late fiscal year years
    calendar than against versus vs between through mid end and và của of for on to goal plan survey
    edition report budget census ngay hồi target"""
)
# A number after one of these is an amount, a name or an identifier.
AMOUNT_CUES = word_set(
    """đạt là còn có lên xuống gần hơn trên dưới khoảng được tổng thêm chỉ về số no mã id code ref phone
    hotline điện thoại tel build python version bản gồm thu chi giá bằng tăng giảm mức điểm hạng thứ
    reached about nearly over almost than more least up down some only total decision resolution decree
    quyết nghị thông công văn luật circular room phòng cổng port issue ticket ext isbn issn top hơn xấp
    xỉ chừng cỡ at was were is are had fax đường tổng đài máy usd vnd nhánh lẻ"""
)
COUNTED = word_set(
    """người hộ xã thôn em học sinh doanh dn cơ trường giường m km ha tỷ tỉ triệu nghìn ngàn đồng usd vnd
    lượt hồ thuê tên tài trạm đơn dự văn cán cây con chiếc suất ca trẻ mw gw tấn kg lao vị vụ cuộc lớp
    thủ nhân phòng gia m2 m3 máy xe khách căn người/km tín số phiếu điểm bậc people households homes
    users units million billion trillion thousand villages communes companies students workers jobs
    km2 tonnes tons cases schools hospitals services points places vehicles cars subscribers euros
    dollars pounds members residents women men children pupils beds words copies dong mb gb mbps"""
)
# Words that may follow a bare year which stands as an attribute or a subject.
YEAR_FOLLOWERS = word_set(
    """figure figures level levels plan plans report reports edition survey target targets goal goals
    budget actual actuals baseline roadmap census average total season election results data ranking
    index estimate forecast projection and to as was were is when it but or will had the của được thuộc
    là đạt tăng giảm lọt vào phải sẽ đã và đến tới ta thì so với chỉ mới cũng population fiscal financial
    law act peak"""
)
ISSUE_CUES = word_set(
    """số no nos brief briefs issue decree decision circular resolution nghị định quyết thông tư chỉ thị
    văn luật directive hiệu biểu bản vol mẫu"""
)
DAY_CUES = word_set("""ngày sáng chiều tối trưa đêm hôm rạng mồng mùng mai nay""")
WEAK_DAY_CUES = word_set("""đến tới từ trước sau hết dịp lễ""")
