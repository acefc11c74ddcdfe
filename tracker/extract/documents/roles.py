"""What a block is there for, told by its words: dateline, signature, counter, navigation.

Numbers in such blocks are no statements. What cannot be told for certain stays what it is: an
article's paragraph that is thrown away costs more than a counter that is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.documents.drafts import Draft
from tracker.extract.model import BlockKind

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?(?:T[\d:+Z.]+)?|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
    r"|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày\s+\d{1,2}/\d{1,2}/\d{4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}",
    re.IGNORECASE,
)
_COUNTER = (
    r"[\d.,\s]*\d[KkMm]?\s*(?:lượt\s*(?:xem|đọc|truy cập|thích|like)|phút đọc|bình luận|người xem"
    r"|views?|min(?:ute)?s? read|comments?|likes?|shares?|reads?)\b"
    r"|(?:lượt|số)\s*(?:lượt\s*)?(?:xem|đọc|truy cập)\s*:?\s*[\d.,\s]*\d|(?:đã xem|xem|views?"
    r"|reads?)\s*:\s*[\d.,]+"
)
# Words that stand beside the date in a dateline and say nothing.
_AROUND_DATE = re.compile(
    rf"{_DATE.pattern}|\d{{1,2}}\s?[:hg]\s?\d{{2}}(?::\d{{2}})?(?:\s?[ap]m)?|{_COUNTER}|\(?(?:GMT"
    rf"|UTC)\s?[+-]\d+\)?"
    r"|(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b|\b(?:mon|tues?|wed(?:nes)?"
    r"|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:lần cuối|last|first)?\s*(?:cập nhật|đăng|xuất bản|phát hành|posted|published|updated"
    r"|released|issued)"
    r"(?:\s+(?:lần cuối|ngày|lúc|on|at))?|ngày (?:đăng|cập nhật|phát hành)|\bdate\b|cỡ chữ.*$"
    r"|chuyên mục\s*:|\d{1,2}\s?[ap]m"
    r"|reading time.*$|\(\d+\)|[-+]\d{4}\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^\W*(?:(?:last|first)\s+)?(?:cập nhật|ngày đăng|đăng (?:ngày|lúc)|ngày cập nhật|posted"
    r"|published|updated|pubdate)\b",
    re.IGNORECASE,
)
_PERIOD_WORD = re.compile(
    r"\b(?:quý|tháng|năm|tuần|quarter(?:ly)?|annual|monthly|weekly|nhiệm kỳ|niên độ|unless"
    r"|đơn vị|cumulative)\b",
    re.IGNORECASE,
)
_MOST_BEFORE_A_STOP = 10
_MOST_AROUND = 45
_LONGEST_DATELINE = 170

_BOILERPLATE_LINE = re.compile(
    r"^\W*(?:"
    r"(?:tổng\s+)?(?:số\s+)?lượt\s+(?:truy cập|xem|đọc)|(?:đang\s+)?(?:trực tuyến"
    r"|online)\s*(?:now)?\s*:|số lượt đọc"
    r"|(?:điện thoại|đt|tel|phone|fax|hotline|đường dây (?:nóng|hỗ trợ)|tổng đài|liên hệ"
    r"|contacts?|(?:media|press) contacts?"
    r"|trực ban|email|e-mail|địa chỉ|giấy phép|số giấy phép)\b\s*[:.]"
    r"|nơi nhận\s*:|print page|send to friend|share (?:on|this)|chia sẻ\s*:|in trang|gửi email"
    r"|xem thêm\s*:|read more"
    r"|từ khóa\s*:|tags?\s*:|release id|visitor counter|issn\b|©|copyright\b|bản quyền"
    r"|all rights reserved|word count"
    r"|follow (?:us|me)\b|subscribe\b|đăng ký nhận|hủy đăng ký|mã xác nhận|họ tên\s*:"
    r"|tiêu đề\s*:|nội dung\s*:|số điện thoại\s*:"
    r"|cộng hòa xã hội chủ nghĩa|độc lập\s*-\s*tự do|in tại\s*:|guid\s*:|unsubscribe\b|cookie"
    r")",
    re.IGNORECASE,
)
_COUNTER_LINE = re.compile(rf"^\W*(?:{_COUNTER})[\s\d.,|()·:-]*$", re.IGNORECASE)
_SHARED = re.compile(r"(?:chia sẻ|bình luận|shares?|comments?)\s*[:(]\s*[\d.,]+", re.IGNORECASE)
_LONGEST_SHARED = 100
_LONGEST_LINE = 240
_CHROME_HEAD = re.compile(
    r"^\W*(?:từ khóa|tags?|cùng chuyên mục|tin (?:mới|nóng|khác|liên quan|cùng chuyên mục"
    r"|đọc nhiều|nổi bật)(?: (?:nhất|hơn|cập nhật))?"
    r"|các (?:tin|bài)(?: viết)? (?:khác|mới(?: đăng)?|đã đăng|liên quan|cũ hơn)"
    r"|bài viết (?:liên quan|khác|xem|mới)|bài liên quan"
    r"|(?:đọc|xem) (?:nhiều|thêm)(?: nhất)?|có thể bạn quan tâm|(?:viết |gửi |ý kiến )?bình luận"
    r"|chương trình mới.*|video|thăm dò ý kiến"
    r"|(?:most|also) (?:read|viewed|popular)|related(?: (?:articles|stories|news|posts|links))?"
    r"|read (?:more|next)|more (?:stories|news|from .*)"
    r"|you (?:may|might) also like|latest news|trending|recommended(?: for you)?"
    r"|leave a (?:comment|reply)|comments?|share this.*)"
    r"\s*(?:\(\d+\))?\s*:?\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\W*(?:(?:theo|nguồn|source|by)\s*:?\s+\S.{0,60}|(?:tin|bài|ảnh|tin,? (?:bài và )?ảnh"
    r"|bài,? (?:và )?ảnh|tin,? bài|đồ họa)\s*:\s*\S.{0,60})$",
    re.IGNORECASE,
)
_ARTICLE_GOES_ON = 300
_NEAR_SIGNATURE = 4


def dateline(text: str) -> bool:
    """The line says when (and where) the document appeared, and nothing else to speak of."""
    if len(text) > _LONGEST_DATELINE or _DATE.search(text) is None:
        return False
    rest = _AROUND_DATE.sub(" ", text)
    if _PERIOD_WORD.search(rest) or (len(_DATE.findall(text)) > 1 and ". " in text):
        return False
    letters = sum(map(str.isalpha, rest))
    if text.endswith(".") and letters > _MOST_BEFORE_A_STOP and _PUBLISHED.match(text) is None:
        return False
    return letters <= (_MOST_AROUND if _PUBLISHED.match(text) or "|" in text else _MOST_AROUND // 2 + 3)


def boilerplate(text: str) -> bool:
    """A counter, contact, copyright, form or sharing line."""
    if len(text) > _LONGEST_LINE:
        return False
    if len(text) <= _LONGEST_SHARED and _SHARED.search(text):
        return True
    return _BOILERPLATE_LINE.match(text) is not None or _COUNTER_LINE.match(text) is not None


def settle(drafts: Sequence[Draft], *, tail: bool = True) -> None:
    """Set DATELINE and BOILERPLATE; cells stay cells, and what the reader knows is kept.

    ``tail`` False: the document is no single article, so nothing in it closes the whole.
    """
    for one in drafts:
        if one.chrome:
            one.kind = BlockKind.BOILERPLATE
        elif one.kind in _TELLING:
            _settle_one(one)
    if tail:
        _settle_tail(drafts)


_TELLING = {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING, BlockKind.TITLE, BlockKind.CAPTION}


def _settle_one(one: Draft) -> None:
    if one.kind is not BlockKind.CAPTION and dateline(one.text):
        one.kind = BlockKind.DATELINE
    elif boilerplate(one.text):
        one.kind = BlockKind.BOILERPLATE


def _settle_tail(drafts: Sequence[Draft]) -> None:
    """Teasers of other articles: all that follows a signature, or a head such as "Tin mới"."""
    body, teasers, signed = False, False, False
    for i, one in enumerate(drafts):
        text = one.text
        if one.kind is BlockKind.PARAGRAPH and len(text) >= _ARTICLE_GOES_ON and not text.endswith(("...", "…")):
            body = True
            teasers = teasers and signed
        head = len(text) <= 60 and one.cell is None and _CHROME_HEAD.match(text) is not None
        if head and (body or not teasers):
            teasers = teasers or body or i > len(drafts) // 2
            one.kind = BlockKind.BOILERPLATE
        elif teasers and one.cell is None:
            one.kind = BlockKind.BOILERPLATE
        elif body and _SIGNATURE.match(text) and one.kind is not BlockKind.HEADING:
            signed = _tail_is_foreign(drafts, i)
            teasers = signed


def _tail_is_foreign(drafts: Sequence[Draft], i: int) -> bool:
    """After the signature at ``i`` come a portal's own lines or cut-off teasers, no more article."""
    following = drafts[i + 1 : i + 1 + _NEAR_SIGNATURE]
    return any(_CHROME_HEAD.match(one.text) or one.text.endswith(("...", "…")) for one in following)
