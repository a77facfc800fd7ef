"""For the tests of this room that look at files: a folder of their own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def files_dir(settings: Settings, tmp_path: Path) -> Path:
    """The folder that sealed artefacts lie in, empty at first."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
