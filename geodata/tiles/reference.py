"""What of the reference layers a tile shows at which zoom: the basemap is drawn from our own roads, water, townships.

Zooms are those of 512-px tiles: the map's zoom less one.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reference:
    """A reference layer in tiles: its properties, and from which zoom each kind of record is shown.

    `rank` is the CHOICE field that tells the kind; a kind that `from_zoom` does not name is shown from `otherwise`.
    """

    properties: tuple[str, ...]
    rank: str = ""
    from_zoom: dict[str, int] = field(default_factory=dict)
    otherwise: int = 0
    simplified: bool = False


REFERENCES: dict[str, Reference] = {
    "townships": Reference(("code", "name"), simplified=True),
    "roads": Reference(
        ("class", "ref", "name", "bridge", "tunnel"), "class",
        {"national": 6, "provincial": 8, "county": 9, "township": 10, "village": 11}, 11, simplified=True,
    ),
    "water": Reference(
        ("kind", "name"), "kind", {"river": 5, "lake": 7, "branch": 8, "gully": 11}, 11, simplified=True,
    ),
    "villages": Reference(("name", "population"), otherwise=9),
}  # fmt: skip

#: Copies are made for these zooms; the copy of band 8 serves zooms 7 and 8. Beyond the last the record itself is drawn.
BANDS = (4, 6, 8, 10, 12)


def band_of(z: int) -> int | None:
    """The band that serves zoom `z`, or None where the record itself is drawn."""
    return next((band for band in BANDS if z <= band), None)


def pixel(z: int) -> float:
    """Metres (EPSG:3857) of one pixel of a 512-px tile at zoom `z`."""
    return 40075016.685578488 / (512 << z)
