"""Aliyun OSS, Tencent COS and Huawei OBS as their documentation describes them, in memory, behind an HTTP proxy: `clouds.py PROGRAM`.

They cannot be reached from here. So a proxy takes what the program sends to their addresses, computes each signature anew by the rules of the documentation, with code that
knows nothing of the program's, and refuses what differs. That code itself is checked first against the examples that the documentation of OSS and COS prints.
What arrives is compared with what was built, and the headers of each object with what it should have.
"""
import base64, hashlib, hmac, os, re, subprocess, sys, tempfile, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

KEY_ID, KEY = "AKIDtest", "s3cr3t-of-the-clouds-0002"


def sha1_base64(key, text):
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()).decode()


def oss(method, path, query, head, bucket, key):
    """https://help.aliyun.com/zh/oss/developer-reference/include-signatures-in-the-authorization-header (version 1)."""
    own = "".join(f"{name}:{head[name]}\n" for name in sorted(head) if name.startswith("x-oss-"))
    signed = {"acl", "uploads", "location", "cors", "logging", "website", "referer", "lifecycle", "delete", "append", "tagging", "objectMeta", "uploadId",
              "partNumber", "position", "continuation-token", "encoding-type", "list-type"} - {"list-type", "encoding-type"}
    parts = [name if not value else f"{name}={value}" for name, value in sorted(query) if name in signed]
    resource = f"/{bucket}{urllib.parse.unquote(path)}" + ("?" + "&".join(parts) if parts else "")
    date = head.get("x-oss-date") or head.get("date", "")
    text = "\n".join([method, head.get("content-md5", ""), head.get("content-type", ""), date if "x-oss-date" not in head else head.get("date", ""), own + resource])
    return sha1_base64(key, text)


def obs(method, path, query, head, bucket, key):
    """https://support.huaweicloud.com/api-obs/obs_04_0010.html."""
    own = "".join(f"{name}:{head[name]}\n" for name in sorted(head) if name.startswith("x-obs-"))
    signed = {"acl", "delete", "uploads", "uploadId", "partNumber", "append", "position", "metadata", "versionId"}
    parts = [name if not value else f"{name}={value}" for name, value in sorted(query) if name in signed]
    resource = f"/{bucket}{path}" + ("?" + "&".join(parts) if parts else "")
    date = "" if "x-obs-date" in head else head.get("date", "")
    return sha1_base64(key, "\n".join([method, head.get("content-md5", ""), head.get("content-type", ""), date, own + resource]))


def cos(method, path, query, head, key, key_time, names, parameters):
    """https://cloud.tencent.com/document/product/436/7778."""
    quote = lambda text: urllib.parse.quote(text, safe="-_.~")
    hex_sha1 = lambda key, text: hmac.new(key.encode(), text.encode(), hashlib.sha1).hexdigest()
    asked = {quote(name).lower(): quote(value) for name, value in query}
    headers = "&".join(f"{name}={quote(head[urllib.parse.unquote(name)].strip())}" for name in names if name)
    queries = "&".join(f"{name}={asked[name]}" for name in parameters if name)
    text = f"{method.lower()}\n{urllib.parse.unquote(path)}\n{queries}\n{headers}\n"
    to_sign = f"sha1\n{key_time}\n{hashlib.sha1(text.encode()).hexdigest()}\n"
    return hex_sha1(hex_sha1(key, key_time), to_sign)


def examples():
    """What the documentation prints."""
    head = {"content-md5": "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=", "content-type": "text/html", "date": "Thu, 17 Nov 2005 18:49:58 GMT",
            "x-oss-meta-author": "foo@bar.com", "x-oss-magic": "abracadabra"}
    assert oss("PUT", "/nelson", [], head, "oss-example", "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV") == "26NBxoKdsyly4EDv6inkoDft/yA="
    head = {"date": "Thu, 16 May 2019 06:45:51 GMT", "host": "examplebucket-1250000000.cos.ap-beijing.myqcloud.com", "content-type": "text/plain",
            "content-length": "13", "content-md5": "mQ/fVh815F3k6TAUm8m0eg==", "x-cos-acl": "private", "x-cos-grant-read": 'uin="100000000011"'}
    names = "content-length;content-md5;content-type;date;host;x-cos-acl;x-cos-grant-read".split(";")
    assert cos("PUT", "/exampleobject(腾讯云)", [], head, "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz", "1557989151;1557996351", names, []) == \
        "3b8851a11a569213c17ba8fa7dcf2abec6935172"


class Cloud(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects, wrong, kind = {}, [], ""

    def log_message(self, *_):
        pass

    def handle_all(self):
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        head = {name.lower(): value for name, value in self.headers.items()}
        query = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
        host = url.hostname or head.get("host", "")
        bucket, _, service = host.partition(".")
        sign = head.get("authorization", "")
        if self.kind == "cos":
            given = dict(part.split("=", 1) for part in urllib.parse.unquote(sign).split("&") if "=" in part) if sign else {}
            right = cos(self.command, url.path or "/", query, head, KEY, given.get("q-key-time", ""), given.get("q-header-list", "").split(";"),
                        given.get("q-url-param-list", "").split(";"))
            ok = given.get("q-signature") == right and given.get("q-ak") == KEY_ID and given.get("q-sign-algorithm") == "sha1"
        else:
            right = {"oss": oss, "obs": obs}[self.kind](self.command, url.path or "/", query, head, bucket, KEY)
            ok = sign == f"{self.kind.upper()} {KEY_ID}:{right}"
        if not ok:
            self.wrong.append((self.command, self.path, sign, right))
            return self.answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        path = urllib.parse.unquote(url.path)[1:]
        if self.command == "PUT":
            self.objects[path] = (body, {name: head.get(name) for name in ("content-type", "cache-control", "content-encoding")})
            return self.answer(200, b"", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'})
        if self.command == "POST" and any(name == "delete" for name, _ in query):
            for key in re.findall(r"<Key>(.*?)</Key>", body.decode()):
                self.objects.pop(key, None)
            keys = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in re.findall(r"<Key>(.*?)</Key>", body.decode()))
            return self.answer(200, f'<?xml version="1.0"?><DeleteResult>{keys}</DeleteResult>'.encode())
        if self.command == "DELETE":
            self.objects.pop(path, None)
            return self.answer(204, b"")
        if not path:
            inside = "".join(f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-24T00:00:00.000Z</LastModified><ETag>x</ETag><Size>{len(value[0])}</Size>"
                             f"<Type>Normal</Type><StorageClass>Standard</StorageClass></Contents>" for key, value in sorted(self.objects.items()))
            return self.answer(200, f'<?xml version="1.0"?><ListBucketResult><Name>b</Name><Prefix></Prefix><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>{inside}'
                                    f"<KeyCount>{len(self.objects)}</KeyCount></ListBucketResult>".encode())
        if path not in self.objects:
            return self.answer(404, b"<Error><Code>NoSuchKey</Code><Message>no</Message><RequestId>1</RequestId><HostId>1</HostId></Error>")
        body, kept = self.objects[path]
        self.answer(200, body, {"ETag": '"x"', "Last-Modified": "Tue, 24 Nov 2026 00:00:00 GMT"} | {name: value for name, value in kept.items() if value})

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = handle_all

    def answer(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def main():
    examples()
    import gzip
    from check import Site
    # The program's ways of saying that it is being proxied are those of every program.
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cloud)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = {"http_proxy": f"http://127.0.0.1:{server.server_address[1]}", "no_proxy": "", "YUANBA_PUBLISH_KEY_ID": KEY_ID, "YUANBA_PUBLISH_KEY": KEY}
    places = {"oss": "bucket: qingshui, endpoint: 'http://oss-cn-chengdu.aliyuncs.com'", "cos": "bucket: qingshui-1250000000, endpoint: 'http://cos.ap-chengdu.myqcloud.com'",
              "obs": "bucket: qingshui, endpoint: 'http://obs.cn-north-4.myhuaweicloud.com'"}
    for kind, place in places.items():
        Cloud.kind, Cloud.objects, Cloud.wrong = kind, {}, []
        with tempfile.TemporaryDirectory(prefix="yuanba-clouds-") as folder:
            site = Site(folder, str(Path(sys.argv[1]).resolve()))
            site.write(3, "新写的，" * 300)
            site.aim(f"kind: {kind}, gzip: yes, {place}")
            site.build()
            code = site.run("publish", "--verify", secrets=proxy)
            assert code == 0 and not Cloud.wrong, (kind, site.said, Cloud.wrong[:2])
            site.remove(5), site.remove(6)
            site.write(4, "见[下下篇](n7.md)")
            for number in range(40):
                if number not in (5, 6):
                    (site.root / f"content/tips/n{number}.md").write_text(f"---\ntitle: 第{number}篇\ndate: 2026-11-20\n---\n\n正文。\n")
            site.build()
            code = site.run("publish", "--verify", "--max-delete", "50", secrets=proxy)
            assert code == 0 and not Cloud.wrong, (kind, site.said, Cloud.wrong[:2])
            public, there = site.public(), {path: value for path, value in Cloud.objects.items() if not path.startswith(".yuanba")}
            kept = {line.split(" ", 2)[2] for line in Cloud.objects[".yuanba-published"][0].decode().splitlines() if line.startswith("~ ")}
            assert set(there) - kept == set(public), (kind, set(there) ^ set(public))
            for path, data in public.items():
                body, head = there[path]
                packed = head["content-encoding"] == "gzip"
                assert (gzip.decompress(body) if packed else body) == data, (kind, path)
                assert packed == (kind == "oss" and path.endswith((".html", ".css", ".js", ".json", ".xml", ".ics", ".txt", ".svg", ".csv", ".webmanifest"))), (kind, path)
                assert head["cache-control"] and head["content-type"], (kind, path, head)
                if path.endswith(".html"):
                    assert head["content-type"] == "text/html; charset=utf-8" and head["cache-control"] == "no-cache", (kind, path, head)
            print(f"{kind}: {len(public)} files, every signature as the documentation computes it", flush=True)


if __name__ == "__main__":
    main()
