"""The checkout as the tests over the architecture read it: files, syntax trees, imports. Nothing of it is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from config import CHECKOUT

#: Our own packages; the single file config.py counts as one.
OURS = ("config", "layers", "geodata", "webmap")
#: Folders that hold what others wrote, or what a start made.
_FOREIGN = {"vendor", "node_modules", "__pycache__"}


@dataclass(frozen=True)
class Import:
    """An import: the module that is meant, the line, and whether it stands inside a function."""

    module: str
    line: int
    inside_function: bool


@dataclass(frozen=True)
class Source:
    """A Python file: its path in the checkout (`geodata/errors.py`) and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def package(self) -> str:
        """The top-level name that the file belongs to."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def module(self) -> str:
        """Dotted name of the module."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def imports(self) -> Iterator[Import]:
        """Every import; `from package import name` is given as package.name, which may be a module or a name in one."""
        yield from _imports(self.tree, inside=False, package=self._own_package())

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def texts(self) -> Iterator[tuple[int, str]]:
        """(line, text) of every string constant that is no docstring, pieces of f-strings included."""
        docstrings = {
            id(body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(body := getattr(node, "body", None), list) and body and isinstance(body[0], ast.Expr)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.lineno, node.value

    def _own_package(self) -> list[str]:
        parts = self.path.removesuffix(".py").split("/")
        return parts[:-1]


def _imports(node: ast.AST, *, inside: bool, package: list[str]) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, inside)
        elif isinstance(child, ast.ImportFrom):
            above = package[: len(package) - child.level + 1] if child.level else []
            base = ".".join([*above, *([child.module] if child.module else [])])
            for alias in child.names:
                yield Import(f"{base}.{alias.name}", child.lineno, inside)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, inside=inside or function, package=package)


def files(*endings: str, under: tuple[str, ...] = ("config.py", "layers", "geodata", "webmap")) -> list[Path]:
    """Our own files of these endings below the named top-level entries, paths relative to the checkout."""
    found = []
    for name in under:
        top = CHECKOUT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            relative = path.relative_to(CHECKOUT)
            if path.is_file() and path.suffix in endings and not _FOREIGN & set(relative.parts):
                found.append(relative)
    return found


def sources(*under: str) -> list[Source]:
    """Our Python files below the named top-level entries; without names, the four packages."""
    chosen = files(".py", under=under) if under else files(".py")
    return [Source(path.as_posix(), (CHECKOUT / path).read_text("utf-8")) for path in chosen]
