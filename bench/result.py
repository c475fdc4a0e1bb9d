"""One line of a measurement: ours beside what a user would pick instead, or a figure alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """A ratio gates (`goal` is set, `met` says whether it is kept); without a goal it is a figure."""

    name: str
    unit: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    n: int = 1

    def as_json(self) -> dict[str, Any]:
        """The result as `bench --json` writes it."""
        return asdict(self)
