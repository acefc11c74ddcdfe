"""What ``tracker init`` writes: a commented configuration, one example document, the schema for editors."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from tracker.config.schema import FILE_NAME, schema_text
from tracker.errors import UsageError

_TEXT_FILES = ("tracker.yaml", "documents/example.txt")


def starter_text() -> str:
    """See :func:`tracker.config.starter`."""
    return _resource("tracker.yaml")


def write_files(folder: Path) -> list[Path]:
    """See :func:`tracker.config.write_starter`."""
    contents = {folder / name: _resource(name) for name in _TEXT_FILES}
    contents[folder / FILE_NAME] = schema_text()
    _refuse_what_is_there(folder, contents)
    written: list[Path] = []
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(content)
        except FileExistsError:
            raise UsageError(f"{path} is already there; nothing is overwritten") from None
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
        written.append(path)
    return written


def _refuse_what_is_there(folder: Path, contents: dict[Path, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; expected a folder to write the configuration to")
    configured = sorted(folder.glob("*.yaml"))
    for path in [*contents, *configured]:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{path} is already there; nothing is overwritten, and nothing was written")


def _resource(name: str) -> str:
    return resources.files("tracker.config").joinpath("starter_files", name).read_text(encoding="utf-8")
