"""Check digits and code forms that a Field names in its `check`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from decimal import Decimal

from geodata.errors import Refused

#: GB 32100-2015 Table 1: 31 characters, I O S V Z left out; the place of a character is its value.
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(value: str) -> str:
    """统一社会信用代码, GB 32100-2015: 18 characters, the last is 31 − Σ cᵢ·3^(i−1) mod 31. Raises Refused."""
    code = value.strip().upper()
    if len(code) != 18:
        raise Refused(f"统一社会信用代码“{value}”是 {len(code)} 位", mend="应是 18 位")
    strange = sorted(set(code) - set(_USCC))
    if strange:
        raise Refused(
            f"统一社会信用代码“{value}”里有 {'、'.join(strange)}", mend="字母 I、O、S、V、Z 不用，多半是 1、0、5"
        )
    total = sum(_USCC.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    expected = _USCC[(31 - total % 31) % 31]
    if code[17] != expected:
        raise Refused(f"统一社会信用代码“{value}”的校验位不对", mend=f"末位按前 17 位应是 {expected}，请核对抄写")
    return code


def cas(value: str) -> str:
    """CAS number: the last digit is Σ i·dᵢ mod 10 over the digits before it, counted from the right. Raises Refused."""
    code = value.strip().replace("—", "-").replace("–", "-").replace("－", "-")
    match = re.fullmatch(r"(\d{2,7})-(\d{2})-(\d)", code)
    if not match:
        raise Refused(f"CAS 号“{value}”的写法不对", mend="写成 7782-50-5 的样子")
    digits = (match[1] + match[2])[::-1]
    expected = sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10
    if int(match[3]) != expected:
        raise Refused(f"CAS 号“{value}”的校验位不对", mend=f"末位应是 {expected}，请核对抄写")
    return code


def supply_code(value: str) -> str:
    """应急物资编码, GB/T 38565-2020: seven digits, level 1 is 1–3, levels 2–4 are 01–99. Raises Refused."""
    code = value.strip()
    if not re.fullmatch(r"\d{7}", code):
        raise Refused(f"物资编码“{value}”不是 7 位数字", mend="按 GB/T 38565 是 1 位大类加三个两位")
    if code[0] not in "123" or "00" in (code[1:3], code[3:5], code[5:7]):
        raise Refused(f"物资编码“{value}”不在 GB/T 38565 的编码里", mend="大类是 1–3，其后各两位 01–99")
    return code


def sector(value: str) -> str:
    """A sector that riskmap.sector knows has become its code by now (store.sectors.spellings); another stays as it is
    written, because a new sector is a row that the bureau adds and no reason to refuse the site.
    """
    return value.strip()


#: R = L × S of the LS matrix, L and S each 1 to 5: no product falls between its bands.
_LS_PRODUCTS = sorted({likelihood * severity for likelihood in range(1, 6) for severity in range(1, 6)})

#: D = L × E × C of the LEC method over its standard scores: 103 products.
_LEC_PRODUCTS = sorted({
    likelihood * exposure * consequence
    for likelihood in map(Decimal, ("10", "6", "3", "1", "0.5", "0.2", "0.1"))
    for exposure in map(Decimal, ("10", "6", "3", "2", "1", "0.5"))
    for consequence in map(Decimal, ("100", "40", "15", "7", "3", "1"))
})  # fmt: skip


def ls_score(value: str) -> str:
    """R of the LS matrix: a product of two scores of 1 to 5. Raises Refused with the possible values."""
    if Decimal(value) not in _LS_PRODUCTS:
        possible = "、".join(map(str, _LS_PRODUCTS))
        raise Refused(f"LS 风险值 {value} 不是 L × S 的积（L、S 各 1–5）", mend=f"可能的值：{possible}；不知道就留空")
    return value


def lec_score(value: str) -> str:
    """D of the LEC method: a product of three standard scores. Raises Refused with the nearest possible values."""
    score = Decimal(value)
    if score not in _LEC_PRODUCTS:
        place = bisect_left(_LEC_PRODUCTS, score)
        near = "、".join(f"{product.normalize():f}" for product in _LEC_PRODUCTS[max(place - 1, 0) : place + 1])
        raise Refused(f"LEC 风险值 {value} 不是 L × E × C 标准分值的积", mend=f"最近的值：{near}；不知道就留空")
    return value


CHECKS: Mapping[str, Callable[[str], str]] = {
    "uscc": uscc, "cas": cas, "supply_code": supply_code, "sector": sector,
    "ls_score": ls_score, "lec_score": lec_score,
}  # fmt: skip
