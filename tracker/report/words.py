"""The report's own words in both languages; statuses, reasons and numbers come from ``language``."""

from __future__ import annotations

# In Vietnamese and in English.
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Báo cáo theo dõi mục tiêu", "Target status report"),
    "as_of": ("Tính đến", "As of"),
    "targets": ("Mục tiêu", "Targets"),
    "indicators": ("Chỉ số", "Indicators"),
    "sources": ("Nguồn", "Sources"),
    "channels": ("Kênh báo tin", "Channels"),
    "conflicts": ("Nguồn nói khác nhau", "Sources disagree"),
    "doubtful": ("Số liệu chờ người duyệt", "Figures that wait for a person"),
    "no_targets": ("Chưa có mục tiêu nào được cấu hình.", "No targets are configured yet."),
    "no_indicators": ("Chưa có số liệu nào.", "No figures yet."),
    "status": ("Tình trạng", "Status"),
    "since": ("từ", "since"),
    "target": ("Mục tiêu", "Target"),
    "latest": ("Mới nhất", "Latest"),
    "figure": ("Số liệu", "Figure"),
    "previous": ("Kỳ trước", "Previous"),
    "change": ("Thay đổi", "Change"),
    "needed": ("Cần thêm mỗi năm", "Needed per year"),
    "need": ("cần", "needed"),
    "days_left": ("Còn lại (ngày)", "Days left"),
    "days_past": ("Quá hạn (ngày)", "Days past"),
    "by": ("đến hết", "by"),
    "at_least": ("ít nhất", "at least"),
    "at_most": ("nhiều nhất", "at most"),
    "says": ("Theo", "Says"),
    "published": ("công bố", "published"),
    "period": ("Kỳ", "Period"),
    "observations": ("Số kỳ", "Periods"),
    "state": ("Trạng thái", "State"),
    "checked": ("Kiểm tra lần cuối", "Last checked"),
    "changed": ("Thay đổi lần cuối", "Last changed"),
    "reason": ("Lý do", "Reason"),
    "waiting": ("Đang chờ gửi", "Waiting"),
    "dead": ("Không gửi được", "Undeliverable"),
    "error": ("Lỗi cuối", "Last error"),
    "area": ("Địa bàn", "Area"),
    "shown": ("đang hiển thị", "shown"),
    "also": ("khác", "also stated"),
    "evidence": ("lần được nêu", "times stated"),
    "method": ("Phương pháp", "Method"),
    "ratio": ("tỷ số", "ratio"),
    "waits": ("chờ người duyệt", "waits for a person:"),
    "not_read": ("chưa có số liệu", "nothing read yet"),
    "decide": ("Duyệt bằng lệnh", "Decide with"),
}


def word(key: str, language: str) -> str:
    """The report's word for ``key``; ``KeyError`` where there is none, so that none is forgotten."""
    vietnamese, english = _WORDS[key]
    return vietnamese if language == "vi" else english
