"""Which addresses take what is posted, and what their views reach, read from the code itself."""

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.sources import ROOMS

# Django's admin makes its addresses itself, from the models that it is given.
ADMIN = "admin"


def posting(resolver: URLResolver | None = None, room: str = "") -> Iterator[tuple[str, Any]]:
    """The name of every address that takes a POST, with its view; without those of the admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != ADMIN:
                yield from posting(pattern, str(pattern.namespace or room))
        elif isinstance(pattern, URLPattern) and takes_posts(pattern.callback):
            name = f"{room}:{pattern.name}" if room else str(pattern.name)
            yield name, pattern.callback


def takes_posts(view: Any) -> bool:
    """Whether a view asks for what was posted."""
    if hasattr(view, "view_class"):
        return hasattr(view.view_class, "post")
    return names(view, "POST")


def names(view: Any, *sought: str) -> bool:
    """Whether one of these words stands in the code of a view or of what it calls of ours."""
    return any(word in words_of(one) for one in reached(view) for word in sought)


def reached(view: Any) -> Iterator[Any]:
    """A view, what its decorators wrap, and every function of ours that these name."""
    waiting, seen = [view], set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += [one.__wrapped__] if hasattr(one, "__wrapped__") else []
            waiting += called_by(one)


def words_of(function: Any) -> set[Any]:
    """The names and the words in a function's code, and the methods that a decorator lets in."""
    words = {word for code in codes(function) for word in (*code.co_names, *code.co_consts)}
    cells = [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
    return words.union(*(cell for cell in cells if isinstance(cell, list)))


def codes(function: Any) -> Iterator[CodeType]:
    """The code of a function, and of the functions written inside it."""
    waiting = [function.__code__] if isinstance(function, FunctionType) else []
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]


def called_by(function: Any) -> Iterator[FunctionType]:
    """The functions of ours that a function names: of its own module, or of one imported there."""
    said = {name for code in codes(function) for name in code.co_names}
    around = getattr(function, "__globals__", {})
    found = [around[name] for name in said if name in around]
    modules = [one for one in found if isinstance(one, ModuleType) and is_ours(one.__name__)]
    found += [getattr(one, name, None) for one in modules for name in said]
    for one in found:
        if inspect.isfunction(one) and is_ours(one.__module__):
            yield one


def is_ours(module: str) -> bool:
    """Whether a module is of the product itself."""
    return module.partition(".")[0] in ROOMS
