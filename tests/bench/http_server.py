#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests a second of a trivial route beside Node's own HTTP server, without and with idle connections, in turn, in one run.

http_server.py [BUILD] [--rounds N] [--seconds N] [--idle N]   BUILD is a release build (build/release). Needs wrk and node.

Each round measures every server once without idle connections, and once while N clients that have each asked once keep their connection
open and ask no more. wrk asks on 32 connections from one thread. A ratio compares two measurements of the same round. Others use the
machine as well: how much is printed, and CPU time a request, which suffers less, stands beside the rate.
"""
import argparse
import os
import pathlib
import re
import resource
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CONNECTIONS = 32
TICK = os.sysconf("SC_CLK_TCK")
PER_ADDRESS = 5000  # connections from one source address: its ports are few


class Server:
    """A program that serves until its standard input ends, and says its port in its first line."""

    def __init__(self, name, command, path, environment=None):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
        line = self.process.stdout.readline()
        self.port = int(re.search(r"(\d+)/?\s*$", line)[1])
        self.url = f"http://127.0.0.1:{self.port}{path}"
        self.path = path
        urllib.request.urlopen(self.url).read()

    def cpu(self):
        """Seconds of processor time that the process has used so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident memory, MB."""
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def stop(self):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait()


class IdleClients:
    """A process that holds connections on each of which one request was answered."""

    def __init__(self, server, count):
        self.process = subprocess.Popen([sys.executable, __file__, "--hold", str(server.port), server.path, str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n", f"{server.name} did not take {count} connections"

    def release(self):
        """Ends them; says how many the server had closed before."""
        self.process.stdin.close()
        lost = int(self.process.stdout.readline())
        self.process.wait()
        return lost


def hold(port, path, count):
    held = []
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    for number in range(count):
        connection = socket.create_connection(("127.0.0.1", port), source_address=(f"127.0.0.{2 + number // PER_ADDRESS}", 0))
        connection.sendall(request)
        answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
        held.append(connection)
    print("ready", flush=True)
    sys.stdin.read()
    with selectors.DefaultSelector() as waiting:
        for connection in held:
            waiting.register(connection, selectors.EVENT_READ)
        print(len(waiting.select(0)), flush=True)


def raise_descriptor_limit(wanted):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard < wanted:
        raise SystemExit(f"{wanted} open files are needed, and ulimit -Hn allows {hard}. Take fewer --idle.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def busy():
    """Seconds of processor time that the whole machine has used so far."""
    user, nice, system, _, _, interrupts, soft_interrupts = map(int, pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:8])
    return (user + nice + system + interrupts + soft_interrupts) / TICK


def in_milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def measure(server, seconds):
    def children():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    cpu, machine, generator = server.cpu(), busy(), children()
    text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", server.url], capture_output=True, text=True, check=True).stdout
    cpu, machine, generator = server.cpu() - cpu, busy() - machine, children() - generator
    if re.search(r"Non-2xx|Socket errors", text):
        raise SystemExit(f"{server.name}: {text}")
    requests = int(re.search(r"(\d+) requests in", text)[1])
    return {
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50": in_milliseconds(re.search(r"^\s+50%\s+(\S+)", text, re.MULTILINE)[1]),
        "p99": in_milliseconds(re.search(r"^\s+99%\s+(\S+)", text, re.MULTILINE)[1]),
        "cpu": cpu * 1e6 / requests,
        "memory": server.memory(),
        "others": 100 * (machine - cpu - generator) / seconds / os.cpu_count(),
    }


def show(server, idle, result):
    print(f"  {server.name:18s} {idle:6d} idle {result['rate']:9.0f}/s   p50 {result['p50']:6.2f} ms   p99 {result['p99']:7.2f} ms   "
          f"{result['cpu']:5.1f} µs CPU   {result['memory']:5.0f} MB   others used {max(0, result['others']):3.0f} % of the machine", flush=True)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main(options):
    raise_descriptor_limit(options.idle + 1000)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # PostgreSQL runs as another user
        node = Server("node http", [shutil.which("node"), str(PROJECT / "tests/bench/http_node.mjs")], "/")
        quiet = {"PATIO_LOG_LEVEL": "warning"}  # Node logs nothing either
        patiod = [options.build / "bin/patiod", "serve", "--listen", "127.0.0.1:0", "--data", f"{folder}/data", "--idle-timeout", "10m"]
        servers = [
            node,
            Server("bench_http_server", [options.build / "bin/bench_http_server"], "/"),
            Server("patiod /healthz", patiod, "/healthz", quiet),
        ]
        results = {(server.name, idle): [] for server in servers for idle in (0, options.idle)}
        try:
            for server in servers:
                measure(server, 2)  # Node compiles what is hot
            for number in range(options.rounds):
                print(f"round {number + 1} of {options.rounds}", flush=True)
                for idle in (0, options.idle):
                    for server in servers:
                        clients = IdleClients(server, idle) if idle else None
                        result = measure(server, options.seconds)
                        if clients and (lost := clients.release()):
                            raise SystemExit(f"{server.name} closed {lost} of {idle} idle connections")
                        show(server, idle, result)
                        results[server.name, idle].append(result)
        finally:
            for server in servers:
                server.stop()
        print("\nmedian (least to most) of the rounds' ratios to Node")
        for server in servers[1:]:
            for idle in (0, options.idle):
                pairs = list(zip(results[server.name, idle], results[node.name, idle]))
                rates, costs = [ours["rate"] / theirs["rate"] for ours, theirs in pairs], [ours["cpu"] / theirs["cpu"] for ours, theirs in pairs]
                print(f"  {server.name:18s} {idle:6d} idle   requests/s {spread(rates)} ×   CPU a request {spread(costs)} ×")
        print("\nCPU a request with idle connections, of that without")
        for server in servers:
            pairs = zip(results[server.name, options.idle], results[server.name, 0])
            print(f"  {server.name:18s} {spread([with_idle['cpu'] / without['cpu'] for with_idle, without in pairs])} ×")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--hold"]:
        raise_descriptor_limit(int(sys.argv[4]) + 100)
        hold(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
        parser.add_argument("build", nargs="?", type=pathlib.Path, default=PROJECT / "build/release")
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--seconds", type=int, default=5)
        parser.add_argument("--idle", type=int, default=10_000)
        main(parser.parse_args())
