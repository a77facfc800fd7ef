"""Only the engine writes a status: no assignment and no update elsewhere."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import ROOT, of_the_product, short, tree

ENGINE = "workflow/machine.py"
# Rows that come in bulk satisfy every constraint and are checked by `verify_record`.
EXEMPT = {ENGINE, "desk/management/commands/load_bench.py"}
WRITING_CALLS = {"update", "update_or_create", "bulk_update", "setattr"}


def writes(module: ast.AST) -> Iterator[int]:
    """The lines of a module that write a status."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "status":
            if isinstance(node.ctx, ast.Store | ast.Del):
                yield node.lineno
        elif isinstance(node, ast.Call) and writes_by_call(node):
            yield node.lineno


def writes_by_call(call: ast.Call) -> bool:
    """Whether a call writes a status by keyword, by name or among the fields that it saves."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in WRITING_CALLS and any(word.arg == "status" for word in call.keywords):
        return True
    named = [
        text.value
        for given in [*call.args, *(word.value for word in call.keywords)]
        for text in ast.walk(given)
        if isinstance(text, ast.Constant)
    ]
    return name in {"setattr", "bulk_update", "save"} and "status" in named


def test_only_the_engine_writes_a_status() -> None:
    found = [
        f"{short(path)}:{line}"
        for path in of_the_product()
        if short(path) not in EXEMPT
        for line in writes(tree(path))
    ]
    assert found == []


def test_the_engine_is_seen_to_write_it() -> None:
    assert list(writes(tree(ROOT / ENGINE)))


@pytest.mark.parametrize(
    "line",
    [
        "thing.status = 'sealed'",
        "rows.update(status='sealed')",
        "setattr(thing, 'status', 'sealed')",
        "thing.save(update_fields=['status'])",
        "rows.bulk_update(things, ['status'])",
        "rows.update_or_create(pk=1, defaults={}, status='sealed')",
    ],
)
def test_each_way_of_writing_it_is_seen(line: str) -> None:
    assert list(writes(ast.parse(line))) == [1]
