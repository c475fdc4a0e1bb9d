"""The coordinate systems that a file may be in, by the names that people use, and the way from each to WGS 84.

A system is named by the user or by the file; it is never guessed. CGCS2000 is treated as equal to WGS 84 (they
differ by centimetres). Numbers are always (x, y): longitude, latitude or easting, northing, whatever the order
of the columns was. Gauss–Krüger codes: EPSG v11; CGCS2000 3° with prefix is 4488 + zone, without 4509 + zone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
from numpy.typing import NDArray

from geodata.errors import Refused
from geodata.intake import gcj02

Array = NDArray[np.float64]

_LOCAL = "该基准与 WGS 84 之间没有公开的统一参数，只换投影、不改基准，可能相差几十到一百多米；要准确请先用当地参数换算"


@dataclass(frozen=True, slots=True)
class Datum:
    """A Chinese datum with its Gauss–Krüger zones; `base3`/`base6` + zone is the EPSG code without prefix."""

    title: str
    geographic: int
    base3: int
    base6: int
    prefixed3: int
    prefixed6: int
    names: tuple[str, ...]
    #: What people write for it alone; as EPSG codes these numbers lie on other continents.
    years: tuple[str, ...]
    caveat: str = ""


DATUMS = (
    Datum("CGCS2000", 4490, 4509, 4489, 4488, 4478,
          ("cgcs2000", "国家2000", "大地2000", "2000国家大地坐标系", "国家大地2000"), ("2000",)),
    Datum("西安80", 4610, 2345, 2325, 2324, 2314,
          ("xian80", "xian1980", "西安80", "西安1980", "1980西安", "西安坐标系"), ("1980", "80"), _LOCAL),
    Datum("北京54", 4214, 2397, 21440, 2376, 21400,
          ("beijing54", "beijing1954", "北京54", "北京1954", "1954北京"), ("1954", "54"), _LOCAL),
)  # fmt: skip
_ZONES3, _ZONES6 = range(25, 46), range(13, 24)


@dataclass(frozen=True, slots=True)
class System:
    """A named system. `shift` is gcj02 or bd09; `datum` a Chinese one whose `zone` may be known; else `wkt`.

    `title` is what is stored as the position's source. `projected` is None where the numbers decide it (a datum
    is named, and rows may be in degrees or metres).
    """

    title: str
    wkt: str = ""
    shift: str = ""
    datum: Datum | None = None
    zone: int | None = None
    caveat: str = ""

    @property
    def projected(self) -> bool | None:
        """True for metres (or feet), False for degrees, None where each row's numbers decide it."""
        if self.datum is not None:
            return None
        return bool(self.wkt) and _crs(self.wkt).is_projected

    def to_wgs84(self, x: Array, y: Array) -> tuple[Array, Array]:
        """(n,) x and y of this system to (n,) lon, lat. Metres of a datum need a zone: see `zone_of`."""
        if self.shift == "gcj02":
            return gcj02.gcj_to_wgs(x, y)
        if self.shift == "bd09":
            return gcj02.bd_to_wgs(x, y)
        if self.datum is not None:
            return _from_datum(self.datum, self.zone, x, y)
        if not self.wkt:
            return np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        return _transformed(self.wkt, x, y)


WGS84 = System("WGS 84")
GCJ02 = System("GCJ-02", shift="gcj02", caveat="GCJ-02 的反算没有官方公式，只用于导入，原坐标照存")
BD09 = System("BD-09", shift="bd09", caveat="BD-09 的反算没有官方公式，只用于导入，原坐标照存")

_NAMES = {
    "wgs84": WGS84, "wgs1984": WGS84, "gps": WGS84, "crs84": WGS84,
    "gcj02": GCJ02, "gcj": GCJ02, "火星": GCJ02, "火星坐标": GCJ02, "国测局": GCJ02, "高德": GCJ02, "腾讯": GCJ02,
    "bd09": BD09, "bd09ll": BD09, "百度": BD09, "百度坐标": BD09,
}  # fmt: skip
KNOWN = "WGS84、CGCS2000、“CGCS2000 38带”、EPSG:4547、GCJ-02、BD-09、北京54、西安80"
ASK = f"文件没有说明坐标系，不猜测：请加 --crs，例如 {KNOWN}"


def named(name: str) -> System:
    """The system that a person means by `name`; raises Refused with the names that are known."""
    plain = re.sub(r"[\s\-_/,，:：()（）°'’]+", "", unicodedata.normalize("NFKC", name).lower()).removesuffix("坐标系")
    if plain in _NAMES:
        return _NAMES[plain]
    for datum in DATUMS:
        if plain in datum.years:
            return System(datum.title, datum=datum, caveat=datum.caveat)
    if code := re.fullmatch(r"(?:epsg)?(\d{4,6})", plain):
        return from_epsg(int(code[1]))
    for datum in DATUMS:
        for spelling in datum.names:
            if plain.startswith(spelling):
                return _of_datum(datum, plain.removeprefix(spelling), name)
    raise Refused(f"不认识坐标系“{name}”", "--crs", f"可以写：{KNOWN}")


def _of_datum(datum: Datum, rest: str, name: str) -> System:
    """`rest` names nothing, a zone (38, 3度带38带, gkzone38) or a central meridian (cm114, 114e)."""
    rest = re.sub(r"^(坐标系|[36三六]度(分?带)?|[36]degree|[36]deg|gausskruger|高斯(克吕格)?|gk|投影)+", "", rest)
    if not rest:
        return System(datum.title, datum=datum, caveat=datum.caveat)
    number = re.fullmatch(r"(?:第|zone|带号|cm|中央经线|中央子午线)?(\d{2,3})(?:带|号带|度带|e|度|n)?", rest)
    if number:
        value = int(number[1])
        meridian = value in range(75, 136, 3) and "带" not in rest and "zone" not in rest
        zone = value // 3 if meridian else value
        if zone in _ZONES3 or (zone in _ZONES6 and not meridian):
            return _zoned(datum, zone)
    raise Refused(
        f"坐标系“{name}”里的带号看不懂", "--crs", "写作“CGCS2000 38带”（3 度带 25–45，6 度带 13–23）或“CGCS2000 CM114”"
    )


def _zoned(datum: Datum, zone: int) -> System:
    width = 3 if zone in _ZONES3 else 6
    return System(f"{datum.title} {width}度带{zone}带", datum=datum, zone=zone, caveat=datum.caveat)


def from_epsg(code: int) -> System:
    """The system with this EPSG code; zones of the Chinese datums are recognised. Raises Refused."""
    if code in (4326, 4979):
        return WGS84
    for datum in DATUMS:
        if code == datum.geographic:
            return System(datum.title, datum=datum, caveat=datum.caveat)
        for zones, bases in ((_ZONES3, (datum.base3, datum.prefixed3)), (_ZONES6, (datum.base6, datum.prefixed6))):
            for base in bases:
                if code - base in zones:
                    return _zoned(datum, code - base)
    try:
        crs = pyproj.CRS.from_epsg(code)
    except pyproj.exceptions.CRSError as error:
        raise Refused(f"没有 EPSG:{code} 这个坐标系", "--crs", f"可以写：{KNOWN}") from error
    return System(f"EPSG:{code}", wkt=crs.to_wkt())


def of_file(text: str) -> System:
    """The system that a file declares (authority code or WKT). Raises Refused where PROJ cannot read it."""
    try:
        crs = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise Refused("文件自带的坐标系说明读不懂", mend=f"请用 --crs 说明，例如 {KNOWN}") from error
    code = crs.to_epsg(min_confidence=70)
    if code is not None:
        return from_epsg(code)
    if crs.is_geographic and "WGS 84" in crs.name:
        return WGS84
    if not (crs.is_geographic or crs.is_projected):
        raise Refused(f"文件自带的坐标系“{crs.name}”不是平面或经纬度坐标", mend=f"请用 --crs 说明，例如 {KNOWN}")
    return System(crs.name, wkt=crs.to_wkt())


def resolve(option: str, declared: str, overridable: bool) -> tuple[System, str]:
    """The system of a file and a sentence about it, from --crs (`option`) and what the file declares.

    `overridable`: the format always claims WGS 84 (GeoJSON), so an explicit --crs wins. A longitude/latitude
    claim also gives way to GCJ-02 and BD-09, which no file can declare. Raises Refused where neither names a
    system, or where both do and contradict each other.
    """
    if not option and not declared:
        raise Refused("没有坐标系", mend=ASK)
    if not declared:
        system = named(option)
        return system, system.caveat
    if not option:
        system = of_file(declared)
        return system, "；".join(filter(None, (f"按文件自带的坐标系 {system.title}", system.caveat)))
    chosen = named(option)
    if overridable:
        return chosen, chosen.caveat
    own = of_file(declared)
    if own == chosen:
        return chosen, chosen.caveat
    degrees = own == WGS84 or (own.datum is not None and own.zone is None)
    if degrees and (chosen.shift or chosen == WGS84):
        return chosen, "；".join(filter(None, (f"文件自称 {own.title}，按 --crs 作 {chosen.title}", chosen.caveat)))
    raise Refused(f"文件自带坐标系 {own.title}，--crs 却说 {chosen.title}", "--crs", "去掉 --crs，或先改正文件的 .prj")


def zone_of(system: System, easting: float) -> tuple[int, float]:
    """(zone, easting without its zone prefix) of one easting in metres; raises Refused where it is unknown."""
    prefix, plain = divmod(easting, 1_000_000)
    zone = int(prefix) if prefix else system.zone
    if zone is None:
        raise Refused("横坐标没有带号", mend=f"--crs 写明带号，例如“{system.title} 38带”")
    if zone not in _ZONES3 and zone not in _ZONES6:
        raise Refused(f"横坐标 {easting:.3f} 的带号 {zone} 不存在", mend="3 度带是 25–45，6 度带是 13–23")
    if system.zone is not None and zone != system.zone:
        raise Refused(f"横坐标 {easting:.3f} 的带号是 {zone}，--crs 说的是 {system.zone} 带", mend="改正其中之一")
    return zone, plain


def _from_datum(datum: Datum, zone: int | None, x: Array, y: Array) -> tuple[Array, Array]:
    """Degrees and metres of one datum, mixed; metres are recognised by their size."""
    lon, lat = np.array(x, dtype=float), np.array(y, dtype=float)
    metres = (np.abs(lon) > 400) | (np.abs(lat) > 400)
    zones = np.where(metres & (lon >= 1_000_000), lon // 1_000_000, zone or 0).astype(int)
    if datum.geographic != 4490 and not metres.all():
        wkt = pyproj.CRS.from_epsg(datum.geographic).to_wkt()
        lon[~metres], lat[~metres] = _transformed(wkt, lon[~metres], lat[~metres])
    for each in np.unique(zones[metres]):
        base = datum.base3 if each in _ZONES3 else datum.base6
        chosen = metres & (zones == each)
        wkt = pyproj.CRS.from_epsg(base + int(each)).to_wkt()
        lon[chosen], lat[chosen] = _transformed(wkt, lon[chosen] % 1_000_000, lat[chosen])
    return lon, lat


def _transformed(wkt: str, x: Array, y: Array) -> tuple[Array, Array]:
    lon, lat = _transformer(wkt).transform(x, y)
    return np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)


@lru_cache(maxsize=64)
def _transformer(wkt: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(_crs(wkt), "EPSG:4326", always_xy=True)


@lru_cache(maxsize=64)
def _crs(wkt: str) -> pyproj.CRS:
    return pyproj.CRS.from_wkt(wkt)
