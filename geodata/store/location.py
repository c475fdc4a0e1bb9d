"""Where the private cluster lives on disk, and where its socket does."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import Unavailable
from geodata.store.account import Account

#: sockaddr_un's path holds 108 bytes with the closing zero; the file is named `.s.PGSQL.5432`.
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"
#: The server's own administrator; not `riskmap`, which is a schema and would come first in the search path.
SUPERUSER = "riskmap_admin"
#: Where the cluster goes when the ordinary account cannot enter RISKMAP_HOME (a checkout under /root, say).
ELSEWHERE = Path("/var/lib/riskmap")


@dataclass(frozen=True)
class Location:
    """The folders of one private cluster."""

    home: Path
    data: Path
    sockets: Path
    log: Path
    #: The account cannot enter `home`, so `data` is not inside it.
    elsewhere: bool

    @property
    def url(self) -> str:
        """Address of the database `riskmap`, for `geodata.store.database.connect`."""
        return self.url_of("riskmap")

    def url_of(self, database: str) -> str:
        """Address of any database of this cluster."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.sockets}&port=5432"


def locate(home: Path, account: Account) -> Location:
    """Choose the folders for `home` and make them, owned by `account`. Raises Unavailable with the reason."""
    home = home.absolute()
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o711 if not account.is_self else 0o700)
        elsewhere = not account.is_self and not account.reaches(home)
        folder = ELSEWHERE / f"{home.parent.name}-{mark}" if elsewhere else home
        if elsewhere:
            ELSEWHERE.mkdir(exist_ok=True)
            ELSEWHERE.chmod(0o711)  # mkdir's mode would be cut by the umask
        cluster = _owned_folder(folder / "cluster" if not elsewhere else folder, account)
        sockets = _owned_folder(_runtime() / f"riskmap-{account.uid}-{mark}", account)
    except OSError as error:
        raise Unavailable(
            f"数据库的文件夹建不了（{error.strerror}）", str(error.filename or home),
            "请给出写权限，或用 RISKMAP_HOME 指定另一个文件夹",
        ) from error  # fmt: skip
    if len(os.fsencode(sockets / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        raise Unavailable(f"套接字路径超过 {LONGEST_SOCKET_PATH} 字节", str(sockets), "请把 TMPDIR 设为更短的路径")
    return Location(home, cluster / "data", sockets, cluster / "postgresql.log", elsewhere)


def _runtime() -> Path:
    """The short folder for sockets: /tmp wherever it is there, whatever long TMPDIR a caller carries."""
    return Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())


def _owned_folder(folder: Path, account: Account) -> Path:
    """Make `folder` 0700 and the account's own; refuse one that another account has put there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if found.st_uid == account.uid:
        return folder
    if found.st_uid == os.geteuid() == 0 and not folder.is_symlink() and not any(folder.iterdir()):
        os.chown(folder, account.uid, account.gid)
        return folder
    raise Unavailable(
        "这个文件夹属于另一个用户", str(folder), "请用原来的用户运行，或用 RISKMAP_HOME 指定另一个文件夹"
    )
