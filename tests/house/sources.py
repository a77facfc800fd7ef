"""The project's own hand-written files, for the tests that read the house itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    *("supercomplaints", "desk", "notifications", "deadlines", "publication"),
    *("recommendations", "investigations", "complaints", "drafting", "documents"),
    *("workflow", "accounts", "audit", "clock"),
]
LEFT_OUT = {".venv", "node_modules", "var", "vendor", "staticfiles", ".git", "migrations"}


def written(*endings: str) -> Iterator[Path]:
    """Hand-written files with one of these endings, tests included, migrations not."""
    for ending in endings:
        for path in sorted(ROOT.rglob(f"*{ending}")):
            if not LEFT_OUT.intersection(path.relative_to(ROOT).parts):
                yield path


def of_the_product() -> Iterator[Path]:
    """The product's own Python files, without its tests."""
    for path in written(".py"):
        if path.relative_to(ROOT).parts[0] in ROOMS:
            yield path


def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(), filename=str(path))


def short(path: Path) -> str:
    """A path as a failure names it."""
    return str(path.relative_to(ROOT))
