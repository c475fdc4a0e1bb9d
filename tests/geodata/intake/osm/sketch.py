"""A sketch of a small place, written as an .osm file by the tests themselves."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

Tags = dict[str, str]


class Sketch:
    """Collects nodes, ways and relations; positions are (lon, lat); `write` makes the file."""

    def __init__(self) -> None:
        self._nodes: dict[int, tuple[float, float, Tags]] = {}
        self._ways: dict[int, tuple[list[int], Tags]] = {}
        self._relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = {}
        self._missing: set[int] = set()

    def node(self, number: int, lon: float, lat: float, **tags: str) -> int:
        self._nodes[number] = (lon, lat, _keys(tags))
        return number

    def way(self, number: int, nodes: list[int], **tags: str) -> int:
        self._ways[number] = (nodes, _keys(tags))
        return number

    def relation(self, number: int, members: list[tuple[str, int, str]], **tags: str) -> int:
        self._relations[number] = (members, _keys(tags))
        return number

    def square(self, number: int, west: float, south: float, size: float, **tags: str) -> int:
        """A closed way of four corners; its nodes are numbered from number * 10."""
        corners = [(west, south), (west + size, south), (west + size, south + size), (west, south + size)]
        nodes = [self.node(number * 10 + at, *corner) for at, corner in enumerate(corners)]
        return self.way(number, [*nodes, nodes[0]], **tags)

    def boundary(self, number: int, ways: list[int], level: int, **tags: str) -> int:
        members = [("way", way, "outer") for way in ways]
        tags |= {"type": "boundary", "boundary": "administrative", "admin_level": str(level)}
        return self.relation(number, members, **tags)

    def without(self, *nodes: int) -> Sketch:
        """Leave nodes out of the file although ways name them, as the edge of an extract does."""
        self._missing |= set(nodes)
        return self

    def write(self, folder: Path, name: str = "place.osm") -> Path:
        root = Element("osm", version="0.6", generator="test")
        for number, (lon, lat, tags) in sorted(self._nodes.items()):
            if number not in self._missing:
                _tag(SubElement(root, "node", id=str(number), version="1", lon=str(lon), lat=str(lat)), tags)
        for number, (nodes, tags) in sorted(self._ways.items()):
            way = SubElement(root, "way", id=str(number), version="2")
            for ref in nodes:
                SubElement(way, "nd", ref=str(ref))
            _tag(way, tags)
        for number, (members, tags) in sorted(self._relations.items()):
            relation = SubElement(root, "relation", id=str(number), version="3")
            for kind, ref, role in members:
                SubElement(relation, "member", type=kind, ref=str(ref), role=role)
            _tag(relation, tags)
        path = folder / name
        ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)
        return path


def _keys(tags: Tags) -> Tags:
    """Python names to OSM keys: name__zh → name:zh."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def _tag(element: Element, tags: Tags) -> None:
    for key, value in tags.items():
        SubElement(element, "tag", k=key, v=value)
