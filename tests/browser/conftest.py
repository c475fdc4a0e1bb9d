"""A real server over the sample county, and the distribution's Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg import conninfo
from psycopg.conninfo import conninfo_to_dict

import layers
from config import CHECKOUT
from geodata.sample import loading
from geodata.store import database, tables

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
#: Nothing of the browser's own may go out, and there is no graphics card.
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Screen:
    """A page of the browser and what went wrong on it: foreign requests, errors on the console, bad answers."""

    page: Page
    base: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open a map address and wait for its first picture."""
        self.page.goto(self.base + path)
        self.drawn()
        return self.page

    def drawn(self) -> None:
        """Wait until the map has been drawn."""
        self.page.wait_for_selector("body[data-ready]")
        self.page.wait_for_selector("body[data-drawn]")

    def map_point(self, layer: str, name: str) -> tuple[float, float]:
        """Where a record stands on the screen, in CSS pixels, computed from the permalink and the map's size."""
        ask = "name => fetch(`/api/search?q=${encodeURIComponent(name)}`).then(r => r.json())"
        found = self.page.evaluate(ask, name)
        site = next(one for one in found["results"] if one["layer"] == layer and one["name"] == name)
        zoom, lat, lon = self.page.evaluate("location.hash.slice(1).split('&')[0].split('/').map(Number)")
        box = self.page.locator(".folium-map").bounding_box()
        assert box is not None
        x, y = (self.page.evaluate(_PROJECT, [site["lon"], site["lat"], zoom])[i]
                - self.page.evaluate(_PROJECT, [lon, lat, zoom])[i] for i in (0, 1))  # fmt: skip
        return box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y


_PROJECT = """([lon, lat, z]) => { const w = 256 * 2 ** z, s = Math.sin(lat * Math.PI / 180);
    return [(lon + 180) / 360 * w, (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)) * w]; }"""


@pytest.fixture(scope="session")
def county_url(server_url: str) -> Iterator[str]:
    """A database with the sample county in it, shared by the tests that only look."""
    name = f"riskmap_county_{uuid.uuid4().hex[:8]}"
    url = conninfo.make_conninfo(server_url, dbname=name)
    database.ensure_database(url)
    try:
        database.migrate(url)
        with database.connect(url) as connection:
            tables.reconcile(connection, layers.ALL)
            loading.load(connection, lambda _said: None)
        yield url
    finally:
        with database.connect(server_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def served(county_url: str) -> Iterator[str]:
    """Address of the real server, started as a user starts it, over the sample county."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "RISKMAP_DATABASE_URL": "postgresql:///?" + urlencode(conninfo_to_dict(county_url))}
    with subprocess.Popen(
        [sys.executable, "-m", "webmap", "serve", "--port", str(port)], cwd=CHECKOUT, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        said = ""
        while "Ctrl-C" not in said:  # the last line of a start that went well
            line = server.stdout.readline()
            assert line, said
            said += line
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium; the tests fail where there is none, since the map is what this is about."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    assert program, "Chromium is missing: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, served: str) -> Iterator[Callable[..., Screen]]:
    """Makes screens: `screen()` is a desk of 1440 × 900, `screen(phone=True)` a phone of 375 × 812.

    Afterwards nothing foreign was asked for and no error stood on any console.
    """
    made: list[tuple[Screen, Any]] = []

    def make(phone: bool = False, **options: Any) -> Screen:
        size = {"width": 375, "height": 812} if phone else {"width": 1440, "height": 900}
        given = {"viewport": size, "device_scale_factor": 2 if phone else 1, "has_touch": phone, "is_mobile": phone}
        context = chromium.new_context(**{**given, **options})
        page = context.new_page()
        one = Screen(page, served)
        page.on("request", lambda asked: _note_foreign(one, asked.url))
        page.on("console", lambda said: one.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: one.errors.append(str(error)))
        made.append((one, context))
        return one

    yield make
    for one, context in made:
        context.close()
        assert one.foreign == [], "the page asked another host"
        assert one.errors == [], "the console shows errors"


def _note_foreign(screen: Screen, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != screen.base:
        screen.foreign.append(url)
