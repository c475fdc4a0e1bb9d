"""Villages (村庄): inhabited places with their population, as points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region

#: Inhabited places from town down; a whole country, a field's name or an islet is none.
KINDS = {"city": "seat", "town": "town", "village": "village", "hamlet": "hamlet", "isolated_dwelling": "hamlet",
         "farm": "hamlet", "suburb": "community", "quarter": "community", "neighbourhood": "community"}  # fmt: skip


def villages(extract: Extract, region: Region) -> Iterator[dict[str, Any]]:
    """Rows of layer villages for named place nodes inside the `region`; an unknown population stays None."""
    for place in extract.points("place"):
        if place.tags["place"] not in KINDS or not place.name or place.geom is None:
            continue
        if not region.touches(place.geom):
            continue
        yield {
            "code": place.code,
            "name": place.name,
            "name_zh": place.tags.get("name:zh"),
            "village_kind": KINDS[place.tags["place"]],
            "population": population(place.tags.get("population")),
            "osm_id": str(place.id),
            "geom": place.geom,
            "source": place.source,
        }


def population(text: str | None) -> int | None:
    """People as a whole number: 1 234, 1,234 and 1'234 are read; anything else is unknown, never zero."""
    digits = re.sub(r"[\s,'’]", "", text or "")
    return int(digits) if digits.isascii() and digits.isdigit() else None
