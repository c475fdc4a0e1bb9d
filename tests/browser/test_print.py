"""A print: light, one sheet, scaled to the paper, with everything that a sheet has to say; then the screen is back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Screen

Screens = Callable[..., Screen]

#: What must be on the paper.
_SIGNS = [".brand", ".legend", ".north", ".scalebar", ".badge.sample", ".legend .sources", "#ratio", ".datatime"]
#: Notes what is on the page at the moment when the browser is told to print.
_RECORD = """() => { window.print = () => {
    const shown = selector => document.querySelector(selector).getBoundingClientRect().width > 0;
    const map = document.querySelector('.map-region').getBoundingClientRect();
    const canvas = document.querySelector('canvas.marks').getBoundingClientRect();
    const root = document.documentElement.dataset, signs = SIGNS;
    window.paper = { theme: root.theme, scale: Number(root.printing),
        zoom: Number(location.hash.slice(1).split('/')[0]), ratio: document.getElementById('ratio').textContent,
        time: getComputedStyle(document.querySelector('.datatime [data-time]'), '::after').content,
        here: signs.filter(shown),
        gone: ['.tools.desk', '.panel', '.search', '#theme'].filter(shown), map: [map.width, map.height],
        canvas: [canvas.width, canvas.height], sources: document.querySelector('.legend .sources').textContent };
}; }""".replace("SIGNS", repr(_SIGNS))


def test_the_print_button_makes_a_sheet_and_gives_the_screen_back(screen: Screens) -> None:
    page = screen().open("/#11/35.107/105.42&theme=dark")
    page.evaluate(_RECORD)
    page.click("#print")
    page.wait_for_function("() => window.paper")
    paper = page.evaluate("window.paper")
    assert paper["theme"] == "light" and paper["gone"] == []
    assert paper["here"] == _SIGNS
    assert paper["time"].startswith('"20') and "示例数据" in paper["sources"]
    assert all(abs(a - b) <= 3 for a, b in zip(paper["map"], paper["canvas"], strict=True)), "the frame is full"
    metres = 40075016.686 * 0.8181 / (256 * 2 ** paper["zoom"]) / paper["scale"]  # cos 35.107°
    assert abs(int(paper["ratio"].split(":")[1].replace(" ", "")) - metres / (0.0254 / 96)) < 2000
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("document.documentElement.dataset.printing === undefined")
    page.wait_for_timeout(200)
    zoom, lat, lon = page.evaluate("location.hash.slice(1).split('&')[0].split('/').map(Number)")
    assert zoom == 11 and abs(lat - 35.107) < 1e-4 and abs(lon - 105.42) < 1e-4


def test_the_browsers_own_print_has_the_sheet_too(screen: Screens) -> None:
    page = screen().open("/#11/35.107/105.42&theme=dark")
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
