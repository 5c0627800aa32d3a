#!/usr/bin/env python3
"""Looks at every handout of a built site with programs that did not make them.

    tests/print/check.py PUBLIC CONTENT

For each PDF: `qpdf --check` finds it sound; `pdffonts` finds every font embedded, as a subset, with a way back to Unicode; `outloud` finds no
error against PDF/UA-1 (sheets that are imposed or copied are plain PDF, and left out there). For each bulletin that has a large-print handout:
`pdftotext` gives the words of the bulletin's page in their order. For each handout with a page of its own, the QR code is read back by `zbarimg`
from a picture of the sheet and is the address of that page. For PNG: the size that the layout promises.
"""

import html.parser
import json
import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

PLAIN = ("-imposed", "-拼版")
problems = []


def wrong(path, words):
    problems.append(f"{path}: {words}")
    print(f"{path}: {words}", flush=True)


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True)


class Words(html.parser.HTMLParser):
    """The clauses of the text inside the element with class "body", in order."""

    SKIP = {"svg", "figcaption", "rt", "rp", "style", "script", "table", "figure"}
    VOID = {"br", "img", "hr", "input", "wbr", "source"}

    def __init__(self):
        super().__init__()
        self.inside = 0
        self.skipped = 0
        self.text = []

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        if tag in self.VOID:
            return
        if self.inside:
            self.inside += 1
            if self.skipped or tag in self.SKIP or "visually-hidden" in classes or "footnotes" in classes:
                self.skipped += 1
        elif "body" in classes:
            self.inside = 1

    def handle_endtag(self, tag):
        if tag in self.VOID or not self.inside:
            return
        self.inside -= 1
        self.skipped = max(0, self.skipped - 1)

    def handle_data(self, data):
        if self.inside and not self.skipped:
            self.text.append(data)


def squeezed(text):
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


def clauses(page):
    parser = Words()
    parser.feed(page)
    text = "\n".join(parser.text)
    found = [squeezed(part) for part in re.split(r"[。，；：！？、,.;:!?\n“”‘’「」（）()《》\[\]]", text)]
    return [part for part in found if len(part) >= 5]


def check_pdf(pdf, public):
    name = pdf.relative_to(public)
    sound = run("qpdf", "--check", pdf)
    if sound.returncode != 0:
        wrong(name, f"qpdf: {sound.stdout.strip()[-300:]}{sound.stderr.strip()[-300:]}")
    fonts = run("pdffonts", pdf).stdout.splitlines()[2:]
    if not fonts and not any(mark in pdf.stem for mark in PLAIN):
        wrong(name, "no font at all")
    for line in fonts:
        cells = re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", line)
        if not cells or "no" in cells.groups():
            wrong(name, f"a font is not embedded as a subset with Unicode: {line}")


def check_order(pdf, page, public):
    """Clauses that a page break cuts are not found whole; there are fewer of them than pages."""
    name = pdf.relative_to(public)
    pages = run("pdftotext", "-layout", pdf, "-").stdout
    text = squeezed(run("pdftotext", pdf, "-").stdout)
    count = pages.count("\f")
    at, missing = 0, []
    wanted = clauses(page)
    if not wanted:
        wrong(name, "its page has no words to compare with")
    for clause in wanted:
        place = text.find(clause, at)
        if place < 0:
            missing.append(clause)
        else:
            at = place
    if len(missing) > count:
        wrong(name, f"{len(missing)} of {len(wanted)} clauses are not there in order, e.g. {missing[:3]}")
    return len(wanted)


def check_code(file, url, public, scratch):
    """The sheet as a picture shows the code of its page."""
    picture = file
    if file.suffix == ".pdf":
        run("pdftoppm", "-r", "150", "-png", file, scratch / "page")
        pictures = sorted(scratch.glob("page*.png"))
    else:
        pictures = [picture]
    read = []
    for picture in pictures:
        read += run("zbarimg", "--quiet", "--raw", picture).stdout.split()
    for picture in scratch.glob("page*.png"):
        picture.unlink()
    if url not in read:
        wrong(file.relative_to(public), f"no code of {url}, but {read}")


def main():
    public = Path(sys.argv[1])
    pdfs = sorted(public.rglob("*.pdf"))
    pngs = [path for path in sorted(public.rglob("*.png")) if re.search(r"-(card|long|分享卡片|长图)\.png$", path.name)]
    clean = [pdf for pdf in pdfs if not any(mark in pdf.stem for mark in PLAIN)]
    for pdf in pdfs:
        check_pdf(pdf, public)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        report = scratch / "outloud.json"
        loud = run("outloud", "--quiet", "--fail-on", "error", "--json", report, *clean)
        if loud.returncode != 0:
            problems.append("outloud")
            print(loud.stdout[-4000:], loud.stderr[-2000:])
        words = codes = 0
        for file in clean + pngs:
            page = file.parent / "index.html"
            if not page.exists() or file.parent.name == "handouts":
                continue
            text = page.read_text(encoding="utf-8")
            url = re.search(r'<link rel="canonical" href="([^"]+)"', text)
            check_code(file, url.group(1), public, scratch)
            codes += 1
            if re.search(r"-(large|大字版)\.pdf$", file.name):
                words += check_order(file, text, public)
        for png in pngs:
            size = struct.unpack(">II", png.read_bytes()[16:24])
            if re.search("card|卡片", png.name) and size != (1080, 1440):
                wrong(png.relative_to(public), f"{size} in place of 1080 × 1440")
            elif re.search("long|长图", png.name) and size[0] != 1080:
                wrong(png.relative_to(public), f"{size} in place of 1080 wide")
    slogans = [path for path in sorted(public.rglob("*.png")) if re.search(r"-(slogan|口号)\.png$", path.name)]
    for png in slogans:
        size = struct.unpack(">II", png.read_bytes()[16:24])
        if size != (1024, 64):
            wrong(png.relative_to(public), f"{size} in place of 1024 × 64")
    if len(pdfs) < 20 or not pngs or not slogans:
        problems.append("handouts")
        print(f"only {len(pdfs)} PDF and {len(pngs)} PNG: are the handouts there?")
    print(f"{len(pdfs)} PDF, {len(pngs)} PNG, {codes} codes read, {words} clauses in order, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
