"""Every test of this room keeps its files in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_dir(settings: Settings, tmp_path: Path) -> Path:
    """The folder that stored files and sealed artefacts lie in, empty at first."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder, which need not exist."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
