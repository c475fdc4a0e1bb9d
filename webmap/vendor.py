"""The browser libraries: copied from node_modules (filled from package-lock.json) to static/vendor.

`python -m webmap.vendor` does it at set-up. Nothing that a page loads comes from another host.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENDOR = CHECKOUT / "static" / "vendor"
STAMP = "from-lock.sha256"
#: The Chinese font comes in a hundred pieces by range of characters; each page loads the few that it shows.
FONT_WEIGHTS = ("400", "500", "700")
OLD_FORMAT = re.compile(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)")


@dataclass(frozen=True)
class Library:
    """One npm package and the files of it that a browser loads."""

    package: str
    #: Folder below static/vendor.
    folder: str
    #: Pairs of a pattern inside the package and the folder it goes to.
    files: tuple[tuple[str, str], ...]


LIBRARIES = (
    Library("leaflet", "leaflet", (("dist/leaflet.js", ""), ("dist/leaflet.css", ""), ("dist/images/*.png", "images"))),
    Library("protomaps-leaflet", "protomaps-leaflet", (("dist/protomaps-leaflet.js", ""),)),
    Library(
        "@fontsource/noto-sans-sc",
        "noto-sans-sc",
        (
            *((f"{weight}.css", "") for weight in FONT_WEIGHTS),
            *((f"files/*-{weight}-normal.woff2", "files") for weight in FONT_WEIGHTS),
        ),
    ),
)


def fill(checkout: Path = CHECKOUT) -> int:
    """Copy every library into static/vendor, anew; answers how many files there are. Raises FileNotFoundError."""
    modules = checkout / "node_modules"
    vendor = checkout / "static" / "vendor"
    fresh = vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    count = sum(_copy(library, modules / library.package, fresh / library.folder) for library in LIBRARIES)
    (fresh / STAMP).write_text(lock_mark(checkout))
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return count


def _copy(library: Library, package: Path, target: Path) -> int:
    count = 0
    for pattern, folder in (*library.files, ("LICENSE*", "")):
        found = sorted(package.glob(pattern))
        if not found and pattern != "LICENSE*":
            raise FileNotFoundError(f"{library.package} has no {pattern}")
        (target / folder).mkdir(parents=True, exist_ok=True)
        for path in found:
            copied = target / folder / path.name
            if path.suffix == ".css":
                # Only woff2 is copied: every browser of the last ten years reads it.
                copied.write_text(OLD_FORMAT.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                shutil.copyfile(path, copied)
            count += 1
    return count


def lock_mark(checkout: Path = CHECKOUT) -> str:
    """Checksum of what decides the content of static/vendor: the lock file and this list."""
    digest = hashlib.sha256((checkout / "package-lock.json").read_bytes())
    digest.update(repr(LIBRARIES).encode())
    return digest.hexdigest()


def is_current(checkout: Path = CHECKOUT) -> bool:
    """Whether static/vendor was filled from the lock file as it is now."""
    stamp = checkout / "static" / "vendor" / STAMP
    return stamp.exists() and stamp.read_text() == lock_mark(checkout)


if __name__ == "__main__":
    print(f"{fill()} 个文件")
