"""Starts the reading process and judges how it ended: a hostile file can harm that process only."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from geodata.errors import Refused
from geodata.intake.sheets import Request, Sheet

#: Address space of the reading process, its processor time, and how long it may take by the clock.
MEMORY, CPU_SECONDS, CLOCK_SECONDS = 2 * 1024**3, 120, 300
_CHECKOUT = Path(__file__).resolve().parents[2]
#: GDAL: no network, no drivers that lead to other files, one thread; OpenBLAS must not reserve memory a core.
_ENVIRONMENT = {
    "OGR_SKIP": "VRT,OGR_VRT,PostgreSQL,WFS,OAPIF,CSW,AmigoCloud,Carto,Elastic,MongoDBv3,HTTP,GMLAS",
    "GDAL_SKIP": "VRT,WMS,WMTS,WCS,HTTP,DERIVED,GTI", "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "SHAPE_ENCODING": "",
    "PYTHONUTF8": "1", "OGR_GEOJSON_MAX_OBJ_SIZE": "200",
}  # fmt: skip


def read(request: Request, memory: int = MEMORY) -> list[Sheet]:
    """Read a file in a process of its own, with `memory` bytes of address space. Raises Refused."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "sheets"
        command = [sys.executable, "-m", "geodata.intake.confined", str(memory), str(CPU_SECONDS), str(result)]
        safe = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ}
        try:
            ended = subprocess.run(
                command, input=pickle.dumps(Request(request.path.absolute(), request.encoding, request.sheet)),
                cwd=_CHECKOUT, env=safe | _ENVIRONMENT | {"TMPDIR": folder}, capture_output=True,
                timeout=CLOCK_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Refused(f"读了 {CLOCK_SECONDS} 秒还没读完", request.path.name, "分成几个文件") from error
        if ended.returncode != 0 or not result.exists():
            raise _broken(request, ended, memory)
        if result.stat().st_size > memory:
            raise Refused("内容太大", request.path.name, "分成几个文件")
        with result.open("rb") as file:
            answer = _Plain(file).load()
    if answer[0] == "refused":
        raise Refused(*answer[1:])
    sheets: list[Sheet] = answer[1]
    return sheets


def _broken(request: Request, ended: subprocess.CompletedProcess[bytes], memory: int) -> Refused:
    trace = ended.stderr.decode("utf-8", "replace")
    if ended.returncode < 0 or "MemoryError" in trace or "memory allocation" in trace or "Cannot allocate" in trace:
        reason = f"读它要的内存或时间超过上限（{memory // 2**20} MB、{CPU_SECONDS} 秒）"
        return Refused(reason, request.path.name, "核对来源；确是数据时分成几个文件，或先用表格软件另存")
    last = trace.strip().splitlines()[-1] if trace.strip() else f"退出码 {ended.returncode}"
    return Refused(f"读不开（{last[:200]}）", request.path.name, "核对文件是否损坏")


class _Plain(pickle.Unpickler):
    """Takes back only the plain things that a reader hands over: the other process may have been taken over."""

    _ALLOWED = {("geodata.intake.sheets", "Sheet"), ("datetime", "date"), ("datetime", "datetime"),
                ("datetime", "timezone"), ("datetime", "timedelta"), ("copyreg", "_reconstructor")}  # fmt: skip

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__(file)

    def find_class(self, module: str, name: str) -> Any:
        """Refuse every class that is not on the list."""
        if (module, name) not in self._ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
