"""One extract into its layers: one transaction, twice the same, and what people have taken over stays theirs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import shapely

import layers
from geodata.errors import Refused
from geodata.intake.osm import loading
from geodata.intake.osm.loading import Outcome, load_osm
from geodata.store import records, settings
from tests.geodata.intake.osm.sketch import Sketch


def county() -> Sketch:
    sketch = Sketch()
    sketch.square(1, 110.0, 38.0, 0.1)
    sketch.boundary(1, [1], 8, name="河口镇")
    sketch.boundary(2, [1, 99], 8, name="邻镇")
    sketch.boundary(3, [1], 6, name="示例县")
    sketch.node(101, 110.01, 38.01, place="village", name="石窑村", population="320")
    sketch.node(102, 110.02, 38.02, amenity="fire_station", name="河口消防站")
    sketch.node(103, 110.03, 38.03, amenity="fuel")
    for number, lon in ((104, 110.04), (105, 110.05), (106, 110.06)):
        sketch.node(number, lon, 38.04, **({"ford": "yes"} if number == 105 else {}))
    sketch.way(201, [104, 105, 106], highway="tertiary", name="河口路", maxspeed="900")
    sketch.way(202, [105, 101], highway="track")
    sketch.way(203, [103, 106], waterway="river", name="窟野河")
    sketch.relation(9, [("way", 201, "from"), ("node", 105, "via"), ("way", 202, "to")],
                    type="restriction", restriction="no_left_turn")  # fmt: skip
    return sketch


def load(connection: psycopg.Connection, path: Path, **options: object) -> Outcome:
    """Load and commit: each import is a transaction of its own, with its own time."""
    outcome = load_osm(connection, path, actor="测试员", **options)  # type: ignore[arg-type]
    connection.commit()
    return outcome


def counts(outcome: Outcome) -> dict[str, tuple[int, int, int, int]]:
    return {name: (o.added, o.changed, o.unchanged, o.left_alone) for name, o in outcome.layers.items()}


def test_an_extract_fills_its_layers_and_every_record_knows_its_township(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    outcome = load(connection, county().write(tmp_path), region="示例县")
    assert counts(outcome) == {
        "townships": (1, 0, 0, 0), "villages": (1, 0, 0, 0), "roads": (2, 0, 0, 0), "water": (1, 0, 0, 0),
        "flood_roads": (1, 0, 0, 0), "chemical_sites": (1, 0, 0, 0), "rescue_teams": (1, 0, 0, 0),
    }  # fmt: skip
    assert outcome.restrictions == (1, 0, 0)
    assert outcome.layers["rescue_teams"].kinds == {"消防站": 1}
    assert [name for name, each in outcome.layers.items() if each.waiting] == [
        "flood_roads", "chemical_sites", "rescue_teams"]  # fmt: skip
    for name in outcome.layers.keys() - {"townships"}:
        table = connection.execute(f'SELECT DISTINCT township_code FROM layer."{name}"')  # noqa: S608
        assert table.fetchall() == [("OSM-R1",)], name
    assert settings.get(connection, "data") == "real" and settings.get(connection, "county") == "示例县"


def test_what_nobody_has_said_is_unknown_and_the_sources_stay(connection: psycopg.Connection, tmp_path: Path) -> None:
    outcome = load(connection, county().write(tmp_path))
    road = connection.execute(
        "SELECT speed_kmh, oneway, source, source_nodes, updated_by FROM layer.roads WHERE code = 'OSM-W201'"
    ).fetchone()
    source = "© OpenStreetMap contributors, ODbL 1.0 (way/201 v2)"
    assert road == (None, "no", source, "104 105 106", "测试员")
    assert outcome.layers["roads"].blanked == 1  # 900 km/h is no limit
    team = connection.execute("SELECT confirmed, level, people, skill FROM layer.rescue_teams").fetchone()
    assert team == (False, None, None, None)


def test_the_import_keeps_its_file_and_counts(connection: psycopg.Connection, tmp_path: Path) -> None:
    path = county().write(tmp_path)
    load(connection, path)
    kept = connection.execute(
        "SELECT layer, file_name, file, sha256 = encode(sha256(file), 'hex'), actor, added FROM riskmap.import"
    ).fetchone()
    assert kept == ("osm", "place.osm", path.read_bytes(), True, "测试员", 8)


def test_the_same_extract_again_changes_nothing(connection: psycopg.Connection, tmp_path: Path) -> None:
    path = county().write(tmp_path)
    first = load(connection, path)
    again = load(connection, path)
    assert counts(again) == {name: (0, 0, o.added, 0) for name, o in first.layers.items()}
    assert again.restrictions == (0, 0, 1)
    assert connection.execute("SELECT count(*) FROM riskmap.history").fetchone() == (0,)


def test_a_newer_extract_changes_what_changed_and_keeps_the_past(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    load(connection, county().write(tmp_path))
    newer = county()
    newer.node(101, 110.01, 38.01, place="village", name="石窑新村", population="330")
    assert counts(load(connection, newer.write(tmp_path)))["villages"] == (0, 1, 0, 0)
    past = connection.execute(
        "SELECT before->>'name', before->>'population' FROM riskmap.history"
        " WHERE layer = 'villages' AND before ? 'name'"
    )
    assert past.fetchall() == [("石窑村", "320")]


def test_a_rehearsal_counts_and_leaves_nothing(connection: psycopg.Connection, tmp_path: Path) -> None:
    outcome = load(connection, county().write(tmp_path), dry_run=True)
    assert counts(outcome)["roads"] == (2, 0, 0, 0)
    for table in ("layer.roads", "layer.townships", "riskmap.import", "riskmap.turn_restriction"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    assert settings.get(connection, "data") == "empty"


@pytest.mark.parametrize("deed", ["confirmed", "changed", "deleted"])
def test_a_candidate_that_somebody_has_taken_over_is_left_alone(
    connection: psycopg.Connection, tmp_path: Path, deed: str
) -> None:
    path = county().write(tmp_path)
    load(connection, path)
    teams = layers.ALL["rescue_teams"]
    if deed == "deleted":
        (number,) = connection.execute("SELECT id FROM layer.rescue_teams").fetchone() or (0,)
        records.mark_deleted(connection, teams, [number], "值班员")
    else:
        answer = {"confirmed": True} if deed == "confirmed" else {"people": 12}
        records.write(connection, teams, [{"code": "OSM-N102", **answer}], "值班员")
    connection.commit()
    newer = county()
    newer.node(102, 110.05, 38.05, amenity="fire_station", name="改了名的消防站")
    outcome = load(connection, newer.write(tmp_path))
    assert counts(outcome)["rescue_teams"] == (0, 0, 0, 1)
    row = connection.execute(
        "SELECT name, ST_X(geom), confirmed, people, deleted_at IS NOT NULL FROM layer.rescue_teams"
    ).fetchone()
    assert row == ("河口消防站", 110.02, deed == "confirmed", 12 if deed == "changed" else None, deed == "deleted")


def test_townships_from_elsewhere_are_not_doubled(connection: psycopg.Connection, tmp_path: Path) -> None:
    own = {"code": "610881100", "name": "河口镇", "geom": shapely.box(109.99, 37.99, 110.11, 38.11)}
    records.write(connection, layers.ALL["townships"], [own], "测试员")
    outcome = load(connection, county().write(tmp_path))
    assert counts(outcome)["townships"] == (0, 0, 0, 0)
    assert any("已有另行导入的乡镇" in note for note in outcome.notes)
    assert connection.execute("SELECT township_code FROM layer.villages").fetchone() == ("610881100",)


def test_many_rows_go_in_batches(
    connection: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 1)
    assert counts(load(connection, county().write(tmp_path)))["roads"] == (2, 0, 0, 0)


def test_an_extract_without_townships_says_which_levels_there_are(
    connection: psycopg.Connection, tmp_path: Path
) -> None:
    outcome = load(connection, county().write(tmp_path), township_level=9)
    assert counts(outcome)["townships"] == (0, 0, 0, 0)
    assert any("6 级 1 个、8 级 1 个" in note for note in outcome.notes)


def test_the_sample_and_the_real_never_mix(connection: psycopg.Connection, tmp_path: Path) -> None:
    settings.put(connection, "data", "sample")
    with pytest.raises(Refused, match="示例"):
        load_osm(connection, county().write(tmp_path), actor="测试员")


def test_an_extract_that_breaks_off_leaves_nothing_behind(connection: psycopg.Connection, tmp_path: Path) -> None:
    path = county().write(tmp_path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(Refused, match="不完整"):
        load(connection, path)
    connection.rollback()
    assert connection.execute("SELECT count(*) FROM riskmap.import").fetchone() == (0,)


def test_nothing_to_load_is_refused(connection: psycopg.Connection, tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.node(1, 110, 38, shop="bakery")
    with pytest.raises(Refused, match="没有可以导入的内容"):
        load_osm(connection, sketch.write(tmp_path), actor="测试员")


def test_progress_is_told(connection: psycopg.Connection, tmp_path: Path) -> None:
    said: list[str] = []
    load(connection, county().write(tmp_path), report=said.append)
    assert "道路 2" in said and "乡镇 1" in said


def test_younger_than_its_import_means_changed_since(connection: psycopg.Connection, tmp_path: Path) -> None:
    load(connection, county().write(tmp_path))
    (apart,) = connection.execute(
        "SELECT max(r.updated_at - i.started_at) FROM layer.roads r JOIN riskmap.import i ON i.id = r.import_id"
    ).fetchone() or (None,)
    assert apart == timedelta(0)
