"""The private PostGIS cluster: made on first use, started by the first command that needs it, stopped by the last.

Each command inside `attached` holds a shared lock on one file; whoever leaves and can have the lock alone was the last
and stops the server. The kernel drops locks of killed processes, so nothing has to be tidied after `kill -9`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geodata.errors import Unavailable
from geodata.store import tuning
from geodata.store.account import Account, cluster_account
from geodata.store.binaries import Binaries, installed
from geodata.store.location import SUPERUSER, Location, locate

#: Takes one sentence about what is being done.
Report = Callable[[str], None]
#: Half seconds to wait for the last processes of a server that was killed a moment ago; they hold its memory.
STILL_ENDING = 40
INSTALL = "Debian/Ubuntu：apt install postgresql 和与之同版本的 postgresql-版本-postgis-3；或设 RISKMAP_DATABASE_URL"


def silent(_sentence: str) -> None:
    """A report to nobody."""


@contextmanager
def attached(home: Path, report: Report = silent, durable: bool = True) -> Iterator[Location]:
    """Have the cluster of `home` running inside the block; it is stopped afterwards unless another process uses it.

    `durable` False is for tests: quick, and not safe against a power cut. Raises Unavailable with what to do.
    """
    account = cluster_account()
    location = locate(home, account)
    with _lock_file(location.home / "cluster.gate") as gate, _lock_file(location.home / "cluster.users") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        # Whoever was the last a moment ago has taken the socket's folder away.
        location = locate(home, account)
        try:
            if not is_running(location, account):
                binaries = binaries_for(location.data)
                if not location.data.exists():
                    report(f"建立数据库（PostgreSQL {binaries.version}，{location.data}）")
                    _create(location, account, binaries)
                _start(location, account, binaries, durable)
                why = f"，因为 {account.name} 进不了 {location.home}" if location.elsewhere else ""
                report(f"用户 {account.name}，数据在 {location.data}{why}")
        finally:
            fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield location
        finally:
            fcntl.flock(gate, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            if _nobody_else(users):
                _stop(location, account)


def binaries_for(data: Path) -> Binaries:
    """The newest version with PostGIS for a new cluster, or the version that made the cluster in `data`."""
    found = installed()
    if not found:
        raise Unavailable("没有找到 PostgreSQL", mend=INSTALL)
    made_by = _made_by(data)
    if made_by is None:
        usable = [b for b in found if b.has_postgis]
        if not usable:
            raise Unavailable(f"PostgreSQL {found[0].version} 没有装 PostGIS", mend=INSTALL)
        return usable[0]
    for binaries in found:
        if binaries.version == made_by:
            return binaries
    raise Unavailable(
        f"数据由 PostgreSQL {made_by} 建立，这台机器上只有 {found[0].version}，新版本不能直接打开旧数据",
        str(data),
        f"出路：1) 装回 postgresql-{made_by} 与 postgresql-{made_by}-postgis-3 即可照旧启动；"
        f"2) 两个版本都装上后用 pg_upgrade 升级；3) 把这个文件夹改名保留，重新启动后重新导入",
    )


def _made_by(data: Path) -> int | None:
    """Major version in the cluster's own PG_VERSION file; None where there is no cluster."""
    # As root the folder is readable; as another account than the owner `locate` has refused before.
    marker = data / "PG_VERSION"
    return int(marker.read_text().strip()) if marker.exists() else None


def _create(location: Location, account: Account, binaries: Binaries) -> None:
    """Run initdb beside the final place and move it there when done, so that half a cluster is never taken for one."""
    half = location.data.with_name("data.new")
    shutil.rmtree(half, ignore_errors=True)
    command = [binaries.program("initdb"), "-D", str(half), "-U", SUPERUSER, "-A", "peer", "-E", "UTF8"]
    done = account.run([*command, "--locale=C.UTF-8", "--no-instructions"])
    if done.returncode != 0:
        raise Unavailable(f"建立数据库失败：{_last_line(done.stderr)}", str(half), "请看磁盘空间与写权限")
    # Only the cluster's account and root come in, and only through the socket.
    (half / "pg_hba.conf").write_text("local all all peer map=riskmap\n")
    welcome = sorted({account.name, "root"})
    (half / "pg_ident.conf").write_text("".join(f"riskmap {who} {SUPERUSER}\n" for who in welcome))
    with (half / "postgresql.conf").open("a") as conf:
        conf.write("\ninclude 'riskmap.conf'\n")
    half.rename(location.data)


def _start(location: Location, account: Account, binaries: Binaries, durable: bool) -> None:
    """Start the server and wait until it answers; crash recovery, if it is due, happens here."""
    memory = tuning.memory_megabytes()
    settings = location.data / "riskmap.conf"
    settings.write_text(tuning.settings_text(location.sockets, durable, memory))
    settings.chmod(0o644)  # root writes it and the account reads it, whatever umask root has; the folder is 0700
    if _server_pid(location.data) is None:
        # Left by a server that was killed. Its number may by now be another program's, or a zombie's where nobody
        # collects them (a container), and either would stop the start.
        for left in (location.data / "postmaster.pid", *location.sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
    if location.log.exists() and location.log.stat().st_size > 10 * tuning.MEGABYTE:
        location.log.rename(location.log.with_suffix(".log.1"))
    command = [binaries.program("pg_ctl"), "start", "-D", str(location.data), "-l", str(location.log)]
    for _ in range(STILL_ENDING):
        done = account.run([*command, "-w", "-s", "-t", "300"], timeout=330)
        if done.returncode == 0:
            return
        said = location.log.read_text(errors="replace") if location.log.exists() else done.stderr
        if "shared memory block" not in said[-2000:]:
            break
        time.sleep(0.5)
    raise Unavailable(f"数据库没有启动：{_reason(said)}", str(location.log), "日志的最后几行说明原因")


def _stop(location: Location, account: Account) -> None:
    if is_running(location, account):
        pg_ctl = binaries_for(location.data).program("pg_ctl")
        account.run([pg_ctl, "stop", "-D", str(location.data), "-m", "fast", "-w", "-s", "-t", "60"])
    with contextlib.suppress(OSError):
        location.sockets.rmdir()


def is_running(location: Location, account: Account) -> bool:
    """Whether the cluster's server is alive and takes connections."""
    if _server_pid(location.data) is None:
        return False
    pg_ctl = binaries_for(location.data).program("pg_ctl")
    return account.run([pg_ctl, "status", "-D", str(location.data)]).returncode == 0


def _server_pid(data: Path) -> int | None:
    """The live server's process number out of postmaster.pid; None where that process is gone or is not PostgreSQL."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
        program = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return None
    return pid if os.fsencode(data) in program else None


def _lock_file(path: Path) -> IO[str]:
    try:
        return open(path, "a")
    except OSError as error:
        raise Unavailable(
            f"不能写入（{error.strerror}）", str(path), "请给出写权限，或用 RISKMAP_HOME 指定另一个文件夹"
        ) from error


def _nobody_else(users: object) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def _reason(log: str) -> str:
    """The last line of a log that says why, not the farewell after it."""
    told = [line for line in log.splitlines() if "FATAL" in line or "PANIC" in line or "ERROR" in line]
    return told[-1].strip() if told else _last_line(log)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "没有说明"
