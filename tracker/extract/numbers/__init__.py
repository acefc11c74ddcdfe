"""Reading every number of a text: digits and words, Vietnamese and English.

::

    find_quantities(text)     every number with its unit, hedge and shape, noise included
    page_style(texts)         which sign groups thousands on this page
    parse_number(text)        a lone number, as a table's cell holds it
"""

from tracker.extract.numbers.digits import ENGLISH, VIETNAMESE, NumberStyle, page_style
from tracker.extract.numbers.reading import find_quantities, parse_number

__all__ = ["ENGLISH", "VIETNAMESE", "NumberStyle", "find_quantities", "page_style", "parse_number"]
