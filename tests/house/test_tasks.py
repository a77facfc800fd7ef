"""Tasks are named and not imported, so a test resolves every name."""

import ast

from supercomplaints.celery import app
from tests.house.sources import of_the_product, short, tree


def named_tasks() -> dict[str, str]:
    """Every task that `after_commit` names, with the file that names it."""
    return {
        node.args[0].value: short(path)
        for path in of_the_product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "after_commit"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_named_task_exists() -> None:
    app.loader.import_default_modules()
    missing = {name: path for name, path in named_tasks().items() if name not in app.tasks}
    assert missing == {}
