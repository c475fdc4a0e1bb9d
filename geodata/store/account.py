"""The operating system's account under which the private cluster runs: never root."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import Unavailable

#: PostgreSQL refuses root; its Debian package makes the first of these, `nobody` exists everywhere.
ORDINARY_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who runs PostgreSQL's programs."""

    name: str
    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        """Whether it is the account of this very process."""
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command as this account with a clean working folder; output is captured, errors are not raised."""
        # LC_ALL=C: messages are read below; PG* variables of the caller must not lead elsewhere.
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))} | {"LC_ALL": "C"}
        return subprocess.run(
            command, cwd="/", env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=timeout, check=False, user=None if self.is_self else self.uid,
            group=None if self.is_self else self.gid, extra_groups=None if self.is_self else [],
        )  # fmt: skip

    def reaches(self, folder: Path) -> bool:
        """Whether this account may enter `folder`, every folder above it included."""
        return self.run(["test", "-x", str(folder)]).returncode == 0


def cluster_account() -> Account:
    """This process's own account, or as root the first ordinary account that exists."""
    if os.geteuid() != 0:
        return Account(_name(os.geteuid()), os.geteuid(), os.getegid())
    for name in ORDINARY_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise Unavailable("以 root 运行，却没有普通用户可用来运行数据库", mend="请用普通用户运行 ./riskmap")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
