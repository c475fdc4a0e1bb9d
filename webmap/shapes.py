"""The outlines of the layers' icons, in one place for page and canvas: SVG paths of radius 1 around (0, 0).

Equal radius means equal area by eye: ◆ × 1.12, ▲ × 1.22, ⬢ × 1.08, ■ × 0.92.
"""

from __future__ import annotations

import math

from layers._vocabulary import Shape


def _polygon(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in points) + "Z"


def _regular(corners: int, radius: float, turn: float = -90.0, inner: float = 0.0, lower: float = 0.0) -> str:
    """A regular polygon, or a star where `inner` is the radius of its inner corners; `lower` shifts it down."""
    steps = corners * 2 if inner else corners
    points = []
    for step in range(steps):
        angle = math.radians(turn + 360.0 * step / steps)
        reach = inner if inner and step % 2 else radius
        points.append((reach * math.cos(angle), reach * math.sin(angle) + lower))
    return _polygon(points)


_DISC = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z"
_PLUS = "M-0.55 0L0.55 0M0 -0.55L0 0.55"

#: Path by shape. LINE and AREA stand in tree and legend only; on the map their geometry is drawn.
PATHS: dict[str, str] = {
    Shape.DIAMOND: _regular(4, 1.12),
    Shape.TRIANGLE: _regular(3, 1.22, lower=0.2),
    Shape.HEXAGON: _regular(6, 1.08, turn=0.0),
    Shape.SQUARE: _polygon([(-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)]),
    Shape.STAR: _regular(5, 1.1, inner=0.46),
    Shape.PLUS: _DISC + _PLUS,
    Shape.DOT: _DISC,
    Shape.PENTAGON: _regular(5, 1.1),
    Shape.DROP: "M0 -1.15C0.35 -0.6 0.85 -0.1 0.85 0.35A0.85 0.8 0 0 1 -0.85 0.35C-0.85 -0.1 -0.35 -0.6 0 -1.15Z",
    Shape.CIRCLE: _DISC,
    Shape.LINE: "M-1.2 0.5C-0.5 -0.6 0.5 -0.5 1.2 -0.3L1.2 0.1C0.5 -0.1 -0.3 -0.2 -0.9 0.8Z",
    Shape.AREA: "M-1 -0.5L0 -1L1 -0.3L0.8 0.8L-0.6 0.9Z",
}


def layer_path(shape: Shape) -> str:
    """Path of a shape; layers without one are drawn as a disc where they appear in a list."""
    return PATHS.get(shape, _DISC)
