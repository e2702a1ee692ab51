#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API adds to its SQL: requests a second of patiod beside pgbench with the same statements, in turn, in one run.

rest.py PATIOD [--rounds N] [--seconds N]   PATIOD is a release build. Needs wrk and pgbench. About a minute and a half.

patiod's side: HTTP with keep-alive, a signed-in session, the permission check, JSON in and out, a line of log for each request, all
at their defaults. pgbench's side: the transaction that PostgreSQL logged for such a request, with its values written in, as prepared
statements in as many round trips as patiod takes. One PostgreSQL (patiod's own, fsync on), the same tables and rows, 8 connections to
it: those of patiod serve 32 connections of HTTP. Both sides share the processors with the program that loads them.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import tempfile

from load import GENERATE, LATER, wrk
from patiod import Patiod
from recorded_sql import Recorder, pgbench_script

CONNECTIONS = 32  # of HTTP
DATABASE_CONNECTIONS = 8  # patiod's default; more of them make pgbench slower on two processors, not faster
ROWS = 100_000
FIRST = 100_000_000_000  # ids end in twelve digits from here on, so that both sides can make them up
ID = "00000000-0000-7000-8000-"
SAMPLE = "424242424242"

FILL = f"""
SET search_path = :schema, pg_temp;
INSERT INTO templates (id, slug, name, sort_text, search_text)
SELECT ('{ID}' || {FIRST} + n)::uuid, 'measured-' || n, 'Measured ' || n, 'measured ' || n, 'measured ' || n
FROM generate_series(1, {ROWS}) AS n;
INSERT INTO template_versions (template_id, version, system_prompt, user_prompt, examples, default_model, parameters, note)
SELECT id, 1, 'You answer in one sentence.', 'Say something about {{{{input}}}}.', '[]', 'demo/fast', '{{}}', ''
FROM templates WHERE slug LIKE 'measured-%';
INSERT INTO jobs (id, priority, template_slug, template_name, model, user_name, input_hash, variables, messages, parameters, metadata,
                  max_attempts, created_at)
SELECT ('{ID}' || {FIRST} + n)::uuid, 'normal', '', '', 'demo/fast', 'Somebody', sha256(n::text::bytea), '{{}}',
       '[{{"role": "user", "content": "Say something."}}]', '{{}}', '{{}}', 3, now()
FROM generate_series(1, {ROWS}) AS n;
INSERT INTO job_states (job_id, state, run_at, max_attempts, output, finished_at)
SELECT id, 'completed', created_at, 3, 'Something.', now() FROM jobs;
RESET search_path;
VACUUM ANALYZE;
CHECKPOINT;
"""


GET = f"""
function request()
    return wrk.format("GET", string.format("/api/v1/templates/{ID}%.0f", {FIRST} + math.random({ROWS})))
end"""
LIST = 'function request() return wrk.format("GET", "/api/v1/templates?limit=50") end'


class Measured:
    """Answers or transactions a second, the median of their times in milliseconds, and where the processor time went."""

    def __init__(self, server, run):
        before = server.cpu()
        self.count, self.rate, self.median = run()
        self.cpu = [(after - start) * 1e6 / self.count for start, after in zip(before, server.cpu())]


class Bench:
    def __init__(self, server, options):
        self.server = server
        self.options = options
        self.runs = 0

    def pgbench(self, script, connections):
        self.runs += 1
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "script.sql"
            file.write_text(script)
            text = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(self.options.seconds),
                                   "-D", f"made={self.runs * 10_000_000}", "-l", "--log-prefix", f"{folder}/times", "-f", str(file)],
                                  env=self.server.libpq(), capture_output=True, text=True)
            if text.returncode:
                raise SystemExit(text.stderr[:2000] + "\n" + script)
            times = [int(line.split()[2]) for log in pathlib.Path(folder).glob("times*") for line in log.read_text().splitlines()]
        return len(times), float(re.search(r"tps = ([\d.]+) \(without", text.stdout)[1]), statistics.median(times) / 1000

    def compare(self, name, requests, transaction, connections=CONNECTIONS):
        ours, theirs = [], []
        for _ in range(self.options.rounds):
            ours.append(Measured(self.server, lambda: wrk(self.server, requests, connections, self.options.seconds)))
            theirs.append(Measured(self.server, lambda: self.pgbench(transaction, min(connections, DATABASE_CONNECTIONS))))
        ratios = [our.rate / their.rate for our, their in zip(ours, theirs)]
        rounds = f"{self.options.rounds} rounds of {self.options.seconds} s in turn"
        print(f"{name}, {connections} connection{'s' * (connections > 1)}, {rounds}")
        print("  patiod      " + figures(ours, "patiod", "wrk"))
        print("  pgbench     " + figures(theirs, None, "pgbench"))
        work = [sum(their.cpu[1:]) / sum(our.cpu) for our, their in zip(ours, theirs)]
        print(f"  throughput  {statistics.median(ratios):.2f} x pgbench ({min(ratios):.2f} to {max(ratios):.2f}; to reach: 0.5); "
              f"by processor time, which others on the machine disturb less, {statistics.median(work):.2f} x", flush=True)
        return ours, theirs


def figures(measured, server, generator):
    rates = sorted(one.rate for one in measured)
    cpu = [statistics.median(values) for values in zip(*(one.cpu for one in measured))]
    shares = ([f"{server} {cpu[0]:.0f}"] if server else []) + [f"PostgreSQL {cpu[1]:.0f}", f"{generator} {cpu[2]:.0f}"]
    median = statistics.median(one.median for one in measured)
    return (f"{statistics.median(rates):7.0f}/s ({rates[0]:.0f} to {rates[-1]:.0f}), p50 {median:.2f} ms, "
            f"processor time each in µs: {', '.join(shares)}")


def record(server):
    """The transactions of one request of each kind. Asked for often enough before that every statement is prepared."""
    def body(number):
        return {"messages": [{"role": "user", "content": f"Measure {number}"}], "model": "demo/fast", "runAt": LATER}

    sample = f"{ID}{FIRST + 1}"
    for number in range(20):
        server.call("GET", f"/api/v1/templates/{sample}")
        server.call("GET", "/api/v1/templates?limit=50")
        server.call("POST", "/api/v1/generate", body(number))
    with Recorder(server) as recorder:
        server.call("GET", f"/api/v1/templates/{sample}")
        server.call("GET", "/api/v1/templates?limit=50")
        made = server.call("POST", "/api/v1/generate", body(SAMPLE))
        get = pgbench_script(recorder.transaction(sample), [(str(FIRST + 1), "n")])
        page = pgbench_script(recorder.transaction("ORDER BY sort_text, id LIMIT"))
        statements = recorder.transaction(made["id"])
        input_hash = next(match for text, values in statements for match in re.findall(r"\\x([0-9a-f]{64})", " ".join(values)))
        lock = next(values[0].strip("'") for text, values in statements if "advisory" in text)
        generate = pgbench_script(statements, [(made["id"][-12:], "n"), (input_hash[:12], "hash"), (lock, "lock")])
    choose = f"\\set n random({FIRST + 1}, {FIRST + ROWS})\n"
    count = (f"\\set made :made + 1\n\\set n {FIRST} + :client_id * 1000000000 + :made\n"
             f"\\set hash random({FIRST}, {9 * FIRST})\n\\set lock random(1, 9000000000000000000)\n")
    return choose + get, page, count + generate


def answered_again(server, seconds):
    """The time that the server itself writes into its log for requests whose answer it has already."""
    again = {"messages": [{"role": "user", "content": "Say it again."}], "model": "demo/fast"}
    job = server.call("POST", "/api/v1/generate?wait=30", again)
    assert job["state"] == "completed"
    start = server.log.stat().st_size
    count, rate, median = wrk(server, f"wrk.method = 'POST'\nwrk.path = '/api/v1/generate'\nwrk.body = '{json.dumps(again)}'", 1, seconds)
    times = sorted(float(time) for time in re.findall(r"POST /api/v1/generate 200 ([\d.]+) ms", server.log.read_text()[start:]))
    print(f"POST /generate, answered by an earlier job, 1 connection: {count} answers, {rate:.0f}/s, p50 {median:.2f} ms for the client\n"
          f"  time within the server p50 {statistics.median(times):.2f} ms, p99 {times[int(len(times) * 0.99)]:.2f} ms (to reach: below 0.3)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patiod")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args()
    with Patiod(options.patiod) as server:
        server.sql(FILL.replace(":schema", server.schema))
        bench = Bench(server, options)
        get, page, generate = record(server)
        bench.compare("GET one of 100,000 templates with its version", GET, get)
        bench.compare("GET a page of 50 of 100,000 templates", LIST, page)
        bench.compare("POST /generate, a new job beside 100,000 others", GENERATE, generate)
        ours, theirs = bench.compare("POST /generate, a new job", GENERATE, generate, connections=1)
        ratios = [our.median / their.median for our, their in zip(ours, theirs)]
        print(f"  latency     p50 {statistics.median(ratios):.2f} x that of its SQL ({min(ratios):.2f} to {max(ratios):.2f}; to reach: at most 2)")
        answered_again(server, options.seconds)


if __name__ == "__main__":
    main()
