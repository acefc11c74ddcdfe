"""A page that writes its numbers throughout as the other locale does is taken at its word."""

from __future__ import annotations

import pytest

from tracker.extract.documents import read_document
from tracker.extract.numbers import find_quantities
from tracker.extract.styles import styles

VIETNAMESE = (
    "Tỷ lệ hộ dùng nước sạch là 88.4%, cao hơn năm trước 2.5 điểm.\n\nCó 1,234,567 hộ.\n\nThành phố xây được 2,745 căn."
)
ENGLISH = "The share of homes with clean water was 88,4%, up 2,5 points on the year.\n\nThere were 1.234.567 homes.\n\nThe city built 2.745 of the flats."


@pytest.mark.parametrize("text", [VIETNAMESE, ENGLISH])
def test_a_page_that_keeps_to_the_other_locale_is_read_in_it(text: str) -> None:
    document, _ = read_document(text.encode(), "a.txt")
    style_of = styles(document)
    block = document.blocks[-1]
    (found,) = (each for each in find_quantities(block.text, style=style_of(block)) if each.noise is None)
    assert found.value == 2745
    assert not found.alternatives
