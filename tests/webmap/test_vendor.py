"""The browser libraries: all of them, from the lock file, and nothing in them that leads elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from config import CHECKOUT
from webmap import vendor


def package(checkout: Path, library: vendor.Library) -> None:
    """Make the files that a library is expected to have."""
    root = checkout / "node_modules" / library.package
    for pattern, _ in library.files:
        path = root / pattern.replace("*", "one")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("src: url(./files/a.woff2) format('woff2'), url(./files/a.woff) format('woff');")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose node_modules is filled."""
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "static").mkdir()
    for library in vendor.LIBRARIES:
        package(tmp_path, library)
    return tmp_path


def test_filling_copies_every_file_and_is_then_current(checkout: Path) -> None:
    assert not vendor.is_current(checkout)
    count = vendor.fill(checkout)
    files = [path for path in (checkout / "static/vendor").rglob("*") if path.is_file() and path.name != vendor.STAMP]
    assert len(files) == count == sum(len(library.files) for library in vendor.LIBRARIES)
    assert vendor.is_current(checkout)


def test_a_changed_lock_file_makes_them_stale(checkout: Path) -> None:
    vendor.fill(checkout)
    (checkout / "package-lock.json").write_text('{"name": "other"}')
    assert not vendor.is_current(checkout)


def test_a_missing_file_is_named_and_what_was_there_stays(checkout: Path) -> None:
    vendor.fill(checkout)
    (checkout / "node_modules/leaflet/dist/leaflet.js").unlink()
    with pytest.raises(FileNotFoundError, match=r"leaflet has no dist/leaflet\.js"):
        vendor.fill(checkout)
    assert (checkout / "static/vendor/leaflet/leaflet.js").exists()


def test_the_font_names_only_files_that_are_copied(checkout: Path) -> None:
    vendor.fill(checkout)
    text = (checkout / "static/vendor/noto-sans-sc/400.css").read_text()
    assert "woff2" in text
    assert ".woff)" not in text


def test_the_lock_file_names_no_host_and_pins_what_the_list_names() -> None:
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())
    wanted = json.loads((CHECKOUT / "package.json").read_text())["dependencies"]
    for name, entry in lock["packages"].items():
        assert "resolved" not in entry, name
        assert name == "" or entry["integrity"].startswith("sha512-"), name
    for library in vendor.LIBRARIES:
        assert lock["packages"][f"node_modules/{library.package}"]["version"] == wanted[library.package]


def test_what_was_copied_here_loads_nothing_from_elsewhere() -> None:
    sheets = list((CHECKOUT / "static/vendor").rglob("*.css"))
    assert sheets, "run ./riskmap test, which fills static/vendor"
    for sheet in sheets:
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", sheet.read_text(encoding="utf-8")), sheet
