"""行业 Sectors with their department: the seed of the editable table riskmap.sector. A new sector is a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: code (stored), titles, department in charge, and the rule in words by which its sites get a class."""

    code: str
    title: str
    title_en: str
    department: str
    class_rule: str = "LS 或 LEC 评分；无评分时用主管部门评定的四色等级"


#: Seed rows; a bureau edits the table, never this tuple.
SECTORS = (
    Sector("mining", "矿山", "mining", "应急管理局"),
    Sector("chemicals", "危险化学品", "hazardous chemicals", "应急管理局"),
    Sector("gas", "燃气", "gas supply", "住房和城乡建设局"),
    Sector("metallurgy", "冶金", "metallurgy", "应急管理局"),
    Sector("industry", "工贸", "industry and trade", "应急管理局"),
    Sector("new_energy", "新能源", "new energy", "能源局"),
    Sector("energy_storage", "电化学储能电站", "battery storage", "能源局"),
    Sector("fireworks", "烟花爆竹", "fireworks", "应急管理局"),
    Sector("brick", "砖瓦", "brick and tile", "应急管理局"),
    Sector("grass_storage", "储草基地", "grass storage", "农牧局"),
    Sector("forage_yard", "饲草料交易点", "forage yard", "农牧局"),
    Sector("construction", "建筑施工", "construction", "住房和城乡建设局"),
    Sector("transport", "交通运输", "transport", "交通运输局"),
    Sector("ferry", "渡口码头", "ferries and piers", "交通运输局"),
    Sector("power", "电力", "electric power", "能源局"),
    Sector("special_equipment", "特种设备", "special equipment", "市场监督管理局"),
    Sector("crowded_place", "人员密集场所", "crowded places", "消防救援大队"),
    Sector("nine_small", "九小场所", "small premises", "消防救援大队"),
    Sector("e_bike", "电动自行车", "electric bicycles", "市场监督管理局"),
    Sector("alcohol_fuel", "醇基液体燃料", "alcohol-based fuel", "应急管理局"),
    Sector("ice_rink", "室内冰雪场所", "indoor ice and snow", "文化和旅游局"),
    Sector("tourism", "旅游景区", "tourism", "文化和旅游局"),
    Sector("fishery", "休闲渔业", "leisure fishing", "农业农村局"),
    Sector("cooperative", "农牧区合作社", "farm co-operatives", "农牧局"),
    Sector("farm_machinery", "农业机械", "farm machinery", "农业农村局"),
    Sector("education", "学校", "schools", "教育局"),
    Sector("health", "医疗卫生", "health care", "卫生健康委员会"),
    Sector("cold_storage", "涉氨制冷", "ammonia refrigeration", "应急管理局"),
)
