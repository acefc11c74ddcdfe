import asyncio
import gzip
import json
import ssl
import subprocess
import sys
import time
import zlib
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tracker.errors import AddressRefused, BrokenAnswer, NoAnswer, WorldError
from tracker.net import Allowance, ClientSettings, ask, get, post

TOOLS = Path(__file__).parents[2].parent / "shared" / "tools"
LOOPBACK = Allowance.of(["127.0.0.1/32"])
PAGE = "<p>đạt 60%</p>".encode() * 50


def settings(**more):
    return ClientSettings(**{"allowance": LOOPBACK, "total": 5, "limit": 100_000, **more})


def answer(body=PAGE, *headers, status="200 OK"):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Server:
    """Answers every request with the same bytes, or what ``reply`` makes of its head."""

    def __init__(self, reply):
        self.reply = reply
        self.heads = []

    async def _serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            reply = self.reply(head) if callable(self.reply) else self.reply
            for piece in [reply] if isinstance(reply, bytes) else reply:
                writer.write(piece)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @asynccontextmanager
    async def running(self, **more):
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, **more)
        self.port = server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/a"
        try:
            yield self
        finally:
            server.close()


def fetch(reply, headers=None, **more):
    async def scene():
        async with Server(reply).running() as server:
            return await get(settings(**more), server.url, headers), server

    return asyncio.run(scene())


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("", PAGE),
        ("gzip", gzip.compress(PAGE) + b"\0\0\0"),
    ],
    ids=["gzip", "two members", "deflate", "bare deflate", "identity", "empty", "padded"],
)
def test_a_packed_page_is_unpacked(encoding, packed):
    response, server = fetch(answer(packed, f"Content-Encoding: {encoding}"))
    assert response.content == PAGE
    assert "accept-encoding: gzip, deflate, identity\r\n" in server.heads[0].lower()


BROKEN = {
    "cut gzip": answer(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip"),
    "garbled gzip": answer(b"\x1f\x8b" + PAGE, "Content-Encoding: gzip"),
    "no gzip at all": answer(PAGE, "Content-Encoding: gzip"),
    "unknown packing": answer(PAGE, "Content-Encoding: br"),
    "packed twice": answer(PAGE, "Content-Encoding: gzip, gzip"),
    "too large": answer(b"x" * 100_001),
    "too large unpacked": answer(gzip.compress(b"x" * 100_001), "Content-Encoding: gzip"),
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc",
    "cut chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no HTTP": b"SSH-2.0-x\r\n\r\n",
    "nothing": b"",
    "silly length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    "redirect to nowhere": answer(b"", status="302 Found"),
    "redirect to itself": answer(b"", "Location: /a", status="302 Found"),
    "redirect to nonsense": answer(b"", "Location: http://[::::/%%%", status="302 Found"),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_a_broken_answer_is_no_page(kind):
    with pytest.raises((BrokenAnswer, NoAnswer, AddressRefused)) as caught:
        fetch(BROKEN[kind])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_body_at_the_limit_passes():
    assert len(fetch(answer(b"x" * 100_000))[0].content) == 100_000
    assert len(fetch(answer(gzip.compress(b"x" * 100_000), "Content-Encoding: gzip"))[0].content) == 100_000


def test_a_bomb_is_stopped_long_before_it_is_unfolded():
    bomb = zlib.compressobj(9, wbits=31)
    packed = b"".join(bomb.compress(b"\0" * 10_000_000) for _ in range(30)) + bomb.flush()
    with pytest.raises(BrokenAnswer, match="larger than"):
        fetch(answer(packed, "Content-Encoding: gzip"), limit=1_000_000)


def test_the_whole_time_is_limited_whatever_drips():
    def drip(head):
        async def pieces():
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
            while True:
                yield b"x"
                await asyncio.sleep(0.05)

        return pieces()

    class Dripping(Server):
        async def _serve(self, reader, writer):
            try:
                await reader.readuntil(b"\r\n\r\n")
                async for piece in self.reply(""):
                    writer.write(piece)
                    await writer.drain()
            except ConnectionError:
                pass
            finally:
                writer.close()

    async def scene():
        async with Dripping(drip).running() as server:
            await get(settings(total=0.5), server.url)

    with pytest.raises(NoAnswer, match=r"0\.5 s"):
        asyncio.run(scene())


def test_redirects_are_followed_to_the_end_and_told():
    def reply(head):
        path = head.split()[1]
        return (
            answer() if path == "/c" else answer(b"", f"Location: {'/c' if path == '/b' else 'b'}", status="302 Found")
        )

    response, server = fetch(reply)
    assert [head.split()[1] for head in server.heads] == ["/a", "/b", "/c"]
    assert response.final_url == server.url[:-1] + "c"


def test_credentials_and_cookies_stay_with_their_host():
    async def scene():
        async with Server(answer()).running() as other:
            location = f"Location: http://127.0.0.1:{other.port}/there"
            first = Server(answer(b"", location, "Set-Cookie: dau=1", status="302 Found"))
            async with first.running() as server:
                own = {"Authorization": "Bearer bi-mat", "Cookie": "phien=1", "X-Key": "k", "Accept": "text/html"}
                await get(settings(), server.url, own)
            return first.heads[0].lower(), other.heads[0].lower()

    first, second = asyncio.run(scene())
    assert "bearer bi-mat" in first
    assert "accept: text/html" in second
    for secret in ("bi-mat", "phien", "dau=", "x-key"):
        assert secret not in second


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://127.0.0.2:{port}/", "add 127.0.0.2/32 to network.allow"),
        ("http://[::1]:{port}/", "add ::1/128 to network.allow"),
        ("file:///etc/passwd", "only http"),
        ("//u@127.0.0.1:{port}/", "user name"),
        ("http://127.0.0.1:{port}\\@example.com/", "backslashes"),
        ("http://0x7f000001:{port}/", "odd spelling"),
    ],
)
def test_a_redirect_goes_through_the_same_checks(location, words):
    def reply(head):
        port = head.lower().split("host: 127.0.0.1:")[1].split()[0]
        return answer(b"", "Location: " + location.format(port=port), status="302 Found")

    with pytest.raises(AddressRefused, match=words.replace("(", r"\(")):
        fetch(reply)


def test_a_name_is_looked_up_once_and_that_address_connected_to():
    async def scene():
        asked = []

        async def resolver(host, port):
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

        async with Server(answer()).running() as server:
            url = f"http://doi.test:{server.port}/"
            response = await get(settings(resolver=resolver), url)
            return asked, response.status, server.heads[0]

    asked, status, head = asyncio.run(scene())
    assert (asked, status) == (["doi.test"], 200)
    assert "host: doi.test:" in head.lower()


def test_a_name_that_turns_private_is_refused_when_it_is_connected_to():
    async def scene():
        async def resolver(host, port):
            return ["127.0.0.1"]

        async with Server(answer()).running() as server:
            with pytest.raises(AddressRefused):
                await get(settings(allowance=Allowance(), resolver=resolver), f"http://doi.test:{server.port}/")
            return server.heads

    assert asyncio.run(scene()) == []


def test_an_unknown_name_is_no_answer():
    async def resolver(host, port):
        raise OSError("unknown")

    with pytest.raises(NoAnswer, match=r"khong\.test is not known"):
        asyncio.run(get(settings(resolver=resolver), "http://khong.test/"))


def test_the_environment_leads_nowhere(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert fetch(answer())[0].status == 200


def test_a_post_takes_the_status_and_drops_the_rest():
    async def scene():
        async with Server(answer(b"x" * 3_000_000, "Retry-After: 3", status="503 Busy")).running() as server:
            return await post(settings(), server.url, {"x-a": "1"}, b"{}"), server.heads[0]

    response, head = asyncio.run(scene())
    assert (response.status, response.content, response.header("retry-after")) == (503, b"", "3")
    assert head.startswith("POST /a ")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2"]
    try:
        more = ["-subj", "/CN=dung.test", "-addext", "subjectAltName=DNS:dung.test"]
        subprocess.run([*command, *more], check=True, capture_output=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("openssl makes the certificate and is not here")
    return str(cert), str(key)


@pytest.mark.parametrize(
    ("host", "trusted", "words"),
    [("dung.test", True, None), ("dung.test", False, "certificate"), ("sai.test", True, "certificate")],
)
def test_a_certificate_is_checked_for_the_name_and_its_authority(certificate, host, trusted, words):
    cert, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)

    async def resolver(name, port):
        return ["127.0.0.1"]

    async def scene():
        async with Server(answer()).running(ssl=context) as server:
            url = f"https://{host}:{server.port}/"
            return await get(settings(resolver=resolver, ca_file=cert if trusted else None), url)

    if words is None:
        assert asyncio.run(scene()).status == 200
    else:
        with pytest.raises(NoAnswer, match=words):
            asyncio.run(scene())


@pytest.fixture
def hostile(tmp_path):
    if not (TOOLS / "hostile_server.py").exists():
        pytest.skip("the hostile server is not beside this checkout")
    ready = tmp_path / "ready"
    command = [
        sys.executable,
        str(TOOLS / "hostile_server.py"),
        "--port",
        "0",
        "--also",
        "127.0.0.2",
        "--max-hold",
        "3",
    ]
    process = subprocess.Popen([*command, "--run-for", "60", "--ready-file", str(ready)], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not ready.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    yield json.loads(ready.read_text())["port"]
    process.terminate()
    process.wait(timeout=10)


def test_no_redirect_from_an_allowed_host_reaches_a_forbidden_one(hostile):
    names = (
        "metadata metadata-google localhost loopback loopback6 mapped decimal octal zero userinfo backslash "
        "scheme-relative file file-host ftp gopher data javascript unix crlf empty garbage https-downgrade"
    )
    base = f"http://127.0.0.2:{hostile}"
    canary = f"http://127.0.0.1:{hostile}/canary"
    urls = [f"{base}/redirect-to/{name}" for name in names.split()]
    urls += [f"{base}/redirect?code={code}&to={canary}" for code in (301, 302, 303, 307, 308)] + [f"{base}/auth-leak"]

    async def resolver(host, port):
        known = {"localhost": "127.0.0.1", "metadata.google.internal": "169.254.169.254"}
        return [known.get(host, host)]

    async def scene():
        guarded = settings(allowance=Allowance.of(["127.0.0.2/32"]), resolver=resolver)
        for url in urls:
            with pytest.raises(WorldError):
                await get(guarded, url)
        return json.loads((await get(settings(), f"http://127.0.0.1:{hostile}/_stats")).content)

    assert asyncio.run(scene())["canary_hits"] == []


def test_a_question_takes_the_whole_answer_and_follows_nobody():
    async def scene(reply):
        async with Server(reply).running() as server:
            return await ask(settings(limit=1000), server.url, {"x-a": "1"}, b"{}"), server.heads

    response, heads = asyncio.run(scene(answer(b'{"a": 1}', status="429 Later")))
    assert (response.status, response.content) == (429, b'{"a": 1}')
    assert heads[0].startswith("POST /a ")
    response, heads = asyncio.run(scene(answer(b"", "Location: http://127.0.0.1:1/", status="307 There")))
    assert (response.status, len(heads)) == (307, 1)
    with pytest.raises(BrokenAnswer, match="larger than 1000 bytes"):
        asyncio.run(scene(answer(b"x" * 1001)))
