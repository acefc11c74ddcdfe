r"""JSON: records as rows under the names of their fields.

``Document.text`` is the decoded file, with each ``\u1ec7`` of a letter beyond ASCII written out as the
letter, so that a quote can be read; a file without such escapes is its text as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker.errors import SourceRejected
from tracker.extract.documents.finish import finished
from tracker.extract.documents.json_tree import JsonReader, written_out
from tracker.extract.documents.normalise import Loom
from tracker.extract.documents.records import Telling
from tracker.extract.documents.values import Value
from tracker.extract.model import Document


def read_json(text: str, name: str) -> tuple[Document, Mapping[str, str], Value]:
    """Blocks and metadata of a JSON text, and its values with their places."""
    text = written_out(text)
    value = JsonReader(Loom(text), name).value()
    telling = Telling()
    telling.tell(value)
    if not telling.drafts:
        raise SourceRejected(f"{name}: the JSON holds no text and no number; fields with values were expected")
    return finished(name, text, "application/json", telling.drafts), telling.metadata, value
