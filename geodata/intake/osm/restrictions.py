"""Turn restrictions (转弯限制) over a node or over ways, as the road graph needs them.

The relation's members are checked: a restriction that lacks its from, via or to is counted, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import psycopg

from geodata.intake.osm.reading import Extract, Thing

_KEYS = ("restriction", "restriction:conditional", "restriction:hgv", "restriction:motorcar",
         "restriction:motor_vehicle", "restriction:bus", "restriction:emergency")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restriction:
    """One forbidden (`no_…`) or only allowed (`only_…`) turn between two ways, by their OSM ids as text.

    `via_node` or `via_ways` (in driving order) is set, never both. `except_for` are vehicles to which it does not
    apply, `condition` the text after @ of a conditional one, or "hgv" … where it holds for one kind of vehicle.
    """

    code: str
    kind: str
    from_way: str
    to_way: str
    via_node: str | None
    via_ways: tuple[str, ...] | None
    except_for: str | None
    condition: str | None
    source: str


@dataclass
class Broken:
    """How many restriction relations lack a member or a kind, and so say nothing."""

    count: int = 0


def restrictions(extract: Extract, ways: set[int], broken: Broken) -> Iterator[Restriction]:
    """Restrictions that touch one of the imported `ways`; several from or to ways give one row a pair."""
    for relation in extract.relations(*_KEYS):
        if not relation.tags.get("type", "").startswith("restriction"):
            continue
        if not any(letter == "W" and ref in ways for letter, ref, _ in relation.members):
            continue
        rows = list(_rows(relation))
        broken.count += not rows
        yield from rows


def _rows(relation: Thing) -> Iterator[Restriction]:
    begin = [ref for letter, ref, role in relation.members if role == "from" and letter == "W"]
    end = [ref for letter, ref, role in relation.members if role == "to" and letter == "W"]
    nodes = [ref for letter, ref, role in relation.members if role == "via" and letter == "N"]
    ways = [ref for letter, ref, role in relation.members if role == "via" and letter == "W"]
    kinds = _kinds(relation.tags)
    # no_entry has several from ways and no_exit several to ways; both, or several via nodes, mean nothing definite.
    if not begin or not end or len(nodes) + bool(ways) != 1 or min(len(begin), len(end)) > 1:
        return
    several = len(begin) * len(end) * len(kinds) > 1
    for number, ((kind, condition), first, last) in enumerate(product(kinds, begin, end), start=1):
        yield Restriction(
            code=f"{relation.code}-{number}" if several else relation.code,
            kind=kind, from_way=str(first), to_way=str(last),
            via_node=str(nodes[0]) if nodes else None, via_ways=tuple(map(str, ways)) or None,
            except_for=relation.tags.get("except"), condition=condition, source=relation.source,
        )  # fmt: skip


def _kinds(tags: dict[str, str]) -> list[tuple[str, str | None]]:
    """(kind, condition) for each restriction tag: no_left_turn @ (Mo-Fr 07:00-09:00) → its two halves."""
    found: list[tuple[str, str | None]] = []
    for key in _KEYS:
        kind, _, condition = tags.get(key, "").partition("@")
        kind = kind.strip()
        if not kind.startswith(("no_", "only_")):
            continue
        vehicle = key.partition(":")[2].replace("conditional", "")
        found.append((kind, ", ".join(part for part in (vehicle, condition.strip(" ()")) if part) or None))
    return found


WRITE = """
INSERT INTO riskmap.turn_restriction AS t
       (code, kind, from_way, to_way, via_node, via_ways, except_for, condition, source, import_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (code) DO UPDATE
   SET kind = excluded.kind, from_way = excluded.from_way, to_way = excluded.to_way, via_node = excluded.via_node,
       via_ways = excluded.via_ways, except_for = excluded.except_for, condition = excluded.condition,
       source = excluded.source, import_id = excluded.import_id
 WHERE (t.kind, t.from_way, t.to_way, t.via_node, t.via_ways, t.except_for, t.condition, t.source) IS DISTINCT FROM
       (excluded.kind, excluded.from_way, excluded.to_way, excluded.via_node, excluded.via_ways, excluded.except_for,
        excluded.condition, excluded.source)
RETURNING (xmax = 0)
"""


def write(connection: psycopg.Connection, rows: list[Restriction], import_id: int | None) -> tuple[int, int, int]:
    """Upsert restrictions by code in the caller's transaction; answers (added, changed, unchanged)."""
    added = changed = 0
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(WRITE, (
                row.code, row.kind, row.from_way, row.to_way, row.via_node,
                list(row.via_ways) if row.via_ways else None, row.except_for, row.condition, row.source, import_id,
            ))  # fmt: skip
            answer = cursor.fetchone()
            added += answer is not None and bool(answer[0])
            changed += answer is not None and not answer[0]
    return added, changed, len(rows) - added - changed
