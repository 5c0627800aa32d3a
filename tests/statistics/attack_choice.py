#!/usr/bin/env python3
"""attack_choice.py YUANBA [--tables N] [--seeds N] [--known]

How much the choice of suppressed cells tells by itself. The program is public: whoever has it can run it on every table that fits what
is printed, and strike out those for which it would have suppressed other cells. Each small table here (villages by types, with
totals) is published with a secret seed; then every table that fits is tried with N other seeds. A value of a small count that no
table with these marks has, under any of the seeds, counts as struck out. `--known` gives the attacker the seed itself, which shows what
the seed is worth: then as many are struck out as if there were none.

Reports of all small counts how many keep fewer than five values, and how many exactly one. It judges nothing: README says what to
expect. The more seeds are tried, the fewer values are struck out; the figures are upper bounds of what the choice tells.
"""
import argparse, itertools, json, random, subprocess, tempfile
from pathlib import Path

LARGEST = 400


def lay(site, tables):
    """A site with a dataset for each table."""
    data = site / "content" / "data"
    data.mkdir(parents=True, exist_ok=True)
    for old in data.glob("t*"):
        old.unlink()
    (site / "content" / "site.yaml").write_text("title: 测试\nbase_url: https://example.cn/\n", encoding="utf-8")
    for name, (villages, types, values) in tables.items():
        (data / f"{name}.yaml").write_text(
            f"title: {name}\nsource: 登记\ndimensions:\n  v: {{label: 村, codes: [{', '.join(villages)}]}}\n"
            f"  t: {{label: 类, codes: [{', '.join(types)}]}}\ntables:\n  a: {{title: 表, rows: v, columns: t}}\n", encoding="utf-8")
        rows = [f"{v},{t},{n}\n" for (v, t), n in zip(itertools.product(villages, types), values)]
        (data / f"{name}.csv").write_text("v,t,cases\n" + "".join(rows), encoding="utf-8")


def published(yuanba, site):
    """By dataset: what is printed by coordinates; none where it is hidden, no entry where nothing is published."""
    out = site / "a.json"
    out.unlink(missing_ok=True)
    subprocess.run([str(yuanba), "audit", "-q", "--site", str(site), "--json", str(out)], capture_output=True)
    if not out.exists():
        return {}
    found = {}
    for table in json.loads(out.read_text(encoding="utf-8"))["tables"]:
        plain = lambda at: tuple(sorted((name.split("/")[-1], code) for name, code in at.items()))
        found[table["id"].split("/")[0]] = {plain(cell["at"]): cell["value"] for cell in table["cells"]}
    return found


def fitting(villages, types, shown):
    """Every table that agrees with what is printed, where no hidden figure is 0."""
    keys = list(itertools.product(villages, types))
    at = lambda v, t: tuple(sorted([("v", v)] * bool(v) + [("t", t)] * bool(t)))
    hidden = [number for number, (v, t) in enumerate(keys) if shown[at(v, t)] is None]
    sums = [(value, [number for number, (a, b) in enumerate(keys) if v in (None, a) and t in (None, b)])
            for v in [None, *villages] for t in [None, *types] if not (v and t) and (value := shown[at(v, t)]) is not None]
    values = [shown[at(v, t)] or 1 for v, t in keys]
    most = max([value for value, _ in sums], default=0)
    found = []

    def go(nth):
        if len(found) > LARGEST:
            return
        if nth == len(hidden):
            if all(sum(values[number] for number in inside) == value for value, inside in sums):
                found.append(tuple(values))
            return
        for value in range(1, most + 1):
            values[hidden[nth]] = value
            if any(sum(values[number] for number in inside) > total for total, inside in sums):
                break
            go(nth + 1)
        values[hidden[nth]] = 1

    if sums:
        go(0)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("yuanba")
    parser.add_argument("--tables", type=int, default=50)
    parser.add_argument("--seeds", type=int, default=16)
    parser.add_argument("--known", action="store_true")
    options = parser.parse_args()
    yuanba, rng = Path(options.yuanba).resolve(), random.Random(2026)
    used, small, few, exact, fit, remain = 0, 0, 0, 0, 0, 0
    while used < options.tables:
        villages = [f"V{at}" for at in range(rng.randint(2, 4))]
        types = [f"T{at}" for at in range(rng.randint(2, 3))]
        truth = [rng.choice([rng.randint(0, 4), rng.randint(5, 10), rng.randint(0, 14)]) for _ in range(len(villages) * len(types))]
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder)
            lay(site, {"t0": (villages, types, truth)})
            shown = published(yuanba, site).get("t0")
            if not shown or None not in shown.values():
                continue
            tables = fitting(villages, types, shown)
            if not 2 <= len(tables) <= LARGEST:
                continue
            # Figures of another name have another seed.
            kept = {tuple(truth)}
            for seed in range(1 if options.known else options.seeds):
                rest = [table for table in tables if table not in kept]
                if options.known:
                    for table in rest:
                        lay(site, {"t0": (villages, types, table)})
                        if published(yuanba, site).get("t0") == shown:
                            kept.add(table)
                elif rest:
                    (site / "content" / "data" / ".seed").unlink(missing_ok=True)
                    lay(site, {f"t{number}": (villages, types, table) for number, table in enumerate(rest)})
                    found = published(yuanba, site)
                    kept |= {table for number, table in enumerate(rest) if found.get(f"t{number}") == shown}
        used += 1
        fit, remain = fit + len(tables), remain + len(kept)
        for number, value in enumerate(truth):
            if 0 < value < 5:
                values = {table[number] for table in kept}
                small, few, exact = small + 1, few + (len(values) < 5), exact + (len(values) == 1)
    print(f"{used} tables, {fit} tables fit what is printed, {remain} remain; of {small} small counts {few} keep fewer than five values, {exact} one")


if __name__ == "__main__":
    main()
