"""Servers on this machine to publish to, and a proxy that makes the way to them worse.

Each server keeps its files below a folder of its own, listens on loopback only, and is ended by its own process id.
"""
import base64, datetime, hashlib, hmac, http.client, os, random, shutil, signal, socket, subprocess, sys, threading, time, urllib.parse
from pathlib import Path

KEY_ID, KEY = "yuanba-test", "s3cr3t-of-the-tests-0001"
BUCKET = "site"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A program that is started, killed and started again."""

    name = ""
    logs = True
    # Whether a file that is replaced is there at every moment, also when the server is killed.
    replaces_whole = True
    # What a server leaves of a file that it was writing.
    leavings = ()

    def __init__(self, folder):
        self.folder = Path(folder) / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self):
        log = open(self.folder.parent / f"{self.name}.log", "ab")
        self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        deadline = time.time() + 60
        while time.time() < deadline:
            if self.is_up():
                return
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}")
            time.sleep(0.1)
        raise SystemExit(f"{self.name} does not come up")

    def is_up(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False

    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def secrets(self):
        return {}

    def foreign(self, path, data):
        """Somebody else puts a file there."""
        self.put(path, data)


def s3_request(port, method, path, query="", body=b"", headers=None):
    """A request signed by AWS's Signature Version 4, written from its documentation, independent of the program's."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    day, host = now[:8], f"127.0.0.1:{port}"
    uri = "/" + urllib.parse.quote(f"{BUCKET}/{path}" if path else BUCKET, safe="/~-._")
    sent = {"host": host, "x-amz-content-sha256": hashlib.sha256(body).hexdigest(), "x-amz-date": now}
    names = ";".join(sorted(sent))
    canonical = "\n".join([method, uri, query, *(f"{name}:{sent[name]}" for name in sorted(sent)), "", names, sent["x-amz-content-sha256"]])
    scope = f"{day}/us-east-1/s3/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{KEY}".encode()
    for part in (day, "us-east-1", "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    sent["authorization"] = f"AWS4-HMAC-SHA256 Credential={KEY_ID}/{scope}, SignedHeaders={names}, Signature={signature}"
    sent |= headers or {}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request(method, uri + (f"?{query}" if query else ""), body=body, headers=sent)
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        line.close()


class S3(Server):
    def get(self, path):
        status, headers, body = s3_request(self.port, "GET", path)
        if status == 404:
            return None
        if status != 200:
            raise OSError(f"{status}")
        return headers, body

    def put(self, path, data):
        status, _, body = s3_request(self.port, "PUT", path, body=data)
        assert status == 200, (status, body)

    def list(self):
        import xml.etree.ElementTree as tree
        found, token = [], ""
        while True:
            query = f"continuation-token={urllib.parse.quote(token, safe='')}&list-type=2" if token else "list-type=2"
            status, _, body = s3_request(self.port, "GET", "", query)
            assert status == 200, (status, body)
            root = tree.fromstring(body)
            space = root.tag.split("}")[0] + "}"
            found += [key.text for key in root.iter(space + "Key") if not key.text.endswith("/")]
            token = root.findtext(space + "NextContinuationToken") or ""
            if not token:
                return found

    def settings(self, port):
        return f"kind: s3, bucket: {BUCKET}, endpoint: 'http://127.0.0.1:{port}'"

    def secrets(self):
        return {"YUANBA_PUBLISH_KEY_ID": KEY_ID, "YUANBA_PUBLISH_KEY": KEY}


class Rclone(S3):
    """Seen with strace: it writes a file beside, removes the old one, and renames. Between the last two there is none."""

    name = "rclone"
    replaces_whole = False
    leavings = (".rclone_temp_put_",)

    def command(self):
        (self.folder / BUCKET).mkdir(exist_ok=True)
        return [tool("rclone"), "serve", "s3", "--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{KEY_ID},{KEY}", str(self.folder),
                "--config", os.devnull, "--vfs-cache-mode", "off"]


class Weed(S3):
    name = "weed"

    def __init__(self, folder):
        super().__init__(folder)
        (self.folder / "s3.json").write_text(
            '{"identities":[{"name":"t","credentials":[{"accessKey":"%s","secretKey":"%s"}],"actions":["Admin","Read","Write","List","Tagging"]}]}' % (KEY_ID, KEY))
        self.others = [free_port() for _ in range(10)]

    def command(self):
        ports = self.others
        return [tool("weed"), "mini", f"-dir={self.folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.port={self.port}", f"-s3.config={self.folder}/s3.json",
                f"-bucket={BUCKET}", f"-master.port={ports[0]}", f"-volume.port={ports[1]}", f"-filer.port={ports[2]}", f"-master.port.grpc={ports[3]}",
                f"-volume.port.grpc={ports[4]}", f"-filer.port.grpc={ports[5]}", f"-s3.port.grpc={ports[6]}", "-admin.ui=false", f"-admin.port={ports[7]}",
                f"-admin.port.grpc={ports[8]}", f"-webdav.port={ports[9]}"]

    def is_up(self):
        try:
            return s3_request(self.port, "GET", "", "list-type=2")[0] == 200
        except OSError:
            return False


class OnDisk(Server):
    """A server whose files lie in the folder `files`, as they are."""

    def put(self, path, data):
        file = self.folder / "files" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def list(self):
        return files_of(self.folder / "files")


class WebDav(OnDisk):
    name = "webdav"

    def command(self):
        files = self.folder / "files"
        files.mkdir(exist_ok=True)
        (self.folder / "wsgidav.yaml").write_text(
            f"host: 127.0.0.1\nport: {self.port}\nprovider_mapping:\n  '/': '{files}'\nsimple_dc:\n  user_mapping:\n    '*':\n      '{KEY_ID}': "
            f"{{password: '{KEY}'}}\nhttp_authenticator:\n  accept_basic: true\n  accept_digest: false\n  default_to_digest: false\nverbose: 1\n"
            "property_manager: false\nlock_storage: true\n")
        return [tool("wsgidav"), "-c", str(self.folder / "wsgidav.yaml"), "--server", "cheroot"]

    def get(self, path):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            login = base64.b64encode(f"{KEY_ID}:{KEY}".encode()).decode()
            line.request("GET", "/" + urllib.parse.quote(path), headers={"Authorization": f"Basic {login}"})
            answer = line.getresponse()
            body = answer.read()
            if answer.status in (404, 409):
                return None
            if answer.status != 200:
                raise OSError(f"{answer.status}")
            return {name.lower(): value for name, value in answer.getheaders()}, body
        finally:
            line.close()

    def settings(self, port):
        return f"kind: webdav, endpoint: 'http://127.0.0.1:{port}'"

    def secrets(self):
        return {"YUANBA_PUBLISH_USERNAME": KEY_ID, "YUANBA_PUBLISH_PASSWORD": KEY}


class Sftp(OnDisk):
    """OpenSSH on a high port, with keys of its own; the program's `ssh` is told of them by a wrapper in front of it on the path."""

    name = "sftp"
    proxied = False

    def __init__(self, folder):
        super().__init__(folder)
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        shutil.copy(self.folder / "user.pub", self.folder / "authorized")
        (self.folder / "authorized").chmod(0o600)
        public = (self.folder / "host.pub").read_text()
        (self.folder / "known").write_text(f"[127.0.0.1]:{self.port} {public}")
        (self.folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {self.folder}/host\nAuthorizedKeysFile {self.folder}/authorized\nStrictModes no\n"
            f"PasswordAuthentication no\nPidFile none\nSubsystem sftp internal-sftp\nUsePAM no\n")
        bin = self.folder / "bin"
        bin.mkdir()
        (bin / "ssh").write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F none -o UserKnownHostsFile={self.folder}/known "$@"\n')
        (bin / "ssh").chmod(0o755)
        (self.folder / "files").mkdir()

    def command(self):
        os.makedirs("/run/sshd", exist_ok=True)
        return [shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", str(self.folder / "sshd_config")]

    def kill(self):
        # Its children have sessions of their own, which a cut line of a real server would end as well.
        if self.process and self.process.poll() is None:
            children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout.split()
            super().kill()
            for child in children:
                try:
                    os.kill(int(child), signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def get(self, path):
        try:
            return {}, (self.folder / "files" / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def settings(self, port):
        user = os.environ.get("USER") or "root"
        return f"kind: sftp, host: 127.0.0.1, port: {self.port}, user: {user}, root: {self.folder}/files, identity: {self.folder}/user"

    def secrets(self):
        return {"PATH": f"{self.folder}/bin:{os.environ['PATH']}"}


class Folder(Sftp):
    """A folder, which is always there."""

    name = "folder"

    def __init__(self, folder):
        self.folder = Path(folder) / self.name
        (self.folder / "files").mkdir(parents=True)
        self.port, self.process = 0, None

    def start(self):
        pass

    def kill(self):
        pass

    def settings(self, port):
        return f"kind: folder, root: {self.folder}/files"

    def secrets(self):
        return {}


def files_of(folder):
    return [str(file.relative_to(folder)) for file in Path(folder).rglob("*") if file.is_file()]


def tool(name):
    return str(Path(sys.executable).parent / name)


class Proxy:
    """Between the program and a server over HTTP: counts requests, and now and then cuts, answers 5xx, or waits."""

    def __init__(self, port):
        self.to, self.requests, self.faults, self.dice = port, [], 0.0, random.Random(1)
        self.seen_headers = []
        self.full, self.skewed, self.hang = False, False, 0
        # Files that were being sent when the server went away.
        self.broken = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            line, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line):
        line.settimeout(60)
        try:
            with line, line.makefile("rb") as reader:
                while self.one(line, reader):
                    pass
        except (OSError, http.client.HTTPException):
            pass

    def in_place_of_the_server(self, method):
        """What is answered without asking the server; nothing at all where it hangs."""
        if self.hang and method == "PUT":
            self.hang -= 1
            time.sleep(75)
            return b""
        if self.full and method == "PUT":
            return b"HTTP/1.1 507 Insufficient Storage\r\nContent-Length: 0\r\n\r\n"
        if self.skewed:
            body = b"<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the server's time is too large.</Message></Error>"
            return b"HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        return None

    def one(self, line, reader):
        first = reader.readline()
        if not first:
            return False
        method, target, _ = first.decode().split(" ", 2)
        headers = []
        while (raw := reader.readline()) not in (b"\r\n", b""):
            name, _, value = raw.decode("latin-1").partition(":")
            headers.append((name.strip(), value.strip()))
        known = {name.lower(): value for name, value in headers}
        if known.get("expect"):
            line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = reader.read(int(known.get("content-length", 0)))
        self.requests.append(f"{method} {urllib.parse.unquote(target)}")
        self.seen_headers.append((method, target, known))
        answer = self.in_place_of_the_server(method)
        if answer is not None:
            line.sendall(answer)
            return bool(answer)
        fault = self.dice.choice(["503", "500", "cut before", "cut after", "half", "slow"]) if self.dice.random() < self.faults else ""
        if fault == "cut before":
            return False
        if fault in ("500", "503"):
            line.sendall(f"HTTP/1.1 {fault} Fault\r\nContent-Length: 0\r\n\r\n".encode())
            return True
        if fault == "slow":
            time.sleep(1.5)
        back = http.client.HTTPConnection("127.0.0.1", self.to, timeout=60)
        try:
            back.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                if name.lower() not in ("connection", "expect"):
                    back.putheader(name, value)
            back.endheaders(body or None)
            answer = back.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException):
            if method == "PUT":
                self.broken.add(urllib.parse.unquote(target.split("?")[0]).removeprefix(f"/{BUCKET}/"))
            raise
        finally:
            back.close()
        if fault == "cut after":
            return False
        head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n"
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                head += f"{name}: {value}\r\n"
        length = len(data)
        if method == "HEAD":
            length = answer.getheader("content-length", "0")
        if answer.status not in (204, 304):
            head += f"Content-Length: {length}\r\n"
        line.sendall(head.encode("latin-1") + b"\r\n" + (data[: len(data) // 2] if fault == "half" else data))
        return fault != "half"
