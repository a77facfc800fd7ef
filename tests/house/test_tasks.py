"""Tasks and what else is named and not imported: a test resolves every name."""

import ast
import re
from collections.abc import Iterator

from django.utils.module_loading import import_string

from supercomplaints.celery import app
from tests.house.sources import ROOMS, of_the_product, short, tree

# A room, a module and something in it.
DOTTED = re.compile(rf"(?:{'|'.join(ROOMS)})\.\w+(?:\.\w+)+")

# It has the form of one, and salts a signature.
NO_PLACE = {"publication.subscription.stop"}


def named() -> Iterator[tuple[str, str]]:
    """Every dotted name that stands in the product as a text, with the file in which it stands."""
    for path in of_the_product():
        for node in ast.walk(tree(path)):
            text = str(node.value) if isinstance(node, ast.Constant) else ""
            if DOTTED.fullmatch(text) and text not in NO_PLACE:
                yield text, short(path)


def is_there(name: str) -> bool:
    """Whether a task has this name, or a module holds what it names."""
    if name in app.tasks:
        return True
    try:
        import_string(name)
    except ImportError:
        return False
    # A function of a module of tasks that is no task is called by the tick, and never sent.
    return True


def test_every_name_of_ours_leads_somewhere() -> None:
    app.loader.import_default_modules()
    found = dict(named())
    assert {"complaints.tasks.take_in_upload", "documents.tasks.scan_file"} <= found.keys()
    assert {name: path for name, path in found.items() if not is_there(name)} == {}


def test_what_is_sent_is_a_task() -> None:
    app.loader.import_default_modules()
    called_by_the_tick = {"sweep"}
    sent = {
        name: path
        for name, path in named()
        if ".tasks." in name and name.rpartition(".")[2] not in called_by_the_tick
    }
    assert {name: path for name, path in sent.items() if name not in app.tasks} == {}
