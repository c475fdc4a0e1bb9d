"""PostgreSQL's programs as the distribution installed them: which versions are here, and which of them has PostGIS."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

#: Debian and Ubuntu keep one folder a version: /usr/lib/postgresql/15/bin, /usr/share/postgresql/15/extension.
DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
DEBIAN_SHARE = Path("/usr/share/postgresql")


@dataclass(frozen=True, order=True)
class Binaries:
    """The programs of one major version of PostgreSQL."""

    version: int
    folder: Path
    has_postgis: bool

    def program(self, name: str) -> str:
        """Full path of one program, e.g. `initdb`."""
        return str(self.folder / name)


def installed(programs: Path = DEBIAN_PROGRAMS, share: Path = DEBIAN_SHARE) -> list[Binaries]:
    """Every server version on this machine, newest first; empty where there is none."""
    found = []
    for folder in programs.glob("*/bin"):
        if folder.parent.name.isdigit() and (folder / "initdb").exists() and (folder / "postgres").exists():
            extension = share / folder.parent.name / "extension" / "postgis.control"
            found.append(Binaries(int(folder.parent.name), folder, extension.exists()))
    if not found and programs == DEBIAN_PROGRAMS:
        found.extend(_on_path())
    return sorted(found, reverse=True)


def _on_path() -> list[Binaries]:
    """Another distribution's layout: `postgres` on the PATH with its share folder beside it."""
    program = shutil.which("postgres")
    if program is None:
        return []
    folder = Path(program).resolve().parent
    for share in (folder.parent / "share/postgresql", folder.parent / "share", folder.parent / "share/pgsql"):
        catalog = share / "postgres.bki"
        if catalog.exists():
            # The first line names the version that the catalogue is for: "# PostgreSQL 15".
            version = re.search(r"\d+", catalog.open(encoding="utf-8", errors="replace").readline())
            if version:
                return [Binaries(int(version[0]), folder, (share / "extension/postgis.control").exists())]
    return []
