"""The servers that are measured, each in processes of its own on a free loopback port, and ended afterwards."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from psycopg import conninfo

from config import CHECKOUT
from geodata.errors import Refused

#: Worker processes, the same for everyone.
WORKERS = os.cpu_count() or 1

NGINX = """
{user}worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    open_file_cache max=1000;
    default_type application/vnd.mapbox-vector-tile;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def refuse_without_peers() -> None:
    """Raise Refused with what to install where a peer is missing."""
    missing = [name for name in ("nginx", "wrk") if _program(name) is None]
    packages = {"nginx": "nginx-light", "wrk": "wrk"}
    how = [f"apt-get install {' '.join(packages[name] for name in missing)}"] if missing else []
    if importlib.util.find_spec("tipg") is None or importlib.util.find_spec("uvicorn") is None:
        missing.append("TiPg")
        how.append(".venv/bin/pip install -r requirements-bench.txt")
    if missing:
        raise Refused(f"没有可比较的对象：{'、'.join(missing)}", mend="请先运行：" + "；".join(how))


@contextmanager
def ours(url: str, *, cached: bool) -> Iterator[int]:
    """This application under granian, with its tile cache or without; yields the port."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.serving", url, str(port), "cached" if cached else "uncached"]
    with _running(command, {}, f"http://127.0.0.1:{port}/healthz"):
        yield port


@contextmanager
def tipg(url: str, buffer: int) -> Iterator[int]:
    """TiPg under uvicorn over the same tables, with our tiles' buffer; yields the port."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "tipg.main:app", "--port", str(port), "--workers", str(WORKERS),
               "--log-level", "warning", "--no-access-log"]  # fmt: skip
    settings = {"DATABASE_URL": _address(url), "TIPG_DB_SCHEMAS": '["layer"]', "TIPG_TILE_BUFFER": str(buffer)}
    with _running(command, settings, f"http://127.0.0.1:{port}/healthz"):
        yield port


@contextmanager
def nginx(files: Mapping[str, bytes], folder: Path) -> Iterator[int]:
    """nginx serving `files` (path → bytes) from disk; yields the port."""
    port = _free_port()
    for path, data in files.items():
        place = folder / "files" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    # As root, nginx gives its workers to another account, which the temporary folder is closed to.
    user = "user root;\n" if os.geteuid() == 0 else ""
    setting = folder / "nginx.conf"
    setting.write_text(NGINX.format(user=user, workers=WORKERS, folder=folder, port=port), encoding="ascii")
    first = next(iter(files))
    with _running([_program("nginx") or "nginx", "-c", str(setting)], {}, f"http://127.0.0.1:{port}{first}"):
        yield port


@contextmanager
def _running(command: Sequence[str], settings: Mapping[str, str], until: str) -> Iterator[None]:
    """Start a server, wait until it answers, end it afterwards. Raises Refused where it does not answer."""
    # RISKMAP_ variables of the caller must not lead elsewhere.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("RISKMAP_", "TIPG_"))} | dict(settings)
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        _wait(process, until, command)
        yield
    finally:
        process.terminate()
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _wait(process: subprocess.Popen[str], until: str, command: Sequence[str]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(until, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    said = (process.communicate()[1] or "").strip().splitlines()
    raise Refused(f"{Path(command[0]).name} {command[2]} 没有应答：{said[-1] if said else '没有输出'}")


def _program(name: str) -> str | None:
    """nginx lies in /usr/sbin, which an ordinary user's PATH may lack."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(url: str) -> str:
    """The database's address as asyncpg reads it: a socket's folder stands, quoted, where the host does."""
    parts = conninfo.conninfo_to_dict(url)
    user = quote(str(parts.get("user", "")), safe="")
    password = f":{quote(str(parts['password']), safe='')}" if parts.get("password") else ""
    host = quote(str(parts.get("host", "localhost")), safe="")
    return f"postgresql://{user}{password}@{host}:{parts.get('port', 5432)}/{quote(str(parts['dbname']), safe='')}"
