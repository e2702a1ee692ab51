#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patio's main job by HTTP, with the demo tenant: sign in, pick a template, run it, watch the answer stream in, see what it cost.

main_job.py DEMO.json                        run it; exit 0 when the job completed, 1 when not
main_job.py --ready TIME DEMO.json           exit 0 when the server that wrote the file since TIME (Unix seconds) is ready
main_job.py --how-to-go-on FOLDER DEMO.json  print what a person can do next; FOLDER holds the programs

DEMO.json is what `patiod serve --demo` writes into its data folder.
"""
import argparse
import json
import os
import sys
import urllib.error
import urllib.request

ROLE = "prompt-engineer"
SECONDS = 120


class Refused(Exception):
    """The server answered with an error, or with something that is not what was asked for."""


class Patio:
    """Calls of one signed-in person."""

    def __init__(self, base_url):
        self.base_url = base_url
        self.token = None

    def open(self, path, body=None, accept="application/json"):
        headers = {"Accept": accept}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base_url + path, data, headers)
        try:
            return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=SECONDS)
        except urllib.error.HTTPError as error:
            raise Refused(f"{path}: {error.code} {error.read(2000).decode(errors='replace')}") from error

    def call(self, path, body=None):
        with self.open(path, body) as response:
            return json.load(response)

    def sign_in(self, tenant, user):
        answer = self.call("/api/v1/auth/login", {"tenant": tenant, "email": user["email"], "password": user["password"]})
        self.token = answer["accessToken"]


def sample(schema, name):
    """A value that fits a JSON Schema as templates use them, preferring what its author wrote as an example."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("default", "const"):
        if key in schema:
            return schema[key]
    kind = schema.get("type", "string")
    if kind == "object":
        return {key: sample(inner, key) for key, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema.get("items", {}), name)] * max(1, schema.get("minItems", 1))
    if kind in ("integer", "number"):
        return max(1, schema.get("minimum", 1))
    if kind == "boolean":
        return True
    return f"a {name} to try"


def events(response):
    """The events of a text/event-stream as (name, data) pairs."""
    name, data = "message", []
    for line in response:
        line = line.decode().rstrip("\r\n")
        if not line:
            if data:
                yield name, json.loads("\n".join(data))
            name, data = "message", []
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))


def stream(patio, request):
    """Runs a generation, printing the answer as it comes in. Returns the job as it ended."""
    job = None
    printed = ""
    with patio.open("/api/v1/generate", request, "text/event-stream") as response:
        for name, data in events(response):
            if name == "output":
                printed += data["text"]
                print(data["text"], end="", flush=True)
            elif name in ("job", "done"):
                job = data
            if name == "done":
                break
    if job is None:
        raise Refused("/api/v1/generate: the stream ended without a job")
    if not printed and job.get("output"):
        print(job["output"], end="")
    print("\n")
    return patio.call(f"/api/v1/jobs/{job['id']}")["job"]


def dollars(nanos):
    return "unknown" if nanos is None else f"US$ {nanos / 1e9:.9f}".rstrip("0").rstrip(".")


def run(demo):
    tenant = demo["tenants"][0]
    user = next(user for user in tenant["users"] if user["role"] == ROLE)
    patio = Patio(demo["baseUrl"])
    patio.sign_in(tenant["slug"], user)
    print(f"Signed in to {tenant['name']} as {user['email']}.")

    templates = patio.call("/api/v1/templates")["items"]
    if not templates:
        raise Refused("/api/v1/templates: the demo tenant has no template")
    chosen = templates[0]
    version = patio.call(f"/api/v1/templates/{chosen['id']}/versions/{chosen['latestVersion']}")
    variables = sample({"type": "object", **(version.get("variablesSchema") or {"properties": {"input": {}}})}, "")
    print(f"Running “{chosen['name']}”, version {version['version']}, on {version['defaultModel']}:\n")

    job = stream(patio, {"template": chosen["slug"], "variables": variables, "cache": "bypass"})
    print(f"Job {job['id']} {job['state']}: {job['inputTokens']} tokens in, {job['outputTokens']} out, {dollars(job['costNanos'])}.")
    if job["state"] != "completed":
        raise Refused(f"the job ended {job['state']}: {(job.get('error') or {}).get('message', 'without an error')}")
    total = patio.call("/api/v1/usage")["total"]
    print(f"This tenant, last 30 days: {total['calls']} calls, {total['inputTokens']} tokens in, {total['outputTokens']} out, {dollars(total['costNanos'])}.")


def how_to_go_on(demo, file, programs):
    tenant = demo["tenants"][0]
    user = next(user for user in tenant["users"] if user["role"] == ROLE)
    client = os.path.join(programs, "patio")
    window = f"{client} --demo '{file}'" if os.path.exists(client) else "start installer/quickstart where there is a display"
    print(f"""
How to go on:
  the window      {window}
  the API         {demo['baseUrl']}/openapi.json
  sign in as      {user['email']} of tenant {tenant['slug']}; every demo password is in {file}
""")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", help="the file that patiod serve --demo wrote")
    parser.add_argument("--ready", metavar="TIME", type=float, help="only ask whether the server is ready")
    parser.add_argument("--how-to-go-on", metavar="FOLDER", dest="folder", help="only print what to do next")
    arguments = parser.parse_args()
    try:
        with open(arguments.demo, encoding="utf-8") as file:
            demo = json.load(file)
        if arguments.folder:
            how_to_go_on(demo, arguments.demo, arguments.folder)
        elif arguments.ready is not None:
            if os.stat(arguments.demo).st_mtime < arguments.ready:
                return 1
            Patio(demo["baseUrl"]).open("/readyz", accept="*/*").close()
        else:
            run(demo)
    except (Refused, OSError, ValueError, KeyError, StopIteration) as error:
        print(f"main_job: {error if str(error) else type(error).__name__}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
