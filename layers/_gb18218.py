"""GB 18218-2018 危险化学品重大危险源辨识, Tables 1 to 6, every figure a Decimal.

Table 1 (85 named substances with critical quantity Q in t), Table 2 (Q by hazard category), Table 3 (β of toxic
gases), Table 4 (β by category), Table 5 (α by people outside), Table 6 (level by R). S and R are summed over the
weights 3 ÷ Q: every Q of the tables divides 3 into a finite decimal, so sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

EDITION = "GB 18218-2018"


@dataclass(frozen=True, slots=True)
class Named:
    """A row of Table 1: number, name, critical quantity in t, CAS numbers (none, one or several), aliases."""

    number: int
    name: str
    critical_t: Decimal
    cas: tuple[str, ...]
    aliases: tuple[str, ...]

    def names(self) -> tuple[str, ...]:
        """Every name that means this row: the full name, the name before its brackets, its parts, its aliases."""
        base = self.name.replace("[", "(").split("(")[0]
        return tuple(dict.fromkeys((self.name, base, *base.split(", "), *self.aliases)))


@dataclass(frozen=True, slots=True)
class Category:
    """A row of Tables 2 and 4: symbol, category in words, critical quantity in t, β."""

    symbol: str
    title: str
    critical_t: Decimal
    beta: Decimal


def _row(number: int, name: str, critical_t: str, cas: tuple[str, ...], aliases: tuple[str, ...]) -> Named:
    return Named(number, name, Decimal(critical_t), cas, aliases)


def _category(symbol: str, title: str, critical_t: str, beta: str) -> Category:
    return Category(symbol, title, Decimal(critical_t), Decimal(beta))


#: Table 1, in the standard's order. 煤气, 硝酸铵肥料 and 烷基铝 have no CAS; 硝化纤维素 has six rows of one CAS.
TABLE_1 = (
    _row(1, "氨", "10", ("7664-41-7",), ("液氨", "氨气")),
    _row(2, "二氟化氧", "1", ("7783-41-7",), ("一氧化二氟",)),
    _row(3, "二氧化氮", "1", ("10102-44-0",), ()),
    _row(4, "二氧化硫", "20", ("7446-09-5",), ("亚硫酸酐",)),
    _row(5, "氟", "1", ("7782-41-4",), ()),
    _row(6, "碳酰氯", "0.3", ("75-44-5",), ("光气",)),
    _row(7, "环氧乙烷", "10", ("75-21-8",), ("氧化乙烯",)),
    _row(8, "甲醛(含量>90%)", "5", ("50-00-0",), ("蚁醛",)),
    _row(9, "磷化氢", "1", ("7803-51-2",), ("磷化三氢", "膦")),
    _row(10, "硫化氢", "5", ("7783-06-4",), ()),
    _row(11, "氯化氢(无水)", "20", ("7647-01-0",), ()),
    _row(12, "氯", "5", ("7782-50-5",), ("液氯", "氯气")),
    _row(13, "煤气(CO, CO与H2、CH4的混合物等)", "20", (), ("煤气", "一氧化碳", "CO")),
    _row(14, "砷化氢", "1", ("7784-42-1",), ("砷化三氢", "胂")),
    _row(15, "锑化氢", "1", ("7803-52-3",), ("三氢化锑",)),
    _row(16, "硒化氢", "1", ("7783-07-5",), ()),
    _row(17, "溴甲烷", "10", ("74-83-9",), ("甲基溴",)),
    _row(18, "丙酮氰醇", "20", ("75-86-5",), ("丙酮合氰化氢",)),
    _row(19, "丙烯醛", "20", ("107-02-8",), ("烯丙醛",)),
    _row(20, "氟化氢", "1", ("7664-39-3",), ()),
    _row(21, "1-氯-2,3-环氧丙烷", "20", ("106-89-8",), ("环氧氯丙烷",)),
    _row(22, "3-溴-1,2-环氧丙烷", "20", ("3132-64-7",), ("环氧溴丙烷", "表溴醇")),
    _row(23, "甲苯二异氰酸酯", "100", ("26471-62-5",), ("TDI",)),
    _row(24, "一氯化硫", "1", ("10025-67-9",), ("氯化硫",)),
    _row(25, "氰化氢", "1", ("74-90-8",), ("无水氢氰酸",)),
    _row(26, "三氧化硫", "75", ("7446-11-9",), ("硫酸酐",)),
    _row(27, "3-氨基丙烯", "20", ("107-11-9",), ("烯丙胺",)),
    _row(28, "溴", "20", ("7726-95-6",), ("溴素",)),
    _row(29, "乙撑亚胺", "20", ("151-56-4",), ("吖丙啶", "氮丙啶")),
    _row(30, "异氰酸甲酯", "0.75", ("624-83-9",), ("甲基异氰酸酯",)),
    _row(31, "叠氮化钡", "0.5", ("18810-58-7",), ("叠氮钡",)),
    _row(32, "叠氮化铅", "0.5", ("13424-46-9",), ()),
    _row(33, "雷汞", "0.5", ("628-86-4",), ("雷酸汞",)),
    _row(34, "三硝基苯甲醚", "5", ("28653-16-9",), ("三硝基茴香醚",)),
    _row(35, "2,4,6-三硝基甲苯", "5", ("118-96-7",), ("梯恩梯", "TNT")),
    _row(36, "硝化甘油", "1", ("55-63-0",), ("甘油三硝酸酯",)),
    _row(37, "硝化纤维素[干的或含水(或乙醇)<25%]", "1", ("9004-70-0",), ("硝化棉",)),
    _row(38, "硝化纤维素(未改型的, 或增塑的, 含增塑剂<18%)", "1", ("9004-70-0",), ("硝化棉",)),
    _row(39, "硝化纤维素(含乙醇≥25%)", "10", ("9004-70-0",), ("硝化棉",)),
    _row(40, "硝化纤维素(含氮≤12.6%)", "50", ("9004-70-0",), ("硝化棉",)),
    _row(41, "硝化纤维素(含水≥25%)", "50", ("9004-70-0",), ("硝化棉",)),
    _row(42, "硝化纤维素溶液(含氮量≤12.6%, 含硝化纤维素≤55%)", "50", ("9004-70-0",), ("硝化棉溶液",)),
    _row(43, "硝酸铵(含可燃物>0.2%, 含以碳计的有机物, 不含其他添加剂)", "5", ("6484-52-2",), ()),
    _row(44, "硝酸铵(含可燃物≤0.2%)", "50", ("6484-52-2",), ()),
    _row(45, "硝酸铵肥料(含可燃物≤0.4%)", "200", (), ()),
    _row(46, "硝酸钾", "1000", ("7757-79-1",), ()),
    _row(47, "1,3-丁二烯", "5", ("106-99-0",), ("联乙烯",)),
    _row(48, "二甲醚", "50", ("115-10-6",), ("甲醚",)),
    _row(49, "甲烷, 天然气", "50", ("74-82-8", "8006-14-2"), ()),
    _row(50, "氯乙烯", "50", ("75-01-4",), ("乙烯基氯",)),
    _row(51, "氢", "5", ("1333-74-0",), ("氢气",)),
    _row(52, "液化石油气(含丙烷、丁烷及其混合物)", "50", ("68476-85-7", "74-98-6", "106-97-8"), ("LPG",)),
    _row(53, "一甲胺", "5", ("74-89-5",), ("甲胺",)),
    _row(54, "乙炔", "1", ("74-86-2",), ("电石气",)),
    _row(55, "乙烯", "50", ("74-85-1",), ()),
    _row(56, "氧(压缩的或液化的)", "200", ("7782-44-7",), ("液氧", "氧气")),
    _row(57, "苯", "50", ("71-43-2",), ("纯苯",)),
    _row(58, "苯乙烯", "500", ("100-42-5",), ("乙烯苯",)),
    _row(59, "丙酮", "500", ("67-64-1",), ("二甲基酮",)),
    _row(60, "2-丙烯腈", "50", ("107-13-1",), ("丙烯腈",)),
    _row(61, "二硫化碳", "50", ("75-15-0",), ()),
    _row(62, "环己烷", "500", ("110-82-7",), ("六氢化苯",)),
    _row(63, "1,2-环氧丙烷", "10", ("75-56-9",), ("氧化丙烯",)),
    _row(64, "甲苯", "500", ("108-88-3",), ("甲基苯",)),
    _row(65, "甲醇", "500", ("67-56-1",), ("木醇", "木精")),
    _row(66, "汽油(乙醇汽油、甲醇汽油)", "200", ("86290-81-5",), ()),
    _row(67, "乙醇", "500", ("64-17-5",), ("酒精",)),
    _row(68, "乙醚", "10", ("60-29-7",), ("二乙基醚",)),
    _row(69, "乙酸乙酯", "500", ("141-78-6",), ("醋酸乙酯",)),
    _row(70, "正己烷", "500", ("110-54-3",), ("己烷",)),
    _row(71, "过乙酸", "10", ("79-21-0",), ("过氧乙酸",)),
    _row(72, "过氧化甲基乙基酮(10%<有效氧含量≤10.7%, 含A型稀释剂≥48%)", "10", ("1338-23-4",), ()),
    _row(73, "白磷", "50", ("12185-10-3",), ("黄磷",)),
    _row(74, "烷基铝", "1", (), ("三烷基铝",)),
    _row(75, "戊硼烷", "1", ("19624-22-7",), ("五硼烷",)),
    _row(76, "过氧化钾", "20", ("17014-71-0",), ()),
    _row(77, "过氧化钠", "20", ("1313-60-6",), ("双氧化钠",)),
    _row(78, "氯酸钾", "100", ("3811-04-9",), ()),
    _row(79, "氯酸钠", "100", ("7775-09-9",), ()),
    _row(80, "发烟硝酸", "20", ("52583-42-3",), ()),
    _row(81, "硝酸(发红烟的除外, 含硝酸>70%)", "100", ("7697-37-2",), ()),
    _row(82, "硝酸胍", "50", ("506-93-4",), ("硝酸亚氨脲",)),
    _row(83, "碳化钙", "100", ("75-20-7",), ("电石",)),
    _row(84, "钾", "1", ("7440-09-7",), ("金属钾",)),
    _row(85, "钠", "10", ("7440-23-5",), ("金属钠",)),
)

#: Tables 2 and 4.
CATEGORIES = (
    _category("J1", "急性毒性类别1，气体", "5", "4"),
    _category("J2", "急性毒性类别1，固体、液体", "50", "1"),
    _category("J3", "急性毒性类别2、3，气体", "50", "2"),
    _category("J4", "急性毒性类别2、3，吸入，液体（沸点≤35℃）", "50", "2"),
    _category("J5", "急性毒性类别2，液体（J4以外）、固体", "500", "1"),
    _category("W1.1", "不稳定爆炸物、1.1项爆炸物", "1", "2"),
    _category("W1.2", "1.2、1.3、1.5、1.6项爆炸物", "10", "2"),
    _category("W1.3", "1.4项爆炸物", "50", "2"),
    _category("W2", "易燃气体类别1、2", "10", "1.5"),
    _category("W3", "气溶胶类别1、2（净重）", "150", "1"),
    _category("W4", "氧化性气体类别1", "50", "1"),
    _category("W5.1", "易燃液体类别1；类别2、3且工作温度高于沸点", "10", "1.5"),
    _category("W5.2", "易燃液体类别2、3，特殊工艺条件", "50", "1"),
    _category("W5.3", "易燃液体类别2（W5.1、W5.2以外）", "1000", "1"),
    _category("W5.4", "易燃液体类别3（W5.1、W5.2以外）", "5000", "1"),
    _category("W6.1", "自反应物质A、B型", "10", "1.5"),
    _category("W6.2", "自反应物质C、D、E型", "50", "1"),
    _category("W7.1", "有机过氧化物A、B型", "10", "1.5"),
    _category("W7.2", "有机过氧化物C、D、E、F型", "50", "1"),
    _category("W8", "自燃液体、自燃固体类别1", "50", "1"),
    _category("W9.1", "氧化性固体、液体类别1", "50", "1"),
    _category("W9.2", "氧化性固体、液体类别2、3", "200", "1"),
    _category("W10", "易燃固体类别1", "200", "1"),
    _category("W11", "遇水放出易燃气体类别1、2", "200", "1"),
)

#: Table 3: β of toxic gases by their row of Table 1 (13 is 一氧化碳 and 煤气).
TABLE_3 = {
    13: Decimal(2), 4: Decimal(2), 1: Decimal(2), 7: Decimal(2), 11: Decimal(3), 17: Decimal(3), 12: Decimal(4),
    10: Decimal(5), 20: Decimal(5), 3: Decimal(10), 25: Decimal(10), 6: Decimal(20), 9: Decimal(20), 30: Decimal(20),
}  # fmt: skip

#: β of Table 1 substances that Table 3 does not name, by their usual category. From practice, not from the standard's
#: text: editable as `chemical_sites.beta.<number>` in riskmap.rule; a category symbol in the data comes before it.
PRACTICAL_BETA = {
    **dict.fromkeys((47, 48, 49, 50, 51, 52, 53, 54, 55), Decimal("1.5")),  # W2
    **dict.fromkeys((63, 68), Decimal("1.5")),  # W5.1
    **dict.fromkeys((57, 59, 62, 64, 65, 66, 67, 69, 70), Decimal(1)),  # W5.2 to W5.4
    56: Decimal(1), 73: Decimal(1), 74: Decimal(1), 83: Decimal(1), 84: Decimal(1), 85: Decimal(1),  # W4, W8, W11
    **dict.fromkeys((35, 36, 37, 43), Decimal(2)),  # W1.x
}  # fmt: skip

#: Table 5: residents within 500 m outside the plant boundary; an edge belongs to the α that it opens.
ALPHA_EDGES = (Decimal(1), Decimal(30), Decimal(50), Decimal(100))
ALPHAS = (Decimal("0.5"), Decimal("1.0"), Decimal("1.2"), Decimal("1.5"), Decimal("2.0"))

#: Table 6: R of 三级, 二级, 一级.
LEVEL_EDGES = (Decimal(10), Decimal(50), Decimal(100))
LEVEL_TITLES = ("四级", "三级", "二级", "一级")

#: The unit is a major hazard installation where S, summed over 3 ÷ Q, reaches 3.
WEIGHT = Decimal(3)


def weight(critical_t: Decimal) -> Decimal:
    """3 ÷ Q, exact for every Q of Tables 1 and 2."""
    return WEIGHT / critical_t


#: Widths and signs that files mix in names; both readers of the tables (Python and SQL) fold them alike.
FOLD_FROM, FOLD_TO = "（），、［］【】％＞≧＜；", "(),,[][]%>≥<;"


def folded(name: str) -> str:
    """`name` as it is compared: no white space, half-width brackets and signs, lower case."""
    return "".join(name.split()).translate(str.maketrans(FOLD_FROM, FOLD_TO)).lower()
