from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.config import load
from tracker.errors import ConfigurationError

Lines = Callable[[str], list[str]]


def mistakes_in(path: Path) -> list[str]:
    """The mistakes of a configuration, without the folder; empty where it loads."""
    try:
        load(path, environment={})
    except ConfigurationError as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lines:
    """Write a text as ``t.yaml`` and give its mistakes, each as it is printed."""
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> list[str]:
        file = Path("t.yaml")
        file.write_text(text, encoding="utf-8")
        return mistakes_in(file)

    return write
