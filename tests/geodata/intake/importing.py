"""What tests of the import share: a layer, a heading, a good row, and short words for load, count and look."""

from pathlib import Path
from typing import Any

import psycopg
from shapely.geometry import box

import layers
from geodata.intake.loading import Outcome, load_file
from geodata.intake.options import Options
from geodata.store import records
from layers._vocabulary import Layer

DAMS = layers.ALL["tailings_dams"]
HEAD = ["名称", "经度(WGS84)", "纬度(WGS84)", "坝高(m)", "全库容(万m³)", "运行状况"]
GOOD = ["大沟尾矿库", "115.03", "42.30", "35.5", "120", ""]


def load(connection: psycopg.Connection, path: Path, layer: Layer = DAMS, **said: Any) -> Outcome:
    """Import `path` with the given options."""
    return load_file(connection, layer, path, Options(**said), "测试")


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, refused."""
    return outcome.added, outcome.changed, outcome.unchanged, len(outcome.refused)


def stored(connection: psycopg.Connection, columns: str, layer: str = "tailings_dams") -> list[Any]:
    """What the layer's table holds, in the order of the codes."""
    return connection.execute(f"SELECT {columns} FROM layer.{layer} ORDER BY code").fetchall()  # noqa: S608


def townships(connection: psycopg.Connection) -> None:
    """Two townships side by side."""
    rows = [
        {"code": "100", "name": "东乡", "geom": box(115.0, 42.0, 115.5, 42.5)},
        {"code": "101", "name": "西镇", "geom": box(114.5, 42.0, 115.0, 42.5)},
    ]
    records.write(connection, layers.ALL["townships"], rows, "测试")
    connection.commit()
