"""The rule version tells readings apart by every data file that they rest on."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from tracker.extract import RULE_VERSION, lexicon

PACKAGE = Path(str(resources.files("tracker.extract")))


def test_every_data_file_of_the_package_counts() -> None:
    held = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*") if path.is_file()}
    assert {name for name in held if not name.endswith((".py", ".pyc"))} == set(lexicon.FILES)


@pytest.mark.parametrize("name", lexicon.FILES)
def test_another_word_or_weight_is_another_version(tmp_path: Path, name: str) -> None:
    for file in lexicon.FILES:
        shutil.copy(PACKAGE / file, tmp_path)
    assert RULE_VERSION.endswith(lexicon.fingerprint(tmp_path))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
    assert not RULE_VERSION.endswith(lexicon.fingerprint(tmp_path))
