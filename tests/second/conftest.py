"""A document with figures, and the question about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from serving import configuration, rank_sentence

from tracker.config import load
from tracker.domain.indicator import Catalogue
from tracker.extract import Reading, read_bytes
from tracker.extract.again import SecondLook
from tracker.second import Limits, Question, question, sheet_of

TEXT = rank_sentence(2022, 79) + (
    "Năm 2022, tỷ lệ hộ gia đình có Internet của Việt Nam đạt 70%, tăng 5 điểm phần trăm so với năm 2021.\n\n"
    "Cùng năm, cả nước có 41 trường học và 64% hộ dùng mạng xã hội. Mục tiêu đến năm 2030 là 95% hộ gia đình có Internet.\n"
)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    file = tmp_path_factory.mktemp("second") / "tracker.yaml"
    file.write_text(configuration(), encoding="utf-8")
    return load(file, environment={}).catalogue()


@pytest.fixture(scope="session")
def read(catalogue: Catalogue) -> Callable[..., Reading]:
    def one(text: str = TEXT, name: str = "a.txt") -> Reading:
        return read_bytes(text.encode(), name, catalogue)

    return one


@pytest.fixture(scope="session")
def reading(read: Callable[..., Reading]) -> Reading:
    return read()


@pytest.fixture(scope="session")
def look(reading: Reading, catalogue: Catalogue) -> SecondLook:
    return SecondLook(reading.document, catalogue)


@pytest.fixture(scope="session")
def asked(reading: Reading, catalogue: Catalogue, look: SecondLook) -> Question:
    found = question(reading, sheet_of(reading, Limits()), catalogue, look.named(), model="m")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def labelled_pack() -> Path:
    return Path(__file__).parents[1] / "corpus" / "v1"
