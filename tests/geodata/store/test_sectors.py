"""Sectors are rows: seeded once, then the bureau's."""

from __future__ import annotations

from pathlib import Path

import psycopg

import layers
from geodata.intake.loading import load_file
from geodata.intake.options import Options
from geodata.store import sectors
from layers._sectors import SECTORS


def test_seeded_once_and_never_again(connection: psycopg.Connection) -> None:
    assert list(sectors.titles(connection)) == [sector.code for sector in SECTORS]
    connection.execute("DELETE FROM riskmap.sector WHERE code <> 'gas'")
    sectors.seed(connection)
    assert sectors.titles(connection) == {"gas": ("燃气", "gas supply")}


def test_a_files_sector_becomes_its_code_and_a_new_one_is_kept_as_written(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    connection.execute("UPDATE riskmap.sector SET aliases = '{液化气站}' WHERE code = 'gas'")
    file = tmp_path / "企业.csv"
    lines = ["编号,名称,行业,经度,纬度", "1,甲,燃气,106.1,33.1", "2,乙,液化气站,106.1,33.1", "3,丙,氢能,106.1,33.1"]
    file.write_text("\n".join(lines), "utf-8")
    outcome = load_file(connection, layers.ALL["other_sites"], file, Options(crs="EPSG:4490"), "示例值班员")
    assert outcome.refused == []
    rows = connection.execute("SELECT code, sector FROM layer.other_sites ORDER BY code").fetchall()
    assert rows == [("1", "gas"), ("2", "gas"), ("3", "氢能")]
