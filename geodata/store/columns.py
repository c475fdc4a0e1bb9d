"""Which SQL column each declared field becomes."""

from __future__ import annotations

from collections.abc import Iterator

from layers._vocabulary import Field, Kind, Layer

#: SQL type of each kind of field.
SQL_TYPE = {
    Kind.TEXT: "text",
    Kind.INTEGER: "bigint",
    Kind.DECIMAL: "numeric",
    Kind.REAL: "double precision",
    Kind.DATE: "date",
    Kind.TIME: "timestamp with time zone",
    Kind.FLAG: "boolean",
    Kind.CHOICE: "text",
    Kind.BOUNDARY: "geometry(MultiPolygon,4326)",
}

#: Fixed columns that a writer may give beside the fields, and their types. Geometry comes as WKB (shapely or bytes).
WRITABLE = {
    "code": "text",
    "name": "text",
    "geom": "geometry",
    "address": "text",
    "position_source": "text",
    "position_original": "text",
    "confirmed": "boolean",
    "source": "text",
    "sample": "boolean",
}


def field_columns(fields: tuple[Field, ...]) -> Iterator[tuple[str, str]]:
    """Yield (column, SQL type) of each field; a dated field has a second column, `<field>_since`."""
    for field in fields:
        yield field.name, SQL_TYPE[field.kind]
        if field.dated:
            yield f"{field.name}_since", "date"


def writable_columns(layer: Layer) -> dict[str, str]:
    """Every column of a layer's table that a writer may give, with its SQL type."""
    return WRITABLE | dict(field_columns(layer.fields))
