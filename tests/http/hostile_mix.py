#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""patiod with nothing in front of it while many hostile clients do at once what they can, seen from outside.

hostile_mix.py BUILD [unittest options]   BUILD is a folder in which patiod is built

Fails when anybody else is not answered, when a hostile client is kept, when memory passes its bound or the server ends. How long the
others wait is printed and not judged: it says as much of the machine as of the server.
"""
import base64
import contextlib
import http.client
import json
import multiprocessing
import os
import pathlib
import re
import resource
import selectors
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if sys.argv[1:] and not sys.argv[1].startswith("-") else PROJECT / "build/release"
MIX_SECONDS = 40  # longer than every deadline of an active connection
MOST_MEMORY = 200  # MB
IDLE = 10_000
PER_ADDRESS = 5000  # connections from one source address: its ports are few

HOST = b"Host: localhost\r\n"
DOCUMENT = b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n"  # the largest answer that needs no sign-in
HEALTH = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
CHUNKED = b"POST /api/v1/auth/login HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
UPGRADE = (b"GET /api/v1/live HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
           + base64.b64encode(bytes(16)) + b"\r\n\r\n")


def say(text):
    print("   ", text, file=sys.stderr, flush=True)


def wait_until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)


class Patiod:
    """A demo server on a free port with a data folder of its own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)  # PostgreSQL runs as another user
        self.data = pathlib.Path(self.folder.name) / "data"
        self.log = open(pathlib.Path(self.folder.name) / "log", "w")
        self.process = subprocess.Popen([BUILD / "bin/patiod", "serve", "--demo", "--listen", "127.0.0.1:0", "--data", self.data, "--log-level", "warning"],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.port = int(re.search(r":(\d+)$", self.process.stdout.readline().strip())[1])
        tenant = next(entry for entry in json.loads((self.data / "demo.json").read_text())["tenants"] if entry["slug"] == "acme")
        user = next(entry for entry in tenant["users"] if entry["role"] == "owner")
        self.credentials = json.dumps({"tenant": "acme", "email": user["email"], "password": user["password"]}).encode()
        self.token = json.loads(self.call("POST", "/api/v1/auth/login", self.credentials))["accessToken"]

    def call(self, method, path, body=None):
        """The body of a good answer to a well-behaved client."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"} if body else {}
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.status} {text[:200]}")
        return text

    def post(self, path, body, more=b""):
        """A request as bytes, signed in."""
        return (f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Length: {len(body)}\r\n").encode() + more + b"\r\n" + body

    def memory(self, what="VmRSS"):
        """MB; VmHWM: the most since forget_peak()."""
        return int(re.search(rf"{what}:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def figure(self, name):
        return float(re.search(rf"^{name} (\S+)$", self.call("GET", "/metrics").decode(), re.MULTILINE)[1])

    def stop(self):
        self.process.terminate()
        code = self.process.wait()
        self.log.close()
        self.folder.cleanup()
        return code


def connect(port, receive_buffer=0, number=0):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(10)
    client.bind((f"127.0.0.{2 + number // PER_ADDRESS}", 0))
    client.connect(("127.0.0.1", port))
    return client


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def frame(first, payload):
    """A WebSocket frame of a client, masked with zeros."""
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
    return bytes([first]) + size + bytes(4) + payload


# --- Hostile clients. Each runs in a process of its own until it is told to stop, and returns how often it was got rid of. ---------------


def crowd(port, stop, count, opening, drip=b"", every=0.5, receive_buffer=0, read=0):
    """Many connections that do a little now and then: send `drip`, and read at most `read` bytes."""
    clients, ended = [], 0
    while not stop.is_set():
        while len(clients) < count:
            try:
                client = connect(port, receive_buffer)
            except OSError:
                break
            client.setblocking(False)
            with contextlib.suppress(OSError):
                client.send(opening)
            clients.append(client)
        for client in list(clients):
            try:
                if error := client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):  # reset, whatever is still there to be read
                    raise OSError(error, "reset")
                if drip:
                    with contextlib.suppress(BlockingIOError):
                        client.send(drip)
                if read:
                    with contextlib.suppress(BlockingIOError):
                        if not client.recv(read):
                            raise ConnectionResetError
            except OSError:
                clients.remove(client)
                client.close()
                ended += 1
        stop.wait(every)
    return ended


def flood(port, stop, opening, block):
    """One connection after the other that sends without end."""
    ended = 0
    while not stop.is_set():
        with contextlib.suppress(OSError), connect(port) as client:
            client.sendall(opening)
            if opening is UPGRADE:
                client.recv(4096)
            while not stop.is_set():
                client.sendall(block)
        ended += 1
    return ended - 1


def leave(port, stop, request):
    """Asks for what takes a moment, and is gone before the answer comes."""
    ended = 0
    while not stop.is_set():
        client = connect(port)
        client.sendall(request)
        stop.wait(0.05)
        reset(client) if ended % 2 else client.close()
        ended += 1
        stop.wait(0.2)
    return ended


def speak_nonsense(port, stop):
    ended = 0
    while not stop.is_set():
        with contextlib.suppress(OSError), connect(port) as client:
            client.sendall(os.urandom(2000))
            while client.recv(4096):
                pass
        ended += 1
        stop.wait(0.01)
    return ended


# --- Everybody else --------------------------------------------------------------------------------------------------------------------


def ask(port, stop, token):
    """Asks steadily, on kept connections and on new ones. Returns seconds for each kind, and what went wrong."""
    waited, wrong = {"/healthz, kept connection": [], "/healthz, new connection": [], "/api/v1/me, kept connection": []}, []
    kept = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while not stop.is_set():
        for kind, times in waited.items():
            path = kind.split(",")[0]
            connection = kept if "kept" in kind else http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            begun = time.monotonic()
            try:
                connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    wrong.append(f"{kind}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{kind}: {error!r}")
                kept.close()
            times.append(time.monotonic() - begun)
            if connection is not kept:
                connection.close()
        stop.wait(0.01)
    return waited, wrong


def in_process(function, *arguments):
    """Runs function(port, stop, …) elsewhere; returns what starts and what ends it."""
    parent, child = multiprocessing.Pipe()
    stop = multiprocessing.Event()

    def run(port):
        child.send(function(port, stop, *arguments))

    def start(port):
        process = multiprocessing.Process(target=run, args=(port,), daemon=True)
        process.start()

        def end():
            stop.set()
            if not parent.poll(60):
                raise AssertionError(f"{function.__name__} did not end")
            return parent.recv()

        return end

    return start


class HostileMix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        cls.server = Patiod()

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        assert code == 0, f"patiod ended with {code}"

    def setUp(self):
        self.server.forget_peak()

    def check_memory(self, what):
        peak, now = self.server.memory("VmHWM"), self.server.memory()
        say(f"{what}: at most {peak:.0f} MB, now {now:.0f} MB")
        self.assertLess(peak, MOST_MEMORY)

    def test_others_are_served_meanwhile(self):
        port, megabyte = self.server.port, b"a" * 2**20
        login = b"POST /api/v1/auth/login HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: "
        hostile = {
            "300 slow heads": in_process(crowd, 300, b"GET / HTTP/1.1\r\nX: ", b"a", 0.5),
            "100 slow bodies": in_process(crowd, 100, login + b"100000\r\n\r\n", b" ", 0.5),
            "50 who pipeline and never read": in_process(crowd, 50, DOCUMENT * 20, DOCUMENT * 20, 0.5, 4096),
            "100 who read a byte a second": in_process(crowd, 100, DOCUMENT * 20, b"", 1, 4096, 1),
            "endless request line": in_process(flood, b"GET /", megabyte),
            "endless header fields": in_process(flood, b"GET / HTTP/1.1\r\n", b"X: y\r\n" * 100_000),
            "4 GB body": in_process(flood, login + b"4000000000\r\n\r\n", megabyte),
            "endless chunks": in_process(flood, CHUNKED, b"8000\r\n" + megabyte[:0x8000] + b"\r\n"),
            "endless fragments": in_process(flood, UPGRADE, frame(0x02, b"x") + frame(0x00, megabyte[:60_000]) * 10),
            "pings without reading the pongs": in_process(flood, UPGRADE, frame(0x89, b"p" * 125) * 5000),
            "clients that leave": in_process(leave, login + str(len(self.server.credentials)).encode() + b"\r\n\r\n" + self.server.credentials),
            "nonsense": in_process(speak_nonsense),
        }
        others = in_process(ask, self.server.token)(port)
        running = {name: start(port) for name, start in hostile.items()}
        time.sleep(MIX_SECONDS)  # how long they try
        waited, wrong = others()
        ended = {name: end() for name, end in running.items()}
        for name, times in ended.items():
            say(f"{name}: {times} times got rid of")
        for kind, times in waited.items():
            times.sort()
            say(f"others, {kind}: {len(times)} answers, p50 {times[len(times) // 2] * 1000:.1f} ms, p99 {times[len(times) * 99 // 100] * 1000:.1f} ms, "
                f"longest {times[-1] * 1000:.1f} ms")
        self.check_memory("memory during the mix")
        self.assertEqual(wrong, [])
        self.assertEqual([name for name, times in ended.items() if not times], [])
        wait_until(lambda: self.server.figure("patio_http_connections") <= 1, "all hostile connections are gone")

    def test_a_thousand_slow_readers_share_a_limit(self):
        clients = [connect(self.server.port, 4096) for _ in range(1000)]
        for client in clients:
            client.sendall(DOCUMENT * 20)
        wait_until(lambda: self.server.figure("patio_http_connections") <= 1, "they are all closed")
        self.check_memory("1,000 clients that ask for much and do not read")
        for client in clients:
            client.close()

    def test_ten_thousand_idle_connections_that_were_of_use(self):
        possible = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 600  # the server keeps 512 for itself
        count = min(IDLE, possible)
        clients = []
        for number in range(count):
            client = connect(self.server.port, 0, number)
            client.sendall(HEALTH)
            self.assertTrue(client.recv(4096).startswith(b"HTTP/1.1 200 "))
            clients.append(client)
        self.assertEqual(json.loads(self.server.call("GET", "/api/v1/me"))["tenantSlug"], "acme")
        wait_until(lambda: self.server.figure("patio_http_connections") == count + 1, "nobody else is connected")
        with selectors.DefaultSelector() as closed:
            for client in clients:
                closed.register(client, selectors.EVENT_READ)
            self.assertEqual(closed.select(0), [])
        self.check_memory(f"{count} idle connections")
        for client in clients:
            client.sendall(HEALTH)  # each is still of use
        for client in clients:
            self.assertTrue(client.recv(4096).startswith(b"HTTP/1.1 200 "))
            client.close()
        self.assertEqual(count, IDLE, "more connections need more open files: see ulimit -Hn")

    def test_nobody_gets_the_answer_of_one_who_left(self):
        login = self.server.post("/api/v1/auth/login", self.server.credentials)
        generate = self.server.post("/api/v1/generate", b'{"messages":[{"role":"user","content":"Say something long"}],"model":"demo/slow","cache":"bypass"}',
                                    b"Accept: text/event-stream\r\n")
        for trial in range(30):
            leaving = []
            for number in range(4):
                client = connect(self.server.port)
                client.sendall(generate if number % 2 else login)
                leaving.append(client)
            for client in leaving[1::2]:
                self.assertTrue(client.recv(4096).startswith(b"HTTP/1.1 200 "))  # in the middle of its stream
            for number, client in enumerate(leaving):
                client.close() if (trial + number) % 3 else reset(client)
            silent = [connect(self.server.port) for _ in range(8)]  # they get the same descriptors
            self.server.call("POST", "/api/v1/auth/login", self.server.credentials)  # comes after theirs
            with selectors.DefaultSelector() as received:
                for client in silent:
                    received.register(client, selectors.EVENT_READ)
                self.assertEqual(received.select(0), [])
            for client in silent:
                client.close()
        self.assertIsNone(self.server.process.poll())
        self.server.call("GET", "/api/v1/me")


class Ending(unittest.TestCase):
    def test_while_answers_are_made_for_clients_that_left(self):
        server = Patiod()
        login = server.post("/api/v1/auth/login", server.credentials)
        for _ in range(20):
            client = connect(server.port)
            client.sendall(login)
            reset(client)
        wait_until(lambda: server.figure("patio_http_connections") <= 1, "they have left")
        self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    unittest.main(verbosity=2, warnings="ignore")
