"""First full view in Chromium: a million sites beside a thousand, and how many bytes the first view takes.

The view is full when ground and marks of the whole screen (1920 × 1080) are drawn; the browser's cache is empty and
the server has answered once before, on both sides. The ratio gates, milliseconds and bytes are figures.
"""

from __future__ import annotations

import logging
import shutil
import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from bench import counties
from bench.result import Result
from config import Settings
from geodata.errors import Refused
from geodata.store.database import Pool
from webmap import create_app

Report = Callable[[str], None]

MANY, FEW = 1000, 1
MOST_RATIO, MOST_BYTES = 1.5, 1_500_000
ROUNDS = 5
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_FULL = "body[data-ground][data-marks]"
_MOMENT = "Math.max(Number(document.body.dataset.ground), Number(document.body.dataset.marks))"


def run(url: str, report: Report, many: int = MANY) -> list[Result]:
    """Measure on the server of `url`, in databases of its own; the first run loads them. Raises Refused."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), "")
    if not program:
        raise Refused("没有 Chromium", mend="apt-get install chromium fonts-noto-cjk")
    places = {n: counties.ready(url, n, report) for n in (FEW, many)}
    times: dict[int, list[float]] = {n: [] for n in places}
    sizes: dict[int, list[int]] = {n: [] for n in places}
    with _served(places[FEW]) as few, _served(places[many]) as big, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        addresses = {FEW: few, many: big}
        for n in addresses:
            _view(browser, addresses[n])
        for turn in range(ROUNDS):
            report(f"第 {turn + 1}/{ROUNDS} 轮")
            for n, address in addresses.items():
                moment, size = _view(browser, address)
                times[n].append(moment)
                sizes[n].append(size)
        browser.close()
    return results(times[many], times[FEW], max(*sizes[many], *sizes[FEW]))


def results(big: list[float], small: list[float], size: int) -> list[Result]:
    """The gating ratio of the medians, and the bytes of the largest first view."""
    ours, peer = statistics.median(big), statistics.median(small)
    ratio = ours / peer
    return [
        Result("view", "ms", ours, peer, "10³ sites", ratio, f"≤ {MOST_RATIO}", ratio <= MOST_RATIO, len(big)),
        Result(
            "view bytes", "bytes", size, MOST_BYTES, "limit", size / MOST_BYTES, "≤ 1", size <= MOST_BYTES, len(big)
        ),
    ]


def _view(browser: Browser, address: str) -> tuple[float, int]:
    """Milliseconds from the request to the full view, and bytes received for it, headers included."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda said: received.append(int(said["encodedDataLength"])))
    page.goto(address)
    page.wait_for_selector(_FULL, timeout=120_000)
    moment = float(page.evaluate(_MOMENT))
    page.wait_for_load_state("networkidle")
    context.close()
    return moment, sum(received)


@contextmanager
def _served(url: str) -> Iterator[str]:
    """Address of a server over the database, on a free port of this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    pool = Pool(url, 4)
    server = make_server("127.0.0.1", 0, create_app(Settings(), pool), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        pool.close()
