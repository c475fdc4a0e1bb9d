"""WHAT is on the map: the folder is the registry. Each module that does not begin with `_` declares one LAYER."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from layers._vocabulary import DeclarationError, Layer

#: Order of the layer tree; a layer that is not named here follows in alphabetical order.
TREE_ORDER = (
    "mines", "tailings_dams", "chemical_sites", "flood_roads", "other_sites", "enterprises", "shelters",
    "rescue_teams", "supply_points", "reservoirs", "dikes", "hazard_areas", "wells", "townships", "villages", "roads",
    "water",
)  # fmt: skip


def discover() -> Mapping[str, Layer]:
    """Read every layer file of this folder; refuse a file whose LAYER is missing or is named otherwise."""
    found: dict[str, Layer] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        layer = getattr(importlib.import_module(f"layers.{module.name}"), "LAYER", None)
        if not isinstance(layer, Layer) or layer.name != module.name:
            raise DeclarationError(f"layers/{module.name}.py must declare LAYER = Layer(name={module.name!r}, …)")
        found[layer.name] = layer
    rank = {name: place for place, name in enumerate(TREE_ORDER)}
    ordered = sorted(found.values(), key=lambda layer: (rank.get(layer.name, len(rank)), layer.name))
    return MappingProxyType({layer.name: layer for layer in ordered})


#: Every layer by name, in the order of the layer tree.
ALL: Mapping[str, Layer] = discover()
