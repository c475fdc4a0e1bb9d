"""Writes a layer as GeoJSON (RFC 7946): WGS 84, lon/lat, properties by field name, Parts as arrays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from layers._vocabulary import Field, Layer


def write(
    path: Path, layer: Layer, fields: tuple[Field, ...], records: Iterable[dict[str, Any]],
    parts: Mapping[str, Mapping[str, list[dict[str, Any]]]],
) -> int:  # fmt: skip
    """Write the file record by record and answer how many; `parts` is site code → Part → its rows."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "name": ' + json.dumps(layer.name) + ', "features": [')
        for record in records:
            properties = _properties(fields, record) | dict(parts.get(record["code"], {}))
            written = json.dumps(properties, ensure_ascii=False, default=_plain)
            # The geometry is GeoJSON already: it is not read and written again.
            file.write(",\n" if count else "\n")
            file.write(f'{{"type": "Feature", "geometry": {record["geojson"] or "null"}, "properties": {written}}}')
            count += 1
        file.write("\n]}\n")
    return count


def _properties(fields: tuple[Field, ...], record: dict[str, Any]) -> dict[str, Any]:
    found = {name: record[name] for name in ("code", "name", "address", "township_code", "source")}
    found["risk_level"] = record["level"]
    for field in fields:
        found[field.name] = record[field.name]
        if field.dated:
            found[f"{field.name}_since"] = record[f"{field.name}_since"]
    return found


def _plain(value: Any) -> Any:
    """JSON for what json does not know: dates as ISO 8601, exact numbers as numbers."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} in a property")
