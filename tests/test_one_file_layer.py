"""Adding a layer is adding one file: table, import, grade, tile, legend, card and API follow from it.

The test does what a newcomer does: it copies the checkout, puts one file into layers/ and uses the front door.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import mapbox_vector_tile
import pytest
from psycopg import conninfo

CHECKOUT = Path(__file__).parent.parent
TABLE = "名称,经度,纬度,载客量,渡船等级\n南渡,105.42,35.10,40,差\n北渡,105.43,35.11,,好\n新渡,105.44,35.12,12,\n"
#: The tile of the three ferries at zoom 11 (512-px tiles): z/row/col.
TILE = "11/810/1623"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the checkout's own files with ferries.py added to layers/, and a table to import."""
    for folder in ("layers", "geodata", "webmap", "static"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    shutil.copy(CHECKOUT / "config.py", tmp_path)
    shutil.copy(CHECKOUT / "tests/additions/ferries.py", tmp_path / "layers")
    shutil.copy(CHECKOUT / "tests/additions/ask.py", tmp_path)
    (tmp_path / "渡口.csv").write_text(TABLE, encoding="gb18030")
    return tmp_path


def run(folder: Path, database_url: str, *words: str) -> str:
    """What a program in the copied checkout prints; its complaint when it fails."""
    address = "postgresql:///?" + urlencode(conninfo.conninfo_to_dict(database_url))
    environment = {**os.environ, "RISKMAP_DATABASE_URL": address, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def ask(folder: Path, database_url: str, *paths: str) -> dict[str, Any]:
    """Body of each address (JSON parsed), all of which must answer 200."""
    answers = json.loads(run(folder, database_url, "ask.py", *paths))
    bodies = {}
    for path, answer in answers.items():
        body = base64.b64decode(answer["body"])
        assert answer["status"] == 200, (path, body.decode(errors="replace"))
        bodies[path] = json.loads(body) if answer["type"].endswith("json") else body
    return bodies


def test_one_file_is_a_layer(copy: Path, database_url: str) -> None:
    """Import by Chinese headers in GBK, then every reader of the declaration knows the layer."""
    run(copy, database_url, "-m", "webmap", "import", "ferries", "渡口.csv", "--crs", "WGS84")
    items, tile, at = "/api/collections/ferries/items", f"/api/tiles/WebMercatorQuad/{TILE}", (
        "/api/at?lon=105.42&lat=35.10&tolerance_m=50"
    )
    told = ask(copy, database_url, items, tile, at, "/api/summary", "/")
    levels = {feature["properties"]["name"]: feature["properties"]["level"] for feature in told[items]["features"]}
    assert levels == {"南渡": 1, "北渡": 4, "新渡": None}
    drawn = mapbox_vector_tile.decode(told[tile])["ferries"]["features"]
    assert sorted(feature["properties"].get("level", 0) for feature in drawn) == [0, 1, 4]
    [found] = told[at]["features"]
    assert (found["layer"], found["name"], found["level"]) == ("ferries", "南渡", 1)
    assert found["reasons"][0]["value"] == "差"
    [counted] = [layer for layer in told["/api/summary"]["layers"] if layer["name"] == "ferries"]
    assert (counted["total"], counted["levels"]) == (3, {"1": 1, "2": 0, "3": 0, "4": 1, "unknown": 1})
    assert "渡口" in told["/"].decode()
    card = f"/card/ferries/{found['id']}"
    assert "渡船等级" in ask(copy, database_url, card)[card].decode()


def test_a_new_field_of_a_filled_layer_keeps_its_data(copy: Path, database_url: str) -> None:
    """A field added to the file is there after the next command, and the records keep what they had."""
    run(copy, database_url, "-m", "webmap", "import", "ferries", "渡口.csv", "--crs", "WGS84")
    declared = copy / "layers/ferries.py"
    added = '    fields=(\n        Field("boatman", "船工", "Boatman"),\n'
    declared.write_text(declared.read_text(encoding="utf-8").replace("    fields=(\n", added, 1), encoding="utf-8")
    run(copy, database_url, "-m", "webmap", "grade", "ferries")
    items = "/api/collections/ferries/items"
    first = ask(copy, database_url, items)[items]["features"][0]["properties"]
    assert (first["name"], first["capacity"], first["boatman"]) == ("南渡", 40, None)
