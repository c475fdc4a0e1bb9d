"""What a file is, by its first bytes, held against what its name says; and what a zip really holds."""

from __future__ import annotations

import copy
import zipfile
import zlib
from pathlib import Path

from geodata.errors import Refused

LARGEST_FILE = 512 * 1024 * 1024
LARGEST_UNPACKED = 512 * 1024 * 1024
MOST_MEMBERS = 5_000

OLE, ZIP, SQLITE, SHP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"SQLite format 3\0", b"\x00\x00\x27\x0a"
TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
FEATURES = (".geojson", ".json", ".gpkg", ".shp", ".kml", ".kmz", ".tab", ".dxf")
SUPPORTED = "xlsx、xls、csv、geojson、gpkg、shp（或把它的几个文件打成 zip）、kml、kmz、tab、dxf"


def check(path: Path) -> str:
    """The suffix (lower case) of a file whose content is what its name says. Raises Refused."""
    suffix = path.suffix.lower()
    if not path.exists():
        raise Refused("没有这个文件", str(path), "核对路径和文件名")
    if not path.is_file():
        raise Refused("不是普通文件", str(path), "写文件的路径，不是文件夹")
    size = path.stat().st_size
    if size == 0:
        raise Refused("文件是空的", path.name, "核对是否传完整")
    if size > LARGEST_FILE:
        raise Refused(
            f"文件有 {size // 2**20} MB，最多 {LARGEST_FILE // 2**20} MB", path.name, "按乡镇或年份分成几个文件"
        )
    if suffix not in (*TABLES, *FEATURES, ".zip"):
        if suffix in (".osm", ".pbf"):
            raise Refused("OpenStreetMap 数据不用 import", path.name, "请用 ./riskmap import-osm")
        raise Refused(f"不认识 {suffix or '没有扩展名的'} 文件", path.name, f"可以导入 {SUPPORTED}")
    with path.open("rb") as file:
        head = file.read(4096)
    real = _kind(head, path)
    if not _agrees(suffix, real):
        raise Refused(f"扩展名是 {suffix}，内容却是{real or '别的东西'}", path.name, _mend(real))
    if head.startswith(ZIP):
        check_zip(path)
    return suffix


def _kind(head: bytes, path: Path) -> str:
    """The Chinese name of what the bytes are; empty for what is none of them."""
    if head.startswith(OLE):
        return "加密的或旧式 Excel"
    if head.startswith(ZIP):
        return _kind_of_zip(path)
    for magic, name in ((SQLITE, "GeoPackage/SQLite"), (SHP, "shp"), (b"%PDF", "PDF"), (b"\x89PNG", "图片"),
                        (b"\xff\xd8\xff", "图片"), (b"Rar!", "RAR 压缩包"), (b"7z\xbc\xaf", "7z 压缩包"),
                        (b"\x7fELF", "程序"), (b"MZ", "程序"), (b"\x1f\x8b", "gz 压缩包")):  # fmt: skip
        if head.startswith(magic):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"{", b"[")):
        return "JSON"
    if text.startswith(b"<"):
        return "KML" if b"<kml" in text else "网页或 XML"
    if text.startswith(b"!table"):
        return "TAB"
    return "二进制数据" if b"\0" in head and not _looks_utf16(head) else "文本"


def _looks_utf16(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 4 * min(even, odd)


def _agrees(suffix: str, real: str) -> bool:
    allowed = {
        ".xlsx": ("Excel",), ".xlsm": ("Excel",), ".xls": ("加密的或旧式 Excel",),
        ".csv": ("文本", "JSON"), ".tsv": ("文本",), ".txt": ("文本",), ".geojson": ("JSON",), ".json": ("JSON",),
        ".gpkg": ("GeoPackage/SQLite",), ".shp": ("shp",), ".kml": ("KML", "网页或 XML"), ".kmz": ("zip 压缩包",),
        ".zip": ("zip 压缩包",), ".tab": ("TAB",), ".dxf": ("文本",),
    }  # fmt: skip
    return real in allowed[suffix]


def _mend(real: str) -> str:
    if real == "加密的或旧式 Excel":
        return "有密码的先去掉密码；旧式的把扩展名改成 .xls，或另存为 .xlsx"
    if real == "网页或 XML":
        return "系统导出的“Excel”其实是网页：用表格软件打开后另存为 .xlsx"
    if real == "Excel":
        return "把扩展名改成 .xlsx"
    return "用表格软件另存为 .xlsx，或核对文件" if real else f"可以导入 {SUPPORTED}"


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            return "Excel" if "xl/workbook.xml" in archive.namelist() else "zip 压缩包"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("压缩结构损坏，打不开", path.name, "重新保存或重新下载") from error


def check_zip(path: Path) -> None:
    """Refuse a zip whose members, declared or real, unpack to too much. Members are read in pieces, none is kept."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise Refused(f"里面有 {len(members)} 个文件，太多", path.name, f"最多 {MOST_MEMBERS} 个")
            if any(member.flag_bits & 1 for member in members):
                raise Refused("有密码", path.name, "先去掉密码")
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise _too_large(path)
            left = LARGEST_UNPACKED
            for member in members:
                left -= _real_size(archive, member, left, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused("压缩结构损坏，打不开", path.name, "重新保存或重新下载") from error


def _real_size(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int, path: Path) -> int:
    """Bytes that a member really unpacks to, whatever it declares."""
    honest = copy.copy(member)
    honest.file_size = left + 1  # else reading stops at the declared size and a lie is never seen
    del honest.CRC  # the sum over what was declared is not the point here
    size = 0
    with archive.open(honest) as stream:
        while piece := stream.read(1 << 20):
            size += len(piece)
            if size > left:
                raise _too_large(path)
    if size != member.file_size:
        raise Refused(
            f"里面的“{member.filename}”声称 {member.file_size} 字节，实际 {size} 字节",
            path.name,
            "文件被改动或损坏，不导入",
        )
    return size


def _too_large(path: Path) -> Refused:
    return Refused(
        f"解压后超过 {LARGEST_UNPACKED // 2**20} MB（压缩炸弹？）", path.name, "核对来源；确是数据时分成几个文件"
    )
