"""Files of every family, and those that lie, bomb or break: read in a confined process, or refused with a sentence."""

import io
import pickle
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import geopandas
import openpyxl
import pytest
from shapely.geometry import Point

from geodata.errors import Refused
from geodata.intake import encodings, isolation, signatures
from geodata.intake.sheets import Request, Sheet

ROWS = [["名称", "坝高(m)"], ["大沟尾矿库", "35.5"], ["小沟尾矿库", "12"]]


def read(path: Path, **said: str) -> Sheet:
    return isolation.read(Request(path, **said))[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_every_encoding(table, encoding):
    assert read(table(ROWS, encoding)).rows == ROWS


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_csv_with_every_separator(table, separator):
    assert read(table(ROWS, separator=separator)).rows == ROWS


def test_csv_in_an_encoding_that_must_be_named(table):
    path = table([["名稱"], ["體育館臺"]], "big5")
    assert read(path, encoding="big5").rows[1] == ["體育館臺"]
    with pytest.raises(Refused, match="没有“klingon”这种编码"):
        read(path, encoding="klingon")


def test_encoding_named_wrongly_says_the_line(table):
    with pytest.raises(Refused, match="第 1 行.*读不通"):
        read(table(ROWS, "gbk"), encoding="utf-8")


def test_workbook_with_dates_merges_and_two_sheets(workbook):
    path = workbook(
        {"甲": [["标题", None], ["名称", "日期"], ["大沟", date(2023, 6, 5)]], "乙": [["x"], [1]]}, {"A1:B1": "标题"}
    )
    first, second = isolation.read(Request(path))
    assert first.merged == [(0, 0, 0, 1)]
    assert first.rows[2] == ["大沟", date(2023, 6, 5)] or first.rows[2] == ["大沟", datetime(2023, 6, 5)]
    assert second.name == "乙" and second.rows == [["x"], [1]] or second.rows == [["x"], [1.0]]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp"])
def test_features_with_chinese_names(tmp_path, suffix):
    frame = geopandas.GeoDataFrame({"名称": ["大沟"]}, geometry=[Point(115.03, 42.3)], crs=4490)
    path = tmp_path / f"点{suffix}"
    frame.to_file(path)
    sheet = read(path)
    assert sheet.rows == [["名称"], ["大沟"]]
    assert (
        sheet.declared == "EPSG:4490"
        and sheet.geometries is not None
        and sheet.geometries[0] == Point(115.03, 42.3).wkb
    )


def test_shapefile_whose_gbk_nothing_announces(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"名称": ["贵溪市", "余江区"]}, geometry=[Point(117, 28), Point(117, 28.1)], crs=4490
    )
    path = tmp_path / "县.shp"
    frame.to_file(path, encoding="gbk")
    path.with_suffix(".cpg").unlink()
    dbf = bytearray(path.with_suffix(".dbf").read_bytes())
    dbf[29] = 0  # language byte: none
    path.with_suffix(".dbf").write_bytes(dbf)
    sheet = read(path)
    assert sheet.rows == [["名称"], ["贵溪市"], ["余江区"]]
    assert "gb18030" in sheet.notes[0]


def test_a_zip_holds_one_shapefile_or_asks_which(tmp_path):
    for name in ("甲", "乙"):
        geopandas.GeoDataFrame({"名称": [name]}, geometry=[Point(117, 28)], crs=4326).to_file(tmp_path / f"{name}.shp")
    with zipfile.ZipFile(tmp_path / "两个.zip", "w") as archive:
        for part in sorted(tmp_path.glob("[甲乙].*")):
            archive.write(part, f"文件夹/{part.name}")
    with pytest.raises(Refused, match="有 2 份数据.*--sheet"):
        read(tmp_path / "两个.zip")
    assert read(tmp_path / "两个.zip", sheet="乙").rows == [["名称"], ["乙"]]


def test_a_file_that_is_not_there_or_empty(tmp_path):
    with pytest.raises(Refused, match="没有这个文件"):
        read(tmp_path / "无.csv")
    (tmp_path / "空.csv").touch()
    with pytest.raises(Refused, match="文件是空的"):
        read(tmp_path / "空.csv")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "内容却是PDF"),
        ("a.xlsx", signatures.OLE + b"x" * 600, "有密码的先去掉密码"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        ("a.csv", b"PK\x03\x04" + b"\0" * 40, "损坏"),
        ("a.csv", b"\x7fELF\x02\x01\x01" + b"\0" * 40, "内容却是程序"),
        ("a.csv", b"a,b\n\0\0\0\1\2\3\xff\n", "内容却是二进制数据"),
        ("a.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "内容却是网页或 XML"),
        ("a.geojson", b'{"a": 1}', "是 JSON，但不是 GeoJSON"),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 200, "读不开"),
        ("a.shp", b"\x00\x00\x27\x0a" + b"\0" * 96, "shp 读不开"),
        ("a.doc", b"x", "不认识 .doc"),
        ("a.osm.pbf", b"x", "import-osm"),
    ],
)
def test_lies_about_type_are_named(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=says):
        read(path)


def test_a_bomb_that_says_how_large_it_is(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(signatures.LARGEST_UNPACKED // 2**24 + 1):
                member.write(b" " * 2**24)
    assert path.stat().st_size < 2**20
    with pytest.raises(Refused, match="解压后超过"):
        read(path)


def test_a_bomb_that_lies_about_its_size(tmp_path):
    path = tmp_path / "lie.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/big.xml", b" " * 2**22)
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 2**22), struct.pack("<I", 10)))
    with pytest.raises(Refused, match="声称 10 字节|损坏"):
        read(path)


def test_a_cell_beyond_measure_is_refused_by_row(tmp_path):
    path = tmp_path / "cell.csv"
    path.write_text('名称\n大沟\n"' + "字" * 1_500_000 + '"\n')
    with pytest.raises(Refused, match="第 3 行起读不通"):
        read(path)


def test_a_workbook_that_needs_more_memory_than_it_may(tmp_path):
    """A shared string of 300 MB: within the limit of what a zip may hold, beyond the memory of the reading process."""
    path = tmp_path / "memory.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _minimal_workbook(archive)
        with archive.open("xl/sharedStrings.xml", "w") as member:
            member.write(b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>')
            for _ in range(18):
                member.write(b"x" * 2**24)
            member.write(b"</t></si></sst>")
    with pytest.raises(Refused, match="内存|个字"):
        isolation.read(Request(path), memory=800 * 2**20)


def _minimal_workbook(archive: zipfile.ZipFile) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    archive.writestr(
        "_rels/.rels",
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    archive.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
    )
    archive.writestr(
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{rels}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    archive.writestr(
        "xl/worksheets/sheet1.xml",
        f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>',
    )


def test_a_result_that_carries_code_is_not_loaded(tmp_path):
    class Evil:
        def __reduce__(self):
            return (print, ("owned",))

    with pytest.raises(pickle.UnpicklingError):
        isolation._Plain(io.BytesIO(pickle.dumps(Evil()))).load()


def test_dbf_values_all_ascii_are_utf8():
    assert encodings.of_values([b"abc", b""]) == "utf-8"


# ---- real files ------------------------------------------------------------------------------------------------------


def test_the_gbk_shapefile_reads_as_chinese(real_data):
    sheet = read(next(real_data.glob("china/guixi_county_gbk_shp/*.shp")))
    assert [row[0] for row in sheet.rows[1:]] == ["贵溪市", "余江区", "月湖区"]


def test_mapinfo_in_gbk_reads_as_chinese(real_data):
    sheet = read(next(real_data.glob("china/guixi_roads_tab/*.tab")))
    assert sheet.rows[1][1] == "冶金大道" and len(sheet.rows) == 177


def test_an_old_xls_with_23_sheets(real_data):
    sheets = isolation.read(Request(next(real_data.glob("shelters/*.xls"))))
    assert len(sheets) == 23 and sheets[0].name == "總計"


def test_every_awkward_file_is_read_or_refused_with_a_sentence(real_data):
    for path in sorted((real_data / "awkward").rglob("*")):
        if path.suffix.lower() in (".shp", ".geojson", ".zip", ".kmz", ".asc", ".txt"):
            try:
                assert read(path).rows is not None
            except Refused as refusal:
                assert refusal.what and refusal.where and refusal.mend, path.name


@pytest.mark.parametrize("rows", [
    ['甲,1', '"乙,2', '丙,3'],
    ['甲,1', '"乙,2', '"丙",3'],
])  # fmt: skip
def test_a_quote_without_its_pair_swallows_no_rows(tmp_path, rows):
    path = tmp_path / "表.csv"
    path.write_text("\r\n".join(["名称,坝高", *rows]) + "\r\n", "utf-8")
    with pytest.raises(Refused, match="第 3 行.*引号"):
        read(path)


def test_quotes_in_pairs_are_read(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text('名称,坝高\r\n"甲\n号",1\r\n5" 管,2\r\n"说""好""",3\r\n', "utf-8")
    assert [row[0] for row in read(path).rows] == ["名称", "甲\n号", '5" 管', '说"好"']


def test_a_hidden_sheet_is_known_as_one(workbook):
    path = workbook({"台账": ROWS, "旧台账": ROWS})
    book = openpyxl.load_workbook(path)
    book["旧台账"].sheet_state = "hidden"
    book.save(path)
    assert [sheet.hidden for sheet in isolation.read(Request(path))] == [False, True]
