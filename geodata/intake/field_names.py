"""The user's names of fields in --map, --map-value and --set: our name or the Chinese title; others are refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from geodata.errors import Refused
from geodata.intake import targets
from geodata.intake.options import Options
from geodata.intake.targets import Target
from layers._vocabulary import Layer

Known = Mapping[str, Target]


def resolved(options: Options, layer: Layer) -> Options:
    """`options` with every field by its own name, a Part's as part.field. Raises Refused with the likely ones."""
    known = _known(layer)
    return replace(
        options,
        columns={_name(name, known, "--map"): source for name, source in options.columns.items()},
        spelt={_name(name, known, "--map-value"): pairs for name, pairs in options.spelt.items()},
        fixed={_name(name, known, "--set"): value for name, value in options.fixed.items()},
    )


def _known(layer: Layer) -> dict[str, Target]:
    """Every target of the layer and, as part.field, of its Parts."""
    known = dict(targets.of_layer(layer))
    for _, part, above in layer.all_parts():
        known |= {f"{part.name}.{name}": target for name, target in targets.of_part(part, above).items()}
    return known


def _name(said: str, known: Known, option: str) -> str:
    if said in known:
        return said
    titles = {name: targets.plain(target.title) for name, target in known.items() if "." not in name}
    found = [name for name, title in titles.items() if title == targets.plain(said)]
    if len(found) == 1:
        return found[0]
    raise Refused(f"没有字段“{said}”", option, _likely(said, known, titles))


def _likely(said: str, known: Known, titles: Mapping[str, str]) -> str:
    """The three fields that are spelt or called most like it, then all of them."""

    def likeness(name: str) -> float:
        texts = (name, name.split("_")[0], titles.get(name, ""))
        return max(difflib.SequenceMatcher(None, targets.plain(said), targets.plain(text)).ratio() for text in texts)

    near = [name for name in sorted(known, key=likeness, reverse=True)[:3] if likeness(name) >= 0.5]
    every = f"可以用：{_called(known, known)}"
    return f"是不是 {_called(near, known)}；{every}" if near else every


def _called(names: Iterable[str], known: Known) -> str:
    return "、".join(f"{name}（{known[name].title}）" for name in names)
