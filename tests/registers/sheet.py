"""Writes .xlsx files with Python's standard library alone, the same bytes every time.

Cells: a text, a number, a `date`, a `Formula`, or None. What a register may hide (sheets, rows, columns, comments) can be made.
"""

import datetime
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass
class Formula:
    """A formula, with the value that the program kept, or None where it kept none."""

    text: str
    value: object = None


@dataclass
class Sheet:
    """One sheet; rows and columns count from 1."""

    name: str
    rows: list
    merged: list = field(default_factory=list)  # "A1:F1"
    state: str = "visible"  # or hidden, veryHidden
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    comments: dict = field(default_factory=dict)  # "B3": text


def letters(number):
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def serial(day, is_1904):
    """A day as Excel counts it."""
    first = datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)
    return (day - first).days


def cell(place, value, strings, is_1904):
    """The XML of one cell."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        kept = "" if value.value is None else f"<v>{escape(str(value.value))}</v>"
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f'<c r="{place}"{kind}><f>{escape(value.text)}</f>{kept}</c>'
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="1"><v>{serial(value, is_1904)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    at = strings.setdefault(value, len(strings))
    return f'<c r="{place}" t="s"><v>{at}</v></c>'


def sheet_xml(sheet, strings, is_1904):
    """The XML of one sheet."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="9" hidden="1" customWidth="1"/>' for number in sorted(sheet.hidden_columns)
    )
    rows = []
    for number, row in enumerate(sheet.rows, 1):
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        cells = "".join(
            cell(f"{letters(at)}{number}", value, strings, is_1904) for at, value in enumerate(row, 1)
        )
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    merged = "".join(f'<mergeCell ref="{place}"/>' for place in sheet.merged)
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{REL}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{''.join(rows)}</sheetData>"
        + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
        + "</worksheet>"
    )


def write(path, sheets, is_1904=False):
    """Writes a workbook."""
    strings = {}
    parts = {}
    kinds = []
    book = []
    relations = []
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheet, strings, is_1904)
        kinds.append((f"/xl/worksheets/sheet{number}.xml", "worksheet"))
        state = "" if sheet.state == "visible" else f' state="{sheet.state}"'
        book.append(f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        if sheet.comments:
            listed = "".join(
                f'<comment ref="{place}" authorId="0"><text><t>{escape(text)}</t></text></comment>'
                for place, text in sheet.comments.items()
            )
            parts[f"xl/comments{number}.xml"] = (
                f'{HEAD}<comments xmlns="{MAIN}"><authors><author>示例</author></authors>'
                f"<commentList>{listed}</commentList></comments>"
            )
            kinds.append((f"/xl/comments{number}.xml", "comments"))
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = rels([("rId1", "comments", f"../comments{number}.xml")])
    count = len(sheets)
    relations += [(f"rId{count + 1}", "styles", "styles.xml"), (f"rId{count + 2}", "sharedStrings", "sharedStrings.xml")]
    date_system = '<workbookPr date1904="1"/>' if is_1904 else ""
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}">{date_system}<sheets>{"".join(book)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(relations)
    parts["xl/styles.xml"] = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    parts["xl/sharedStrings.xml"] = (
        f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>"
    )
    parts["_rels/.rels"] = rels([("rId1", "officeDocument", "xl/workbook.xml")])
    kinds += [("/xl/styles.xml", "styles"), ("/xl/sharedStrings.xml", "sharedStrings")]
    sort = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = "".join(f'<Override PartName="{part}" ContentType="{sort}{kind}+xml"/>' for part, kind in kinds)
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sort}sheet.main+xml"/>{overrides}</Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            out.writestr(entry, parts[name])


def rels(entries):
    """A file of relations."""
    listed = "".join(f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"/>' for key, kind, target in entries)
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
