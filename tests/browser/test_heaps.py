"""Icons that would cover each other, and the signs of sections beside them: the drawing's rules in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import Screen

Screens = Callable[..., Screen]


def ask(screen: Screens, module: str, expression: str, given: Any) -> Any:
    page = screen().open("/#12/35.107/105.42")
    return page.evaluate(f"given => import('/static/drawing/{module}.js').then(m => {expression})", given)


def symbol(name: str, x: float, y: float, r: float = 9, count: int = 1) -> dict[str, Any]:
    return {"name": name, "x": x, "y": y, "r": r, "count": count}


def test_the_last_drawn_stands_for_those_behind_it_and_counts_records(screen: Screens) -> None:
    given = [
        symbol("shelter", 100, 100), symbol("cell", 104, 100, count=7), symbol("far", 300, 100), symbol("red", 102, 103)
    ]  # fmt: skip
    drawn = ask(screen, "heaps", "m.withoutHeaps(given).map(s => [s.name, s.behind])", given)
    assert drawn == [["far", 0], ["red", 8]]


def test_every_record_is_drawn_or_counted_and_small_dots_are_never_taken_away(screen: Screens) -> None:
    given = [symbol(str(n), 100 + (n * 37) % 90, 100 + (n * 53) % 70) for n in range(120)]
    dots = [symbol(f"dot {n}", 120, 120, r=3.4) for n in range(5)]
    drawn = ask(
        screen, "heaps", "m.withoutHeaps(given).map(s => [s.name, s.count + s.behind, s.x, s.y, s.r])", dots + given
    )
    assert sum(count for _name, count, *_ in drawn) == 125
    assert [name for name, *_ in drawn if name.startswith("dot")] == [f"dot {n}" for n in range(5)]
    icons = [(x, y) for _name, _count, x, y, r in drawn if r == 9]
    near = [(a, b) for a in icons for b in icons if a < b and (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 < 14**2]
    assert near == []


def section(points: list[tuple[float, float]]) -> dict[str, Any]:
    return {"layer": {"graded": True, "state": True}, "state": "closed", "area": False,
            "parts": [[{"x": x, "y": y} for x, y in points]]}  # fmt: skip


_SPOT = "m.sectionMarks([given.section], 12, given.symbols).map(s => [s.x, s.y, Boolean(s.from)])[0]"


def test_a_closed_sign_stands_in_the_middle_slides_or_goes_out_on_a_leader(screen: Screens) -> None:
    line = section([(0, 50), (100, 50)])
    alone = ask(screen, "section_marks", _SPOT, {"section": line, "symbols": []})
    assert alone == [50, 50, False]
    x, y, led = ask(screen, "section_marks", _SPOT, {"section": line, "symbols": [symbol("site", 50, 50)]})
    assert y == 50 and abs(x - 50) > 16 and not led
    crowd = [symbol(str(n), n * 10, 50) for n in range(11)]
    x, y, led = ask(screen, "section_marks", _SPOT, {"section": line, "symbols": crowd})
    assert led and abs(y - 50) > 16
