"""Imports run one way: the contracts of pyproject.toml, and no circle of any kind."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

from tests.house.sources import ROOMS, ROOT, of_the_product, short, tree

# What the public pages may know of ours: the door, what lies behind it, and the words for it.
OF_THE_PUBLIC_PAGES = {
    "publication.public_views": {
        "publication.public_door",
        "publication.public_models",
        "publication.states",
    },
    "publication.about": {
        "accounts.access",
        "publication.public_door",
        "publication.public_views",
    },
    "publication.subscribe_views": {
        "accounts.access",
        "publication.forms.subscribing",
        "publication.public_door",
        "publication.public_views",
        "publication.states",
    },
    "publication.forms.subscribing": set(),
}


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


def test_the_public_pages_import_the_public_door_and_nothing_else_of_ours() -> None:
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    found = {page: graph.find_modules_directly_imported_by(page) for page in OF_THE_PUBLIC_PAGES}
    assert found == OF_THE_PUBLIC_PAGES


def imported(module: ast.AST) -> Iterator[str]:
    """The packages that a module imports, wherever in it, and by name through importlib."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            yield from (str(ast.literal_eval(a)).split(".")[0] for a in node.args[:1] if is_text(a))


def is_text(node: ast.AST) -> bool:
    """Whether a piece of code is a plain text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_celery_is_known_to_tasks_and_to_the_roof_only() -> None:
    known = {short(path) for path in of_the_product() if "celery" in imported(tree(path))}
    assert known == {
        "supercomplaints/celery.py",
        *(name for name in known if name.count("/") == 1 and name.endswith("/tasks.py")),
    }


def test_each_way_of_importing_is_seen() -> None:
    lines = ("import celery.app", "from celery import Celery", "import_module('celery')")
    assert [list(imported(ast.parse(line))) for line in lines] == [["celery"]] * 3


def test_only_one_module_makes_pdfs() -> None:
    makers = {short(path) for path in of_the_product() if "weasyprint" in imported(tree(path))}
    assert makers == {"documents/pdf.py"}
