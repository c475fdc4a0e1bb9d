"""Counties side by side: every copy is whole, stands apart from the others, and its parts hang on it."""

from __future__ import annotations

import psycopg
import pytest

from geodata import sample
from geodata.errors import Refused
from geodata.sample import scale


def nothing(_sentence: str) -> None:
    """Loading tells somebody what it does; nobody listens here."""


def test_places_spread_over_a_large_country_and_never_meet() -> None:
    places = scale.offsets(1_000)
    assert len({(p.lon, p.lat) for p in places} | {(0.0, 0.0)}) == 1_000
    assert all(abs(p.lon) >= scale.STEP_LON or abs(p.lat) >= scale.STEP_LAT for p in places)
    assert 75 < 105.42 + min(p.lon for p in places) and 105.42 + max(p.lon for p in places) < 130
    assert 19 < 35.11 + min(p.lat for p in places) and 35.11 + max(p.lat for p in places) < 51


@pytest.mark.parametrize("counties", [0, 100_000])
def test_a_number_beyond_the_grid_is_refused(counties: int) -> None:
    with pytest.raises(Refused, match="县数"):
        scale.offsets(counties)


def test_three_counties_are_three_times_one(connection: psycopg.Connection) -> None:
    scale.load(connection, 3, nothing)
    for table in ("layer.mines", "layer.townships", "layer.roads", "part.chemical_sites_units",
                  "part.chemical_sites_substances", "part.flood_roads_signs"):  # fmt: skip
        rows = connection.execute(f"SELECT count(*), count(DISTINCT id) FROM {table}").fetchone()  # noqa: S608
        assert rows is not None and rows[0] == rows[1] and rows[0] % 3 == 0, table
    levels = connection.execute("SELECT level, count(*) FROM riskmap.grade WHERE layer = 'mines' GROUP BY 1").fetchall()
    assert dict(levels) == {1: 9, 2: 15, 3: 24, 4: 27, None: 6}
    stray = connection.execute(
        "SELECT count(*) FROM layer.mines AS m WHERE geom IS NOT NULL AND township_code IS DISTINCT FROM"
        " (SELECT t.code FROM layer.townships AS t WHERE ST_Intersects(t.geom, m.geom))").fetchone()  # fmt: skip
    assert stray == (0,)
    far = connection.execute(
        "SELECT count(*) FROM part.flood_roads_signs AS s JOIN layer.flood_roads AS f ON f.id = s.parent_id"
        " WHERE NOT ST_DWithin(f.geom, ST_Point(s.lon, s.lat, 4326), 0.0001)").fetchone()  # fmt: skip
    assert far == (0,)
    connection.execute("INSERT INTO layer.mines (code, name, sample) VALUES ('NEW-1', '新', true)")
    sample.remove(connection)
    assert connection.execute("SELECT count(*) FROM part.flood_roads_signs").fetchone() == (0,)
