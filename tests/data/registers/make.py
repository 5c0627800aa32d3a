#!/usr/bin/env python3
"""Makes the registers that the tests read: as stations keep them, with everything that goes wrong. All of it is invented.

    pip install xlwt odfpy        # for plain.xls and plain.ods alone
    python3 tests/data/registers/make.py
"""

import datetime
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "registers"))

import sheet  # noqa: E402

DAY = datetime.date

# village, type, day, loss: what every good register here counts to.
CASES = [
    ("石桥村", "邻里", DAY(2026, 1, 5), 1200), ("石桥村", "婚姻家庭", DAY(2026, 1, 9), 0), ("河湾村", "邻里", DAY(2026, 2, 3), 300),
    ("河湾村", "邻里", DAY(2026, 2, 3), 12000), ("石桥村", "邻里", DAY(2026, 4, 30), 50), ("河湾村", "婚姻家庭", DAY(2026, 4, 1), 7),
]
HEAD = ["序号", "登记日期", "所属村（社区）", "纠纷类型", "当事人", None, "涉案金额（元）", "备注"]
PARTS = [None, None, None, None, "姓名", "电话", None, None]


def station():
    """Titles, two rows of names, sums, the names again, a remark; a hidden sheet, column and rows; comments."""
    rows = [["清水镇派出所登记表"], ["2026年", None, None, None, None, None, None, "制表：罗某"], HEAD, PARTS]
    for number, (village, kind, day, loss) in enumerate(CASES, 1):
        rows.append([number, day, village, kind, "罗某", "13800000000", loss, None])
        if number == 4:
            rows += [["小 计", None, None, None, None, None, 13500], HEAD, PARTS]
    rows += [["合计", "6件", None, None, None, None, 13557], [None], ["注：数字以系统为准"]]
    sheet.write(
        HERE / "station.xlsx",
        [
            sheet.Sheet("名单", [["姓名", "电话"], ["罗某", "13800000000"]], state="hidden"),
            sheet.Sheet(
                "2026", rows, ["A1:H1", "A3:A4", "B3:B4", "E3:F3"],
                hidden_rows={6, 7}, hidden_columns={6}, comments={"D5": "罗某家里还有一件", "G6": "待核"},
            ),
            sheet.Sheet("去年", [["村", "类型"], ["石桥村", "邻里"]]),
        ],
    )


def typed():
    """Dates and sums in every hand, full width, blanks."""
    days = ["２０２６．１．５", "2026年1月9日", "2026/2/3 14:30", DAY(2026, 2, 3), 46142, "20260401"]
    sums = ["1,200", "无", "３００", "1.2万", "￥50元", "7"]
    rows = [["日期", "村", "类型", "损失（元）"]]
    for (village, kind, _, _), day, loss in zip(CASES, days, sums):
        rows.append([day, f"{village}　", f" {kind}", loss])
    sheet.write(HERE / "typed.xlsx", [sheet.Sheet("登记", rows)])


def slips():
    """Cells that cannot be read."""
    good = [DAY(2026, 1, 5), "石桥村", "邻里", 10]
    rows = [["日期", "村", "类型", "损失"], good]
    for column, value in [
        (0, "5月3日"), (0, "2026年2月30日"), (0, "不详"), (0, DAY(2062, 1, 1)), (3, "约30"), (3, "30多"), (3, "12,34"), (3, -5), (1, None),
        (3, 6222020200112233.0), (2, "联系13800138000"), (3, sheet.Formula("D2*2")),
    ]:
        row = list(good)
        row[column] = value
        rows.append(row)
    sheet.write(HERE / "slips.xlsx", [sheet.Sheet("登记", rows)])


def variants():
    """One category written in three ways."""
    kinds = ["婚姻家庭"] * 8 + ["婚姻家庭纠纷"] * 2 + ["婚姻 家庭"] + ["邻里"] * 5
    rows = [["日期", "村", "类型"]] + [[DAY(2026, 1 + at % 3, 5), "石桥村" if at % 2 else "河湾村", kind] for at, kind in enumerate(kinds)]
    sheet.write(HERE / "variants.xlsx", [sheet.Sheet("登记", rows)])


def plain():
    """The cases, in the other formats."""
    head = ["日期", "村", "类型", "损失"]
    rows = [[day, village, kind, loss] for village, kind, day, loss in CASES]
    sheet.write(HERE / "year-1904.xlsx", [sheet.Sheet("登记", [head, *rows])], is_1904=True)
    with open(HERE / "gb18030.csv", "w", encoding="gb18030", newline="") as out:
        for row in [["派出所登记表", "", "", ""], head, *[[str(day), *map(str, rest)] for day, *rest in rows], ["合计", "", "", "13557"]]:
            out.write(",".join(row) + "\r\n")
    try:
        import odf.opendocument
        import odf.style
        import odf.table
        import odf.text
        import xlwt
    except ImportError:
        print("xlwt or odfpy is missing: plain.xls and plain.ods stay as they are")
        return
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("登记")
    page.write_merge(0, 0, 0, 3, "派出所登记表")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for at, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row):
            page.write(at, column, value, style if isinstance(value, DAY) else xlwt.Style.default_style)
    book.add_sheet("名单").visibility = 1
    book.save(str(HERE / "plain.xls"))
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="登记")
    for at, row in enumerate([["派出所登记表"], head, *rows]):
        line = odf.table.TableRow(**({"visibility": "collapse"} if at == 3 else {}))
        for value in row:
            if isinstance(value, DAY):
                line.addElement(odf.table.TableCell(valuetype="date", datevalue=str(value)))
            elif isinstance(value, int):
                line.addElement(odf.table.TableCell(valuetype="float", value=value))
            else:
                cell = odf.table.TableCell(valuetype="string")
                cell.addElement(odf.text.P(text=value))
                line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(HERE / "plain.ods"))


if __name__ == "__main__":
    station()
    typed()
    slips()
    variants()
    plain()
