"""Words about readings: which field differs, why a number was left out, which rule spoke for a reading.

The ids of rules and reasons are the reader's own; one that is not known here is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

FIELDS: Words = {
    "indicator": ("chỉ tiêu", "indicator"),
    "area": ("địa bàn", "area"),
    "kind": ("loại", "kind"),
    "value": ("giá trị", "value"),
    "value_high": ("đầu trên", "upper end"),
    "unit": ("đơn vị", "unit"),
    "qualifier": ("mức chính xác", "qualifier"),
    "period": ("kỳ", "period"),
    "published": ("ngày công bố", "published"),
    "of": ("trên tổng", "out of"),
    "base": ("so với", "base"),
    "accepted": ("được nhận", "accepted"),
    "second": ("bộ đọc thứ hai", "second reader"),
    "quote": ("trích dẫn", "quote"),
    "start": ("vị trí đầu", "start"),
    "end": ("vị trí cuối", "end"),
}
LEFT_OUT: Words = {
    "no tracked indicator": ("không thuộc chỉ tiêu nào đang theo dõi", "of no tracked indicator"),
    "clock": ("giờ trong ngày", "a time of day"),
    "span": ("khoảng thời gian", "a stretch of time"),
    "counter": ("bộ đếm của trang", "a counter of the page"),
    "date": ("một phần của ngày tháng", "part of a date"),
    "decree": ("số hiệu văn bản", "a document's number"),
    "enumerator": ("số thứ tự của danh sách", "the number of a list item"),
    "footnote": ("số chú thích", "a footnote's number"),
    "label": ("nhãn hoặc số mục", "a label"),
    "name": ("một phần của tên gọi", "part of a name"),
    "ordinal": ("lần thứ, khóa thứ: không phải xếp hạng", "an ordinal, no rank"),
    "page": ("số trang", "a page number"),
    "phone": ("số điện thoại", "a telephone number"),
    "version": ("số phiên bản", "a version"),
    "weekday": ("ngày trong tuần", "a day of the week"),
    "year": ("một năm", "a year"),
    "long_run": ("dãy số quá dài", "a run of digits too long for a figure"),
}
PLACES: Words = {
    "own_left": ("ngay trước con số", "right before the number"),
    "own_right": ("ngay sau con số", "right after the number"),
    "sent_left": ("trước con số trong câu", "before the number in its sentence"),
    "sent_right": ("sau con số trong câu", "after the number in its sentence"),
    "prev1": ("ở câu trước", "in the sentence before"),
    "prev2": ("cách hai câu", "two sentences before"),
    "block_before": ("ở đoạn trước", "in the paragraph before"),
    "before": ("ở phần trước", "further above"),
    "above": ("ở phần trên", "further above"),
    "heading": ("ở đề mục", "in the heading"),
    "title": ("ở tiêu đề", "in the title"),
    "caption": ("ở tên bảng", "in the caption"),
    "lead": ("ở câu dẫn của danh sách", "in the lead of the list"),
    "row": ("ở đầu hàng", "in the row's header"),
    "column": ("ở đầu cột", "in the column's header"),
    "document": ("ở nơi khác trong tài liệu", "elsewhere in the document"),
    "none": ("không nêu", "not stated"),
}
SUBJECTS: Words = {
    "listed": ("theo thứ tự liệt kê", "by the order of a list"),
    "clause": ("nêu trong mệnh đề", "named in the clause"),
    "sentence": ("nêu trong câu", "named in the sentence"),
    "right": ("nêu ngay sau con số", "named right after the number"),
    "row": ("nêu ở đầu hàng", "named in the table"),
    "scope": ("nêu ở đề mục", "named in the heading"),
    "carried": ("tiếp theo câu trước", "carried on from the sentence before"),
    "anaphor": ("đại từ chỉ nơi đã nêu", "a pronoun for a place named before"),
    "compare": ("nơi được đem ra so sánh", "compared with"),
    "main": ("nơi bài viết nói tới", "the place the document is about"),
    "default": ("không nêu: địa bàn mặc định của chỉ tiêu", "not named: the indicator's own area"),
    "outside": ("không nêu: địa bàn mặc định của chỉ tiêu", "not named: the indicator's own area"),
    "foreign": ("nơi không theo dõi", "a place that is not tracked"),
}
FITS: Words = {
    "level": ("hợp với chỉ tiêu", "that of the indicator"),
    "change": ("của một mức thay đổi", "that of a change"),
    "bare": ("không ghi", "not written"),
}
RULES: Words = {
    "exact": ("tên hoặc bí danh đứng nguyên văn", "a name or alias stands word for word"),
    "margin": ("bỏ xa chỉ tiêu gần nhất khác", "far ahead of the next indicator"),
    "strength": ("trọng lượng của các từ trùng tên", "the weight of the words of its name"),
    "union": ("các từ của tên gom từ nhiều chỗ", "the words of its name stand in several places"),
    "union_margin": ("gom đủ từ hơn chỉ tiêu khác", "more of its words than of another's"),
    "union_first": ("con số đầu tiên sau các từ của tên", "the first number after the words of its name"),
    "distance": ("tên đứng gần con số", "the name stands near"),
    "noun_match": ("danh từ được đếm đúng với tên", "the counted noun is that of the name"),
    "small_whole": ("số nguyên nhỏ, dễ là số đếm khác", "a small whole number, often a count of something else"),
    "bias": ("mức xuất phát", "the starting point"),
    "alien": ("có từ lạ giữa tên và số", "foreign words in between"),
    "subgroup": ("nói về một nhóm con", "about a subgroup"),
    "modifier": ("tên bị bổ nghĩa thêm", "the name is narrowed"),
    "outside": ("ngoài miền có thể có", "outside what is possible"),
    "over_100": ("tỷ lệ trên 100%", "a share above 100 %"),
    "question": ("trong câu hỏi", "in a question"),
    "rhetoric": ("lối nói hoa mỹ", "a manner of speaking"),
    "numbers_in_clause": ("nhiều con số trong mệnh đề", "several numbers in the clause"),
    "nearest_other": ("tên chỉ tiêu khác gần hơn", "another indicator is nearer"),
    "rival_between": ("có chỉ tiêu khác xen giữa", "another indicator stands between"),
    "tied": ("ngang với chỉ tiêu khác", "level with another indicator"),
    "plan_ratio": ("so với kế hoạch", "measured against a plan"),
    "first": ("con số đầu tiên sau tên", "the first number after the name"),
    "first_of_all": ("con số đầu tiên của câu", "the first number of the sentence"),
}
_BEGINNINGS: tuple[tuple[str, str, str, Words], ...] = (
    ("best_", "tên chỉ tiêu: {}", "the indicator is named {}", PLACES),
    ("channel_", "tên chỉ tiêu: {}", "the indicator is named {}", PLACES),
    ("block_", "trong {}", "in a {}", {}),
    ("fit_", "đơn vị: {}", "the unit: {}", FITS),
    ("shape_", "dạng số: {}", "the number's form: {}", {}),
    ("subject_", "địa bàn: {}", "whom: {}", SUBJECTS),
    ("time_", "thời gian: {}", "when: {}", PLACES),
)
_PHRASES: Words = {
    "new": ("mới", "new"),
    "gone": ("không còn", "gone"),
    "changed": ("đổi", "changed"),
    "missing": ("thiếu", "missing"),
    "extra": ("thừa", "extra"),
    "decided": ("đã có người quyết định", "a person had decided on it"),
    "accepted": ("được nhận", "accepted"),
    "doubtful": ("chờ người duyệt", "waits for a person"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
    "published": ("công bố", "published"),
    "undated": ("không rõ ngày công bố", "no publication date"),
    "nothing_stored": (
        "Chưa lưu tài liệu nào: `tracker run` đọc các nguồn, `tracker backfill` nạp tài liệu cũ.",
        "No document is stored yet: `tracker run` reads the sources, `tracker backfill` takes old documents.",
    ),
    "nothing_changes": (
        "Đã đọc lại {documents} tài liệu, {same} phát biểu: không có gì thay đổi.",
        "{documents} documents read again, {same} statements: nothing changes.",
    ),
    "would_change": (
        (
            "Đã đọc lại {documents} tài liệu: {new} phát biểu mới, {gone} không còn, {changed} đổi, {same} giữ nguyên. "
            "Chưa ghi gì: thêm --apply để ghi."
        ),
        (
            "{documents} documents read again: {new} statements new, {gone} gone, {changed} changed, "
            "{same} as they were. Nothing was recorded: add --apply to record it."
        ),
    ),
    "has_changed": (
        (
            "Đã đọc lại {documents} tài liệu và ghi lại: {new} phát biểu mới, {gone} không còn, {changed} đổi, "
            "{same} giữ nguyên."
        ),
        (
            "{documents} documents read again and recorded: {new} statements new, {gone} gone, {changed} changed, "
            "{same} as they were."
        ),
    ),
    "golden_saved": ("đã ghi {count} phát biểu vào {path}", "wrote {count} statements to {path}"),
    "golden_same": ("{doc}: đúng như mong đợi ({count})", "{doc}: as expected ({count})"),
    "golden_differs": ("{doc}: khác mong đợi", "{doc}: not as expected"),
    "golden_summary": (
        "{documents} tài liệu: {same} đúng, {differs} khác, {failed} không đọc được",
        "{documents} documents: {same} as expected, {differs} otherwise, {failed} could not be read",
    ),
    "read_here": ("Đọc được {count} phát biểu, bỏ {left} con số", "{count} statements read, {left} numbers left out"),
    "states_nothing": (
        "không nêu gì về các chỉ tiêu đang theo dõi",
        "states nothing about the tracked indicators",
    ),
    "left_out": ("bỏ", "left out"),
    "because": ("vì", "because"),
    "furniture": ("phần ngoài nội dung bài, không đọc", "outside the text proper, not read"),
    "discovered": (
        "Tìm thấy {indicators} chỉ tiêu và {targets} mục tiêu chưa theo dõi.",
        "{indicators} indicators and {targets} targets found that are not tracked yet.",
    ),
    "discovered_nothing": (
        "Không thấy chỉ tiêu hay mục tiêu nào có tên rõ ràng mà chưa theo dõi.",
        "No indicator or target with a clear name was found that is not tracked yet.",
    ),
    "how_to_paste": (
        "Xem lại, rồi lưu thành một tệp .yaml trong thư mục cấu hình, hoặc chép vào mục cùng tên của cấu hình.",
        (
            "Look through it, then save it as a .yaml file in the configuration's folder, or copy the entries into the "
            "sections of the same name."
        ),
    ),
    "disputed": (
        "bộ đọc thứ hai ({model}): {seen}; quy tắc: {rules}",
        "second reader ({model}): {seen}; the rules: {rules}",
    ),
    "proposed": (
        "chỉ bộ đọc thứ hai ({model}) đề xuất: {seen}",
        "proposed by the second reader ({model}) alone: {seen}",
    ),
    "would_be_target": (
        "nếu nhận và khác với cấu hình, đó là mục tiêu hiện hành",
        "accepted, it is the target in force where it differs from the configured one",
    ),
    "no_figure": ("không phải số liệu đang theo dõi", "no figure of anything tracked"),
    "second_summary": (
        "bộ đọc thứ hai: {agreed} giống, {disputed} khác, {proposed} đề xuất, {dropped} bị bỏ",
        "second reader: {agreed} agreed, {disputed} disputed, {proposed} proposed, {dropped} dropped",
    ),
    "guess": ("đoán", "a guess"),
    "counted_in": ("đếm bằng {what}", "counted in {what}"),
}


def say_field(field: str, lang: str) -> str:
    """The name of a field of a statement."""
    return _said(FIELDS, field, lang)


def say_left_out(why: str, lang: str) -> str:
    """Why a number is no reading."""
    return _said(LEFT_OUT, why, lang)


def say_rule(id: str, text: str, lang: str) -> str:
    """What a rule says for or against a reading; ``text`` is the reader's own word for it."""
    if id in RULES:
        return _said(RULES, id, lang)
    for beginning, vietnamese, english, words in _BEGINNINGS:
        if id.startswith(beginning):
            rest = id.removeprefix(beginning)
            return (vietnamese if lang == "vi" else english).format(_said(words, rest, lang).replace("_", " "))
    return text


def phrase(key: str, lang: str, **parts: object) -> str:
    """A sentence or a word about readings; ``KeyError`` where there is none, so that none is forgotten."""
    vietnamese, english = _PHRASES[key]
    return (vietnamese if lang == "vi" else english).format(**parts)


def _said(words: Words, code: str, lang: str) -> str:
    pair = words.get(code)
    return code if pair is None else pair[0] if lang == "vi" else pair[1]
