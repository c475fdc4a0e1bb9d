"""The child process in which files are read: under limits, with nothing of the database in reach.

`python -m geodata.intake.reading RESULT` takes a pickled Request on its standard input and leaves a pickled answer
in the file RESULT: ("sheets", list of Sheet) or ("refused", what, where, mend).
"""

from __future__ import annotations

import importlib
import pickle
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from geodata.errors import Refused
from geodata.intake import signatures
from geodata.intake.sheets import Request, Sheet

#: The module that reads a suffix. Only that one is imported: GDAL and its tables take a second, a .csv a tenth of it.
_READERS: Mapping[str, str] = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), "geodata.intake.spreadsheets"),
    **dict.fromkeys((".csv", ".tsv", ".txt"), "geodata.intake.delimited"),
    **dict.fromkeys(signatures.FEATURES, "geodata.intake.vectors"),
}
#: Suffixes that may be the one data file of a zip.
_INSIDE = (".shp", ".geojson", ".json", ".gpkg", ".kml", ".xlsx", ".xls", ".csv", ".tab")


def read(request: Request) -> list[Sheet]:
    """Read one file, or the one data file of a zip. Raises Refused."""
    suffix = signatures.check(request.path)
    if suffix == ".zip":
        return _read_zip(request)
    reader: Callable[[Request], list[Sheet]] = importlib.import_module(_READERS[suffix]).read
    return reader(request)


def _read_zip(request: Request) -> list[Sheet]:
    with zipfile.ZipFile(request.path) as archive, tempfile.TemporaryDirectory() as folder:
        members = [m for m in archive.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
        data = [m for m in members if Path(m.filename).suffix.lower() in _INSIDE]
        if request.sheet:
            data = [m for m in data if request.sheet in (Path(m.filename).stem, Path(m.filename).name)] or data
        if len(data) != 1:
            names = [Path(m.filename).stem for m in data]
            if not names:
                raise Refused("压缩包里没有能导入的文件", request.path.name, f"可以导入 {signatures.SUPPORTED}")
            what = f"压缩包里有 {len(names)} 份数据：{'、'.join(names)}"
            raise Refused(what, request.path.name, f"用 --sheet 选一份，例如 --sheet {names[0]}")
        chosen = Path(data[0].filename)
        for member in members:
            # Only the file and what belongs to it, under its bare name: a path inside a zip leads nowhere.
            if Path(member.filename).stem == chosen.stem and Path(member.filename).parent == chosen.parent:
                (Path(folder) / Path(member.filename).name).write_bytes(archive.read(member))
        chosen_sheet = "" if request.sheet in (chosen.stem, chosen.name) else request.sheet
        return read(replace(request, path=Path(folder) / chosen.name, sheet=chosen_sheet))


def main() -> int:
    """Answer one request; every way in which reading can fail becomes a sentence."""
    request: Request = pickle.load(sys.stdin.buffer)
    answer: tuple[object, ...]
    try:
        answer = ("sheets", read(request))
    except Refused as refusal:
        answer = ("refused", refusal.what, refusal.where, refusal.mend)
    except MemoryError:
        answer = ("refused", "读它要的内存超过上限", request.path.name, "核对来源；确是数据时分成几个文件")
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
        answer = (
            "refused",
            f"读不开（{type(error).__name__}：{str(error)[:200]}）",
            request.path.name,
            "核对文件是否损坏",
        )
    with Path(sys.argv[1]).open("wb") as file:
        pickle.dump(answer, file, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
