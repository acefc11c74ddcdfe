"""The last steps that every reader of rows and records shares: roles, scopes, language."""

from __future__ import annotations

from tracker.extract.documents import outline, roles
from tracker.extract.documents.drafts import Draft
from tracker.extract.documents.language import language
from tracker.extract.documents.surroundings import join_tables
from tracker.extract.model import Document

_ENOUGH = 4000


def finished(name: str, text: str, media_type: str, drafts: list[Draft]) -> Document:
    """The document of these drafts; ``text`` is what their maps point into."""
    roles.settle(drafts, tail=False)
    join_tables(drafts)
    words: list[str] = []
    size = 0
    for one in drafts:
        if not one.chrome and any(map(str.isalpha, one.text)):
            words.append(one.text)
            size += len(one.text)
            if size > _ENOUGH:
                break
    return Document(name, text, media_type, outline.blocks(drafts), language=language(" ".join(words)))
