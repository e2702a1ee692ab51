#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs a second that do nothing: patiod beside graphile-worker, in turn, on one PostgreSQL with the same durability.

jobs.py PATIOD [--rounds N] [--jobs N] [--lone N]   PATIOD is a release build. Needs node and npm. About a minute and a half.

Both workers idle in front of a full table whose jobs are then released at once; the time ends when the table is empty. patiod's jobs
are of the model demo/fast, which answers at once; each leaves its state, an attempt, a ledger row, the sums of its day and three
numbered events; 2,000 may run at a time. graphile-worker's task returns at once and leaves nothing; its settings are those of its own
page about performance. Lone jobs: of patiod from the request to the start of the attempt, as its rows say it, in whole milliseconds;
of graphile-worker from addJob() to the task. Fairness: the same time of jobs of one tenant while another has a hundred thousand
that take seconds each, in front of every place that it may have.
"""
import argparse
import datetime
import http.client
import json
import pathlib
import statistics
import subprocess

from load import LATER
from patiod import Patiod

GRAPHILE = pathlib.Path(__file__).parent / "graphile"

# Copies of a job that was made by a request, for a later time like itself.
FILL = """
CREATE TEMPORARY TABLE copies AS SELECT platform.uuidv7() AS id FROM generate_series(1, :jobs);
INSERT INTO :schema.jobs
SELECT (jsonb_populate_record(copied, jsonb_build_object('id', copies.id))).*
FROM :schema.jobs AS copied, copies WHERE copied.id = :'sample';
INSERT INTO :schema.job_states
SELECT (jsonb_populate_record(copied, jsonb_build_object('job_id', copies.id))).*
FROM :schema.job_states AS copied, copies WHERE copied.job_id = :'sample';
INSERT INTO platform.queue
SELECT (jsonb_populate_record(copied, jsonb_build_object('job_id', copies.id))).*
FROM platform.queue AS copied, copies WHERE copied.job_id = :'sample';
"""

RELEASE = """
BEGIN;
UPDATE platform.queue SET run_at = now();
NOTIFY patio_queue, 'released';
SELECT clock_timestamp() AS begun \\gset
COMMIT;
DO $$ BEGIN
    WHILE EXISTS (SELECT FROM platform.queue) LOOP PERFORM pg_sleep(0.02); END LOOP; -- each look reads what was deleted
END $$;
SELECT clock_timestamp() AS ended \\gset
DO $$ BEGIN
    WHILE EXISTS (SELECT FROM platform.event_arrivals) LOOP PERFORM pg_sleep(0.002); END LOOP;
END $$;
SELECT extract(epoch FROM :'ended'::timestamptz - :'begun'), extract(epoch FROM clock_timestamp() - :'ended');
"""


def graphile(server, *arguments):
    done = subprocess.run(["node", "measure.mjs", *map(str, arguments)], cwd=GRAPHILE, capture_output=True, text=True,
                          env=server.libpq("patio_owner", "graphile"))
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def one_round(server, jobs, number):
    server.sign_in()
    server.sql("CHECKPOINT")
    request = {"messages": [{"role": "user", "content": f"Measure round {number}"}], "model": "demo/fast", "runAt": LATER}
    sample = server.call("POST", "/api/v1/generate", request)
    server.sql(f"\\set jobs {jobs - 1}\n\\set schema {server.schema}\n\\set sample {sample['id']}\n" + FILL)
    server.sql("VACUUM ANALYZE")
    before = server.cpu()
    took, numbered = map(float, server.sql(RELEASE).split("|"))
    spent = [(after - start) * 1e6 / jobs for start, after in zip(before, server.cpu())]
    if int(server.sql(f"SELECT count(*) FROM {server.schema}.usage_events")) != jobs * (number + 1):
        raise SystemExit("the ledger has not a row for each job")
    print(f"  patiod           {jobs / took:7.0f} jobs/s (processor time each in µs: patiod {spent[0]:.0f}, PostgreSQL {spent[1]:.0f}; "
          f"the last event has its number {numbered * 1000:.0f} ms after the last job)")

    server.sql("CHECKPOINT")
    graphile(server, "fill", jobs)
    server.sql("VACUUM ANALYZE", "graphile")
    before = server.cpu()
    work = graphile(server, "work")
    spent = [(after - start) * 1e6 / jobs for start, after in zip(before, server.cpu())]
    print(f"  graphile-worker  {jobs / work['seconds']:7.0f} jobs/s (processor time each in µs: node {spent[2]:.0f}, "
          f"PostgreSQL {spent[1]:.0f})", flush=True)
    return work["seconds"] / took


def pickup(server, count):
    """Milliseconds from the making of each job to the start of its attempt."""
    server.sign_in()
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    headers = {"Authorization": "Bearer " + server.token, "Content-Type": "application/json"}

    def call(method, path, body=None):
        connection.request(method, path, body and json.dumps(body), headers)
        return json.loads(connection.getresponse().read())

    times = []
    for number in range(count):
        request = {"messages": [{"role": "user", "content": f"Alone {number}"}], "model": "demo/fast"}
        job = call("POST", "/api/v1/generate?wait=30", request)
        attempt = call("GET", "/api/v1/jobs/" + job["id"])["attempts"][0]
        begun, made = (datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in (attempt["startedAt"], job["createdAt"]))
        times.append((begun - made).total_seconds() * 1000)
    return times


def beside_a_crowd(server, waiting, count):
    """As pickup(), in another tenant than the one whose jobs wait."""
    server.sign_in()
    request = {"messages": [{"role": "user", "content": "A crowd of words to be said slowly"}], "model": "demo/slow", "runAt": LATER}
    sample = server.call("POST", "/api/v1/generate", request)
    server.sql(f"\\set jobs {waiting - 1}\n\\set schema {server.schema}\n\\set sample {sample['id']}\n" + FILL)
    server.sql("VACUUM ANALYZE")
    server.sql("UPDATE platform.queue SET run_at = now(); NOTIFY patio_queue, 'released';")
    server.sql("DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM platform.queue WHERE lease_id IS NOT NULL) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$")
    server.become("northwind")
    times = pickup(server, count)
    left, running = server.sql("SELECT count(*), count(lease_id) FROM platform.queue").strip().split("|")
    return times, int(left), int(running)


def percentiles(times):
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):.1f} ms, p99 {ordered[int(len(ordered) * 0.99)]:.1f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patiod")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=10_000, help="of a round")
    parser.add_argument("--lone", type=int, default=300)
    parser.add_argument("--crowd", type=int, default=100_000, help="jobs of another tenant that wait")
    options = parser.parse_args()
    if not (GRAPHILE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=GRAPHILE, check=True)
    with Patiod(options.patiod, "--job-concurrency", "2000", "--log-level", "warning") as server:
        server.sql("CREATE DATABASE graphile")
        graphile(server, "fill", 0)
        print(f"From a full table, {options.rounds} rounds of {options.jobs} jobs in turn", flush=True)
        ratios = [one_round(server, options.jobs, number) for number in range(options.rounds)]
        print(f"  ratio            {statistics.median(ratios):.2f} x graphile-worker ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)
        print(f"A lone job, {options.lone} times: from its making to its start")
        print("  patiod           " + percentiles(pickup(server, options.lone)))
        print("  graphile-worker  " + percentiles(graphile(server, "pickup", options.lone)["times"]), flush=True)
    with Patiod(options.patiod, "--job-concurrency", "64", "--log-level", "warning") as server:
        times, left, running = beside_a_crowd(server, options.crowd, options.lone)
        print(f"A job of one tenant beside {left} of another ({running} of them run), {options.lone} times: from its making to its start\n"
              f"  patiod           {percentiles(times)}, at most {max(times):.0f} ms")


if __name__ == "__main__":
    main()
