"""Reading extracts: what comes out of one, and the sentence for what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import Refused
from geodata.intake.osm import reading
from geodata.intake.osm.reading import Extract
from tests.geodata.intake.osm.sketch import Sketch


def test_a_thing_has_code_name_and_attribution_with_its_version(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.node(7, 110.5, 38.5, place="village", name="石窑村")
    (village,) = Extract(sketch.write(tmp_path)).points("place")
    assert (village.code, village.name) == ("OSM-N7", "石窑村")
    assert village.source == "© OpenStreetMap contributors, ODbL 1.0 (node/7 v1)"
    assert village.geom is not None and (village.geom.x, village.geom.y) == (110.5, 38.5)


@pytest.mark.parametrize(
    ("tags", "name"),
    [
        ({"name": "Vaduz", "name:zh": "瓦杜兹"}, "Vaduz"),
        ({"name:zh": "瓦杜兹", "name:de": "Vaduz"}, "瓦杜兹"),
        ({"name:de": "Vaduz", "name:cs": "Vaduc"}, "Vaduc"),
        ({"name": "  "}, ""),
        ({}, ""),
    ],
)
def test_the_name_on_the_spot_comes_before_any_language(tags: dict[str, str], name: str) -> None:
    assert reading.Thing("N", 1, 1, tags).name == name


def test_a_way_with_missing_nodes_keeps_its_longest_whole_run(tmp_path: Path) -> None:
    sketch = Sketch()
    nodes = [sketch.node(number, 110 + number / 1000, 38.0) for number in range(1, 7)]
    sketch.way(5, nodes, highway="residential")
    (road,) = Extract(sketch.without(2).write(tmp_path)).lines("highway")
    assert road.nodes == (3, 4, 5, 6)
    assert road.geom is not None and len(road.geom.coords) == 4


def test_a_way_with_one_node_left_is_no_line(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.way(5, [sketch.node(1, 110, 38), sketch.node(2, 110.1, 38)], highway="residential")
    assert list(Extract(sketch.without(2).write(tmp_path)).lines("highway")) == []


def test_a_closed_way_comes_as_line_and_as_area(tmp_path: Path) -> None:
    sketch = Sketch()
    sketch.square(4, 110, 38, 0.01, natural="water")
    found = list(Extract(sketch.write(tmp_path)).things("natural"))
    assert sorted((thing.is_line, thing.is_area) for thing in found) == [(False, True), (True, False)]
    assert {thing.code for thing in found} == {"OSM-W4"}


BROKEN = {
    "cut.osm": (b'<?xml version="1.0"?><osm version="0.6"><node id="1" lat="1"', "不完整"),
    "page.osm": (b"<html><body>404</body></html>", "不是 OpenStreetMap 数据"),
    "words.osm.pbf": (b"these are words and no blocks", "不是 OpenStreetMap 数据"),
    "nothing.osm.pbf": (b"", "空的"),
    "table.csv": (b"a,b\n1,2\n", "不是 OpenStreetMap 文件"),
    "past.osh.pbf": (b"history", "不是 OpenStreetMap 文件"),
    "laughs.osm": (
        b'<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY l "ha">]><osm version="0.6">'
        b'<node id="1" version="1" lat="1" lon="1"><tag k="name" v="&l;"/></node></osm>',
        "实体声明",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_extract_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    content, word = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=word) as refusal:
        list(Extract(path).things("name"))
    assert name in refusal.value.where and refusal.value.mend


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有这个文件"):
        Extract(tmp_path / "absent.osm")


def test_a_file_too_large_to_keep_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Sketch().write(tmp_path)
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(Refused, match="超过"):
        Extract(path)


def test_large_files_keep_node_positions_out_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sketch = Sketch()
    sketch.way(5, [sketch.node(1, 110, 38), sketch.node(2, 110.1, 38)], highway="residential")
    path = sketch.write(tmp_path)
    small = [road.geom for road in Extract(path).lines("highway")]
    monkeypatch.setattr(reading, "LARGE", 1)
    assert [road.geom for road in Extract(path).lines("highway")] == small != []
