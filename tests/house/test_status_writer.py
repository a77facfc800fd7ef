"""Only the engine writes a status: no assignment, no update and no new row elsewhere."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.house.sources import ROOT, of_the_product, short, tree, written

ENGINE = "workflow/machine.py"
EXEMPT = {
    ENGINE,
    # What others did before the service was there enters as it stood, by a verb of its own.
    "desk/history/importing.py",
    # Rows of a measurement, in a transaction that is always undone.
    "complaints/radar/measuring.py",
    # Rows that come in bulk satisfy every constraint and are checked by `verify_record`.
    "bench/loader.py",
}
WRITING_CALLS = {
    *("add", "create", "acreate", "get_or_create", "aget_or_create"),
    *("update", "aupdate", "update_or_create", "aupdate_or_create", "setattr"),
}
NAMING_CALLS = {"setattr", "bulk_update", "abulk_update", "save", "asave"}


def models_with_a_status() -> set[str]:
    """The models whose rows have a state, by their class names."""
    return {
        model.__name__
        for model in apps.get_models()
        if any(field.name == "status" for field in model._meta.get_fields())
    }


def writes(module: ast.AST) -> Iterator[int]:
    """The lines of a module that write a status."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr="status", ctx=ast.Store() | ast.Del()):
                yield node.lineno
            case ast.Dict() if "status" in map(text_of, node.keys):
                yield node.lineno
            case ast.Call() if writes_by_call(node):
                yield node.lineno


def writes_by_call(call: ast.Call) -> bool:
    """Whether a call writes a status by keyword, by name or among the fields that it saves.

    A new row is seen by its model, so `bulk_create` is seen by the rows that it is given.
    """
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if any(word.arg == "status" for word in call.keywords):
        return name in WRITING_CALLS | models_with_a_status()
    given = [*call.args, *(word.value for word in call.keywords)]
    named = {text_of(part) for one in given for part in ast.walk(one)}
    return name in NAMING_CALLS and "status" in named


def text_of(node: ast.AST | None) -> object:
    """The value of a constant; None for all else."""
    return node.value if isinstance(node, ast.Constant) else None


def with_bench() -> Iterator[str]:
    """The files in which a status may be written by mistake."""
    yield from (short(path) for path in of_the_product())
    yield from (name for name in map(short, written(".py")) if name.startswith("bench/"))


def test_only_the_engine_writes_a_status() -> None:
    found = [
        f"{name}:{line}"
        for name in with_bench()
        if name not in EXEMPT
        for line in writes(tree(ROOT / name))
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(EXEMPT))
def test_whoever_is_exempt_is_seen_to_write_it(name: str) -> None:
    assert list(writes(tree(ROOT / name)))


@pytest.mark.parametrize(
    "line",
    [
        "thing.status = 'sealed'",
        "rows.update(status='sealed')",
        "setattr(thing, 'status', 'sealed')",
        "thing.save(update_fields=['status'])",
        "rows.bulk_update(things, ['status'])",
        "rows.update_or_create(pk=1, defaults={}, status='sealed')",
        "rows.update_or_create(pk=1, defaults={'status': 'sealed'})",
        "rows.create(status='sealed')",
        "rows.bulk_create([Complaint(status='sealed')])",
        "models.Complaint(status='sealed').save()",
        "rows.create(**{'status': 'sealed'})",
    ],
)
def test_each_way_of_writing_it_is_seen(line: str) -> None:
    assert list(writes(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line", ["rows.filter(status='sealed')", "HttpResponse(status=404)", "Q(status='sealed')"]
)
def test_asking_for_a_status_is_no_writing(line: str) -> None:
    assert list(writes(ast.parse(line))) == []
