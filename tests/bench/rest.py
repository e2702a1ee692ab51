#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API adds to its SQL: requests a second of a running server beside pgbench with the same statements, in turn, in one run.

rest.py PATIOD   PATIOD is a release build. Needs wrk and pgbench.

Both sides use the server's own PostgreSQL, the same tenant and as many connections. The server's side has HTTP, a signed-in
session, the permission check and JSON in and out; pgbench has none of these.
"""
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request

ROUNDS = 3
SECONDS = 5
CONNECTIONS = 16
TEMPLATES = 2000

TEMPLATE_COLUMNS = "id, slug, name, description, folder, tags, latest_version, author_id, author_name, created_at, updated_at, revision"
VERSION_COLUMNS = (
    "template_id, version, system_prompt, user_prompt, examples, variables_schema, default_model, parameters, note, author_id, "
    "author_name, created_at"
)


class Patiod:
    """A demo server on a free port with a data folder of its own."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.data = pathlib.Path(self.folder.name) / "data"
        environment = {**os.environ, "PATIO_LOG_LEVEL": "warning"}
        self.process = subprocess.Popen(
            [program, "serve", "--demo", "--listen", "127.0.0.1:0", "--data", str(self.data), "--job-attempts", "1"],
            stdout=subprocess.PIPE, text=True, env=environment)
        self.url = self.process.stdout.readline().split()[-1]
        demo = json.loads((self.data / "demo.json").read_text())
        tenant = next(entry for entry in demo["tenants"] if entry["slug"] == "acme")
        user = next(entry for entry in tenant["users"] if entry["role"] == "owner")
        signed_in = self.call("POST", "/api/v1/auth/login", {"tenant": "acme", "email": user["email"], "password": user["password"]})
        self.token = signed_in["accessToken"]
        self.tenant_id = signed_in["profile"]["tenantId"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        if hasattr(self, "token"):
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def database(self):
        """Environment for libpq: the socket of the embedded PostgreSQL, as the server's own user."""
        pid_file = self.data / "postgres/cluster/postmaster.pid"
        lines = pid_file.read_text().split("\n")
        return {**os.environ, "PGHOST": lines[4], "PGPORT": lines[3], "PGUSER": "patio_app", "PGDATABASE": "patio"}

    def stop(self):
        self.process.terminate()
        self.process.wait()


def wrk(url, script):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", file.name, url], capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if bad:
        raise SystemExit(f"{bad.group(1)} answers were refusals")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def pgbench(environment, script, mode):
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        text = subprocess.run(["pgbench", "-n", "-M", mode, "-c", str(CONNECTIONS), "-j", "1", "-T", str(SECONDS), "-f", file.name],
                              env=environment, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"tps = ([\d.]+) \(without", text).group(1))


def enter(tenant):
    schema = "t_" + tenant.replace("-", "")
    return f"BEGIN\\; SET LOCAL ROLE {schema}\\; SET LOCAL search_path TO {schema};\n"


def lua_get(token, path):
    return f'wrk.headers["Authorization"] = "Bearer {token}"\nrequest = function() return wrk.format("GET", "{path}") end\n'


def lua_get_ids(token, ids):
    return (f'wrk.headers["Authorization"] = "Bearer {token}"\nlocal ids = {{{",".join(chr(34) + i + chr(34) for i in ids)}}}\nlocal at = 0\n'
            'request = function() at = at % #ids + 1 return wrk.format("GET", "/api/v1/templates/" .. ids[at]) end\n')


def lua_generate(token):
    return (f'wrk.headers["Authorization"] = "Bearer {token}"\nwrk.headers["Content-Type"] = "application/json"\nlocal at = 0\n'
            'request = function() at = at + 1 return wrk.format("POST", "/api/v1/generate", nil, '
            '\'{"messages":[{"role":"user","content":"Measure \' .. at .. \' \' .. math.random(1e9) .. \'"}],"model":"demo/fast",'
            '"runAt":"2099-01-01T00:00:00.000Z"}\') end\n')


def compare(name, served, plain):
    ratios = []
    for _ in range(ROUNDS):
        ours, theirs = served(), plain()
        ratios.append(ours / theirs)
        print(f"  {name:10s} patiod {ours:9.0f}/s   pgbench {theirs:9.0f}/s   ratio {ours / theirs:.2f}", flush=True)
    print(f"{name}: median ratio {statistics.median(ratios):.2f} of pgbench with the same SQL ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)


def main():
    server = Patiod(sys.argv[1])
    try:
        for number in range(TEMPLATES - 50):
            server.call("POST", "/api/v1/templates", {"name": f"Template {number:05d}", "version": {"userPrompt": "Say {{input}}", "defaultModel": "demo/fast"}})
        ids = [row["id"] for row in server.call("GET", "/api/v1/templates?limit=200")["items"]]
        environment = server.database()
        scope = enter(server.tenant_id)
        listed = ", ".join(f"'{i}'" for i in ids)
        by_id = (f"\\set n random(1, {len(ids)})\n{scope}SELECT {TEMPLATE_COLUMNS} FROM templates WHERE id = (ARRAY[{listed}]::uuid[])[:n] AND removed_at IS NULL;\n"
                 f"SELECT {VERSION_COLUMNS} FROM template_versions WHERE template_id = (ARRAY[{listed}]::uuid[])[:n] AND version = 1;\nCOMMIT;\n")
        page = f"{scope}SELECT {TEMPLATE_COLUMNS} FROM templates WHERE removed_at IS NULL ORDER BY sort_text, id LIMIT 51;\nCOMMIT;\n"
        compare("get by id", lambda: wrk(server.url, lua_get_ids(server.token, ids)), lambda: pgbench(environment, by_id, "prepared"))
        compare("list of 50", lambda: wrk(server.url, lua_get(server.token, "/api/v1/templates?limit=50")), lambda: pgbench(environment, page, "prepared"))
        generate = (pathlib.Path(__file__).parent / "generate.sql").read_text()
        compare("generate", lambda: wrk(server.url, lua_generate(server.token)), lambda: pgbench(environment, scope + generate + "COMMIT;\n", "prepared"))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
