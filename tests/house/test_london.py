"""What day it is and how an instant is written comes from one place: London's clock."""

import ast

import pytest

from tests.house.sources import of_the_product, short, tree

# A zone that changes with the reader, and the day of whoever runs the server.
ELSEWHERE = {"timezone.localdate", "timezone.localtime", "date.today", "datetime.today"}


def asked_elsewhere(module: ast.AST) -> list[int]:
    """The lines of a module that ask another clock than London's for the day."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ELSEWHERE
    ]


def test_the_day_is_asked_of_londons_clock_alone() -> None:
    found = [
        f"{short(path)}:{line}" for path in of_the_product() for line in asked_elsewhere(tree(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["timezone.localdate()", "date.today()", "timezone.localtime(at, LONDON)"]
)
def test_a_day_asked_elsewhere_is_seen(line: str) -> None:
    assert asked_elsewhere(ast.parse(line)) == [1]
