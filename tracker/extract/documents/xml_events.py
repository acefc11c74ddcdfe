"""XML as a stream of events, without document types: no entity is ever declared, fetched or expanded."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from tracker.errors import SourceRejected

# Element and attribute names come without their namespace.
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


_MOST_ELEMENTS = 2_000_000


class _TooMany(Exception):
    pass


class _HasDoctype(Exception):
    pass


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rsplit(" ", 1)[-1]


def parse(content: bytes, name: str, what: str, start: Start, end: End, text: Text) -> None:
    """Feed the events of ``content`` to the three callbacks; ``what`` names the document in a refusal."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _HasDoctype

    parser.StartDoctypeDeclHandler = refuse
    left = _MOST_ELEMENTS

    def begin(tag: str, found: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMany
        start(local(tag), {local(key): value for key, value in found.items()})

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda tag: end(local(tag))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except _TooMany:
        said = f"at most {_MOST_ELEMENTS} elements of a {what} are read; this one has more"
        raise SourceRejected(f"{name}: {said}") from None
    except _HasDoctype:
        raise SourceRejected(f"{name}: the {what} declares a document type (DTD), which is not read") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceRejected(f"{name}: a {what} was expected; its XML is damaged or cut off") from error
