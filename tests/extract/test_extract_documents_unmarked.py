"""Pages that write their structure out: it reads as a plain text's does; a site's own name is no headline."""

from __future__ import annotations

import pytest

from tracker.extract.documents import read_document
from tracker.extract.documents.unmarked import is_site
from tracker.extract.model import BlockKind, Document, Span
from tracker.extract.numbers import page_style

LINES = """SỞ XÂY DỰNG TỈNH PHÚ YÊN

BÁO CÁO

Tình hình nhà ở 9 tháng đầu năm 2023

I. KẾT QUẢ

1. Nhà ở xã hội

Hoàn thành 312 căn, đạt 41,5% kế hoạch năm.

2. Cấp nước

Tỷ lệ hộ được cấp nước sạch là 88,4%.

II. NHIỆM VỤ

a) Hoàn thành 700 căn trong cả năm;

b) Nâng tỷ lệ cấp nước lên 90%."""


def read(source: str, name: str = "a.html") -> Document:
    return read_document(source.encode(), name)[0]


def paragraphs(text: str) -> str:
    return "".join(f"<p>{part}</p>\n" for part in text.split("\n\n"))


def shape(document: Document) -> list[tuple[str, str, list[str]]]:
    """Kind, text and the texts that govern it, of what is no furniture."""
    return [
        (block.kind.value, block.text, [document.blocks[at].text for at in block.scope])
        for block in document.blocks
        if block.kind is not BlockKind.BOILERPLATE
    ]


@pytest.mark.parametrize(
    "page",
    [
        paragraphs(LINES),
        f"<title>Cổng thông tin điện tử</title>{paragraphs(LINES)}",
        f"<title>Trang chủ</title><nav>Giới thiệu</nav>{paragraphs(LINES)}<footer>Lượt truy cập: 1.284.503</footer>",
        "<div>" + LINES.replace("\n\n", "<br><br>") + "</div>",
    ],
)
def test_a_page_without_headings_has_the_structure_of_the_plain_text(page: str) -> None:
    assert shape(read(page)) == shape(read(LINES, "a.txt"))


def test_a_headline_alone_leaves_the_rest_to_the_lines() -> None:
    head, rest = LINES.split("\n\n", 1)
    document = read(f"<title>Khác hẳn</title><h1>{head}</h1>{paragraphs(rest)}")
    assert shape(document) == shape(read(LINES, "a.txt"))


def test_a_page_that_marks_its_headings_keeps_its_paragraphs() -> None:
    document = read("<h1>Nhà ở</h1><h2>Kết quả</h2><p>1. Nhà ở xã hội</p><p>Đạt 5%.</p><h2>Nhiệm vụ</h2><p>Đạt 6%.</p>")
    assert [block.kind for block in document.blocks if block.text.startswith("1.")] == [BlockKind.PARAGRAPH]


def test_offsets_stay_true_behind_a_marker() -> None:
    document = read("<h1>Việc nhà ở</h1><p>1) Đạt 41,5% ở đó;</p><p>2) Đạt 52,5% ở đây.</p>")
    items = [block for block in document.blocks if block.kind is BlockKind.ITEM]
    assert [block.text for block in items] == ["Đạt 41,5% ở đó;", "Đạt 52,5% ở đây."]
    for block in items:
        place = block.place(Span(0, len(block.text)))
        assert document.text[place.start : place.end] == block.text


def test_lines_broken_by_hand_are_one_paragraph() -> None:
    text = (
        "Trong kỳ, toàn tỉnh xảy ra 38 vụ cháy, giảm 9 vụ so với<br>cùng kỳ năm ngoái; thiệt hại 4,7 tỷ đồng. Riêng quý<br>"
        "II có 16 vụ cháy. Nguyên nhân do điện chiếm hơn nửa số<br>vụ; các vụ còn lại do sơ suất khi dùng lửa ở nhà máy<br>"
        "và ở các khu chợ. Số vụ cháy rừng năm nay là 12, ít hơn<br>2022."
    )
    document = read(f"<h1>Cháy nổ</h1><p>{text}</p>")
    assert [block.text for block in document.blocks[1:]] == [text.replace("<br>", " ")]


def test_lines_that_are_sentences_stay_apart() -> None:
    document = read("<h1>Cháy nổ</h1><p>Có 38 vụ cháy.<br>Có 12 vụ nổ.<br>Không ai chết.</p>")
    assert [block.text for block in document.blocks[1:]] == ["Có 38 vụ cháy.", "Có 12 vụ nổ.", "Không ai chết."]


LONG = "Năm 2023, tỷ lệ hộ được cấp nước sạch của tỉnh là 88,4%, tăng so với năm trước. " * 3


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Cấp nước sạch ở Phú Yên | Cổng thông tin điện tử", "Cấp nước sạch ở Phú Yên"),
        ("Trang thông tin tỉnh – Tỷ lệ cấp nước sạch", "Tỷ lệ cấp nước sạch"),
        ("Đài Phú Yên | Tỷ lệ hộ được cấp nước sạch", "Tỷ lệ hộ được cấp nước sạch"),
        ("Cổng thông tin điện tử tỉnh Phú Yên", None),
        ("Home", None),
    ],
)
def test_of_a_title_the_part_that_the_text_bears_out_counts(title: str, kept: str | None) -> None:
    document = read(f"<title>{title}</title><p>{LONG}</p>")
    assert [block.text for block in document.blocks if block.kind is BlockKind.TITLE] == ([kept] if kept else [])


def test_the_name_that_a_site_gives_itself_is_no_headline() -> None:
    page = f"<meta property='og:site_name' content='Nước Sạch'><title>Nước Sạch</title><p>{LONG}</p>"
    assert all(block.kind is not BlockKind.TITLE for block in read(page).blocks)


def test_a_site_name_in_a_heading_gives_way() -> None:
    document = read(
        "<h1>Cổng thông tin điện tử</h1><h2>Cấp nước sạch năm 2023</h2><p>Tỷ lệ là 88,4%.</p><h3>Khác</h3><p>Hết.</p>"
    )
    assert [block.text for block in document.blocks if block.kind is BlockKind.TITLE] == ["Cấp nước sạch năm 2023"]


@pytest.mark.parametrize(
    "text", ["Báo cáo tình hình quý I", "News coverage fell in 2023", "Index of industrial output"]
)
def test_headlines_are_no_site_names(text: str) -> None:
    assert not is_site(text)


ENGLISH = "Attendance at the theatre rose to 1,904 in the year, the trustees said, from 1,850 in the year before that. "


def test_menu_and_footer_have_no_voice_in_language_and_separators() -> None:
    frame = "<nav>Trang chủ của chúng tôi</nav><h1>Theatre</h1><p>{}</p><footer>Lượt truy cập: 1.284.503 người được phục vụ</footer>"
    document = read(frame.format(ENGLISH * 3))
    assert document.language == "en"
    style = page_style([block.text for block in document.blocks if block.kind is not BlockKind.BOILERPLATE])
    assert style.groups(",") == (True, True)
