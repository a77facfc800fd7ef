"""Imports run one way: the contracts of pyproject.toml, and no circle of any kind."""

import subprocess
import sys
from pathlib import Path

import grimp

from tests.house.sources import ROOMS, ROOT


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert told.returncode == 0, told.stdout


def test_no_room_has_a_circle_of_imports() -> None:
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    circles = [
        (module, imported)
        for module in sorted(graph.modules)
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if module != imported and graph.chain_exists(importer=imported, imported=module)
    ]
    assert circles == []
