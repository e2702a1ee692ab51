# SPDX-License-Identifier: GPL-3.0-or-later
"""A release build of patiod with a data folder and a PostgreSQL of its own, for the benchmarks beside."""
import json
import os
import pathlib
import resource
import subprocess
import tempfile
import urllib.request

# What both sides of a comparison share: the cluster as patiod makes it, fsync on, with room for the other side's connections.
LOCAL_CONF = "max_connections = 200\n"


class Patiod:
    """A demo server on a free port, signed in as the owner of the tenant acme. Use it in a with statement."""

    def __init__(self, program, *flags):
        self.folder = tempfile.TemporaryDirectory(prefix="patio-bench-")
        os.chmod(self.folder.name, 0o755)
        self.data = pathlib.Path(self.folder.name) / "data"
        (self.data / "postgres").mkdir(parents=True)
        (self.data / "postgres/local.conf").write_text(LOCAL_CONF)
        (self.data / "postgres/local.conf").chmod(0o644)
        self.log = pathlib.Path(self.folder.name) / "patiod.log"
        self.process = subprocess.Popen(
            [program, "serve", "--demo", "--demo-history=false", "--listen", "127.0.0.1:0", "--data", str(self.data), "--log-format", "json", *flags],
            stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        self.url = next((line.split()[-1] for line in self.process.stdout if "http://" in line), None)
        if not self.url:
            raise SystemExit("patiod did not start:\n" + self.log.read_text())
        self.become("acme")

    def become(self, slug):
        """From now on the owner of that tenant of the demo."""
        demo = json.loads((self.data / "demo.json").read_text())
        tenant = next(entry for entry in demo["tenants"] if entry["slug"] == slug)
        user = next(entry for entry in tenant["users"] if entry["role"] == "owner")
        self.token = None
        self.account = {"tenant": slug, "email": user["email"], "password": user["password"]}
        self.sign_in()

    def sign_in(self):
        """Access tokens last some minutes: called again before each measurement."""
        signed_in = self.call("POST", "/api/v1/auth/login", self.account)
        self.token = signed_in["accessToken"]
        self.schema = "t_" + signed_in["profile"]["tenantId"].replace("-", "")

    def call(self, method, path, body=None, headers={}):
        request = urllib.request.Request(self.url + path, method=method, data=None if body is None else json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name, value)
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def get(self, path):
        """The bytes of an answer, when what is measured should not have the time to parse them in it."""
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers={"Authorization": "Bearer " + self.token})) as answer:
            return answer.read()

    def libpq(self, user="patio_app", database="patio"):
        """Environment for programs that use libpq: the socket of the server's own PostgreSQL."""
        lines = (self.data / "postgres/cluster/postmaster.pid").read_text().split("\n")
        return {**os.environ, "PGHOST": lines[4], "PGPORT": lines[3], "PGUSER": user, "PGDATABASE": database}

    def sql(self, script, database="patio"):
        """Runs statements as the owner of the cluster; gives what they print."""
        done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], input=script, text=True, capture_output=True,
                              env=self.libpq("patio_owner", database))
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout

    def cpu(self):
        """Seconds of processor time until now: of patiod, of its PostgreSQL, of the programs that this one has run."""
        postmaster = int((self.data / "postgres/cluster/postmaster.pid").read_text().split("\n")[0])
        backends = [int(pid) for pid in pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()]
        postgres = spent(postmaster, with_children=True) + sum(spent(pid) for pid in backends)
        programs = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent(self.process.pid), postgres, programs.ru_utime + programs.ru_stime

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def spent(pid, with_children=False):
    """Processor seconds of a process, and of those that it has waited for."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15 if with_children else 13]) / os.sysconf("SC_CLK_TCK")
