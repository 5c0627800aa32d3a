#!/usr/bin/env python3
"""labels.py YUANBA [SEED [ROUNDS]]

Looks for names that tell of a case. Each round makes a register of its own: types that the whole register has, and some
that one or two cases have, with names that occur nowhere else. The dataset says `names: register`. Wherever a file that is
published names a code of which no published table prints a figure, the round is lost; so it is where the search itself
finds nothing (a name that is printed must be found). The same names in a list that staff wrote stay.
"""
import json, random, subprocess, sys, tempfile
from pathlib import Path

RARE = ["拐骗", "虐待", "猥亵", "弃婴", "投毒", "纵火"]
COMMON = ["邻里", "债务", "劳资", "山林"]


def run(*command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def one_round(yuanba, seed, folder, names):
    rng = random.Random(seed)
    villages = ["东沟村", "西坪村", "北坡村", "柏树村"]
    # A sign before each name, so that no other word of a page can be taken for it.
    rare = ["罕" + name for name in rng.sample(RARE, 2)]
    common = ["常" + name for name in COMMON]
    n = {(v, t): rng.randint(8, 40) for v in villages for t in common}
    n |= {(v, t): 0 for v in villages for t in rare}
    for kind in rare:
        n[rng.choice(villages), kind] = rng.randint(1, 2)
    kinds = common + rare
    rng.shuffle(kinds)
    site = folder / f"round-{seed}-{names}"
    data, reports = site / "content" / "data", site / "content" / "reports"
    data.mkdir(parents=True)
    reports.mkdir()
    (site / "content" / "site.yaml").write_text("title: 站\nbase_url: https://example.cn/\n", encoding="utf-8")
    (reports / "_index.md").write_text("---\ntitle: 通报\nkind: report\n---\n", encoding="utf-8")
    rows = "".join(f"{v},{t},{n[v, t]}\n" for v in villages for t in kinds if n[v, t] or rng.random() < 0.5)
    (data / "x.csv").write_text("village,type,cases\n" + rows, encoding="utf-8")
    (data / "x.yaml").write_text(
        "title: 登记的事\nsource: 所\npolicy: {zeros: sensitive}\ndimensions:\n"
        f"  village: {{label: 村, codes: [{', '.join(villages)}]}}\n"
        f"  type: {{label: 类型, names: {names}, codes: [{', '.join(kinds)}]}}\n"
        "tables:\n  v: {title: 各村各类, rows: village, columns: type}\n  t: {title: 各类, rows: type}\n"
        "charts:\n  c: {title: 各类图, form: bar, rows: type}\n  s: {title: 叠图, form: stacked, rows: village, columns: type}\n",
        encoding="utf-8",
    )
    blocks = "```table x/v\n```\n\n```table x/t\n```\n\n```chart x/c\n```\n\n```chart x/s\n```\n"
    (reports / "a.md").write_text(f"---\ntitle: 通报\ndate: 2026-12-31\n---\n\n{blocks}", encoding="utf-8")
    code, words = run(yuanba, "build", "--site", site, "--only", "site")
    if code != 0:
        return None, words
    out = site / "published.json"
    code, words = run(yuanba, "audit", "--site", site, "--json", out)
    if code != 0:
        return None, words
    printed = set()
    document = json.loads(out.read_text(encoding="utf-8"))
    for table in document["tables"]:
        for cell in table["cells"]:
            if cell["value"] is not None:
                printed |= {code for key, code in cell["at"].items() if key.endswith("type")}
    files = [path for path in (site / "public").rglob("*") if path.is_file()] + [out]
    where = {kind: [path.name for path in files if kind in path.read_bytes().decode("utf-8", "replace")] for kind in kinds}
    return [(kind, kind in printed, where[kind]) for kind in kinds], words


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    yuanba = Path(sys.argv[1]).resolve()
    seed, rounds = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((2, 2026), (3, 6)))
    wrong = left_out = done = 0
    with tempfile.TemporaryDirectory() as folder:
        while done < rounds:
            seed += 1
            found, words = one_round(yuanba, seed, Path(folder), "register")
            if found is None:
                print("no such table:", words.strip().splitlines()[:1])
                continue
            done += 1
            for kind, printed, where in found:
                left_out += not printed
                if bool(where) != printed:
                    wrong += 1
                    print(f"WRONG seed {seed}: {kind} is {'printed' if printed else 'nowhere printed'} and stands in {where}")
            listed, words = one_round(yuanba, seed, Path(folder), "list")
            if listed is None or not all(where for _, _, where in listed):
                wrong += 1
                print(f"WRONG seed {seed}: a list of staff's own has lost a name: {words}")
    print(f"{rounds} registers: {left_out} names that tell of a case, {wrong} wrong")
    sys.exit(1 if wrong or not left_out else 0)


if __name__ == "__main__":
    main()
