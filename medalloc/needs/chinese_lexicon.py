"""The words of Chinese notes that state needs, and those that turn them (data only)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from medalloc.domain.needs import NeedName
from medalloc.needs.cues import Modifier

MORSE_HIGH = 45
"""Points of the Morse scale from which the risk of falling is high."""


class RuleKind(Enum):
    """How a rule knows; the probability that what it states is right."""

    ORDER = 0.97
    """An order: a nursing grade, precautions."""
    SCORE = 0.95
    """Points of a scale."""
    STATED = 0.93
    """A treatment or a state named as such."""
    FINDING = 0.85
    """A finding from which the need follows as a rule."""

    @property
    def chance(self) -> float:
        """Probability that the statement is right."""
        return float(self.value)


_PRESENT = r"但|而[^且]|现(?!症)|目前|今日|今[予改]|本次|此次|入院后"
_THIS = rf"{_PRESENT}|患者|本人|给予|予(?!以)|仍|改为?|转为|继续|需"


class Cue(Enum):
    """What turns a mention."""

    NEGATED = (
        Modifier.NEGATED,
        r"无[需须]要?|无(?![创菌论法人力意自效])|未(?![婚愈控缓脱停撤拔解定])|否认|没有|不(?:需要?|用|予|必|要|行|存在|考虑)"
        r"|暂不(?:考虑|予|需|行)*|拒绝|(?<!不能)(?<!不)(?:排除|除外)|(?<!未)停[用止]?|撤[除离]?|(?<!未)解除|取消"
        r"|(?<![能未法])脱离|拔除|拔管",
        r"阴性|未检出|未见|已停|停用|停止|已撤|撤除|撤离|解除|取消|拔除|已拔管|已排除|转阴|结束|终止",
        r"[^，,。；（(]{0,8}[（(]\s*[-－—]\s*[)）]|改(?!善)",
        _THIS,
    )
    CONDITION = (
        Modifier.HYPOTHETICAL,
        r"[如若](?![下前上常厕何意同果]|此[^时]|病毒)|如果|一旦|倘若|万一",
        None,
        r"[（(]?(?:必要时|prn)",
        _PRESENT,
        True,
    )
    HYPOTHETICAL = (
        Modifier.HYPOTHETICAL,
        r"必要时|是否|警惕|谨防|防止|预防|避免|以防|备(?!注)|可能|不[除排][外除]|待(?!产)|考虑(?!为)|建议评估|风险",
        r"备用|待排|待查|可能|[？?]",
        None,
        _THIS,
    )
    HISTORICAL = (
        Modifier.HISTORICAL,
        r"既往|曾经?|以往|[\d一二三四五六七八九十两数半]+\s*余?(?:年|个?月|周|天|日|小时)前|上次|陈旧性?|入院前|术中|由(?!于)|外院",
        None,
        r"病史|史|后(?:状态|恢复)|转出|已愈|治愈",
        _THIS,
        True,
    )
    OTHER_PERSON = (
        Modifier.OTHER_PERSON,
        r"(?:家属|其?父亲?|其?母亲?|妻子|丈夫|儿子|女儿|[哥弟姐妹]{1,2}|配偶|爱人|同事|家人|奶奶|爷爷"
        r"|(?:同室|同病房|[邻隔]床)(?:患者|患儿|病友)?)(?!诉|述|称|代|告|要求|表示|签|拒|同意|陪|发现|在|搀|协|送|不)",
        None,
        r"家族史",
        _THIS,
        True,
    )

    def __init__(
        self, modifier: Modifier, before: str, after: str | None, behind: str | None, back: str, to_end: bool = False
    ) -> None:
        self.modifier = modifier
        self.before = re.compile(before)
        """It stands before what it turns."""
        self.after = re.compile(after) if after else None
        """It stands after it in the same clause."""
        self.behind = re.compile(behind, re.IGNORECASE) if behind else None
        """It stands right behind it."""
        self.back = re.compile(back)
        """It stands between the cue and a mention that the cue does not turn."""
        self.to_end = to_end
        """Whether it reaches to the end of the sentence, and not of its clause."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule: what matches states the value of the need."""

    name: NeedName
    value: str
    kind: RuleKind
    pattern: re.Pattern[str]
    ignores: frozenset[Modifier] = frozenset()
    """Modifiers that do not turn it: dementia in the past is dementia now."""
    is_score: bool = False
    """The first group is points of the Morse scale."""


_LASTING = frozenset({Modifier.HISTORICAL})
_ORDER, _STATED, _FINDING = RuleKind.ORDER, RuleKind.STATED, RuleKind.FINDING


def _entry(name: NeedName, value: str, kind: RuleKind, pattern: str, *, lasting: bool = False) -> Entry:
    return Entry(name, value, kind, re.compile(pattern, re.IGNORECASE), _LASTING if lasting else frozenset())


def _organism(value: str, pattern: str) -> Entry:
    return _entry(NeedName.ORGANISM, value, _FINDING, rf"(?:{pattern})(?!疫苗|抗体|接种|菌素)")


_DEPARTMENTS = {
    "general_medicine": "普通内科|综合内科|大内科",
    "acute_medicine": "急诊内科",
    "respiratory": "呼吸(?:与危重症医学|内)?科",
    "cardiology": "心(?:脏|血管)?内科|心血管科",
    "gastroenterology": "消化内?科|肝病科",
    "renal": "肾(?:脏)?[内病]科",
    "endocrinology": "内分泌(?:代谢)?科",
    "neurology": "神经内科",
    "stroke": "卒中(?:中心|单元|病房)",
    "geriatrics": "老年(?:医学|病)?科",
    "haematology_oncology": "血液(?:肿瘤|内|病)?科|肿瘤内?科",
    "infectious_diseases": "感染(?:性疾病|病)?科|传染科",
    "general_surgery": "普(?:通)?外科|胃肠外科|肝胆外科",
    "vascular": "血管外科",
    "urology": "泌尿外科",
    "orthopaedics": "骨外?科",
    "ent": "耳鼻咽?喉(?:头颈外)?科",
    "gynaecology": "妇科",
    "obstetrics": "妇?产科",
    "paediatrics": "儿科",
    "psychiatry": "精神(?:心理)?科|心理科",
    "critical_care": "重症医学科",
}
"""Names of departments in Chinese hospitals, by specialty; asked for advice or seen before, they say nothing."""


def _department(specialty: str, names: str) -> Entry:
    asked = r"(?<![请邀约由自])(?<!转出)(?<!来自)"
    return _entry(
        NeedName.SPECIALTY,
        specialty,
        _STATED,
        rf"{asked}(?:{names})(?!会诊|门诊|随访|随诊|就诊|急诊|主任|教授|医[师生])",
    )


ENTRIES: tuple[Entry, ...] = (
    *(_department(specialty, names) for specialty, names in _DEPARTMENTS.items()),
    _entry(NeedName.ACUITY, "1", _ORDER, r"特级护理|特护(?!理)"),
    _entry(NeedName.ACUITY, "2", _ORDER, r"(?:一|Ⅰ|I|1)级护理"),
    _entry(NeedName.ACUITY, "3", _ORDER, r"(?:二|Ⅱ|II|2)级护理"),
    _entry(NeedName.ACUITY, "4", _ORDER, r"(?:三|Ⅲ|III|3)级护理"),
    _entry(NeedName.ACUITY, "1", _FINDING, r"病危|病情危重"),
    _entry(NeedName.ACUITY, "2", _FINDING, r"病重|病情较重"),
    _entry(NeedName.LEVEL, "icu", _STATED,
           r"(?<!由)(?:转|入|收|送|返)(?!出)[入住至往回到]?\s*(?:[ERSN]?ICU|CCU|重症(?:监护|医学))"),
    _entry(NeedName.LEVEL, "hdu", _STATED, r"HDU|高依赖病房|过渡(?:监护)?病房|亚重症"),
    _entry(NeedName.LEVEL, "icu", _FINDING, r"特级护理"),
    _entry(NeedName.LEVEL, "ward", _FINDING, r"(?:二|Ⅱ|II|2|三|Ⅲ|III|3)级护理"),
    _entry(NeedName.ISOLATION, "airborne", _ORDER, r"空气(?:传播)?隔离|负压(?:隔离)?(?:病房|病室|单间|房间)"),
    _entry(NeedName.ISOLATION, "droplet", _ORDER, r"飞沫(?:传播)?隔离"),
    _entry(NeedName.ISOLATION, "contact", _ORDER, r"接触(?:性|传播)?隔离|床[旁边](?:接触)?隔离|消化道隔离"),
    _entry(NeedName.ISOLATION, "protective", _ORDER, r"保护性隔离|反向隔离|层流(?:病房|床|室)"),
    _entry(NeedName.NEGATIVE_PRESSURE, "yes", _ORDER, r"负压(?:隔离)?(?:病房|病室|单间|房间)"),
    _organism("C. difficile", r"艰难梭(?:状芽孢杆)?菌|\bCDI\b"),
    _organism("CPE", r"耐碳青霉烯类?\S{0,8}菌|CRE(?![a-z])|CPE|CRKP|产碳青霉烯酶"),
    _organism("influenza A", r"甲型流感|甲流"),
    _organism("M. tuberculosis", r"肺结核|结核分枝杆菌|抗酸染色阳性|抗酸杆菌"),
    _organism("measles", r"麻疹"),
    _organism("MRSA", r"MRSA|耐甲氧西林金(?:黄色)?葡(?:萄球)?菌?"),
    _organism("norovirus", r"诺如病毒"),
    _organism("rotavirus", r"轮状病毒"),
    _organism("RSV", r"呼吸道合胞病毒|RSV"),
    _organism("SARS-CoV-2", r"(?:新冠|新型冠状)(?:病毒)?(?:核酸|抗原)?(?:检测)?(?:阳性|感染|肺炎)|COVID-?19"),
    _organism("VRE", r"VRE|耐万古霉素肠球菌"),
    _organism("varicella zoster", r"水痘|播散性带状疱疹"),
    _entry(NeedName.OXYGEN, "no", _STATED, r"未吸氧(?:状态|下)|不吸氧|自然空气|室内空气|呼吸空气|停氧|(?<!脱)离氧"),
    _entry(NeedName.OXYGEN, "yes", _STATED,
           r"吸氧|氧疗|[给供输]氧|储氧面罩|文丘里|高流量(?:湿化)?(?:氧|鼻导管)|氧流量|鼻导管"),
    _entry(NeedName.NIV, "yes", _STATED,
           r"无创(?:正压|辅助|机械|双水平)*(?:通气|呼吸机?)|BI-?PAP|CPAP|\bNIV\b"),
    _entry(NeedName.VENTILATOR, "yes", _STATED,
           r"(?<!无创)(?<!无创辅助)(?<!无创正压)(?:呼吸机|机械通气)(?!相关)|有创(?:机械)?通气|(?:气管|经[口鼻])插管(?!史)"),
    _entry(NeedName.DIALYSIS, "yes", _STATED,
           r"(?:规律|维持性)(?:行|血液|腹膜)*透析", lasting=True),
    _entry(NeedName.DIALYSIS, "yes", _STATED,
           r"(?:血液|腹膜)?透析(?!液|管|机)|血透|腹透|CRRT|CVVHD?F?|血液滤过"),
    _entry(NeedName.TELEMETRY, "yes", _STATED, r"心电(?:监[护测]|遥测)|遥测|心电、?血氧监[护测]"),
    _entry(NeedName.SUCTION, "yes", _STATED, r"吸痰|负压吸引"),
    Entry(NeedName.FALLS, "yes", RuleKind.SCORE, re.compile(r"Morse\D{0,8}(\d{1,3})(?!\d)", re.IGNORECASE),
          frozenset({Modifier.HYPOTHETICAL}), is_score=True),
    Entry(NeedName.FALLS, "yes", _STATED,
          re.compile(r"(?:跌倒|坠床)[^，,。无非]{0,10}(?:高风险|高危|极高|高度)|高危(?:跌倒|坠床)|跌倒高"),
          frozenset({Modifier.HYPOTHETICAL})),
    _entry(NeedName.FALLS, "no", _STATED, r"(?:跌倒|坠床)[^，,。]{0,8}(?:低风险|低危)"),
    _entry(NeedName.COGNITION, "delirium", _STATED, r"谵妄|CAM(?:-ICU)?\s*(?:评[分估])?\s*阳性"),
    _entry(NeedName.COGNITION, "dementia", _STATED,
           r"痴呆|阿尔茨海默|认知(?:功能)?(?:障碍|损害)", lasting=True),
    _entry(NeedName.ONE_TO_ONE, "yes", _ORDER,
           r"专人(?:24小时)?(?:陪护|看护|守护|陪伴|护理)|(?:一对一|1[:：]1)(?:专人)?(?:护理|看护|陪护)|设专人"),
    _entry(NeedName.MOBILITY, "bed_bound", _ORDER, r"(?:绝对|严格)卧床"),
    _entry(NeedName.MOBILITY, "bed_bound", _STATED, r"长期卧床|卧床(?:休息|不起|状态)|完全不能活动"),
    _entry(NeedName.MOBILITY, "independent", _FINDING, r"活动自如|行走自如|独立行走|自行下床活动|生活自理"),
    _entry(NeedName.END_OF_LIFE, "yes", _STATED,
           r"临终(?:关怀|护理|状态|期|患者)|安宁(?:疗护|照护)|舒缓(?:疗护|医疗|治疗)|姑息(?:治疗|照护|护理)"),
)  # fmt: skip
