"""A file has one subject and a function is short: the limits, as numbers."""

import ast

from tests.house.sources import of_the_product, short, tree, written

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40


def test_no_written_file_is_over_the_limit() -> None:
    long = {
        short(path): lines
        for path in written(".py", ".html", ".css", ".js")
        if (lines := len(path.read_text().splitlines())) > LINES_OF_A_FILE
    }
    assert long == {}


def test_no_function_of_the_product_is_over_the_limit() -> None:
    long = {
        f"{short(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in of_the_product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LINES_OF_A_FUNCTION
    }
    assert long == {}
