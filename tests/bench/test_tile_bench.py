"""What `bench tiles` says: gates, figures, the list, and what to install where a peer is missing."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from bench import load, servers, tile_list
from bench.result import Result
from config import Settings
from geodata.errors import Refused
from webmap.commands.bench import command

tiles = pytest.importorskip("bench.tiles")


def test_a_ratio_gates_by_the_medians() -> None:
    kept = tiles._gate("x", [100, 200, 900], [100, 101, 5], "TiPg", 2.0)
    assert (kept.ours, kept.peer, kept.ratio, kept.met, kept.n) == (200, 100, 2.0, True, 3)
    assert tiles._gate("x", [199], [100], "TiPg", 2.0).met is False


def test_figures_are_percentiles_and_the_largest_tile() -> None:
    p50, p99, largest = tiles.figures(load.Run(1.0, [float(n) for n in range(1, 201)], [10, 600_000]))
    assert (p50.ours, p99.ours) == (100.5, 199.0)
    assert (largest.ours, largest.ratio, largest.met) == (600_000, 1.2, None)


def test_the_list_has_tiles_of_every_zoom_with_records_and_is_always_the_same(connection: psycopg.Connection) -> None:
    connection.execute(
        "INSERT INTO layer.wells (code, name, geom) SELECT i, i, ST_SetSRID(ST_MakePoint(100 + (i * 37 % 400) / 20.0,"
        " 30 + (i * 91 % 370) / 30.0), 4326) FROM generate_series(1, 600) AS i"
    )
    listed = tile_list.of_records(connection, "wells")
    assert len(listed) == len(set(listed)) == 200 and {z for z, _, _ in listed} == set(range(4, 15))
    assert listed == tile_list.of_records(connection, "wells")
    assert all(0 <= x < 2**z and 0 <= y < 2**z for z, x, y in listed)


def test_missing_peers_are_named_with_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_program", lambda name: None)
    with pytest.raises(Refused, match="nginx、wrk") as refused:
        servers.refuse_without_peers()
    assert "apt-get install nginx-light wrk" in refused.value.mend


@pytest.mark.parametrize(("met", "code"), [(True, 0), (False, 1), (None, 0)])
def test_a_missed_ratio_is_exit_1_and_the_file_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, met: bool | None, code: int
) -> None:
    found = [Result("tiles", "requests/s", 10.0, 5.0, "TiPg", 2.0, "≥ 2", met, 5)]
    monkeypatch.setattr(tiles, "run", lambda url, report: found)
    settings = Settings(database_url="postgresql://nobody@127.0.0.1/none")
    done = CliRunner().invoke(command, ["tiles", "--json", str(tmp_path / "out.json")], obj=settings)
    assert done.exit_code == code, done.output
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == [
        {"name": "tiles", "unit": "requests/s", "ours": 10.0, "peer": 5.0, "peer_name": "TiPg", "ratio": 2.0,
         "goal": "≥ 2", "met": met, "n": 5},
    ]  # fmt: skip
