"""Pages and catalogues to measure reading on: news pages with ten figures each, and as many indicators as wanted."""

from __future__ import annotations

import importlib.util
import random
import re
from collections.abc import Callable
from pathlib import Path

from tracker.domain.figure import Unit
from tracker.domain.indicator import Area, Better, Catalogue, Indicator

GENERATOR = Path(__file__).resolve().parents[1].parent / "shared" / "bench" / "gen_pages.py"
SIZE = 37_000

#: Names and units of what the ten sentences are about.
STATED = (
    ("tăng trưởng GRDP", Unit.PERCENT),
    ("tổng vốn đầu tư thực hiện", Unit.VND),
    ("kim ngạch xuất khẩu", Unit.USD),
    ("chỉ số giá tiêu dùng", Unit.PERCENT),
    ("doanh nghiệp thành lập mới", Unit.COUNT),
    ("tỷ lệ hộ nghèo đa chiều", Unit.PERCENT),
    ("giải ngân vốn đầu tư công", Unit.PERCENT),
    ("thu ngân sách nhà nước", Unit.VND),
    ("khách du lịch", Unit.COUNT),
    ("thu nhập bình quân đầu người", Unit.VND),
)
_FIRST = ("tỷ lệ", "số", "sản lượng", "chỉ số", "mức", "tổng", "diện tích", "thời gian", "chi phí", "doanh số")
_SECOND = (
    "bác sĩ", "giường bệnh", "trạm sạc", "thư viện", "vắc-xin", "rừng ngập mặn", "tàu cá", "lúa gạo", "xi măng", "thép", "vệ tinh",
    "bảo tàng", "phà", "cầu treo", "nước thải", "rác nhựa", "khí thải", "điện gió", "học bổng", "sáng chế", "toà án", "phim truyện",
)  # fmt: skip
_THIRD = (
    "cấp xã",
    "ven biển",
    "miền núi",
    "hải đảo",
    "tư nhân",
    "hợp tác xã",
    "trung cấp",
    "tái chế",
    "xuất bản",
    "mới cấp",
)
_FILLER = (
    "hội nghị", "đại biểu", "trao đổi", "kinh nghiệm", "địa phương", "phối hợp", "triển khai", "chương trình", "giải pháp", "người dân",
    "đồng bộ", "nhấn mạnh", "yêu cầu", "các ngành", "thời gian tới", "quan tâm", "hạ tầng", "đời sống", "văn hoá", "tuyên truyền",
)  # fmt: skip
AREAS = (
    Area("Vietnam", ("Việt Nam", "cả nước", "toàn quốc")),
    *(Area(name, (name,)) for name in ("Hà Nội", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Nghệ An", "Quảng Ninh")),
    Area("World", ("thế giới", "toàn cầu"), comparator=True),
)


def catalogue(count: int, *, stated: bool = True) -> Catalogue:
    """``count`` indicators of three names each; the first ten are those of the pages, unless not ``stated``."""
    known = STATED[:count] if stated else ()
    every = [_indicator(number, name, unit) for number, (name, unit) in enumerate(known)]
    number = random.Random(7)
    seen = set()
    while len(every) < count:
        words = (number.choice(_FIRST), number.choice(_SECOND), number.choice(_THIRD))
        name = " ".join(words)
        if name in seen:
            name = f"{name} loại {len(every)}"
        seen.add(name)
        every.append(_indicator(len(every), name, number.choice((Unit.PERCENT, Unit.COUNT, Unit.VND))))
    return Catalogue(AREAS, tuple(every))


def _indicator(number: int, name: str, unit: Unit) -> Indicator:
    tracked = frozenset(area.id for area in AREAS if not area.comparator)
    aliases = (f"{name} toàn tỉnh", f"{name} ({number})")
    return Indicator(f"i{number}", (("vi", name),), aliases, unit, Better.HIGHER, "Vietnam", tracked)


def pages(count: int) -> list[bytes]:
    """News pages of about 37 KB; those of the common rig where it is at hand, else of the same build."""
    page = _common() or own_page
    return [page(number).encode("utf-8") for number in range(count)]


def _common() -> Callable[[int], str] | None:
    if not GENERATOR.is_file():
        return None
    spec = importlib.util.spec_from_file_location("gen_pages", GENERATOR)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Callable[[int], str] = module.page
    return made


def own_page(number: int) -> str:
    """Ten sentences with figures among thirty without, a menu, teasers and style sheets around them."""
    draw = random.Random(number)
    told = [f"{name.capitalize()} sáu tháng đầu năm 2025 đạt {_figure(draw, unit)}." for name, unit in STATED]
    bodies = [told[i // 3] if i % 3 == 0 and i < 30 else _idle(draw) for i in range(40)]
    paragraphs = "".join(f"<p>{' '.join(bodies[at : at + 3])}</p>\n" for at in range(0, len(bodies), 3))
    teasers = "".join(f'<article class="teaser"><h3><a href="/{n}">{_idle(draw)}</a></h3></article>' for n in range(14))
    page = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Bản tin {number}</title>'
        '<meta property="article:published_time" content="2025-06-30T08:00:00+07:00"><style>{style}</style></head><body>'
        f"<nav><ul><li>Trang chủ</li><li>Kinh tế</li></ul></nav><article><h1>Bản tin {number}</h1>{paragraphs}</article>"
        f"<aside>{teasers}</aside><footer>Điện thoại: 024 7300 8899</footer></body></html>"
    )
    style = ".a{margin:0 1px;color:#123456}"
    missing = max(0, SIZE - len(page.encode("utf-8")))
    return page.replace("{style}", style * (missing // len(style)))


def _figure(draw: random.Random, unit: Unit) -> str:
    amount = f"{draw.uniform(2, 90):.1f}".replace(".", ",")
    shown = {Unit.PERCENT: "%", Unit.VND: " tỷ đồng", Unit.USD: " tỷ USD", Unit.COUNT: " nghìn lượt"}
    return amount + shown[unit]


def _idle(draw: random.Random) -> str:
    return " ".join(draw.choice(_FILLER) for _ in range(draw.randint(6, 12))).capitalize() + "."


def longer(page: bytes, times: int) -> bytes:
    """The page with its article said ``times`` over."""
    text = page.decode("utf-8")
    first, last = text.index("<p"), text.rindex("</p>", 0, text.index("</article>", text.index("<p"))) + 4
    return (text[:first] + text[first:last] * times + text[last:]).encode("utf-8")


def big(size: int, every: list[bytes]) -> bytes:
    """One page of so many bytes whose articles are those of all the pages, one after the other."""
    bodies, held = [], 0
    while held < size:
        text = every[len(bodies) % len(every)].decode("utf-8")
        first = text.index("<p")
        bodies.append(text[first : text.index("</article>", first)])
        held += len(bodies[-1].encode("utf-8"))
    return f'<!DOCTYPE html><html lang="vi"><body><h1>Bản tin</h1>{"".join(bodies)}</body></html>'.encode()


def article(page: bytes) -> str:
    """The article as plain text, for those who read no pages."""
    text = page.decode("utf-8")
    first = text.index("<p")
    bare = re.sub(r"<[^>]*>", " ", text[first : text.index("</article>", first)])
    return " ".join(bare.split())
