"""Secrets are looked up when they are used, in the environment or a file, and held nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tracker.errors import UsageError


def read_secret(variable: str | None, file: str | None, environment: Mapping[str, str]) -> str | None:
    """The secret in the environment's ``variable``, else in ``file``; None where neither is named.

    ``UsageError`` names the variable or the file that holds nothing; never what another holds.
    """
    if variable is not None:
        secret = environment.get(variable, "")
        if not secret:
            raise UsageError(f"the environment variable {variable} is not set; expected it to hold a secret")
        return secret
    if file is not None:
        return _read_file(Path(file))
    return None


def _read_file(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"the file {file} that holds a secret cannot be read: {reason}") from None
    if not secret:
        raise UsageError(f"the file {file} is empty; expected it to hold a secret")
    return secret
