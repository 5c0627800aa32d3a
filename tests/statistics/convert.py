#!/usr/bin/env python3
"""convert.py CASE.json SITE_DIR

Makes a small site with one dataset of a case (format sdc-case/1): content/site.yaml, content/data/NAME.yaml and NAME.csv.
Tables, levels, groups, releases, rates, policy, structural zeros and what must be published are all in the dataset, so that
`yuanba audit --json` of the site can be checked against the case.
"""
import csv, json, re, sys
from collections import defaultdict
from pathlib import Path


def quoted(text):
    return json.dumps(str(text), ensure_ascii=False)


def flow(value):
    """A value as flow YAML; every text is quoted, so that none is taken for something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return quoted(value)


def names(words, prefix):
    """Names that an address can hold, one for each word, each once."""
    given = {}
    for at, word in enumerate(words):
        plain = re.sub(r"[^\w.-]", "-", str(word)).strip("-.") or f"{prefix}{at + 1}"
        while plain in given.values():
            plain += f"-{at + 1}"
        given[word] = plain
    return given


class Case:
    def __init__(self, case):
        self.case = case
        self.dims = case["dims"]
        self.measures = case.get("measures") or {"cases": "count"}
        self.policy = case.get("policy", {})
        self.total = {name: dim.get("total", "ALL") for name, dim in self.dims.items()}

    def at(self, at):
        return {name: str(code) for name, code in at.items() if str(code) != self.total[name]}

    def dimensions(self):
        found = {}
        for name, dim in self.dims.items():
            own = {"codes": [str(code) for code in dim["leaves"]]}
            groups = {code: [str(member) for member in members] for code, members in (dim.get("groups") or {}).items()}
            # A group named as the total is all of the leaves: the total itself says so.
            groups.pop(self.total[name], None)
            if groups:
                own["groups"] = groups
            own["total"] = {"code": self.total[name], "label": "合计"}
            found[name] = own
        return found

    def largest(self):
        """How many of the largest contributions the rules look at."""
        return max(2, (self.policy.get("dominance") or [0])[0])

    def measure(self, name, kind):
        if kind == "count":
            return {"type": "count"}
        columns = [f"{name}.{at + 1}" for at in range(self.largest())]
        return {"type": "amount", "contributors": {"number": f"{name}.n", "largest": columns}}

    def rows(self):
        counts = defaultdict(lambda: defaultdict(int))
        shares = defaultdict(lambda: defaultdict(list))
        key = lambda at: tuple(str(at[name]) for name in self.dims)
        for row in self.case.get("raw_counts", []):
            counts[key(row["at"])][row.get("measure", "cases")] += row["n"]
        for row in self.case.get("microdata", []):
            for name, kind in self.measures.items():
                if kind == "count":
                    counts[key(row["at"])][name] += 1
                elif name in row:
                    counts[key(row["at"])][name] += row[name]
                    shares[key(row["at"])][name].append(row[name])
        head = list(self.dims)
        for name, kind in self.measures.items():
            head.append(name)
            if kind != "count":
                head += [f"{name}.n"] + [f"{name}.{at + 1}" for at in range(self.largest())]
        yield head
        for at in sorted(counts):
            row = list(at)
            for name, kind in self.measures.items():
                row.append(counts[at][name])
                if kind != "count":
                    own = sorted(shares[at][name], reverse=True)
                    top = [one for one in own[: self.largest()] if one > 0]
                    row += [len(own)] + top + [""] * (self.largest() - len(top))
            yield row

    def tables(self, rates):
        found = {}
        named = names([table["id"] for table in self.case["tables"]], "t")
        for table in self.case["tables"]:
            sides = [{name: [str(code) for code in codes]} for name, codes in table["levels"].items()]
            own = {"title": table.get("title", table["id"]), "rows": sides[:1], "measure": table.get("measure", "cases")}
            if not sides:
                # The total alone.
                first = next(iter(self.dims))
                own["rows"] = [{first: [self.total[first]]}]
            if len(sides) > 1:
                own["columns"] = sides[1:2]
            own["rows"] += sides[2:]
            if "release" in table:
                own["release"] = str(table["release"])
            found[named[table["id"]]] = own
        for at, (shape, places) in enumerate(rates.items()):
            # One table for the places of a rate, row by row; their codes need not make a rectangle.
            for number, place in enumerate(places):
                own = {"title": f"rate {at + 1}", "measure": "none", "rates": [f"rate{at + 1}"]}
                first = next(iter(self.dims))
                rows = {name: [code] for name, code in place} or {first: [self.total[first]]}
                own["rows"] = rows
                found[f"rate{at + 1}-{number + 1}"] = own
        return found

    def rates(self):
        """Rates by their shape: measures, what numerator and denominator restrict, decimals; and their places."""
        found = defaultdict(list)
        for rate in self.case.get("rates", []):
            above, below = self.at(rate["num"]["at"]), self.at(rate["den"]["at"])
            common = {name: code for name, code in above.items() if below.get(name) == code}
            own = lambda at: tuple(sorted((name, code) for name, code in at.items() if name not in common))
            shape = (
                rate["num"].get("measure", "cases"),
                rate["den"].get("measure", "cases"),
                own(above),
                own(below),
                rate.get("decimals", 1),
            )
            found[shape].append(tuple(sorted(common.items())))
        return found

    def definition(self):
        rates = self.rates()
        policy = {"threshold": self.case["k"], "reason": "测试用"}
        if "min_width" in self.policy:
            policy["width"] = int(self.policy["min_width"])
        if self.policy.get("zeros_sensitive"):
            policy["zeros"] = "sensitive"
        if "p" in self.policy:
            policy["p"] = int(self.policy["p"])
        if self.policy.get("dominance"):
            policy["dominance"] = self.policy["dominance"]
        if "min_contributors" in self.policy:
            policy["contributors"] = self.policy["min_contributors"]
        if self.policy.get("insider"):
            policy["insiders"] = True
        if self.case.get("structural_zeros"):
            policy["structural_zeros"] = [self.at(zero) for zero in self.case["structural_zeros"]]
        wishes = [self.at(wish["at"]) for wish in self.case.get("must_publish", []) if wish.get("measure", "cases") == "cases"]
        if wishes:
            policy["must_print"] = wishes
        definition = {
            "title": self.case.get("title", self.case.get("id", "case")),
            "source": "sdc-case/1",
            "dimensions": self.dimensions(),
            "measures": {name: self.measure(name, kind) for name, kind in self.measures.items()},
            "policy": policy,
            "tables": self.tables(rates),
        }
        if rates:
            definition["rates"] = {
                f"rate{at + 1}": {
                    "measure": shape[0],
                    "per": shape[1],
                    "numerator": dict(shape[2]),
                    "denominator": dict(shape[3]),
                    "decimals": shape[4],
                }
                for at, shape in enumerate(rates)
            }
        return definition


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, site = Path(sys.argv[1]), Path(sys.argv[2])
    case = Case(json.loads(source.read_text(encoding="utf-8")))
    name = names([case.case.get("id", source.stem)], "case").popitem()[1]
    data = site / "content" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (site / "content" / "site.yaml").write_text("title: 测试\nbase_url: https://example.cn/\n", encoding="utf-8")
    lines = []
    for key, value in case.definition().items():
        if isinstance(value, dict):
            lines.append(f"{key}:")
            lines += [f"  {quoted(own)}: {flow(one)}" for own, one in value.items()]
        else:
            lines.append(f"{key}: {flow(value)}")
    (data / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(case.rows())


if __name__ == "__main__":
    main()
