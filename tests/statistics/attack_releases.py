#!/usr/bin/env python3
"""attack_releases.py YUANBA [--seconds N] [--seed N] [--keep FOLDER]

An attacker on random releases, independent of the program: it reads nothing but what is published (`yuanba audit --json`) and the
truth that it made up itself. Each round makes up figures by village, type and month, sometimes a second count that is a part of the
first and an amount, and releases them up to four times. Between releases everything varies: months are added, tables show other
villages, leave some out beside their total, cumulate months; the threshold rises and falls; releases of two branches are merged.

After every release, all that is printed becomes constraints on whole numbers: figures, what the mark promises, that a part is no
more than its whole, that an amount is printed only with enough contributors. Then each small count that can be named is bounded from
both sides: what any table lists, the classes that all tables together tell apart, groups, differences of groups, and what is left of
a whole beyond its part. None may be narrower than its threshold was when it was first protected:

- what a release protected keeps its width for good, whatever comes later;
- a threshold that rises narrows nothing further that readers did not know before. What they knew then is told by the releases so
  far, each under the policy of its time: an amount that was printed under a threshold of 3 tells of three people, whatever the
  threshold of today.

Ends with 0 where nothing is narrower than promised, else with 1. A round that fails prints its seed; `--seed` alone repeats it, and
with `--seconds` is the first of as many as there is time for.
"""
import argparse, itertools, json, random, subprocess, sys, tempfile, time
from pathlib import Path

import highspy
import numpy as np

MOST = 10**6


class Truth:
    """Made-up figures of one round."""

    def __init__(self, rng):
        self.villages = [f"V{at + 1}" for at in range(rng.randint(2, 5))]
        self.types = [f"T{at + 1}" for at in range(rng.randint(1, 3))]
        self.months = [f"2026-{at + 1:02}" for at in range(rng.randint(2, 4))]
        self.group = self.villages[: rng.randint(2, len(self.villages))] if rng.random() < 0.4 else None
        self.part = rng.random() < 0.3
        self.amount = rng.random() < 0.25
        small, large = rng.choice([(6, 15), (4, 30), (10, 60)])
        value = lambda: rng.choice([0, 0, rng.randint(1, small), rng.randint(1, small), rng.randint(5, large)])
        keys = list(itertools.product(self.villages, self.types, self.months))
        self.cases = {key: value() for key in keys}
        self.ok = {key: rng.choice([n, n, max(0, n - 1), n // 2, rng.randint(0, n)]) for key, n in self.cases.items()}
        self.people = {key: rng.randint(0, n) for key, n in self.cases.items()}
        self.loss = {key: [rng.choice([50, 100, 1000, 5000]) for _ in range(n)] for key, n in self.people.items()}

    def rows(self, months):
        head = ["village", "type", "month", "cases"]
        head += ["ok"] * self.part + ["loss", "loss.n", "loss.1", "loss.2"] * self.amount
        yield head
        for key in sorted(self.cases):
            if key[2] not in months:
                continue
            row = [*key, self.cases[key]]
            if self.part:
                row.append(self.ok[key])
            if self.amount:
                own = sorted(self.loss[key], reverse=True)
                row += [sum(own), len(own)] + (own + ["", ""])[:2]
            yield row


def definition(rng, truth, months, threshold, accepted=None):
    """A dataset of the months so far, with tables that nobody foresaw."""
    lines = ["title: 数字", "source: 登记", "dimensions:"]
    group = f", groups: {{north: {{label: 北片, members: [{', '.join(truth.group)}]}}}}" if truth.group else ""
    lines.append(f"  village: {{label: 村, codes: [{', '.join(truth.villages)}]{group}}}")
    lines.append(f"  type: {{label: 类型, codes: [{', '.join(truth.types)}]}}")
    lines.append(f"  month: {{label: 月份, time: month, cumulative: true, codes: [{', '.join(months)}]}}")
    lines.append("measures:")
    lines.append("  cases: {label: 件数, type: count}")
    if truth.part:
        lines.append("  ok: {label: 办结, type: count}")
        lines.append("rates: {share: {label: 办结率, measure: ok, per: cases}}")
        lines.insert(lines.index("measures:"), lines.pop())
    if truth.amount:
        lines.append("  loss: {label: 损失, type: amount, unit: 元}")
    reason = ", reason: 测试" if threshold < 5 else ""
    known = f", already_public: {accepted}" if accepted else ""
    lines.append(f"policy: {{threshold: {threshold}{reason}{known}}}")
    lines.append("tables:")
    codes = {
        "village": truth.villages + (["north"] if truth.group else []),
        "type": truth.types,
        "month": months + [f"YTD-{month[-2:]}" for month in months[1:]],
    }
    for at in range(rng.choice([1, 1, 2])):
        names = rng.sample(["village", "type", "month"], rng.choice([1, 1, 2]))
        sides = []
        for name in names:
            if rng.random() < 0.5:
                sides.append(name)
                continue
            some = rng.sample(codes[name], rng.randint(1, len(codes[name]))) + (["ALL"] if rng.random() < 0.6 else [])
            sides.append(f"{{{name}: [{', '.join(some)}]}}")
        table = [f"title: 表{at}", f"rows: {sides[0]}"]
        if len(sides) > 1:
            table.append(f"columns: {sides[1]}")
        rest = [name for name in codes if name not in names]
        if rng.random() < 0.5:
            name = rng.choice(rest)
            table.append(f"where: {{{name}: {rng.choice(codes[name])}}}")
        if rng.random() < 0.3:
            table.append("totals: none")
        measures = ["cases"]
        if truth.part and rng.random() < 0.6:
            measures.append("ok")
        if truth.amount and rng.random() < 0.6:
            measures.append("loss")
        table.append(f"measures: [{', '.join(measures)}]")
        if "ok" in measures and rng.random() < 0.5:
            table.append("rates: [share]")
        lines.append(f"  t{at}: {{{', '.join(table)}}}")
    return "\n".join(lines) + "\n"


class Attack:
    """All that is printed, as constraints; `tables` of the neutral form."""

    def __init__(self, truth, document, tables):
        self.truth, self.document = truth, document
        self.keys = sorted(truth.cases)
        self.at = {key: number for number, key in enumerate(self.keys)}
        self.dims = {name: self.sets(dim) for name, dim in document["dims"].items()}
        self.rows, self.used, self.pool = [], {}, []
        size = len(self.keys)
        if truth.part:
            for number in range(size):
                self.rows.append((0, MOST, [number, size + number], [1, -1]))
        for table in tables:
            measure = table["measure"]
            for cell in table["cells"]:
                place = self.place(cell["at"])
                if measure == "loss":
                    # Whoever sees the sum knows that there were enough who lost something.
                    # One that fewer stand behind has been printed since a release of a lower threshold, and tells no more than there.
                    if cell["value"]:
                        enough = int(table.get("contributors", 0))
                        if self.people(place) >= enough > 0:
                            self.row(enough, MOST, "cases", place)
                    continue
                self.used.setdefault(measure, set()).add(tuple(place[name] for name in ("village", "type", "month")))
                if cell["value"] is None:
                    low, high = document["marks"][cell["mark"]]["range"]
                    self.row(low, min(high, MOST), measure, place)
                else:
                    self.row(cell["value"], cell["value"], measure, place)
        self.solver = None

    @staticmethod
    def sets(dim):
        leaves = list(dim["leaves"])
        found = {leaf: frozenset([leaf]) for leaf in leaves}
        found.update({code: frozenset(members) for code, members in dim["groups"].items()})
        found.setdefault(dim.get("total", "ALL"), frozenset(leaves))
        return found

    def place(self, at):
        place = {}
        for name in ("village", "type", "month"):
            sets = self.dims[name]
            place[name] = sets[at[name]] if name in at else frozenset().union(*sets.values())
        return place

    def terms(self, measure, place):
        size = len(self.keys)
        inside = [number for key, number in self.at.items()
                  if key[0] in place["village"] and key[1] in place["type"] and key[2] in place["month"]]
        if measure == "cases":
            return inside, [1] * len(inside)
        if measure == "ok":
            return [size + number for number in inside], [1] * len(inside)
        return inside + [size + number for number in inside], [1] * len(inside) + [-1] * len(inside)

    def row(self, low, high, measure, place):
        self.rows.append((low, high, *self.terms(measure, place)))

    def true(self):
        values = [self.truth.cases[key] for key in self.keys]
        return values + ([self.truth.ok[key] for key in self.keys] if self.truth.part else [])

    def people(self, place):
        inside, _ = self.terms("cases", place)
        return sum(self.truth.people[self.keys[number]] for number in inside)

    def sum(self, measure, place):
        values = self.true()
        return sum(values[at] * by for at, by in zip(*self.terms(measure, place)))

    def model(self):
        count = len(self.true())
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self.rows)
        lp.col_cost_ = np.zeros(count)
        lp.col_lower_, lp.col_upper_ = np.zeros(count), np.full(count, float(MOST))
        lp.row_lower_ = np.array([float(row[0]) for row in self.rows])
        lp.row_upper_ = np.array([float(row[1]) for row in self.rows])
        starts, index, value = [0], [], []
        for _, _, places, factors in self.rows:
            index += places
            value += factors
            starts.append(len(index))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(value, dtype=float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        solver.passModel(lp)
        return solver

    def range(self, measure, place, enough):
        """The least and greatest value that a quantity may have, or as far as it takes to be wide enough."""
        places, factors = self.terms(measure, place)
        seen = [self.sum(measure, place)]
        seen += [sum(table[at] * by for at, by in zip(places, factors)) for table in self.pool]
        low, high = min(seen), max(seen)
        for sense in (1, -1):
            if high - low >= enough:
                break
            if self.solver is None:
                self.solver = self.model()
            for at, by in zip(places, factors):
                self.solver.changeColCost(at, float(by * sense))
            self.solver.run()
            status = self.solver.getModelStatus()
            solution = [round(value) for value in self.solver.getSolution().col_value]
            for at in places:
                self.solver.changeColCost(at, 0.0)
            if status != highspy.HighsModelStatus.kOptimal:
                raise ValueError(f"no table fits what is printed: {status}")
            self.pool.append(solution)
            value = sum(solution[at] * by for at, by in zip(places, factors))
            low, high = min(low, value), max(high, value)
        return low, high

    def targets(self, threshold):
        """Small counts that can be named: products of classes, groups and differences of groups."""
        found = {}
        for measure, used in self.used.items():
            sides = []
            for at in range(3):
                groups = {place[at] for place in used}
                classes = {}
                for leaf in frozenset().union(*groups):
                    classes.setdefault(frozenset(group for group in groups if leaf in group), set()).add(leaf)
                own = groups | {frozenset(one) for one in classes.values()}
                own |= {one - other for one in groups for other in groups if other < one}
                sides.append(own)
            lines = {}
            for place in used:
                for at in range(3):
                    lines.setdefault((at, place[:at] + place[at + 1 :]), set()).add(place[at])
            places = set(itertools.product(*sides))
            for (at, others), line in lines.items():
                rest = frozenset().union(*line)
                for one in list(line):
                    if one != rest:
                        inner = frozenset().union(*[other for other in line if other < one] or [frozenset()])
                        places.add(others[:at] + (one - inner,) + others[at:])
                inner = frozenset().union(*[other for other in line if other != rest] or [frozenset()])
                places.add(others[:at] + (rest - inner,) + others[at:])
            for place in places:
                if all(place):
                    self.target(found, measure, place, threshold)
        if self.truth.part:
            for place in self.used.get("ok", set()) & self.used.get("cases", set()):
                self.target(found, "rest", place, threshold)
        return found

    def target(self, found, measure, place, threshold):
        named = dict(zip(("village", "type", "month"), place))
        if 0 < self.sum(measure, named) < threshold:
            found[(measure, place)] = threshold


class Round:
    def __init__(self, yuanba, seed, folder):
        self.yuanba, self.seed, self.site = yuanba, seed, folder
        self.rng = random.Random(seed)
        self.truth = Truth(self.rng)
        self.wrong, self.releases, self.refused, self.tested = [], 0, 0, 0
        self.data = folder / "content" / "data"
        self.data.mkdir(parents=True)
        # The program's own seed has a part in what is suppressed: a round is to be the same each time.
        (self.data / ".seed").write_text(f"{random.Random(seed).getrandbits(256):064x}\n", encoding="utf-8")
        (folder / "content" / "site.yaml").write_text("title: 测试\nbase_url: https://example.cn/\n", encoding="utf-8")
        self.promised = {}
        self.thresholds = []

    def lay(self, months, threshold, accepted=None):
        rng = random.Random(self.rng.random())
        (self.data / "x.yaml").write_text(definition(rng, self.truth, months, threshold, accepted), encoding="utf-8")
        rows = [",".join(str(one) for one in row) for row in self.truth.rows(months)]
        (self.data / "x.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def audit(self, name=None):
        command = [self.yuanba, "audit", "-q", "--site", self.site, "--json", self.site / "a.json"]
        command += ["--release", name] if name else []
        done = subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8")
        return done.returncode, done.stdout + done.stderr

    def run(self):
        rng, truth = self.rng, self.truth
        thresholds = [rng.choice([5, 5, 5, 3, 10])]
        steps = rng.randint(1, 4)
        for step in range(steps):
            months = truth.months[: max(1, len(truth.months) * (step + 1) // steps)]
            threshold = thresholds[-1]
            self.lay(months, threshold)
            before = self.known()
            code, words = self.audit(f"r{step + 1}")
            if code not in (0, 1):
                self.wrong.append(f"release {step + 1} ends with {code}: {words[-300:]}")
                return
            if code == 1:
                # Too sparse, or a table that cannot be: nothing is published, so nothing is given away.
                self.refused += 1
                if "S607" in words:
                    self.wrong.append(f"release {step + 1} of one branch is refused for earlier ones: {words[-500:]}")
            else:
                self.releases += 1
                self.attack(f"r{step + 1}", threshold, before)
            if rng.random() < 0.3:
                thresholds.append(rng.choice([3, 5, 10]))
        if rng.random() < 0.25 and self.releases:
            self.branches(threshold)

    def known(self):
        """What readers knew before a release, as an attack; none before the first."""
        if not self.releases:
            return None
        document = json.loads((self.site / "a.json").read_text(encoding="utf-8"))
        return document

    def branches(self, threshold):
        """Two releases that did not know of one another, merged."""
        before = self.known()
        folder = self.data / "releases"
        made = []
        for name in ("left", "right"):
            self.lay(self.truth.months, threshold)
            code, _ = self.audit(name)
            if code == 0:
                made.append((folder / f"{name}.json").read_bytes())
                (folder / f"{name}.json").unlink()
        if len(made) < 2:
            return
        for name, text in zip(("left", "right"), made):
            (folder / f"{name}.json").write_bytes(text)
        code, words = self.audit()
        if code == 0:
            self.releases += 1
            self.attack("merged", threshold, before, ours=False)
            return
        if "S607" not in words or "left" not in words or "right" not in words or "already_public" not in words:
            self.refused += 1
            if "S607" in words:
                self.wrong.append(f"merged branches are not told by name, with a way on: {words[-500:]}")
            return
        text = (self.data / "x.yaml").read_text(encoding="utf-8")
        (self.data / "x.yaml").write_text(text.replace(f"threshold: {threshold}", f"threshold: {threshold}, already_public: 两条分支"), encoding="utf-8")
        code, words = self.audit()
        if code != 0 and "S607" in words:
            self.wrong.append(f"what is accepted as known is refused: {words[-500:]}")

    def attack(self, name, threshold, before, ours=True):
        document = json.loads((self.site / "a.json").read_text(encoding="utf-8"))
        self.thresholds.append(threshold)
        attack = Attack(self.truth, document, document["tables"])
        raised = any(threshold > other for other in self.thresholds)
        try:
            widths = {}
            now = attack.targets(threshold)
            if raised and before is not None:
                # What was open before may not become narrower than today's threshold asks for.
                earlier = Attack(self.truth, before, before["tables"])
                for target, width in now.items():
                    place = dict(zip(("village", "type", "month"), target[1]))
                    low, high = earlier.range(target[0], place, width)
                    widths[target] = min(width, high - low)
            else:
                widths = dict(now)
            if ours:
                # What this release lists by itself is protected from now on, at its width.
                own = Attack(self.truth, document, [table for table in document["tables"] if table.get("release") in (None, name)])
                for target, width in own.targets(threshold).items():
                    if target in widths:
                        self.promised[target] = max(self.promised.get(target, 0), widths[target])
            for target, width in {**widths, **{key: max(width, widths.get(key, 0)) for key, width in self.promised.items()}}.items():
                if not ours and target not in self.promised:
                    continue
                place = dict(zip(("village", "type", "month"), target[1]))
                low, high = attack.range(target[0], place, width)
                self.tested += 1
                if high - low < width:
                    names = " ".join("+".join(sorted(one)) for one in target[1])
                    self.wrong.append(
                        f"{name}: {target[0]} {names} = {attack.sum(target[0], place)} is within [{low}, {high}], width {width} was promised"
                    )
        except ValueError as error:
            self.wrong.append(f"{name}: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("yuanba")
    parser.add_argument("--seconds", type=float, help="how long; 60, or one round of a given seed")
    parser.add_argument("--seed", type=int, help="of the first round")
    parser.add_argument("--keep")
    options = parser.parse_args()
    yuanba = Path(options.yuanba).resolve()
    begin, rounds, releases, tested, refused, wrong = time.monotonic(), 0, 0, 0, 0, 0
    first = options.seed if options.seed is not None else 20261130
    seconds = options.seconds if options.seconds is not None else 60 if options.seed is None else 0
    while rounds == 0 or time.monotonic() - begin < seconds:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(options.keep) if options.keep else Path(folder)
            one = Round(yuanba, first + rounds, folder / f"round-{first + rounds}")
            one.run()
        rounds, releases, tested = rounds + 1, releases + one.releases, tested + one.tested
        refused += one.refused
        for words in one.wrong:
            wrong += 1
            print(f"WRONG seed {one.seed}: {words}", flush=True)
    print(f"{rounds} rounds, {releases} releases, {refused} refused, {tested} small counts bounded, {wrong} narrower than promised or wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
