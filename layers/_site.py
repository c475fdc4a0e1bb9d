"""Fields that sites of many layers share: who is responsible, the permit, open major hazards."""

from __future__ import annotations

from layers._risk import ORANGE, RED, Column, Computed, Escalation, Factor, Overdue, Present, Source, When
from layers._vocabulary import Choice, Field, Kind, Part

#: Responsible persons (包保责任人, 河长, 堤长 …): a Part of any site.
PERSONS = Part(
    "persons", "责任人", "Responsible persons", key="role",
    fields=(
        Field("role", "职责", "Role", required=True, aliases=("责任类型", "责任人类别", "岗位")),
        Field("person", "姓名", "Name", aliases=("责任人", "责任人姓名")),
        Field("office", "单位及职务", "Office", aliases=("单位", "职务")),
        Field("phone", "电话", "Phone", personal=True, aliases=("联系电话", "手机", "手机号")),
        Field("from_date", "任职日期", "Since", Kind.DATE, aliases=("开始日期",)),
    ),
)  # fmt: skip

ENTERPRISE = Field("enterprise_code", "统一社会信用代码", "Unified social credit code", check="uscc",
                   aliases=("信用代码", "企业信用代码", "社会信用代码"))  # fmt: skip

MAJOR_HAZARDS = (
    Field("major_hazards_open", "未销号重大隐患", "Major hazards open", Kind.INTEGER, unit="项", least=0, most=999,
          aliases=("重大隐患数", "重大事故隐患", "未销号重大事故隐患")),
    Field("hazard_report_due", "隐患月报应报日期", "Hazard progress report due", Kind.DATE, aliases=("月报应报日期",)),
)  # fmt: skip

PERMIT = Field("permit_expires", "许可证有效期至", "Permit expires", Kind.DATE,
               aliases=("安全生产许可证有效期", "许可证有效期", "有效期至", "证书有效期"))  # fmt: skip

MONITORING = (
    Field("monitoring", "在线监测", "Online monitoring", Kind.CHOICE,
          aliases=("监测状态", "是否安装在线监测", "联网状态"),
          choices=(
              Choice("online", "在线", "online", ("已联网", "正常", "是")),
              Choice("offline", "离线", "offline", ("中断", "断线")),
              Choice("none", "未接入", "not connected", ("未联网", "未安装", "否", "无")),
          )),
    Field("monitoring_seen", "监测末次时间", "Monitoring last seen", Kind.TIME,
          aliases=("最后上传时间", "末次上线时间")),
)  # fmt: skip

STANDARDISATION = Field(
    "standardisation", "安全生产标准化", "Standardisation", Kind.CHOICE,
    aliases=("标准化等级", "标准化", "安全标准化等级"),
    choices=(
        Choice("1", "一级", "level 1", ("1级", "I级", "Ⅰ级")), Choice("2", "二级", "level 2", ("2级", "II级", "Ⅱ级")),
        Choice("3", "三级", "level 3", ("3级", "III级", "Ⅲ级")), Choice("none", "未定级", "none", ("未达标", "无")),
    ),
)  # fmt: skip

RULE_13 = "风险分级规则表 2026-11 版"

MAJOR_HAZARD_FACTORS = (
    Factor("major_hazard", "未销号重大隐患", "Major hazard open", Column("major_hazards_open"), Present(RED),
           Source(f"{RULE_13}：有未销号重大隐患即红", "design"), unit="项"),
    Factor("hazard_report_overdue", "挂牌隐患月报", "Listed hazard without monthly report",
           Overdue("hazard_report_due", settled_by="major_hazards_open"),
           Present(RED), Source(f"{RULE_13}：挂牌督办一个月未报即红", "design"), when=When("hazard_report_due")),
)  # fmt: skip

PERMIT_EXPIRED = Escalation("permit_expired", "许可证过期", "Permit expired", Overdue("permit_expires"),
                            Source(f"{RULE_13}：证照过期上调一级，最高橙", "design"), at_most=ORANGE)  # fmt: skip

MONITORING_OFFLINE = Escalation("monitoring_offline", "监测离线超过 24 小时", "Monitoring offline over 24 h",
                                Computed("monitoring_offline"),
                                Source(f"{RULE_13}：应接监测离线超过 24 小时上调一级，最高橙", "design"),
                                at_most=ORANGE)  # fmt: skip
