"""Names are the field's: words that mean nothing are kept out of files, classes and functions."""

import ast
import re

from tests.house.sources import of_the_product, short, tree

BANNED = {"utils", "util", "helpers", "helper", "common", "core", "misc", "handle", "ticket"}


def words_of(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(spaced.lower().split("_"))


def test_no_file_class_or_function_has_an_empty_name() -> None:
    found = set()
    for path in of_the_product():
        if BANNED.intersection(words_of(path.stem)):
            found.add(short(path))
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            # `handle` is Django's own name for the body of a management command.
            if node.name != "handle" and BANNED.intersection(words_of(node.name)):
                found.add(f"{short(path)}:{node.name}")
    assert found == set()


def test_every_public_thing_says_what_it_is() -> None:
    silent = set()
    for path in of_the_product():
        module = tree(path)
        if path.name != "__init__.py" and not ast.get_docstring(module):
            silent.add(short(path))
        for node in ast.walk(module):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            if node.name.startswith("_") or node.name == "Meta" or ast.get_docstring(node):
                continue
            if not is_local_or_protocol(module, node):
                silent.add(f"{short(path)}:{node.name}")
    assert silent == set()


def is_local_or_protocol(module: ast.Module, node: ast.AST) -> bool:
    """Whether a definition stands inside a function, or in a Protocol whose docstring serves."""
    for parent in ast.walk(module):
        if node in ast.iter_child_nodes(parent):
            if isinstance(parent, ast.FunctionDef):
                return True
            if isinstance(parent, ast.ClassDef):
                bases = {ast.unparse(base) for base in parent.bases}
                return "Protocol" in bases
    return False
