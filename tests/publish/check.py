"""Publishes to real servers on this machine, and makes their life hard: `check.py PROGRAM [--kills N] [--only NAME]`.

For each of S3 (rclone, SeaweedFS), WebDAV (wsgidav), SFTP (OpenSSH) and a folder: what arrives is what was built, to the byte, with type and cache rule; one
changed page costs few requests; a foreign file stays; no secret is said. Then the way there is made worse by a proxy, and the server is killed at random
moments, while a reader follows links. After each fault another run ends with a far side that is the site exactly.
"""
import argparse, os, random, re, shutil, subprocess, sys, tempfile, threading, time
from pathlib import Path

from far import KEY, Folder, Proxy, Rclone, Sftp, WebDav, Weed, s3_request

HERE = Path(__file__).resolve().parent
OWN = {".yuanba-published", ".yuanba-publishing", ".yuanba-published-next", ".yuanba-publishing-next", ".yuanba-manifest"}
OWN_PARTS = (".yuanba-part",)


class Site:
    """A copy of the small site with forty bulletins, which is built and published."""

    def __init__(self, folder, program):
        self.root, self.program, self.said = Path(folder) / "site", program, ""
        shutil.copytree(HERE.parent / "suite" / "base", self.root)
        self.settings = (self.root / "content/site.yaml").read_text()
        for number in range(40):
            self.write(number, "第一版")

    def write(self, number, text):
        after = f"见[下一篇](n{(number + 1) % 40}.md)。" if number < 40 else "见[第一篇](n0.md)。"
        (self.root / f"content/tips/n{number}.md").write_text(f"---\ntitle: 第{number}篇\ndate: 2026-11-20\n---\n\n{text}，{after}\n" * 1)

    def remove(self, number):
        (self.root / f"content/tips/n{number}.md").unlink(missing_ok=True)

    def aim(self, settings):
        (self.root / "content/site.yaml").write_text(f"{self.settings}publish:\n  far: {{{settings}}}\n")

    def run(self, *args, secrets=None, wait=True):
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("YUANBA_PUBLISH")}
        surroundings |= {"SOURCE_DATE_EPOCH": "1795478400", "YUANBA_STATE_DIR": str(self.root.parent / "state"), **(secrets or {})}
        process = subprocess.Popen([self.program, *args, "--lang", "en"], cwd=self.root, env=surroundings, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return self.ended(process) if wait else process

    def ended(self, process):
        said, _ = process.communicate(timeout=600)
        assert KEY not in said, "a secret is said"
        self.said = said
        return process.returncode

    def build(self):
        assert self.run("build") == 0, self.said

    def public(self):
        folder = self.root / "public"
        files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        files.pop(".yuanba-manifest")
        return files


def require_equal(site, server, foreign=()):
    """The far side has the site exactly, and besides only what stays for one release and what was never ours."""
    public = site.public()
    theirs = tuple(server.leavings)
    there = [path for path in server.list() if path not in OWN and not path.endswith(OWN_PARTS) and not (theirs and path.split("/")[-1].startswith(theirs))]
    listed = server.get(".yuanba-published")[1].decode()
    kept = {line.split(" ", 2)[2] for line in listed.splitlines() if line.startswith("~ ")}
    assert not [line for line in listed.splitlines() if line.startswith("- ")], "removals are left"
    extra = set(there) - set(public) - kept - set(foreign)
    assert not extra, f"{server.name}: left over: {sorted(extra)[:5]}"
    for path, data in public.items():
        got = server.get(path)
        assert got and got[1] == data, f"{server.name}: {path} differs"


class Reader(threading.Thread):
    """Follows links from the first page, again and again. A link that a page still has leads somewhere."""

    def __init__(self, server, broken=frozenset()):
        """`broken`: what a server that replaces files in two steps was replacing when it was killed; nobody can keep those."""
        super().__init__(daemon=True)
        self.server, self.broken, self.over = server, broken, False
        self.missing, self.pages = [], 0

    def fetch(self, path):
        while not self.over:
            try:
                got = self.server.get(path)
                return got[1].decode("utf-8", "replace") if got else None
            except Exception:
                time.sleep(0.1)
        return ""

    @staticmethod
    def links(page, text):
        for link in re.findall(r'(?:href|src)="(/[^"#?]*)"', text):
            from urllib.parse import unquote
            path = unquote(link)[1:]
            yield path + "index.html" if not path or path.endswith("/") else path

    def run(self):
        while not self.over:
            seen, todo = set(), [(None, "index.html")]
            while todo and not self.over:
                page, path = todo.pop()
                if path in seen:
                    continue
                seen.add(path)
                text = self.fetch(path)
                if text is None:
                    # It may have gone with the link to it: is the link still there, and the page still missing?
                    again = self.fetch(page) if page else None
                    if again and path in set(self.links(page, again)) and self.fetch(path) is None:
                        time.sleep(0.05)
                        again = self.fetch(page)
                        if again and path in set(self.links(page, again)) and self.fetch(path) is None:
                            self.missing.append((page, path))
                    continue
                self.pages += 1
                if path.endswith(".html"):
                    todo += [(path, link) for link in self.links(path, text)]

    def end(self):
        self.over = True
        self.join(60)
        missing = [both for both in self.missing if both[1] not in self.broken]
        assert not missing, f"{self.server.name}: a reader met {missing[:5]}"


def edit(site, dice, round):
    """Another release: texts change, bulletins come and go."""
    for number in dice.sample(range(40), 25):
        site.write(number, f"第{round}次改")
    for number in range(40, 60):
        if dice.random() < 0.5:
            site.write(number, f"新写的{round}")
        else:
            site.remove(number)
    site.build()


def plain(site, server, proxy, say):
    """What arrives, how, and at what cost."""
    secrets = server.secrets()
    site.build()
    server.foreign("google-verify.txt", b"theirs")
    begun = time.time()
    process = site.run("publish", secrets=secrets, wait=False)
    line = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    assert KEY.encode() not in line, "a secret is in the list of processes"
    assert site.ended(process) == 0, site.said
    took = time.time() - begun
    require_equal(site, server, ["google-verify.txt"])
    if isinstance(server, (Rclone, Weed)):
        head, _ = server.get("index.html")
        assert head["content-type"] == "text/html; charset=utf-8", head
        if isinstance(server, Weed):
            assert head["cache-control"] == "no-cache", head
    before = len(proxy.requests) if proxy else 0
    assert site.run("publish", secrets=secrets) == 0, site.said
    unchanged = len(proxy.requests) - before if proxy else 0
    site.write(0, "改了一字")
    site.build()
    before = len(proxy.requests) if proxy else 0
    assert site.run("publish", "--verify" if not proxy else "--quiet", secrets=secrets) == 0, site.said
    cost = proxy.requests[before:] if proxy else []
    require_equal(site, server, ["google-verify.txt"])
    assert server.get("google-verify.txt")[1] == b"theirs"
    if proxy:
        uploads = [request for request in cost if request.startswith("PUT") and ".yuanba" not in request]
        others = [request for request in cost if request not in uploads]
        if isinstance(server, (Rclone, Weed)):
            assert unchanged == 2 and len(others) <= 5, (unchanged, cost)
        say(f"{len(site.public())} files in {took:.1f} s; unchanged {unchanged} requests; a page {len(others)} and {len(uploads)} of its own")
    # What somebody damaged is found by reading back, and mended.
    server.put("index.html", b"damaged")
    assert site.run("publish", "--verify", secrets=secrets) == 0, site.said
    require_equal(site, server, ["google-verify.txt"])
    # One goes back and forth.
    assert site.run("publish", "--rollback", secrets=secrets) == 0, site.said
    assert "第一版" in server.get("tips/n0/index.html")[1].decode()
    assert site.run("publish", secrets=secrets) == 0, site.said
    require_equal(site, server, ["google-verify.txt"])
    if isinstance(server, (Rclone, Weed, WebDav)):
        wrong = {name: "wrong" for name in secrets}
        assert site.run("publish", secrets=wrong) == 3, site.said
        assert "password is wrong" in site.said, site.said


def faults(site, server, proxy, dice, say):
    """A bad line: of ten requests one or two go wrong, in five ways."""
    edit(site, dice, "坏线路")
    proxy.faults = 0.15
    runs = 0
    while True:
        runs += 1
        if site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 0:
            break
        assert runs < 8, site.said
    proxy.faults = 0.0
    require_equal(site, server, ["google-verify.txt"])
    say(f"a bad line: {runs} runs")


def refusals(site, server, proxy, dice, say):
    """The far side is full, believes that our clock is wrong, or takes what it is sent and never answers."""
    edit(site, dice, "满了")
    before = server.get("index.html")[1]
    proxy.full = True
    assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 3, site.said
    assert "full" in site.said, site.said
    proxy.full = False
    assert server.get("index.html")[1] == before, "a page changed although nothing could be sent"
    if not isinstance(server, WebDav):
        proxy.skewed = True
        assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 3, site.said
        assert "clock" in site.said, site.said
        proxy.skewed = False
    # Two requests are never answered; the others are, and these are made again after a minute. One server is enough: who waits is the program.
    proxy.hang = 2 * isinstance(server, Weed)
    assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 0, site.said
    assert proxy.hang == 0, "nothing hung"
    require_equal(site, server, ["google-verify.txt"])
    say("full, a wrong clock, requests without an answer: told, and mended by another run")


def full_disk(site, server, say):
    """A share of half a megabyte, which is too small for the site: what was there stays, and a larger one takes all of it."""
    files = server.folder / "files"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "none", files], capture_output=True)
    if mounted.returncode:
        say("a full disk: left out, since nothing can be mounted here")
        return
    try:
        assert site.run("publish", "--adopt", "--max-delete", "100") == 3, site.said
        assert "full" in site.said, site.said
        subprocess.run(["mount", "-o", "remount,size=200m", files], check=True)
        assert site.run("publish", "--adopt", "--max-delete", "100") == 0, site.said
        require_equal(site, server)
    finally:
        subprocess.run(["umount", "-l", files], check=True)
    say("a full disk: told, and mended by another run")


def kills(site, server, proxy, dice, count, say):
    """The server is killed at a random moment and comes back, soon or late."""
    broken = proxy.broken if proxy and not server.replaces_whole else set()
    broken.clear()
    reader = Reader(server, broken)
    reader.start()
    cut = 0
    try:
        for round in range(count):
            edit(site, dice, f"停机{round}")
            process = site.run("publish", "--max-delete", "100", secrets=server.secrets(), wait=False)
            time.sleep(dice.uniform(0.1, 4.0))
            server.kill()
            late = dice.random() < 0.3
            if late:
                process.wait(600)
            else:
                time.sleep(dice.uniform(0.0, 2.0))
            server.start()
            first = site.ended(process)
            assert first in (0, 3), site.said
            cut += first == 3
            assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 0, site.said
            require_equal(site, server, ["google-verify.txt"])
    finally:
        server.start() if not server.is_up() else None
        reader.end()
    say(f"killed {count} times, {cut} runs not finished at once; a reader read {reader.pages} files"
        + (f"; {len(broken)} were being replaced by a server that does so in two steps" if broken else ""))


def program_killed(site, server, dice, count, say):
    """The program itself is killed at a random moment."""
    reader = Reader(server)
    reader.start()
    for round in range(count):
        edit(site, dice, f"断电{round}")
        process = site.run("publish", "--max-delete", "100", secrets=server.secrets(), wait=False)
        time.sleep(dice.uniform(1.8, 3.0))
        process.kill()
        process.communicate()
        assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 0, site.said
        require_equal(site, server, ["google-verify.txt"])
    reader.end()
    say(f"the program killed {count} times; a reader read {reader.pages} files")


def race(site, server, folder, say):
    """Two computers publish at once: one does, the other is told."""
    other = Site.__new__(Site)
    other.root, other.program, other.settings, other.said = Path(folder) / "other/site", site.program, site.settings, ""
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns(".yuanba"))
    site.write(1, "这一台"), site.build()
    other.write(2, "那一台"), other.build()
    both = [one.run("publish", "--max-delete", "100", secrets=server.secrets(), wait=False) for one in (site, other)]
    codes = [site.ended(both[0]), other.ended(both[1])]
    assert 0 in codes and set(codes) <= {0, 3}, (codes, site.said, other.said)
    winner = site if codes[0] == 0 else other
    if codes == [0, 0]:
        winner = site if server.get("tips/n1/index.html")[1] == site.public()["tips/n1/index.html"] else other
    require_equal(winner, server, ["google-verify.txt"])
    assert site.run("publish", "--max-delete", "100", secrets=server.secrets()) == 0, site.said
    require_equal(site, server, ["google-verify.txt"])
    say(f"two at once: {codes}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--kills", type=int, default=10, help="how often servers are killed, all together")
    arguments.add_argument("--only")
    arguments.add_argument("--seed", type=int, default=int(time.strftime("%Y%m%d")))
    given = arguments.parse_args()
    dice, begun = random.Random(given.seed), time.time()
    servers = [kind for kind in (Folder, Rclone, Weed, WebDav, Sftp) if not given.only or kind.name == given.only]
    killed = [kind for kind in servers if kind is not Folder]
    for kind in servers:
        with tempfile.TemporaryDirectory(prefix="yuanba-publish-") as folder:
            server, proxy = kind(folder), None
            site = Site(folder, str(Path(given.program).resolve()))

            def say(text):
                print(f"{server.name}: {text}", flush=True)

            try:
                server.start()
                if kind in (Rclone, Weed, WebDav):
                    proxy = Proxy(server.port)
                site.aim(server.settings(proxy.port if proxy else server.port))
                plain(site, server, proxy, say)
                if proxy:
                    faults(site, server, proxy, dice, say)
                    refusals(site, server, proxy, dice, say)
                if kind is Folder:
                    full_disk(site, server, say)
                share = given.kills // max(len(killed), 1) + (killed.index(kind) < given.kills % len(killed) if kind in killed else 0)
                if kind is not Folder and share:
                    kills(site, server, proxy, dice, share, say)
                if kind in (Folder, Rclone):
                    program_killed(site, server, dice, 2 if given.kills <= 10 else 10, say)
                if kind is Rclone:
                    race(site, server, folder, say)
            except BaseException:
                log = Path(folder) / f"{server.name}.log"
                if log.exists():
                    print(log.read_text(errors="replace")[-3000:], file=sys.stderr)
                raise
            finally:
                server.kill()
    print(f"seed {given.seed}: {len(servers)} servers, killed {given.kills} times, {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
