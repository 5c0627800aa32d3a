#!/usr/bin/env python3
"""Makes the registers that the example site's figures come from.

Everything is invented: the town, the cases, the sums, and the people, who have a surname and 某 for a name.

    python3 tests/registers/make.py      # writes both files beside itself, the same bytes every time
"""

import csv
import datetime
import pathlib
import random

import sheet

HERE = pathlib.Path(__file__).parent
FIRST, LAST = datetime.date(2025, 1, 1), datetime.date(2026, 10, 31)

# Weight of each village, of each type, of each month.
VILLAGES = {
    "正街社区": 24, "河边社区": 17, "龙潭村": 12, "石板村": 11, "青岗村": 10, "白岩村": 9, "大湾村": 9, "新寨村": 8,
}
TYPES = {
    "邻里纠纷": 22, "婚姻家庭": 18, "土地山林": 12, "债务纠纷": 11, "劳动报酬": 10,
    "消费纠纷": 8, "道路交通": 7, "房屋宅基地": 6, "赡养抚养": 4, "噪音扰民": 3,
}
MONTHS = [10, 12, 7, 7, 8, 8, 9, 9, 7, 7, 8, 9]
# What is rarer or commoner in some villages.
LOCAL = {
    ("正街社区", "土地山林"): 0.05, ("河边社区", "土地山林"): 0.2, ("正街社区", "消费纠纷"): 2.5, ("正街社区", "噪音扰民"): 4,
    ("河边社区", "噪音扰民"): 3, ("石板村", "土地山林"): 2.5, ("白岩村", "土地山林"): 2, ("大湾村", "劳动报酬"): 1.6,
}
RESULTS = {"调解成功": 88, "调解不成": 8, "正在调解": 4}
SURNAMES = "罗陈王李杨周吴赵刘张何唐邓谭冉向"

SCAMS = {
    # weight, weights of the ages, typical loss in yuan
    "刷单返利": (26, (8, 45, 38, 7, 2), 9000),
    "冒充客服": (18, (5, 35, 40, 14, 6), 6000),
    "虚假投资理财": (14, (0, 20, 45, 25, 10), 42000),
    "网络贷款": (12, (2, 50, 40, 7, 1), 8000),
    "冒充熟人": (9, (4, 16, 30, 30, 20), 12000),
    "网购退款": (9, (14, 40, 30, 12, 4), 2200),
    "冒充公检法": (7, (2, 18, 25, 30, 25), 30000),
    "保健品": (5, (0, 0, 4, 32, 64), 5000),
}
AGES = ["18岁以下", "18—39岁", "40—59岁", "60—69岁", "70岁以上"]
YEARS = [(14, 17), (18, 39), (40, 59), (60, 69), (70, 86)]
BANDS = [(1000, "1千元以下"), (5000, "1千至5千元"), (10000, "5千至1万元"), (50000, "1万至5万元"), (10**12, "5万元以上")]


def pick(dice, weights):
    """One key by its weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def person(dice):
    """A person without a name."""
    return dice.choice(SURNAMES) + "某"


def day(dice):
    """A day within the time, by the weight of its month."""
    days = [FIRST + datetime.timedelta(at) for at in range((LAST - FIRST).days + 1)]
    return dice.choices(days, [MONTHS[one.month - 1] for one in days])[0]


def mediation():
    """Disputes, as a station's workbook has them: a title, a head of two rows, a sum below."""
    dice = random.Random("mediation")
    cases = []
    while len(cases) < 1290:
        village, kind = pick(dice, VILLAGES), pick(dice, TYPES)
        weight = LOCAL.get((village, kind), 1)
        if dice.random() * 4 < weight:
            cases.append((day(dice), village, kind))
    cases.sort(key=lambda case: case[0])
    rows = [
        ["清水镇派出所矛盾纠纷调解登记表（示例，全部虚构）"],
        ["单位：清水镇派出所", None, None, None, None, None, None, None, "登记人：陈警官"],
        ["序号", "登记日期", "所属村（社区）", "纠纷类型", "申请人", None, "被申请人", None, "调解结果", "调解员"],
        [None, None, None, None, "姓名", "年龄", "姓名", "年龄", None, None],
    ]
    for number, (when, village, kind) in enumerate(cases, 1):
        result = pick(dice, RESULTS) if when >= datetime.date(2026, 9, 1) else pick(dice, {"调解成功": 91, "调解不成": 9})
        rows.append([
            number, when, village, kind, person(dice), dice.randint(22, 84), person(dice), dice.randint(22, 84), result,
            dice.choice("陈王李杨周吴赵刘") + "警官",
        ])
    rows.append(["合计", None, None, f"{len(cases)}件"])
    rows.append([None])
    rows.append(["说明：本表只在派出所内部使用，不得外传。"])
    sheet.write(
        HERE / "mediation.xlsx",
        [sheet.Sheet("调解登记", rows, ["A1:J1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3", "I3:I4", "J3:J4"])],
    )


def fraud():
    """Telecom fraud, as an export of another system: CSV in GB18030."""
    dice = random.Random("fraud")
    rows = []
    for _ in range(560):
        kind = pick(dice, {name: entry[0] for name, entry in SCAMS.items()})
        _, ages, typical = SCAMS[kind]
        age = dice.choices(range(len(AGES)), ages)[0]
        loss = max(80, round(typical * dice.lognormvariate(0, 1.1), -1))
        band = next(name for limit, name in BANDS if loss < limit)
        when = day(dice)
        rows.append((when, kind, person(dice), dice.randint(*YEARS[age]), AGES[age], pick(dice, VILLAGES), int(loss), band))
    rows.sort(key=lambda row: row[0])
    with open(HERE / "fraud.csv", "w", encoding="gb18030", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["电信网络诈骗警情登记（示例，全部虚构）"] + [""] * 8)
        table.writerow(["序号", "报案日期", "诈骗类型", "受害人姓名", "年龄", "年龄段", "所属村社区", "损失金额（元）", "损失档次"])
        for number, (when, kind, who, years, age, village, loss, band) in enumerate(rows, 1):
            written = [when.isoformat(), f"{when.year}年{when.month}月{when.day}日", f"{when.year}.{when.month}.{when.day}"][number % 3]
            table.writerow([number, written, kind, who, years, age, village, f"{loss:,}", band])


if __name__ == "__main__":
    mediation()
    fraud()
