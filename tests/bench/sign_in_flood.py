#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of guesses at one account's password from as many addresses: who is held up, and who is not.

sign_in_flood.py [PATIOD] [--attempts N] [--at-once N] [--quiet SECONDS]   PATIOD is a release build (build/release/bin/patiod).

The guesses come from addresses in 127.0.0.0/8, each from another one, in a process of its own. Before and meanwhile somebody else reads
a list of templates, a third person signs in, again and again, and the owner of the account signs in from where they did before.
Fails when guesses are not slowed, when one of the others is refused, or when one in a hundred of a kind takes 100 ms or longer.
"""
import argparse
import collections
import http.client
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

from patiod import Patiod

PROJECT = pathlib.Path(__file__).resolve().parents[2]
OFFICE, HOME = "127.200.0.1", "127.200.0.2"  # where the owner has signed in before, and never


def ask(url, source, method, path, body=None, token=None):
    """Status, headers and milliseconds of one request on a connection of its own from that address."""
    server = urllib.parse.urlsplit(url)
    headers = {"Content-Type": "application/json", "Connection": "close"}
    if token:
        headers["Authorization"] = "Bearer " + token
    began = time.perf_counter()
    connection = http.client.HTTPConnection(server.hostname, server.port, timeout=60, source_address=(source, 0))
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, answer.headers, 1000 * (time.perf_counter() - began), text
    finally:
        connection.close()


def sign_in(url, source, account):
    return ask(url, source, "POST", "/api/v1/auth/login", account)


def flood(url, account, attempts, at_once):
    """In the other process: prints how often each status came, and how many refusals did not say when to come again.

    Attackers have machines of their own: here they get what the server and those who measure leave of the processors.
    """
    os.nice(19)
    statuses, silent = collections.Counter(), 0
    numbers = iter(range(attempts))
    lock = threading.Lock()

    def guess():
        nonlocal silent
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            source = f"127.{1 + number // 62500 % 100}.{number // 250 % 250}.{1 + number % 250}"
            status, headers, _, _ = sign_in(url, source, {**account, "password": f"guess {number} {random.random()}"})
            with lock:
                statuses[status] += 1
                silent += status == 429 and not headers.get("Retry-After")

    threads = [threading.Thread(target=guess) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"statuses": statuses, "silent": silent}))


def p99(times):
    return sorted(times)[math.ceil(0.99 * len(times)) - 1]


def spread(times):
    return f"median {statistics.median(times):.1f} ms, p99 {p99(times):.1f} ms, longest {max(times):.1f} ms of {len(times)}"


def everybody_else(url, people, token, is_over):
    """What the others meet until `is_over`: how long each kind of request took, and which were refused.

    Each kind on a thread of its own, so that one that waits holds up no other measurement. Each once at least.
    """
    kinds = {"lists": (0.05, lambda: ask(url, "127.0.0.1", "GET", "/api/v1/templates?limit=20", token=token)),
             "sign-ins": (0.1, lambda: sign_in(url, "127.0.0.1", people["prompt-engineer"])),
             "sign-ins of the owner": (2, lambda: sign_in(url, OFFICE, people["tenant-owner"]))}
    times, failures = {kind: [] for kind in kinds}, []

    def repeat(kind, pause, request):
        while not times[kind] or not is_over():
            status, _, milliseconds, _ = request()
            times[kind].append(milliseconds)
            failures.extend([] if status == 200 else [f"one of the {kind} was answered with {status}"])
            time.sleep(pause)

    threads = [threading.Thread(target=repeat, args=(kind, *work)) for kind, work in kinds.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, failures


def main(options):
    with Patiod(options.patiod, "--log-level", "warning") as server:
        demo = json.loads((server.data / "demo.json").read_text())
        tenant = next(entry for entry in demo["tenants"] if entry["slug"] == "acme")
        people = {user["role"]: {"tenant": "acme", "email": user["email"], "password": user["password"]} for user in tenant["users"]}
        people["tenant-owner"] = owner = server.account
        assert sign_in(server.url, OFFICE, owner)[0] == 200
        reader = json.loads(sign_in(server.url, "127.0.0.1", people["viewer"])[3])["accessToken"]

        quiet_until = time.monotonic() + options.quiet
        quiet, failures = everybody_else(server.url, people, reader, lambda: time.monotonic() > quiet_until)

        began = time.monotonic()
        other_process = subprocess.Popen([sys.executable, __file__, "--flood", server.url, json.dumps(owner), str(options.attempts), str(options.at_once)],
                                         stdout=subprocess.PIPE, text=True)
        flooded, refused = everybody_else(server.url, people, reader, lambda: other_process.poll() is not None)
        failures += refused
        seconds = time.monotonic() - began
        told = json.loads(other_process.stdout.read())

        status, headers, _, _ = sign_in(server.url, HOME, owner)
        waited = int(headers.get("Retry-After") or 0)
        if status == 429:
            time.sleep(waited)
            status = sign_in(server.url, HOME, owner)[0]
        failures += [] if status == 200 else [f"the owner at a new place was answered with {status} after the flood"]

    statuses = {int(status): count for status, count in told["statuses"].items()}
    print(f"{options.attempts} guesses, {options.at_once} at a time, in {seconds:.1f} s: " + ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items())))
    for kind, times in flooded.items():
        print(f"{kind}, quiet:   {spread(quiet[kind])}")
        print(f"{kind}, flooded: {spread(times)}; {statistics.median(times) / statistics.median(quiet[kind]):.2f} x the median")
        failures += [] if p99(times) < 100 else [f"of the {kind}, one in a hundred took {p99(times):.0f} ms or longer"]
    print(f"the owner at a new place: in after {waited} s")
    failures += [f"{told['silent']} refusals did not say when to come again"] if told["silent"] else []
    failures += [] if statuses.get(429, 0) > 0.95 * options.attempts else ["the guesses were not slowed"]
    if failures:
        raise SystemExit("\n".join(sorted(set(failures))))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--flood"]:
        flood(sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
    else:
        parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
        parser.add_argument("patiod", nargs="?", default=str(PROJECT / "build/release/bin/patiod"))
        parser.add_argument("--attempts", type=int, default=10_000)
        parser.add_argument("--quiet", type=float, default=5, help="seconds of measuring before the flood")
        parser.add_argument("--at-once", type=int, default=16, help="100: more than may wait for a hash")
        main(parser.parse_args())
