from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.config import json_schema, load, starter, write_starter
from tracker.config.schema import FILE_NAME, schema_text
from tracker.errors import UsageError

ROOT = Path(__file__).parents[2]


def test_the_published_schema_is_current():
    published = (ROOT / "config" / FILE_NAME).read_text(encoding="utf-8")
    assert published == schema_text(), "write it anew: python -m tracker.config.schema > config/tracker.schema.json"


def keys_of(schema: dict) -> set[str]:
    groups = [schema, *schema["$defs"].values()]
    return {key for group in groups for key in group.get("properties", {})}


def test_the_schema_knows_the_keys_and_describes_them():
    schema = json_schema()
    assert {"service", "indicators", "at_most", "password_env", "from", "on", "stale_after"} <= keys_of(schema)
    groups = [schema, *schema["$defs"].values()]
    assert [
        key
        for group in groups
        for key, value in group["properties"].items()
        if not {"description", "$ref"} & value.keys()
    ] == []


@pytest.mark.parametrize("key", sorted(keys_of(json_schema())))
def test_the_reference_explains_every_key(key):
    reference = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `(\w+\.)*{key}` \|", reference, re.MULTILINE)


def test_the_examples_of_the_reference_load(tmp_path):
    reference = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```$", reference, re.MULTILINE | re.DOTALL)
    assert examples
    for number, example in enumerate(examples):
        (tmp_path / f"{number}.yaml").write_text(example, encoding="utf-8")
    assert load(tmp_path).alerts


def test_the_starter_is_valid_and_points_to_its_schema(tmp_path):
    written = write_starter(tmp_path / "new" / "folder")
    assert [path.relative_to(tmp_path / "new" / "folder").as_posix() for path in written] == [
        "tracker.yaml",
        "documents/example.txt",
        FILE_NAME,
    ]
    assert load(tmp_path / "new" / "folder").targets
    assert starter().splitlines()[0] == f"# yaml-language-server: $schema={FILE_NAME}"
    assert written[0].read_text(encoding="utf-8") == starter()


def test_the_starter_is_valid_with_its_commented_parts(tmp_path):
    whole = re.sub(r"^(\s*)# (?=( {2})*(- |\w+:( |$)))", r"\1", starter(), flags=re.MULTILINE)
    (tmp_path / "t.yaml").write_text(whole, encoding="utf-8")
    filled = load(tmp_path / "t.yaml")
    assert filled.channels
    assert filled.alerts
    assert filled.targets[0].baseline


@pytest.mark.parametrize("there", ["tracker.yaml", "documents/example.txt", FILE_NAME, "mine.yaml"])
def test_the_starter_overwrites_nothing(tmp_path, there):
    file = tmp_path / there
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(str(file))):
        write_starter(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_starter_needs_a_folder(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="file"):
        write_starter(tmp_path / "file")
    with pytest.raises(UsageError, match="file"):
        write_starter(tmp_path / "file" / "below")


def test_importing_the_room_loads_nothing_heavy():
    code = "import sys, tracker.config; print([m for m in ('pydantic', 'ruamel.yaml', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
