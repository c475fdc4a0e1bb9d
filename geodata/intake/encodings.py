"""Which characters the bytes of a text are, where nothing announces it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from geodata.errors import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
#: What people write for --encoding, beside the names that Python knows.
_NAMES = {"ansi": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "936": "gb18030",
          "utf8": "utf-8-sig", "utf-8": "utf-8-sig", "unicode": "utf-16"}  # fmt: skip


def named(name: str) -> str:
    """Python's name of the encoding that a person means. Raises Refused."""
    plain = name.strip().lower()
    if plain in _NAMES:
        return _NAMES[plain]
    try:
        return codecs.lookup(plain).name
    except LookupError as error:
        raise Refused(f"没有“{name}”这种编码", "--encoding", "可以写 utf-8、gb18030、utf-16、big5") from error


def detect(data: bytes) -> str:
    """The encoding of a text's bytes: by its BOM, else UTF-8, UTF-16 or GB18030, whichever decodes all of it.

    Raises Refused where none does, or where the bytes are no text at all.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if b"\0" in data:
        return _utf16(data)
    for encoding in ("utf-8", "gb18030"):
        if _decodes(data, encoding):
            return encoding
    raise Refused("文字编码认不出：既不是 UTF-8 也不是 GB18030", mend="请用 --encoding 说明，例如 --encoding big5")


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """(text, encoding) of `data`, by the named encoding or a detected one. Raises Refused with the byte's place."""
    encoding = named(name) if name else detect(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"按 {encoding} 读不通", f"第 {line} 行", "换一个 --encoding，或去掉它让程序自己认") from error


def of_values(values: Iterable[bytes]) -> str:
    """The encoding of many short texts (the cells of a .dbf); utf-8 where all are ASCII."""
    joined = b"\n".join(values)
    for encoding in ("utf-8", "gb18030", "big5"):
        if _decodes(joined, encoding):
            return encoding
    return "iso-8859-1"


def _utf16(data: bytes) -> str:
    """UTF-16 without BOM, by the side on which the zero bytes of its ASCII characters stand."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 4 * others and _decodes(data, encoding):
            return encoding
    raise Refused("里面有零字节，不是文本", mend="核对文件是否损坏，或扩展名写错")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
