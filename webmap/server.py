"""The web server: granian's workers, each with its own application and pool."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import partial

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config import Settings
from geodata.errors import Refused
from geodata.store.database import Pool
from webmap import clock, create_app

#: The web works with the rights of this role (migration 1): it reads and writes rows, and changes no table.
SERVING_ROLE = "riskmap_serving"
#: prctl's number for "send me this signal when my parent is gone" (linux/prctl.h).
PR_SET_PDEATHSIG = 1
#: Cached answers are bound by Python, so a worker a core; beyond four the database is busy first.
MOST_WORKERS = 4


def refuse_taken_port(host: str, port: int) -> None:
    """Raise Refused where another program listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise Refused(
                f"端口 {port} 用不了（{error.strerror}）", "RISKMAP_PORT", "请换一个端口，例如 --port 8001"
            ) from error


def serve(settings: Settings, url: str, token: str, when_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM. `when_ready` is called once, when every worker has its application."""
    cores = os.cpu_count() or 1
    server = Server(
        "webmap:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=min(cores, MOST_WORKERS),
        blocking_threads=2 * cores,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    )
    # granian takes a closed terminal for a wish to reload; here it ends the server, except under nohup.
    hangup = signal.getsignal(signal.SIGHUP)
    if hangup != signal.SIG_IGN:
        hangup = server.signal_handler_interrupt
    server.on_startup(partial(signal.signal, signal.SIGHUP, hangup))
    heard, tell = os.pipe()
    arguments = (heard, server.workers, (settings.host, settings.port), when_ready)
    threading.Thread(target=_wait, args=arguments, daemon=True).start()
    server.serve(target_loader=partial(_application, settings, url, token, 2 * cores, tell), wrap_loader=False)


def _application(settings: Settings, url: str, token: str, pool_size: int, tell: int) -> Flask:
    """One worker's application. A pool holds threads and sockets, so each process makes its own."""
    # Ctrl-C reaches every process of the terminal's group; the server alone hears it then, and tells its workers once.
    # (granian 2.8: a worker that gets a second signal while it stops never ends, and has to be killed after a wait.)
    os.setpgid(0, 0)
    # A worker of a killed server would hold the port against the next start.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    pool = Pool(url, pool_size, SERVING_ROLE)
    app = create_app(settings, pool, token=token)
    clock.start(pool)
    os.write(tell, b".")
    return app


def is_ready(host: str, port: int) -> bool:
    """Whether this application answers there and is ready."""
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _wait(heard: int, workers: int, address: tuple[str, int], when_ready: Callable[[], None]) -> None:
    """Sleep inside the kernel, holding no lock while the workers are forked, until each has its application.

    A worker listens only a moment later, so the address is tried until it answers.
    """
    for _ in range(workers):
        os.read(heard, 1)
    while True:
        with contextlib.suppress(OSError), socket.create_connection(address, timeout=3):
            break
        time.sleep(0.02)
    when_ready()
