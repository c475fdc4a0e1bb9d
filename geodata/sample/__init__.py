"""示例县: an invented county, complete enough to show every part of the map."""

from __future__ import annotations

from geodata.sample.loading import load, remove

__all__ = ["load", "remove"]
