"""What kind of file came: what its bearer says, what its name ends in, what its first bytes are."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from tracker.errors import SourceRejected

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_EXTENSIONS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".xlsx": XLSX,
    ".xls": XLS,
    ".ods": ODS,
    ".docx": _DOCX,
}
_SAME = {
    "application/xhtml+xml": "text/html",
    "text/x-markdown": "text/markdown",
    "text/xml": "application/xml",
    "application/csv": "text/csv",
    "application/x-csv": "text/csv",
    "text/x-csv": "text/csv",
    "text/comma-separated-values": "text/csv",
    "text/tsv": "text/tab-separated-values",
    "text/json": "application/json",
    "application/x-pdf": "application/pdf",
}
# What servers say of any text, and of any table that Excel might open.
_LOOSE = {"text/plain", XLS}
_UNTOLD = {"", "application/octet-stream", "binary/octet-stream", "application/unknown"}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
)
_PAGE = re.compile(
    rb"[\s\xef\xbb\xbf]*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"[\s\xef\xbb\xbf]*<\?xml\b")
_XHTML = re.compile(rb"<html\b", re.IGNORECASE)
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_SAMPLE = 1 << 16
_MOST_CONTROLS = 0.02


def told_type(media_type: str | None) -> tuple[str, str | None]:
    """The bare media type and its charset parameter."""
    kind, _, parameters = (media_type or "").partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    kind = kind.strip().lower()
    if kind not in _SAME and kind.startswith("application/") and kind.endswith(("+json", "+xml")):
        kind = f"application/{kind.rpartition('+')[2]}"
    return _SAME.get(kind, kind), match.group(1) if match else None


def settled_type(content: bytes, name: str, told: str) -> str:
    """The media type: what the bytes are beats the name, a bearer's word ``told`` beats the name unless it is loose.

    Raises:
        SourceRejected: an archive was told of, and none came.
    """
    extension = _EXTENSIONS.get(PurePosixPath(urlsplit(name).path or name).suffix.lower(), "")
    magic = next((kind for mark, kind in _MAGIC if content.startswith(mark)), None)
    if magic == "application/zip":
        return _zipped(content) or (extension if extension and not extension.startswith("text/") else magic)
    if magic == "application/x-ole-storage":
        return XLS if any(mark in content for mark in _OLE_WORKBOOK) else extension or magic
    if magic is not None:
        return magic
    if told in _LOOSE and extension and extension not in _LOOSE:
        told = extension
    kind = extension if told in _UNTOLD else told
    if kind in _ZIPPED:
        raise SourceRejected(f"{name}: a file of type {kind} was expected; the file is damaged or of another kind")
    if kind in {"", "application/xml", XLS} or (kind == "text/plain" and told not in _UNTOLD):
        return _looked_at(content, kind)
    return kind


_ZIPPED = {XLSX, ODS, _DOCX}
_OLE_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def _zipped(content: bytes) -> str | None:
    """A workbook by what its archive names: ODS says its type first, XLSX has a workbook part."""
    if content[30:38] == b"mimetype":
        return content[38:120].partition(b"PK")[0].decode("ascii", "replace").strip()
    if b"xl/workbook" in content:
        return XLSX
    return _DOCX if b"word/document" in content else None


def _looked_at(content: bytes, kind: str) -> str:
    """The kind of a text whose bearer did not say, or said it loosely."""
    if _PAGE.match(content):
        return "text/html"
    if _XML.match(content):
        return "text/html" if _XHTML.search(content, 0, 2000) else "application/xml"
    if kind == XLS:
        return "text/csv"
    return kind or "text/plain"


def refuse_binary(content: bytes, name: str, charset: str | None) -> None:
    """Raise ``SourceRejected`` where what should be a text holds the bytes of something else."""
    wide = (charset or "").lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs"))
    if wide or content.startswith(_UNICODE_MARKS):
        return
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\x00" in sample or controls > _MOST_CONTROLS * len(sample):
        raise SourceRejected(f"{name}: a text was expected; a binary file came")
