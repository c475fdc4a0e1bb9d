"""Values that no sign, census or bridge can have are left blank: anybody may type anything into an open map."""

from __future__ import annotations

from typing import Any

from layers._vocabulary import Layer


def plausible(layer: Layer, row: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The row with numbers outside their field's declared range made None (unknown), and how many those were."""
    fields = {field.name: field for field in layer.fields}
    blanked = 0
    for name, value in row.items():
        field = fields.get(name)
        if field is None or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        low = field.least is not None and value < field.least
        high = field.most is not None and value > field.most
        if low or high:
            row[name] = None
            blanked += 1
    return row, blanked
