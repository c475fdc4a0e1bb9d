"""The examination behind `./riskmap check`: each item answers what it found and what to do."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config import CHECKOUT, Settings
from geodata.errors import Refused
from geodata.store import binaries, database
from geodata.store import settings as stored
from webmap import vendor
from webmap.protection import is_loopback
from webmap.server import is_ready, refuse_taken_port
from webmap.session import running_database

PYTHONS = ((3, 11), (3, 13))
#: Sample, a county's data and their indexes stay below this many GB.
DISK_GIGABYTES = 2
KINDS = {"sample": "示例数据", "real": "真实数据", "empty": "没有数据"}


@dataclass(frozen=True)
class Finding:
    """One line of the answer."""

    title: str
    ok: bool
    found: str
    mend: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Examine everything, in the order in which one thing needs another."""
    yield _python()
    yield _packages(CHECKOUT / "requirements.txt")
    yield _browser_libraries()
    if settings.database_url is None:
        yield _postgresql()
        yield _disk(settings.home)
    yield from _database(settings)
    yield _address(settings)


def _python() -> Finding:
    version = sys.version_info
    (_, low), (_, high) = PYTHONS
    ok = PYTHONS[0] <= (version.major, version.minor)
    return Finding("Python", ok, f"{version.major}.{version.minor}.{version.micro}", f"需要 3.{low} 到 3.{high}")


def _packages(requirements: Path) -> Finding:
    wrong = []
    pins = [line.split("#")[0].strip() for line in requirements.read_text(encoding="utf-8").splitlines()]
    for name, _, version in (pin.partition("==") for pin in pins if pin):
        try:
            if importlib.metadata.version(name) != version:
                wrong.append(f"{name}（应为 {version}）")
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name}（没有装）")
    mend = "请删去 .venv 后运行 ./riskmap serve"
    return Finding("Python 软件包", not wrong, "、".join(wrong) or "与 requirements.txt 一致", mend)


def _browser_libraries() -> Finding:
    ok = vendor.is_current()
    found = "static/vendor 已就绪" if ok else "static/vendor 没有或已过时"
    return Finding("浏览器库", ok, found, "请运行 ./riskmap serve")


def _postgresql() -> Finding:
    found = binaries.installed()
    usable = [b for b in found if b.has_postgis]
    text = "、".join(f"{b.version}（{'有' if b.has_postgis else '没有'} PostGIS）" for b in found) or "没有找到"
    return Finding("PostgreSQL", bool(usable), text, "请运行 ./riskmap serve 安装，或设 RISKMAP_DATABASE_URL")


def _disk(home: Path) -> Finding:
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    return Finding("磁盘", free >= DISK_GIGABYTES, f"{place} 剩余 {free:.1f} GB", f"至少需要 {DISK_GIGABYTES} GB")


def _database(settings: Settings) -> Iterator[Finding]:
    """The server is started where it is not running, and stopped again."""
    if settings.database_url is None and not any(b.has_postgis for b in binaries.installed()):
        return
    try:
        with running_database(settings) as url:
            yield from _inside(url, "RISKMAP_DATABASE_URL" if settings.database_url else str(settings.home))
    except Refused as refusal:
        yield Finding("数据库", False, f"{refusal.where} {refusal.what}".strip(), refusal.mend)


def _inside(url: str, where: str) -> Iterator[Finding]:
    """What the running server holds."""
    if not database.exists(url):
        yield Finding("数据库", False, f"{where} 里还没有 riskmap 库", "请运行 ./riskmap serve")
        return
    with database.connect(url) as connection:
        server, postgis = database.versions(connection)
        yield Finding("数据库", True, f"PostgreSQL {server}（{where}）")
        yield Finding("PostGIS", bool(postgis), postgis or "没有装", "请在数据库服务器上安装 PostGIS 3")
    pending = database.pending_migrations(url)
    text = f"还有 {len(pending)} 个没有执行：{'、'.join(pending)}" if pending else "都已执行"
    yield Finding("数据表迁移", not pending, text, "请运行 ./riskmap serve")
    if not pending:
        with database.connect(url) as connection:
            yield Finding("数据", True, KINDS[stored.get(connection, "data") or "empty"])


def _address(settings: Settings) -> Finding:
    title, address = "网址", f"http://{settings.host}:{settings.port}/"
    if not is_loopback(settings.host):
        return Finding(title, False, address, "还没有账号，RISKMAP_HOST 只能是 127.0.0.1")
    try:
        refuse_taken_port(settings.host, settings.port)
    except Refused as refusal:
        # A taken port is in order when it is this very program that has it.
        if is_ready(settings.host, settings.port):
            return Finding(title, True, f"{address} 正在运行")
        return Finding(title, False, refusal.what, refusal.mend)
    return Finding(title, True, f"{address} 可用")
