"""How far a failed tailings dam's outflow may run: two published regressions, as a screening band.

筛查估算，不代表溃坝计算结果. Both groups of authors warn against reading a single site's distance from them. The
statement in geodata.features.standing says the same in SQL; the tests hold the two against each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunOut:
    """Released volume in 10⁶ m³ and distance along the flow path in km, by one source."""

    released: float
    distance_km: float


def rico(volume: float, height: float) -> RunOut:
    """Rico, Benito, Díez-Herrero 2008 (J. Hazard. Mater. 154:79–87). Volume in 10⁶ m³, height in m, both above 0."""
    released = 0.354 * volume**1.01
    return RunOut(released, rico_distance(height, released))


def rico_distance(height: float, released: float) -> float:
    """Rico's distance in km for a height in m and a released volume in 10⁶ m³."""
    return 1.61 * math.pow(height * released, 0.66)


def concha_larrauri_lall(volume: float, height: float) -> RunOut:
    """Concha Larrauri & Lall 2018 (Environments 5(2):28). Volume in 10⁶ m³, height in m, both above 0."""
    released = 10 ** (-0.477 + 0.954 * math.log10(volume))
    return RunOut(released, 10 ** (0.484 + 0.545 * math.log10(height * released / volume * released)))
