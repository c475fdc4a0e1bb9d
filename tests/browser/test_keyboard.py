"""The map without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Screen

Screens = Callable[..., Screen]


def test_tab_order_begins_with_the_skip_link_and_search(screen: Screens) -> None:
    page = screen().open()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#search")).to_be_focused()


def test_next_and_previous_go_by_rank_and_escape_gives_the_focus_back(screen: Screens) -> None:
    page = screen().open()
    page.locator(".folium-map").focus()
    page.keyboard.press("]")
    expect(page.locator("#card .verdict")).to_contain_text("重大风险")
    first = page.locator("#card h2").inner_text()
    page.keyboard.press("]")
    expect(page.locator("#card h2")).not_to_have_text(first)
    page.keyboard.press("[")
    expect(page.locator("#card h2")).to_have_text(first)
    expect(page.locator("#card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator(".folium-map")).to_be_focused()


def test_enter_opens_the_nearest_and_arrows_and_signs_move_the_map(screen: Screens) -> None:
    page = screen().open()
    page.locator(".folium-map").focus()
    before = page.evaluate("location.hash")
    page.keyboard.press("+")
    page.wait_for_function("old => location.hash.split('/')[0] !== old.split('/')[0]", arg=before)
    closer = page.evaluate("location.hash")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("old => location.hash !== old", arg=closer)
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).not_to_be_empty()


def test_every_control_has_a_name_and_a_visible_focus(screen: Screens) -> None:
    page = screen().open()
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, a, input, select')]
        .filter(e => e.offsetParent && !(e.getAttribute('aria-label') || e.textContent.trim()
            || e.title || (e.labels && [...e.labels].some(l => l.textContent.trim()))))
        .map(e => e.outerHTML)""")
    assert nameless == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
