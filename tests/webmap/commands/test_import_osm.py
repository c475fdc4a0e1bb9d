"""`./riskmap import-osm` as a user meets it: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import Settings
from geodata.errors import Refused
from geodata.intake.osm.loading import LayerOutcome, Outcome
from geodata.store import database, settings
from layers import ALL
from tests.geodata.intake.osm.sketch import Sketch
from webmap.commands.import_osm import command, told


def run(database_url: str, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, obj=Settings(database_url=database_url), catch_exceptions=False)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    sketch = Sketch()
    sketch.square(1, 110.0, 38.0, 0.1)
    sketch.boundary(1, [1], 8, name="河口镇")
    sketch.node(102, 110.02, 38.02, amenity="fire_station", name="河口消防站")
    return sketch.write(tmp_path)


def test_counts_are_printed_by_layer_and_nothing_is_written_in_a_rehearsal(database_url: str, extract: Path) -> None:
    rehearsal = run(database_url, str(extract), "--dry-run")
    assert rehearsal.exit_code == 0
    assert rehearsal.stdout.startswith("试运行，没有写入")
    done = run(database_url, str(extract), "--within", "河口镇")
    assert "乡镇：新增 1，修改 0，未变 0" in done.stdout
    assert "救援队伍：新增 1，修改 0，未变 0（消防站 1）；待确认 1" in done.stdout
    again = run(database_url, str(extract))
    assert "乡镇：新增 0，修改 0，未变 1" in again.stdout


def test_a_refusal_reaches_the_user_as_it_is(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有这个文件"):
        run(database_url, str(tmp_path / "absent.osm.pbf"))


def test_used_wrongly_ends_with_2(database_url: str, extract: Path) -> None:
    assert run(database_url).exit_code == 2
    assert run(database_url, str(extract), "--township-level", "tall").exit_code == 2


def test_what_was_left_alone_and_left_out_is_said() -> None:
    roads = LayerOutcome(ALL["roads"], added=2, changed=1, unchanged=3, left_alone=4, blanked=5)
    lines = told(Outcome({"roads": roads}, drivable_km=848.21, notes=["甲"]), dry_run=False)
    assert lines[1] == "道路：新增 2，修改 1，未变 3，已由人确认或改过而保留 4，5 个不合理的数值留空"
    assert any("848.2 km" in line for line in lines) and lines[-1] == "注意：甲"
    assert not any("待确认" in line for line in lines)


def test_the_county_is_named(database_url: str, extract: Path) -> None:
    assert "加 --county 某某县" in run(database_url, str(extract)).stdout
    assert "--county" not in run(database_url, str(extract), "--county", "东川县").stdout
    with database.connect(database_url) as connection:
        assert settings.get(connection, "county") == "东川县"
