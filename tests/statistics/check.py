#!/usr/bin/env python3
"""check.py YUANBA [CASES]

Plays the attacker on what the program publishes. For each case of CASES (tests/data/statistics): makes its site,
builds it, asks `yuanba audit --json` twice and gives what is published to audit_tables.py, the independent attacker. Then:

- the attacker refuses the naive answers (cNN.naive.json, where they lie beside the cases), and an answer of ours with one hidden cell opened again;
- the second audit works nothing out anew;
- summed over the cases, secondary suppressions are at most 1.4 times the optimum where it is known;
- of a dataset that grows by a month at a time, all releases together give nothing away.

audit_tables.py is independent of the program and must stay so: nothing of it is used by the program, nor the other way.
"""
import json, random, subprocess, sys, tempfile, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MOST = 1.4
# Their small cells alone are safe as they are.
NAIVE_IS_SAFE = {"c03", "c11"}


def run(*command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def attack(published, case):
    """Runs the attacker, and tells it what printed amounts say of the counts beside them."""
    document = json.loads(Path(published).read_text(encoding="utf-8"))
    counts = [name for name, kind in document.get("measures", {}).items() if kind == "count"]
    document["observations"] = document.get("observations", []) + [
        {"measure": measure, "at": cell["at"], "lo": table["contributors"], "hi": 10**7, "source": "an amount beside it"}
        for table in document["tables"]
        for cell in table["cells"]
        for measure in counts
        if table.get("contributors") and cell["value"]
    ]
    told = Path(published).with_suffix(".told.json")
    told.write_text(json.dumps(document), encoding="utf-8")
    return run(sys.executable, HERE / "audit_tables.py", told, "--case", case)


def secondary(words):
    """Suppressions and optimum, as the attacker counts them; none where no optimum is known."""
    for line in words.splitlines():
        if line.startswith("NOTE: secondary suppressions"):
            found, optimum = line.split("suppressions ")[1].split(" (")[0].split(", optimum ")
            return int(found), int(optimum)
    return None


class Judge:
    def __init__(self):
        self.wrong, self.done = [], 0

    def expect(self, right, words):
        self.done += 1
        if not right:
            self.wrong.append(words)
            print("WRONG", words)


def opened(published, case):
    """The published document with a hidden cell of the case opened."""
    truth = {}
    for row in case.get("raw_counts", []):
        if row.get("measure", "cases") == "cases":
            key = tuple(sorted(row["at"].items()))
            truth[key] = truth.get(key, 0) + row["n"]
    for table in published["tables"]:
        for cell in table["cells"]:
            key = tuple(sorted(cell["at"].items()))
            if cell["value"] is None and 0 < truth.get(key, 0) < case["k"]:
                cell["value"] = truth[key]
                return published
    return None


def one_case(judge, yuanba, path, work):
    site, name = work / path.stem, path.stem
    code, words = run(sys.executable, HERE / "convert.py", path, site)
    judge.expect(code == 0, f"{name}: convert.py: {words}")
    out = site / "published.json"
    begin = time.monotonic()
    code, words = run(yuanba, "audit", "--site", site, "--json", out)
    first = time.monotonic() - begin
    judge.expect(code == 0, f"{name}: audit ends with {code}: {words}")
    if code != 0:
        return None
    before = out.read_bytes()
    code, words = run(yuanba, "audit", "--site", site, "--json", out)
    again = [line for line in words.splitlines() if "\t" in line][1:]
    kept = all(line.endswith("沿用上次") for line in again)
    judge.expect(code == 0 and kept and out.read_bytes() == before, f"{name}: the second audit is another: {words}")
    code, words = run(yuanba, "build", "--site", site)
    judge.expect(code == 0, f"{name}: build ends with {code}: {words}")
    code, words = attack(out, path)
    judge.expect(code == 0, f"{name}: the attacker ends with {code}:\n{words}")
    print(f"{name}: {words.splitlines()[-1]}  first audit {first:.2f} s")
    found = secondary(words)
    mutant = opened(json.loads(before), json.loads(path.read_text(encoding="utf-8")))
    if mutant:
        out.with_suffix(".opened.json").write_text(json.dumps(mutant), encoding="utf-8")
        code, words = attack(out.with_suffix(".opened.json"), path)
        judge.expect(code in (1, 2), f"{name}: a cell that was opened again is not noticed:\n{words}")
    naive = path.with_suffix(".naive.json")
    if naive.exists():
        code, words = attack(naive, path)
        judge.expect((code == 0) == (name in NAIVE_IS_SAFE), f"{name}: the naive answer ends with {code}:\n{words}")
    return found


def over_time(judge, yuanba, work):
    """A year of made-up figures, released in March, April and May."""
    random.seed(2026)
    villages = [f"V{at + 1}" for at in range(6)]
    types = [f"T{at + 1}" for at in range(4)]
    months = [f"2026-0{at + 1}" for at in range(5)]
    counts = {
        (village, kind, month): random.choice([0, 0, 1, 2, 3, 4, 6, 9, 14, 22])
        for village in villages
        for kind in types
        for month in months
    }
    site, out = work / "over-time", work / "over-time.json"
    data = site / "content" / "data"
    data.mkdir(parents=True)
    (site / "content" / "site.yaml").write_text("title: 测试\nbase_url: https://example.cn/\n", encoding="utf-8")
    for last in range(3, 6):
        (data / "year.yaml").write_text(
            f"title: 各月\nsource: 登记\nperiod: 2026-01 至 {months[last - 1]}\ndimensions:\n"
            f"  village: {{codes: [{', '.join(villages)}]}}\n  type: {{codes: [{', '.join(types)}]}}\n"
            "  month: {time: month, cumulative: true}\ntables:\n"
            "  so-far: {title: 累计, rows: village, columns: type}\n"
            f"  month: {{title: 当月, rows: village, columns: type, where: {{month: {months[last - 1]}}}}}\n"
            "  months: {title: 各月, rows: {month: all}, columns: type}\n",
            encoding="utf-8",
        )
        rows = [f"{v},{t},{m},{n}\n" for (v, t, m), n in counts.items() if m in months[:last]]
        (data / "year.csv").write_text("village,type,month,cases\n" + "".join(rows), encoding="utf-8")
        code, words = run(yuanba, "audit", "--site", site, "--json", out, "--release", months[last - 1])
        judge.expect(code == 0, f"over time: {months[last - 1]} ends with {code}: {words}")
        if code != 0:
            return
    code, words = run(yuanba, "audit", "--site", site, "--json", out)
    judge.expect(code == 0, f"over time: with the ledger it ends with {code}: {words}")
    published = json.loads(out.read_text(encoding="utf-8"))
    releases = {table.get("release") for table in published["tables"]}
    judge.expect(set(months[2:]) <= releases, f"over time: the releases are not all there: {releases}")
    raw = [{"at": {"village": v, "type": t, "month": m}, "n": n} for (v, t, m), n in counts.items() if n]
    case = {"k": 5, "dims": published["dims"], "measures": published["measures"], "raw_counts": raw}
    case_file = work / "over-time.case.json"
    case_file.write_text(json.dumps(case), encoding="utf-8")
    code, words = attack(out, case_file)
    judge.expect(code == 0, f"over time: the attacker ends with {code}:\n{words}")
    print(f"over time: {words.splitlines()[-1]}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    yuanba = Path(sys.argv[1]).resolve()
    cases = Path(sys.argv[2]) if len(sys.argv) == 3 else HERE.parent / "data" / "statistics"
    paths = [path for path in sorted(cases.glob("*.json")) if "." not in path.stem]
    judge, sums = Judge(), [0, 0]
    judge.expect(len(paths) >= 10, f"there are no cases in {cases}")
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            found = one_case(judge, yuanba, path.resolve(), Path(folder))
            if found:
                sums = [sums[0] + found[0], sums[1] + found[1]]
        over_time(judge, yuanba, Path(folder))
    for other in ("prose.py", "labels.py"):
        code, words = run(sys.executable, HERE / other, yuanba)
        judge.expect(code == 0, f"{other} ends with {code}:\n{words}")
        print(f"{other}: {words.splitlines()[-1]}")
    ratio = sums[0] / sums[1] if sums[1] else 1
    judge.expect(ratio <= MOST, f"secondary suppressions are {sums[0]}, {ratio:.2f} times the optimum of {sums[1]}")
    print(f"{len(paths)} cases, secondary suppressions {sums[0]} where the optimum is {sums[1]}: {ratio:.2f}")
    print(f"{judge.done} checks, {len(judge.wrong)} wrong")
    sys.exit(1 if judge.wrong else 0)


if __name__ == "__main__":
    main()
