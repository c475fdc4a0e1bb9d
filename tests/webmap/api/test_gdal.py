"""Real clients: GDAL's OAPIF and MVT drivers read what we serve."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pyogrio
import pytest

pytestmark = pytest.mark.skipif(
    not {"OAPIF", "MVT"} <= pyogrio.list_drivers().keys(), reason="this GDAL has no OAPIF or MVT driver"
)


def test_oapif_lists_the_layers(server: str) -> None:
    names = [name for name, _ in pyogrio.list_layers(f"OAPIF:{server}")]
    assert {"mines", "townships", "flood_roads"} <= set(names)


def test_oapif_reads_points_lines_and_areas(server: str) -> None:
    mines = pyogrio.read_dataframe(f"OAPIF:{server}", layer="mines")
    assert sorted(mines["code"]) == ["M-1", "M-2", "M-3"]
    assert mines.set_index("code").loc["M-2", "level"] == 1
    place = mines.set_index("code").loc["M-1", "geometry"]
    assert (round(place.x, 6), round(place.y, 6)) == (110.3, 38.3)
    assert mines.crs is not None and mines.crs.to_epsg() == 4326
    roads = pyogrio.read_dataframe(f"OAPIF:{server}", layer="flood_roads")
    assert list(roads.geom_type) == ["MultiLineString"]
    townships = pyogrio.read_dataframe(f"OAPIF:{server}", layer="townships")
    assert list(townships.geom_type) == ["MultiPolygon"] * 2


def test_oapif_pages_through_everything(server: str) -> None:
    options = {"PAGE_SIZE": "1"}
    assert len(pyogrio.read_dataframe(f"OAPIF:{server}", layer="mines", **options)) == 3


def test_oapif_asks_by_box_and_by_property(server: str) -> None:
    found = pyogrio.read_dataframe(f"OAPIF:{server}", layer="mines", bbox=(110.6, 38.1, 110.8, 38.3))
    assert list(found["code"]) == ["M-2"]
    found = pyogrio.read_dataframe(f"OAPIF:{server}", layer="mines", where="code = 'M-1'")
    assert list(found["code"]) == ["M-1"]


def test_mvt_reads_a_map_tile(server: str, tmp_path: Path) -> None:
    with urllib.request.urlopen(f"{server}/tiles/WebMercatorQuad/11/787/1651") as answer:
        (tmp_path / "787.pbf").write_bytes(answer.read())
    source = str(tmp_path / "787.pbf")
    options = {"X": "1651", "Y": "787", "Z": "11"}
    mines = pyogrio.read_dataframe(source, layer="mines", **options)
    assert list(mines["name"]) == ["大沟煤矿"] and list(mines["t"]) == ["610881001"]
    place = mines.to_crs(4326).geometry[0]
    assert (place.x, place.y) == pytest.approx((110.3, 38.3), abs=1e-4)
    assert "townships" in [name for name, _ in pyogrio.list_layers(source)]
