#!/usr/bin/env python3
"""prose.py YUANBA [SEED [ROUNDS]]

Plays the writer who gives hidden figures away in words. Each round makes a table of its own (names, counts, hidden cells
as the program chose them), writes one bulletin a sentence about a hidden cell and about ordinary things, in wordings that
this file makes up itself, and asks `yuanba check` what it finds. Of the sentences that tell a hidden count at least 40 in
43 must be found, of the ordinary ones no more than 1 in 20; true sentences about printed cells are ordinary.
It shares nothing with the program: its wordings are its own, and so is its idea of what they tell.
"""
import json, random, re, subprocess, sys, tempfile
from pathlib import Path

VILLAGES = ["东沟村", "西坪村", "南溪社区", "北坡村", "柏树村", "红岩村", "花桥社区", "老街社区"]
TYPES = ["邻里纠纷", "婚姻家庭", "债务纠纷", "土地山林", "劳动报酬", "噪音扰民"]
DIGITS = "零一二三四五六七八九"


def chinese(n):
    if n < 10:
        return DIGITS[n]
    tens, ones = divmod(n, 10)
    if n < 100:
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    return str(n)


def wide(n):
    return "".join(chr(ord(c) + 0xFEE0) for c in str(n))


def circled(n):
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n)


def short(name):
    return re.sub("(纠纷|社区|村)$", "", name)


class Table:
    """Counts, what is hidden, and sentences about both."""

    def __init__(self, rng):
        self.rng = rng
        self.villages = rng.sample(VILLAGES, rng.randint(3, 5))
        self.types = rng.sample(TYPES, rng.randint(3, 4))
        self.n = {(v, t): rng.choice([2, 3, 4, 6, 7, 8, 9, 11, 12, 14, 15, 17, 18, 21, 23, 26]) for v in self.villages for t in self.types}

    def total(self, village):
        return sum(self.n[village, t] for t in self.types)

    def number(self, n):
        unit = self.rng.choice(["件", "件", "起"])
        return self.rng.choice([f"{n}{unit}", f"{n} {unit}", f"{wide(n)}{unit}", f"{chinese(n)}{unit}" if n > 1 else f"{n}{unit}", f"{circled(n)}{unit}"])

    def telling(self, village, kind):
        """A sentence that tells the count of a hidden cell, or narrows it."""
        n, total = self.n[village, kind], self.total(village)
        others = [t for t in self.types if t != kind]
        elsewhere = [v for v in self.villages if v != village]
        q, name = self.number(n), kind if kind.endswith("纠纷") or self.rng.random() < 0.4 else kind + "纠纷"
        listed = "、".join(self.types[:-1]) + "和" + self.types[-1]
        numbers = "、".join(f"{self.n[village, t]}件" for t in self.types)
        bare = "、".join(str(self.n[village, t]) for t in self.types) + "件"
        other, place = self.rng.choice(others), self.rng.choice(elsewhere)
        difference = n - self.n[village, other]
        apart = n - self.n[place, kind]
        words = [
            f"{village}{name}{q}。",
            f"{village}的{name}有{q}。",
            f"{village}今年发生{name}{q}，都调解了。",
            f"据统计，{village}共受理{name}{q}。",
            f"{name}方面，{village}{q}。",
            f"{village}：{name}{n}。",
            f"{village}{name}（{n}件）。",
            f"{village}有{q}{name}。",
            f"{village}{listed}分别为{numbers}。",
            f"{village}{listed}分别是{bare}。",
            f"{village}{name}占全村的{100 * n / total:.1f}%。",
            f"{village}的纠纷里，{name}占{100 * n / total:.0f}%。",
            f"{village}{name}少于{n + 2}件，多于{n - 1}件。",
            f"{village}{name}不到{n + 1}件。",
            f"{village}{name}比{other}{'多' if difference >= 0 else '少'}{abs(difference)}件。" if difference else f"{village}{name}{q}。",
            f"{village}{name}比{place}{'多' if apart >= 0 else '少'}{abs(apart)}件。" if apart else f"{village}{name}{q}。",
            f"{village}{name}是{'双' if n % 2 == 0 else '单'}数。",
            f"{village}今年比往年平静。{name}只有{q}。",
            f"{village}{total}件里，{q}是{name}。",
            f"{short(village)}的{name}有{q}。",
            f"各村{name}：" + "，".join(f"{v}{self.n[v, kind]}件" for v in self.villages) + "。",
            f"{village}闹{name}的有{n}户。",
            f"到年底，{village}{name}一共{q}。",
            f"{village}：" + "，".join(f"{t}{self.n[village, t]}" for t in self.types) + "。",
        ]
        table = f"| 村 | {kind} |\n|---|---|\n| {village} | {self.rng.choice([str(n), f'{n}件', chinese(n)])} |"
        turned = f"| 类型 | {village} |\n|---|---|\n| {kind} | {n} |"
        words += [
            f"## {village}\n\n{name}{q}。",
            f"## {village}的情况\n\n今年，{kind}有{q}。",
            f"{village}的数：\n\n- {kind}{n}件",
            table,
            turned,
        ]
        return self.rng.choice(words)

    def ordinary(self, hidden, printed):
        """A sentence that tells nothing that is hidden."""
        village, kind = self.rng.choice(hidden)
        shown, sort = self.rng.choice(printed)
        n, k, total = self.n[shown, sort], self.rng.randint(2, 9), self.total(shown)
        words = [
            f"{shown}{sort}{n}件。",
            f"{shown}{sort}{n}件，占全村{total}件的{100 * n / total:.1f}%。",
            f"{shown}一共{total}件。",
            f"{village}{kind}的事，{k}件材料要带齐。",
            f"{village}李家的{kind}，{k}件事先办。",
            f"{village}{k}件好人好事上了光荣榜。",
            f"去年{village}{kind}{k}件。",
            f"2019年{village}{kind}有{k}件。",
            f"{k}月{k + 10}日，{village}开会讲{kind}。",
            f"{village}{kind}找{k}组的老王。",
            f"{village}{kind}请打0000-711{k}110。",
            f"{village}的{k}名网格员都学过调{kind}。",
            f"{village}{kind}，民警上门{k}次。",
            f"{village}到了{k * 9}人，听讲{kind}。",
            f"{kind}适用《民法典》第{k * 100 + 7}条，{village}讲过。",
            f"{village}{kind}要在{k}天内登记。",
            f"民警在{village}调解了一起{kind}，双方握了手。",
            f"{shown}上半年{sort}{max(n - 4, 1)}件。",
            f"{village}发{kind}传单{k * 30}份。",
            f"{village}{k}组修了{k}公里路，{kind}少了。",
            f"{village}{kind}，一件一件地调。",
            f"{village}有{k}个人来问{kind}。",
        ]
        return self.rng.choice(words)


def run(*command):
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def one_round(yuanba, seed, folder):
    rng = random.Random(seed)
    table = Table(rng)
    site = folder / f"round-{seed}"
    data, reports = site / "content" / "data", site / "content" / "reports"
    data.mkdir(parents=True)
    reports.mkdir()
    (site / "content" / "site.yaml").write_text("title: 站\nbase_url: https://example.cn/\n", encoding="utf-8")
    (reports / "_index.md").write_text("---\ntitle: 通报\nkind: report\n---\n", encoding="utf-8")
    rows = "".join(f"{v},{t},{n}\n" for (v, t), n in table.n.items())
    (data / "x.csv").write_text("village,type,cases\n" + rows, encoding="utf-8")
    (data / "x.yaml").write_text(
        "title: 矛盾纠纷调解\nsource: 所\nperiod: 2026-01 至 2026-12\ndimensions:\n"
        f"  village: {{label: 村, codes: [{', '.join(table.villages)}]}}\n  type: {{label: 类型, codes: [{', '.join(table.types)}]}}\n"
        "tables:\n  v: {title: 各村纠纷, rows: village, columns: type}\n",
        encoding="utf-8",
    )
    out = site / "published.json"
    code, words = run(yuanba, "audit", "--site", site, "--json", out)
    if code != 0:
        return None  # too sparse a table; another one is made
    cells = json.loads(out.read_text(encoding="utf-8"))["tables"][0]["cells"]
    leaf = [cell for cell in cells if {"village", "type"} == {key.split("/")[-1] for key in cell["at"]}]
    place = lambda cell: tuple(next(code for key, code in cell["at"].items() if key.endswith(what)) for what in ("village", "type"))
    hidden = [place(cell) for cell in leaf if cell["value"] is None]
    printed = [place(cell) for cell in leaf if cell["value"] is not None]
    if not hidden or not printed:
        return None
    wanted = {}
    for at in range(43):
        wanted[f"a{at:02}"] = ("tells", table.telling(*rng.choice(hidden)))
    for at in range(20):
        wanted[f"b{at:02}"] = ("ordinary", table.ordinary(hidden, printed))
    for name, (_, text) in wanted.items():
        (reports / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2026-12-31\n---\n\n{text}\n\n```table x/v\n```\n", encoding="utf-8")
    _, words = run(yuanba, "check", "--site", site, "--format", "json")
    found = set()
    for finding in (json.loads(line) for line in words.splitlines() if line.startswith("{")):
        if finding["code"] in ("S608", "S609"):
            found.add((Path(finding["path"]).stem, finding["code"]))
    missed = [text for name, (sort, text) in wanted.items() if sort == "tells" and (name, "S609") not in found]
    false = [text for name, (sort, text) in wanted.items() if sort == "ordinary" and ((name, "S608") in found or (name, "S609") in found)]
    return missed, false


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    yuanba = Path(sys.argv[1]).resolve()
    seed, rounds = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((2, 2026), (3, 12)))
    done = missed = false = 0
    with tempfile.TemporaryDirectory() as folder:
        while done < rounds:
            result = one_round(yuanba, seed, Path(folder))
            seed += 1
            if result is None:
                continue
            done += 1
            missed += len(result[0])
            false += len(result[1])
            for text in result[0]:
                print("NOT FOUND ", text.replace("\n", " ⏎ "))
            for text in result[1]:
                print("FALSE     ", text.replace("\n", " ⏎ "))
    print(f"{rounds} tables: {43 * rounds - missed} of {43 * rounds} telling sentences found, {false} of {20 * rounds} ordinary ones")
    sys.exit(0 if missed * 43 <= 3 * 43 * rounds and false * 20 <= 20 * rounds else 1)


if __name__ == "__main__":
    main()
