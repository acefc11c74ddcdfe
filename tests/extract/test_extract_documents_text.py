"""Plain text: structure by lines, and every character back at its place in the file."""

from __future__ import annotations

import unicodedata

import pytest

from tracker.extract.documents import read_document
from tracker.extract.model import Block, BlockKind, Document, Span


def read(text: str, name: str = "a.txt") -> Document:
    return read_document(text.encode(), name)[0]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def find(document: Document, text: str) -> Block:
    return next(block for block in document.blocks if text in block.text)


def scope(document: Document, text: str) -> list[str]:
    return [document.blocks[i].text for i in find(document, text).scope]


def source_of(document: Document, text: str) -> str:
    block = find(document, text)
    start = block.text.index(text)
    span = block.place(Span(start, start + len(text)))
    return document.text[span.start : span.end]


def test_title_dateline_paragraphs() -> None:
    document = read(
        "Xuất khẩu gạo lập kỷ lục\nCập nhật: 05/02/2024 | 08:30 | 312 lượt xem\n\nNăm 2023 đạt 8,1 triệu tấn.\n"
    )
    assert kinds(document) == [
        ("title", "Xuất khẩu gạo lập kỷ lục"),
        ("dateline", "Cập nhật: 05/02/2024 | 08:30 | 312 lượt xem"),
        ("paragraph", "Năm 2023 đạt 8,1 triệu tấn."),
    ]
    assert document.language == "vi"
    assert scope(document, "8,1") == ["Xuất khẩu gạo lập kỷ lục"]


def test_line_ends_and_byte_order_mark_keep_their_code_points() -> None:
    text = "\ufeffTiêu đề\r\n\r\nNăm nay đạt 5%.\r\n"
    document = read(text)
    assert document.text == text
    assert [block.text for block in document.blocks] == ["Tiêu đề", "Năm nay đạt 5%."]
    assert source_of(document, "đạt 5%") == "đạt 5%"
    assert document.blocks[0].starts[0] == 1


def test_clean_lines_take_the_identity_path() -> None:
    block = read("Tỷ lệ hộ nghèo còn 2,93% vào cuối năm.\n").blocks[0]
    assert isinstance(block.starts, range)
    assert isinstance(block.ends, range)


def test_decomposed_text_is_composed_and_mapped_back() -> None:
    plain = "Độ che phủ rừng giữ ở mức 58,5% diện tích."
    decomposed = unicodedata.normalize("NFD", plain)
    document = read(decomposed)
    assert document.text == decomposed
    assert document.blocks[0].text == plain
    assert source_of(document, "phủ rừng") == unicodedata.normalize("NFD", "phủ rừng")


def test_blanks_dashes_and_invisible_characters() -> None:
    document = read("Đạt\u00a0 96,5\u2009% \u2013 tăng\u200b 1\u20112 điểm.")
    assert document.blocks[0].text == "Đạt 96,5 % - tăng 1-2 điểm."
    assert source_of(document, "96,5 %") == "96,5\u2009%"
    assert source_of(document, "tăng 1-2") == "tăng\u200b 1\u20112"


def test_numbered_headings_govern_items() -> None:
    document = read(
        "BÁO CÁO QUÝ\n\nI. KẾT QUẢ\n1. Y tế\n- Bao phủ 93%.\n2. Giáo dục\n- Đạt 71%.\nII. KẾ HOẠCH\n- Giữ 95%.\n"
    )
    assert scope(document, "93%") == ["BÁO CÁO QUÝ", "I. KẾT QUẢ", "1. Y tế"]
    assert scope(document, "71%") == ["BÁO CÁO QUÝ", "I. KẾT QUẢ", "2. Giáo dục"]
    assert scope(document, "95%") == ["BÁO CÁO QUÝ", "II. KẾ HOẠCH"]


def test_numbered_sentences_are_items() -> None:
    document = read("Nghị quyết\n\nĐiều 2. Chỉ tiêu năm 2027\n1. GRDP tăng 7%.\n2. Hộ nghèo còn 1%.\n")
    assert [block.kind for block in document.blocks[2:]] == [BlockKind.ITEM, BlockKind.ITEM]
    assert scope(document, "Hộ nghèo")[-1] == "Điều 2. Chỉ tiêu năm 2027"
    assert find(document, "GRDP").text == "GRDP tăng 7%."


def test_a_lead_and_nested_bullets() -> None:
    document = read("Tin ngắn\n\nKết quả năm 2024 như sau:\n- Hà Nội\n  + đạt 81%\n- Huế\n  + đạt 77%\n\nHết.\n")
    assert scope(document, "77%") == ["Tin ngắn", "Kết quả năm 2024 như sau:", "Huế"]
    assert find(document, "77%").depth == 2


def test_a_question_governs_its_answer() -> None:
    document = read(
        "Hỏi đáp\n\n- PV: Rừng che phủ bao nhiêu?\n- Ông A: Khoảng 42%.\n- PV: Còn mục tiêu?\n- Ông A: 43%.\n"
    )
    assert scope(document, "42%") == ["Hỏi đáp", "PV: Rừng che phủ bao nhiêu?"]
    assert scope(document, "43%") == ["Hỏi đáp", "PV: Còn mục tiêu?"]


WRAPPED = """UBND TỈNH A
Trang 1/2
Tình hình nửa đầu năm

1. Kinh tế
Thu ngân sách trên địa bàn tỉnh ước đạt
29.870 tỷ đồng, bằng hai phần ba dự toán
và tăng 4,2% so với cùng kỳ năm trước, có
nhiều khởi sắc ở khu vực công nghiệp. Cả

          Báo cáo số 7/BC
Trang 2/2

tỉnh có 31 bệnh viện dùng bệnh án điện
tử.
2. Xã hội
Hộ nghèo còn 1,3%.
          Báo cáo số 7/BC
"""


def test_broken_lines_are_joined_over_page_headers() -> None:
    document = read(WRAPPED)
    assert source_of(document, "đạt 29.870 tỷ đồng") == "đạt\n29.870 tỷ đồng"
    assert "Cả tỉnh có 31 bệnh viện dùng bệnh án điện tử." in find(document, "29.870").text
    assert scope(document, "1,3%")[-1] == "2. Xã hội"
    assert [block.text for block in document.blocks if block.kind is BlockKind.BOILERPLATE][:2] == [
        "Trang 1/2",
        "Báo cáo số 7/BC",
    ]


def test_separate_lines_are_not_joined() -> None:
    document = read(
        "Tin tổng hợp\nQuang cảnh buổi lễ tại tỉnh\nNăm 2021 đạt 5%. Kết quả này cao hơn năm trước.\nNăm 2022 đạt 6%."
    )
    assert [block.kind.value for block in document.blocks] == ["title", "caption", "paragraph", "paragraph"]


def test_a_word_broken_at_the_line_end_is_mended() -> None:
    document = read(
        "The share of the population in pov-\nerty fell to 1.9% in the year that just\nended, and it will fall again next year\nif nothing else happens.\n"
    )
    assert source_of(document, "poverty fell to 1.9%") == "pov-\nerty fell to 1.9%"


@pytest.mark.parametrize(
    "table",
    [
        "| Địa phương | 2022 | 2023 |\n|:--|--:|--:|\n| Cả nước | 91,0 | 92,5 |\n| Huế | 88,3 | - |\n",
        "Địa phương\t2022\t2023\nCả nước\t91,0\t92,5\nHuế\t88,3\t-\n",
        "Địa phương | 2022 | 2023\nCả nước | 91,0 | 92,5\nHuế | 88,3 | -\n",
        "Địa phương    2022    2023\nCả nước       91,0    92,5\nHuế           88,3    -\n",
    ],
)
def test_tables_of_any_hand_give_cells_with_headers(table: str) -> None:
    document = read(f"Bảo hiểm y tế\n\nĐơn vị: %\n\n{table}\nHết.\n")
    cell = find(document, "88,3")
    assert cell.cell is not None
    assert [document.blocks[i].text for i in cell.cell.row_headers] == ["Huế"]
    assert [document.blocks[i].text for i in cell.cell.column_headers] == ["2022"]
    assert [document.blocks[i].text for i in cell.scope] == ["Bảo hiểm y tế", "Đơn vị: %"]
    assert find(document, "Huế").cell.is_header


def test_markdown_headings_and_emphasis() -> None:
    document = read(
        "# Sổ tay\n\n## Y tế\n\n### Phạm vi\n\n- Đạt **94%** ở `tỉnh`, không phải *90%*.\n\n## Khác\n\nHết.\n",
        "a.md",
    )
    assert scope(document, "94%") == ["Sổ tay", "Y tế", "Phạm vi"]
    assert find(document, "94%").text == "Đạt 94% ở tỉnh, không phải 90%."
    assert source_of(document, "94%") == "94%"


def test_mail_quotes_lose_their_marks() -> None:
    document = read(
        "Subject: Số liệu quý\nFrom: An\nDate: Fri, 14 Mar 2025 10:22\n\nChào.\n\n> Lượng nước thất thoát là 12,9% trong\n> năm 2024, theo công ty cấp nước.\n"
    )
    assert kinds(document)[:3] == [
        ("title", "Số liệu quý"),
        ("boilerplate", "From: An"),
        ("dateline", "Date: Fri, 14 Mar 2025 10:22"),
    ]
    assert all(not block.text.startswith(">") for block in document.blocks)


def test_after_the_signature_come_other_articles() -> None:
    body = "Tỉnh đã đạt nhiều kết quả trong năm qua, tỷ lệ hồ sơ trực tuyến là 81,5%. " * 5
    document = read(
        f"Chuyển đổi số\n\n{body}\n\nTheo TTXVN\n\nTin mới\n\nNăm 2019 xuất khẩu đạt 264 tỷ USD...\n\nLượt truy cập: 1.234\n"
    )
    told = {block.text[:8]: block.kind for block in document.blocks}
    assert told["Tỉnh đã "] is BlockKind.PARAGRAPH
    assert told["Năm 2019"] is BlockKind.BOILERPLATE
    assert told["Lượt tru"] is BlockKind.BOILERPLATE


def test_a_source_line_inside_an_article_ends_nothing() -> None:
    body = "Tỉnh đã đạt nhiều kết quả trong năm qua, tỷ lệ hồ sơ trực tuyến là 81,5%. " * 5
    document = read(f"Điểm báo\n\n{body}\n\nTheo VnTin\n\nTin ngắn: Huế đạt 77%.\n\n{body}\n")
    assert [block.kind for block in document.blocks].count(BlockKind.BOILERPLATE) == 0


def test_letterhead_columns_are_told_apart() -> None:
    document = read(
        "UBND TỈNH B              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ Y TẾ                      Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/BC                  Huế, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nCông tác quý I\n\nBao phủ đạt 93%.\n"
    )
    assert ("dateline", "Huế, ngày 05 tháng 3 năm 2024") in kinds(document)
    assert ("boilerplate", "Độc lập - Tự do - Hạnh phúc") in kinds(document)
    assert "UBND TỈNH B" in scope(document, "93%")


def test_garbled_utf8_is_mended_in_blocks_only() -> None:
    plain = "Tỷ lệ hộ nghèo của Việt Nam giảm còn 2,93% trong năm."
    garbled = "".join(
        bytes([b]).decode("cp1252") if b not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(b) for b in plain.encode()
    )
    document = read(garbled)
    assert document.text == garbled
    assert document.blocks[0].text == plain
    assert source_of(document, "còn 2,93%") == garbled[garbled.index("cÃ²n") : garbled.index("2,93%") + 5]


def test_sound_text_with_the_same_letters_is_left_alone() -> None:
    text = "Ông nói: «há» và Ã, Ä là chữ Đức; café, naïve."
    assert read(text).blocks[0].text == text
