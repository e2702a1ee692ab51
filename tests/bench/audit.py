#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit log costs: changes a second with and without their entry, in turn, in one run.

audit.py PATIOD [--rounds N] [--seconds N]   PATIOD is a release build. Needs pgbench. About a minute.

Both sides run the transaction that PostgreSQL logged for PATCH /api/v1/templates/{id}, as prepared statements over the socket of
patiod's own PostgreSQL (fsync on); one of them without the statement that writes the entry, so nothing is chained when it commits
either. Each client changes a template of its own: what they wait for is the disk, and the end of their tenant's log.
"""
import argparse
import statistics

from patiod import Patiod
from recorded_sql import Recorder, pgbench_script
from rest import Bench

TEMPLATES = 64
FIRST = 100_000_000_000
ID = "00000000-0000-7000-8000-"

FILL = f"""
SET search_path = :schema, pg_temp;
INSERT INTO templates (id, slug, name, sort_text, search_text)
SELECT ('{ID}' || n)::uuid, 'measured-' || n, 'Measured ' || n, 'measured ' || n, 'measured ' || n
FROM generate_series({FIRST}, {FIRST + TEMPLATES}) AS n;
INSERT INTO template_versions (template_id, version, system_prompt, user_prompt, examples, default_model, parameters, note)
SELECT id, 1, 'You answer in one sentence.', 'Say something about {{{{input}}}}.', '[]', 'demo/fast', '{{}}', ''
FROM templates WHERE slug LIKE 'measured-%';
"""


def patch(server, revision):
    server.call("PATCH", f"/api/v1/templates/{ID}{FIRST}", {"description": f"Change {revision}"}, {"If-Match": f'"{revision}"'})


def record(server):
    for revision in range(1, 20):  # until every statement is prepared
        patch(server, revision)
    with Recorder(server) as recorder:
        patch(server, 20)
        statements = recorder.transaction("INSERT INTO audit_inbox")
    without = [entry for entry in statements if "audit_inbox" not in entry[0]]
    if len(without) != len(statements) - 1:
        raise SystemExit("the change does not write exactly one entry")
    choose = f"\\set n {FIRST} + 1 + :client_id\n"
    varying = [(str(FIRST), "n")]
    return choose + pgbench_script(statements, varying), choose + pgbench_script(without, varying)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patiod")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args()
    with Patiod(options.patiod) as server:
        server.sql(FILL.replace(":schema", server.schema))
        audited, plain = record(server)
        bench = Bench(server, options)
        for clients in (1, 8):
            rates = {"with": [], "without": []}
            for _ in range(options.rounds):
                rates["with"].append(bench.pgbench(audited, clients)[1])
                rates["without"].append(bench.pgbench(plain, clients)[1])
            ratios = sorted(one / other for one, other in zip(rates["with"], rates["without"]))
            print(f"{clients} connection{'s' * (clients > 1)}, {options.rounds} rounds of {options.seconds} s in turn: "
                  f"{statistics.median(rates['with']):.0f} changes/s with an entry, {statistics.median(rates['without']):.0f}/s without; "
                  f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})", flush=True)


if __name__ == "__main__":
    main()
