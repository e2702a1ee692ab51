#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of one channel to 1,000 open sockets, and what 10,000 idle ones cost, beside a room on Node's ws, in turn, in one run.

chat.py [BUILD] [--rounds N] [--seconds N] [--sockets N] [--idle N]   BUILD is a release build. Needs node and npm. About two minutes.

The same clients (socket_load/) write to both servers by HTTP and read every socket, and count that each message reached each socket exactly
once. patiod writes every message into PostgreSQL with its place in the channel, numbers it for the tenant, and asks what the reader may
read; the readers are the people of the demo tenant, whose roles differ. The room on Node does none of that: it prints the
message once and gives it to ws. Each round sends as fast as a window of messages that not everybody has allows, and then at one rate, half of
what Node has just managed, to both. A delivery's time begins when the message was to be sent. One process of each server; the clients are on the same machine and
take their share of it, which is printed, as is what others used.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from http_server import busy, raise_descriptor_limit, spread  # noqa: E402
from patiod import Patiod, spent  # noqa: E402

HERE = pathlib.Path(__file__).parent
MARK = "@0000000000:00000000000000000000@"
CLIENT_ID = "00000000-0000-4000-8000-000000000000"
# About as long as people write.
TEXT = f"{MARK} The refund for order 48213 is on its way; the customer has been told. **Nothing more to do here.**"


class Load:
    """A process with open sockets on a server, and with senders."""

    def __init__(self, build, folder, name, port, path, sockets, sayings=(), requests=()):
        lines = pathlib.Path(folder) / f"{name}-sayings"
        lines.write_text("".join("\t".join(f"{text}\t{until}" for text, until in some) + "\n" for some in sayings))
        files = []
        for number, request in enumerate(requests):
            files.append(pathlib.Path(folder) / f"{name}-request-{number}")
            files[-1].write_bytes(request)
        self.name = name
        self.process = subprocess.Popen([build / "bin/bench_socket_load", str(port), path, str(sockets), str(lines), *files],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit(f"{name} did not take {sockets} sockets")

    def measure(self, window, rate, seconds):
        self.process.stdin.write(f"measure {window} {rate} {seconds}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: the senders gave up")
        result = json.loads(line)
        if result["refused"] or result["notExactlyOnce"]:
            raise SystemExit(f"{self.name}: not every message reached every socket exactly once: {line}")
        return result

    def stop(self):
        """Closes the sockets; says how many the server had closed before."""
        self.process.stdin.close()
        lost = int(self.process.stdout.readline())
        self.process.wait()
        return lost


class Side:
    """One of the two servers, and how its processor time is read."""

    def __init__(self, name, pid, port, path, sayings, requests, cpu):
        self.name, self.pid, self.port, self.path, self.sayings, self.requests, self.cpu = name, pid, port, path, sayings, requests, cpu
        self.results = {"window": [], "rate": []}

    def open(self, build, folder, sockets, with_senders=True):
        return Load(build, folder, self.name, self.port, self.path, sockets, self.sayings, self.requests if with_senders else ())

    def memory(self):
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.pid}/status").read_text())[1]) * 1024

    def measure(self, load, kind, window, rate, seconds):
        own, database, machine, clients, begun = *self.cpu(), busy(), spent(load.process.pid), time.monotonic()
        result = load.measure(window, rate, seconds)
        took = time.monotonic() - begun
        after_own, after_database = self.cpu()
        clients = spent(load.process.pid) - clients
        own, database = after_own - own, after_database - database
        result["rate"] = result["deliveries"] / result["seconds"]
        result["cpu"], result["database"] = own / result["deliveries"] * 1e6, database / result["deliveries"] * 1e6
        others = max(0, busy() - machine - own - database - clients) / took * 50
        in_database = f" and {result['database']:5.2f} of PostgreSQL" if database else ""
        print(f"  {self.name:7s} {kind:7s} {result['messages'] / result['seconds']:7.0f} messages/s {result['rate']:9.0f} deliveries/s   "
              f"p50 {result['p50'] / 1000:6.1f} ms   p99 {result['p99'] / 1000:6.1f} ms   answered p50 {result['answerP50'] / 1000:5.1f} ms   "
              f"CPU a delivery {result['cpu']:5.2f} µs{in_database}   "
              f"clients {clients / took * 50:2.0f} %, others {others:2.0f} % of the machine", flush=True)
        self.results[kind].append(result)
        return result


def http_request(path, body, token=None):
    body = json.dumps(body, separators=(",", ":")).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return (head + (f"Authorization: Bearer {token}\r\n" if token else "") + "\r\n").encode() + body


def tokens_of(server):
    """Of the people of the demo tenant; the owner's is the first."""
    demo = json.loads((server.data / "demo.json").read_text())
    people = next(tenant for tenant in demo["tenants"] if tenant["slug"] == "acme")["users"]
    found = [server.token]
    for person in people:
        if person["role"] != "owner":
            account = {"tenant": "acme", "email": person["email"], "password": person["password"]}
            signed_in = server.call("POST", "/api/v1/auth/login", account)
            found.append(signed_in["accessToken"])
    return found


def patio_side(server, senders):
    channel = server.call("POST", "/api/v1/channels", {"kind": "public", "name": "bench"})["channel"]["id"]
    path = f"/api/v1/channels/{channel}/messages"
    sayings = [[(json.dumps({"type": "authenticate", "token": token}), '"ready"'),
                (json.dumps({"type": "subscribe", "topics": [f"channel/{channel}"]}), '"subscribed"')] for token in tokens_of(server)]
    request = http_request(path, {"clientId": CLIENT_ID, "text": TEXT}, server.token)
    return Side("patiod", server.process.pid, int(server.url.rsplit(":", 1)[1]), "/api/v1/live", sayings, [request] * senders,
                lambda: server.cpu()[:2])


def example_event(server, side):
    """What patiod sends for a message, for Node to send the same."""
    path = side.requests[0].split()[1].decode()
    message = server.call("POST", path, {"clientId": "11111111-0000-4000-8000-000000000000", "text": TEXT})
    return {"type": "event", "sequence": 1, "topic": f"channel/{message['channelId']}", "name": "message.posted",
            "time": message["createdAt"], "data": message}


def node_side(folder, event, senders):
    home = HERE / "websockets"
    if not (home / "node_modules/ws").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=home, check=True)
    example = pathlib.Path(folder) / "event.json"
    example.write_text(json.dumps(event))
    process = subprocess.Popen(["node", home / "room.mjs", example], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline())
    request = http_request("/", {"clientId": CLIENT_ID, "text": TEXT})
    return process, Side("node ws", process.pid, port, "/", (), [request] * senders, lambda: (spent(process.pid), 0.0))


def ratio_line(sides, kind, name, unit):
    ours, theirs = (side.results[kind] for side in sides)
    return f"  {unit:32s} {spread([one[name] / other[name] for one, other in zip(ours, theirs)])} ×"


def main(options):
    raise_descriptor_limit(options.idle + options.sockets + 1000)
    with tempfile.TemporaryDirectory() as folder, Patiod(options.build / "bin/patiod", "--log-level", "warning") as server:
        ours = patio_side(server, options.senders)
        node, theirs = node_side(folder, example_event(server, ours), options.senders)
        sides = (ours, theirs)
        loads = {side.name: side.open(options.build, folder, options.sockets) for side in sides}
        for side in sides:
            loads[side.name].measure(options.window, 0, 2)  # Node compiles what is hot
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}, {options.sockets} sockets", flush=True)
            for side in sides:
                side.measure(loads[side.name], "window", options.window, 0, options.seconds)
            common = round(theirs.results["window"][-1]["rate"] / options.sockets / 2)
            for side in sides:
                side.measure(loads[side.name], "rate", 0, common, options.seconds)
        for load in loads.values():
            if lost := load.stop():
                raise SystemExit(f"{load.name} closed {lost} sockets")
        print(f"{options.idle} idle sockets, signed in and following the channel at patiod")
        for side in sides:
            before = side.memory()
            idle = side.open(options.build, folder, options.idle, with_senders=False)
            time.sleep(2)  # for what is freed after the handshakes; nothing depends on it but the figure
            grown = side.memory() - before
            if lost := idle.stop():
                raise SystemExit(f"{side.name} closed {lost} idle sockets")
            print(f"  {side.name:7s} {grown / options.idle / 1024:6.1f} KiB each   ({before / 2**20:.0f} MiB before)", flush=True)
        node.terminate()
        node.wait()
        print("\nmedian (least to most) of the rounds' ratios to Node")
        print(ratio_line(sides, "window", "rate", "deliveries/s"))
        print(ratio_line(sides, "window", "cpu", "server's CPU a delivery"))
        print(ratio_line(sides, "rate", "p99", "p99 at the same rate"))
        print(f"patiod's p99 at that rate: {spread([result['p99'] / 1000 for result in ours.results['rate']])} ms; "
              f"with the window: {spread([result['p99'] / 1000 for result in ours.results['window']])} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build", nargs="?", type=pathlib.Path, default=HERE.parents[1] / "build/release")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--senders", type=int, default=8)
    parser.add_argument("--window", type=int, default=8)
    main(parser.parse_args())
