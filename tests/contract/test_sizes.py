"""Small files that each say what they are."""

import ast
from pathlib import Path

import pytest

from tests.contract.program import ROOT, sources

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of its body, without its docstring and the functions inside it."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    inner = [
        node for node in ast.walk(function) if isinstance(node, FUNCTIONS) and node is not function
    ]
    lines = {line for node in body for line in range(node.lineno, (node.end_lineno or 0) + 1)}
    for node in inner:
        lines -= set(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(lines)


@pytest.mark.parametrize("path", sources(), ids=named)
def test_a_file_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_FILE
    assert (ast.get_docstring(tree) or "").strip(), "no docstring"
    lengths = {node.name: own_lines(node) for node in ast.walk(tree) if isinstance(node, FUNCTIONS)}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_no_file_is_named_after_nothing() -> None:
    nothing = {"utils", "util", "helpers", "common", "manager", "misc"}
    assert [named(path) for path in sources() if nothing & {path.stem, path.parent.name}] == []
