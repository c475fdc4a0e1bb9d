"""The shape of the code, read from its syntax trees: who imports whom, where SQL may stand, how long things are.

Each check is a function from files to complaints. Beside its run over the checkout stands a wrong example that it must
catch, so that a check that has gone blind fails too.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterable, Iterator

import pytest

from config import CHECKOUT
from tests.source_tree import OURS, Source, files, sources

#: Who may import whom (DESIGN.md, section 2).
MAY_IMPORT = {
    "config": (),
    "layers": ("layers",),
    "geodata": ("geodata", "layers"),
    "webmap": ("webmap", "geodata", "layers", "config"),
}
FORBIDDEN_LIBRARIES = {
    "geodata": ("flask", "folium", "branca", "click", "werkzeug", "jinja2", "granian"),
    "webmap": ("psycopg", "psycopg_pool", "geopandas", "shapely", "pyogrio", "yoyo"),
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
#: A name that says nothing of what is inside. `core` and the like are where everything ends up.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "base", "core", "manager", "managers", "misc"}
EVERYTHING = ("config.py", "layers", "geodata", "webmap", "tests", "bench")

SQL_TEXT = re.compile(
    r"\b(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+[\w.\"{]+\s+SET\s|DELETE\s+FROM\s|"
    r"(CREATE|ALTER|DROP|TRUNCATE)\s+(OR\s+REPLACE\s+)?(TABLE|VIEW|INDEX|SCHEMA|DATABASE|ROLE|FUNCTION)\b|WITH\s+\w+\s+AS\s*\()",
    re.DOTALL,
)
#: Hosts that may stand in what the browser loads: names of XML vocabularies, which nothing fetches.
NAMESPACES = ("http://www.w3.org/",)


def who_imports_whom(trees: Iterable[Source]) -> Iterator[str]:
    """Imports of our own packages against the allowed directions."""
    for source in trees:
        allowed = MAY_IMPORT[source.package]
        for one in source.imports():
            top = one.module.split(".")[0]
            if top in OURS and top not in allowed:
                yield (f"{source.path}:{one.line}: {source.package} imports {one.module}; it may import "
                       f"{', '.join(allowed) or 'nothing of ours'}. Hand the value in as an argument.")


def libraries(trees: Iterable[Source]) -> Iterator[str]:
    """Libraries that have no place in a folder; layers are declarations and need none at all."""
    for source in trees:
        for one in source.imports():
            top = one.module.split(".")[0]
            library = top not in sys.stdlib_module_names and top not in OURS
            if source.package in ("layers", "config") and library:
                yield (f"{source.path}:{one.line}: {source.package} imports {top}; declarations and settings need the "
                       "standard library only. What computes belongs into geodata/.")
            elif top in FORBIDDEN_LIBRARIES.get(source.package, ()):
                yield (f"{source.path}:{one.line}: {source.package} imports {top}. Ask geodata for the answer instead; "
                       "geodata knows nothing of the web, webmap nothing of the database.")


def hidden_imports(trees: Iterable[Source]) -> Iterator[str]:
    """Imports of our own modules inside functions, by statement or by importlib with a literal name."""
    for source in trees:
        for one in source.imports():
            if one.inside_function and one.module.split(".")[0] in OURS:
                yield (f"{source.path}:{one.line}: {one.module} is imported inside a function. Import it at the top; "
                       "if that makes a circle, the two files share something that wants a file of its own.")
        for match in re.finditer(r"import_module\(\s*f?[\"'](config|layers|geodata|webmap)\.", source.text):
            line = source.text.count("\n", 0, match.start()) + 1
            if not source.path.endswith("__init__.py"):
                yield f"{source.path}:{line}: import_module of our own module by name. Import it at the top."


def circles(trees: Iterable[Source]) -> Iterator[str]:
    """Modules that import each other in a circle at the top level."""
    by_name = {source.module: source for source in trees}
    edges = {
        name: {_module(one.module, by_name) for one in source.imports() if not one.inside_function} - {name, ""}
        for name, source in by_name.items()
    }
    done: set[str] = set()
    for start in edges:
        circle = _circle(start, edges, [], done)
        if circle:
            done |= set(circle)
            yield f"{' → '.join(circle)}: a circle of imports. Move what they share into a file of its own."


def _module(name: str, known: dict[str, Source]) -> str:
    """The module that an import of `name` reads: itself, or the module that holds it."""
    return name if name in known else (name.rpartition(".")[0] if name.rpartition(".")[0] in known else "")


def _circle(at: str, edges: dict[str, set[str]], path: list[str], done: set[str]) -> list[str]:
    if at in path:
        return [*path[path.index(at):], at]
    if at in done:
        return []
    path.append(at)
    for target in sorted(edges[at]):
        found = _circle(target, edges, path, done)
        if found:
            return found
    path.pop()
    done.add(at)
    return []


def sql_in_the_web(trees: Iterable[Source]) -> Iterator[str]:
    """SQL text in webmap."""
    for source in trees:
        for line, text in source.texts():
            if source.package == "webmap" and SQL_TEXT.search(text):
                yield (f"{source.path}:{line}: SQL text in webmap. Make it a query in geodata: one function that takes "
                       "a connection first, next to the one text that it runs.")


def done_at_import(trees: Iterable[Source]) -> Iterator[str]:
    """Calls for their effect at module level."""
    for source in trees:
        for node in source.tree.body:
            if type(node).__name__ == "Expr" and type(node.value).__name__ in ("Call", "Await"):  # type: ignore[attr-defined]
                yield f"{source.path}:{node.lineno}: something is done at import. Do it in a function that is called."


def too_long(trees: Iterable[Source]) -> Iterator[str]:
    """Functions that do not fit on a screen."""
    for source in trees:
        for function in source.functions():
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                yield (f"{source.path}:{function.lineno}: {function.name} has {length} lines, {LONGEST_FUNCTION} are "
                       "the most. Give its steps names of their own.")


def complaints(found: Iterator[str]) -> str:
    return "\n".join(found)


def test_packages_import_each_other_in_one_direction() -> None:
    assert not (wrong := complaints(who_imports_whom(sources()))), wrong


def test_each_folder_keeps_to_its_libraries() -> None:
    assert not (wrong := complaints(libraries(sources()))), wrong


def test_no_import_hides_in_a_function() -> None:
    assert not (wrong := complaints(hidden_imports(sources()))), wrong


def test_no_circle_of_imports() -> None:
    assert not (wrong := complaints(circles(sources()))), wrong


def test_the_web_holds_no_sql() -> None:
    assert not (wrong := complaints(sql_in_the_web(sources("webmap")))), wrong


def test_nothing_is_done_at_import() -> None:
    assert not (wrong := complaints(done_at_import(sources()))), wrong


def test_functions_fit_on_a_screen() -> None:
    assert not (wrong := complaints(too_long(sources(*EVERYTHING)))), wrong


def test_a_file_is_one_idea() -> None:
    ours = files(".py", ".js", ".css", ".html", ".sql", under=(*EVERYTHING, "static"))
    lengths = {path.as_posix(): len((CHECKOUT / path).read_text("utf-8").splitlines()) for path in ours}
    long = [f"{path} has {n} lines, {LONGEST_FILE} are the most. It holds two ideas: give each a file."
            for path, n in lengths.items() if n > LONGEST_FILE]  # fmt: skip
    assert not long, "\n".join(long)
    median = statistics.median(lengths.values())
    assert median <= 150, f"half of the files have over {median} lines; near 100 is the aim"


def test_files_have_names_of_the_domain() -> None:
    empty = [f"{path}: “{path.stem}” says nothing of what is inside. Name the file after the thing it is about."
             for path in files(".py", ".js", under=(*EVERYTHING, "static"))
             if {path.stem.strip("_"), *(part.strip("_") for part in path.parts[:-1])} & EMPTY_NAMES]  # fmt: skip
    assert not empty, "\n".join(empty)


def test_what_the_browser_loads_names_no_host() -> None:
    found = []
    for path in files(".js", ".css", ".html", ".svg", under=("static", "webmap/templates")):
        for number, line in enumerate((CHECKOUT / path).read_text("utf-8").splitlines(), start=1):
            for address in re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"')]*", line):
                if not address.startswith(NAMESPACES):
                    found.append(f"{path}:{number}: {address}. An intranet has no internet: serve it from static/.")
    assert not found, "\n".join(found)


def test_tests_mirror_the_folders() -> None:
    wrong = []
    for path in files(".py", under=("tests/layers", "tests/geodata", "tests/webmap")):
        folder = path.parent.relative_to("tests")
        if not (CHECKOUT / folder).is_dir():
            wrong.append(f"{path}: there is no folder {folder}. A test lies where the code lies that it tests.")
    assert not wrong, "\n".join(wrong)


WRONG = [
    (who_imports_whom, "layers/mines.py", "from geodata.store import records\n"),
    (who_imports_whom, "geodata/x.py", "import webmap.session\n"),
    (who_imports_whom, "geodata/x.py", "from config import Settings\n"),
    (who_imports_whom, "config.py", "import layers\n"),
    (libraries, "layers/mines.py", "import shapely\n"),
    (libraries, "geodata/x.py", "from flask import Flask\n"),
    (libraries, "webmap/x.py", "from psycopg.sql import SQL\n"),
    (hidden_imports, "geodata/x.py", "def f():\n    from geodata.store import records\n"),
    (hidden_imports, "geodata/x.py", "def f():\n    return importlib.import_module('geodata.errors')\n"),
    (sql_in_the_web, "webmap/x.py", "Q = 'SELECT id\\n  FROM layer.mines'\n"),
    (sql_in_the_web, "webmap/x.py", "Q = f'UPDATE {table} SET x = 1'\nR = 'DELETE FROM layer.mines'\n"),
    (done_at_import, "geodata/x.py", "import logging\nlogging.basicConfig()\n"),
    (too_long, "geodata/x.py", "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
]


@pytest.mark.parametrize(("check", "path", "text"), WRONG, ids=lambda value: getattr(value, "__name__", None))
def test_each_check_catches_a_wrong_example(check: object, path: str, text: str) -> None:
    assert list(check([Source(path, text)]))  # type: ignore[operator]


def test_a_circle_is_caught() -> None:
    one = Source("geodata/one.py", "from geodata.two import thing\n")
    two = Source("geodata/two.py", "from geodata import one\n")
    assert list(circles([one, two])) == ["geodata.one → geodata.two → geodata.one: a circle of imports. "
                                         "Move what they share into a file of its own."]  # fmt: skip


def test_words_are_not_taken_for_sql() -> None:
    words = "\"\"\"SELECT x FROM y: a docstring may say so.\"\"\"\nTITLE = 'Select a file from the list'\n"
    assert not list(sql_in_the_web([Source("webmap/x.py", words)]))
