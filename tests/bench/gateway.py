#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateway adds to a call of a model, beside nginx as a reverse proxy and the Portkey gateway, in turn, in one run.

gateway.py [PATIOD] [--rounds N] [--seconds N]   PATIOD is a release build (build/release/bin/patiod). Needs wrk, nginx, node and npm.

All of them pass POST /v1/chat/completions on to one server that answers at once (an nginx of its own with a fixed answer): patiod with a gateway
key, a limit of requests a minute, a budget, its usage ledger and metrics; nginx with kept connections; Portkey as it comes. Each round measures
every one at each concurrency. `added` is the latency beyond that of asking the server directly in the same round. Streams come from a server on
Node that says one word each 20 ms: how much later than directly the first word arrives.
"""
import argparse
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from patiod import Patiod, spent  # noqa: E402

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ANSWER = json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "created": 1764230400, "model": "gpt-4o-mini", "choices": [{
    "index": 0, "message": {"role": "assistant", "content": "The quick brown fox jumps over the lazy dog. " * 10, "refusal": None, "annotations": []},
    "logprobs": None, "finish_reason": "stop"}], "usage": {"prompt_tokens": 120, "completion_tokens": 100, "total_tokens": 220}})
QUESTION = json.dumps({"model": "gpt-4o-mini", "messages": [{"role": "system", "content": "You are a helpful assistant. " * 10},
                                                            {"role": "user", "content": "Say something about foxes."}], "max_tokens": 200})
STREAM = """
import { createServer } from 'node:http';
const line = (delta, more) => `data: ${JSON.stringify({id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', choices: [{index: 0, delta, finish_reason: null}], ...more})}\\n\\n`;
createServer(async (request, response) => {
    for await (const part of request) ;
    response.writeHead(200, {'Content-Type': 'text/event-stream'});
    for (let i = 0; i < 5; ++i) {
        response.write(line({content: 'word '}));
        await new Promise(done => setTimeout(done, 20));
    }
    response.write(`data: ${JSON.stringify({id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', choices: [{index: 0, delta: {}, finish_reason: 'stop'}]})}\\n\\n`);
    response.write(`data: ${JSON.stringify({id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', choices: [], usage: {prompt_tokens: 10, completion_tokens: 5, total_tokens: 15}})}\\n\\n`);
    response.end('data: [DONE]\\n\\n');
}).listen(+process.argv[2], '127.0.0.1', () => console.log('ready'));
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nobody listens on port {port}")


class Program:
    """A program on a port, until it is stopped."""

    def __init__(self, command, port, **options):
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        self.port = port
        wait_for(port)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def nginx(folder, name, location, more=""):
    port = free_port()
    path = pathlib.Path(folder) / name
    path.mkdir()
    (path / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {path}/pid; error_log {path}/error.log;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; keepalive_requests 100000000; client_body_temp_path {path}/body; proxy_temp_path {path}/proxy;
            fastcgi_temp_path {path}/fastcgi; uwsgi_temp_path {path}/uwsgi; scgi_temp_path {path}/scgi;
            {more.replace("PORT", str(port))}
            server {{ listen 127.0.0.1:{port}; location / {{ {location} }} }}
        }}""")
    return Program(["nginx", "-p", str(path), "-c", str(path / "nginx.conf")], port)


class Way:
    """A way to the model: directly or through one of those that are compared."""

    def __init__(self, name, port, headers, pid=None):
        self.name, self.port, self.headers, self.pid = name, port, headers, pid

    def processes(self):
        if not self.pid:
            return []
        children = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid] + ([int(child) for child in children] if self.name == "nginx" else [])

    def cpu(self):
        return sum(spent(pid) for pid in self.processes())

    def memory(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) for pid in self.processes()) / 1024

    def measure(self, connections, seconds):
        """Requests a second, p50 and p99 in microseconds, processor time of a request in microseconds. None where wrk gave up waiting for some."""
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            lines = [f'wrk.headers["{name}"] = "{value}"' for name, value in {"Content-Type": "application/json", **self.headers}.items()]
            script.write("\n".join(['wrk.method = "POST"', f"wrk.body = [==[{QUESTION}]==]", *lines]))
            script.flush()
            before = self.cpu()
            text = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script.name,
                                   f"http://127.0.0.1:{self.port}/v1/chat/completions"], capture_output=True, text=True, check=True).stdout
            used = self.cpu() - before
        if "Non-2xx" not in text and re.search(r"Socket errors: connect 0, read 0, write 0, timeout [1-9]", text):
            return None
        if "Non-2xx" in text or "Socket errors" in text:
            raise SystemExit(f"{self.name} refused some requests:\n{text}")

        def percentile(which):
            value, unit = re.search(rf"{which}%\s+([\d.]+)(us|ms|s)", text).groups()
            return float(value) * {"us": 1, "ms": 1e3, "s": 1e6}[unit]
        requests = int(re.search(r"(\d+) requests in", text)[1])
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), percentile(50), percentile(99), used / requests * 1e6

    def first_word(self, port, times):
        """Milliseconds until the first word of a stream, the median and the 99th percentile; one connection for each. None where Portkey gave none."""
        body = json.dumps({**json.loads(QUESTION), "stream": True}).encode()
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers.items()) + "\r\n"
        waits = []
        for _ in range(times):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                start = time.perf_counter()
                connection.sendall(head.encode() + body)
                got = b""
                while b'"content":"word' not in got.replace(b" ", b""):
                    part = connection.recv(65536)
                    if not part and self.name == "portkey":
                        return None
                    if not part:
                        raise SystemExit(f"{self.name} gave no stream: {got[:400]}")
                    got += part
                waits.append((time.perf_counter() - start) * 1e3)
                while connection.recv(65536):
                    pass
        return statistics.median(waits), sorted(waits)[int(len(waits) * 0.99)]


def portkey(folder):
    """The program of the npm package, kept beside the build."""
    home = PROJECT / "build/bench-portkey"
    server = home / "node_modules/@portkey-ai/gateway/build/start-server.js"
    if not server.exists():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(home), "@portkey-ai/gateway@1"], check=True)
    port = free_port()
    return Program(["node", str(server), f"--port={port}", "--headless"], port)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patiod", nargs="?", default="build/release/bin/patiod")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--without-portkey", action="store_true")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        upstream = nginx(folder, "upstream", f"default_type application/json; return 200 '{ANSWER}';")
        stream_port = free_port()
        (pathlib.Path(folder) / "stream.mjs").write_text(STREAM)
        streams = Program(["node", f"{folder}/stream.mjs", str(stream_port)], stream_port)

        def proxy(name, port):
            return nginx(folder, name, "proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffering off;",
                         f"upstream model {{ server 127.0.0.1:{port}; keepalive 256; }}")
        whole_proxy, stream_proxy = proxy("whole", upstream.port), proxy("streams", stream_port)
        os.environ.update({"OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": f"http://127.0.0.1:{upstream.port}/v1", "NODE_ENV": "production"})
        other = None if arguments.without_portkey else portkey(folder)
        with Patiod(arguments.patiod, "--log-level", "warning") as server:
            owner = server.call("POST", "/api/v1/gateway-keys", {"name": "Bench"})
            key, secret = owner["key"]["id"], owner["secret"]
            server.call("POST", "/api/v1/budgets", {"name": "Bench", "subject": "key", "subjectId": key, "period": "month", "amountNanos": 10**15})
            server.call("POST", "/api/v1/gateway-limits", {"subject": "key", "subjectId": key, "kind": "requestsPerMinute", "amount": 10**9})
            ways = [Way("direct", upstream.port, {}),
                    Way("nginx", whole_proxy.port, {}, whole_proxy.process.pid),
                    Way("patiod", int(server.url.rsplit(":", 1)[1]), {"Authorization": f"Bearer {secret}"}, server.process.pid)]
            if other:
                ways.append(Way("portkey", other.port, {"Authorization": "Bearer sk-test", "x-portkey-provider": "openai",
                                                        "x-portkey-custom-host": f"http://127.0.0.1:{upstream.port}/v1"}, other.process.pid))
            results = {}
            for way in ways:
                way.measure(16, 1)  # warm
            for round_number in range(arguments.rounds):
                for connections in (1, 16, 128):
                    for way in ways:
                        result = way.measure(connections, arguments.seconds)
                        cell = f"round {round_number + 1}  {connections:4} at once  {way.name:8}"
                        results.setdefault((connections, way.name), []).append(result)
                        if not result:
                            print(f"{cell} timed out", flush=True)
                            continue
                        print(f"{cell} {result[0]:8.0f}/s  p50 {result[1]:7.0f} us  p99 {result[2]:7.0f} us  "
                              f"CPU {result[3]:6.1f} us", flush=True)
            memory = {way.name: way.memory() for way in ways if way.pid}

            def ratio(values):
                return f"{statistics.median(values):.2f} x ({min(values):.2f} to {max(values):.2f})" if values else "timed out, not comparable with"

            def of(connections, names, index):
                """A tuple of each round in which none of them timed out."""
                rounds = zip(*(results[connections, name] for name in names))
                return [tuple(row[index] for row in rows) for rows in rounds if all(rows)]

            def median(values):
                return f"{statistics.median(values):.0f} us" if values else "timed out"
            print()
            at_one = of(1, ("direct", "nginx", "patiod"), 1)
            print(f"added p50 at concurrency 1: nginx {median([n - d for d, n, _ in at_one])}, patiod {median([a - d for d, _, a in at_one])}, "
                  f"{ratio([(a - d) / max(n - d, 1) for d, n, a in at_one])} nginx's (wanted: at most 1.2)")
            if other:
                at_one = of(1, ("direct", "portkey", "patiod"), 1)
                print(f"  portkey {median([n - d for d, n, _ in at_one])}, "
                      f"patiod {ratio([(a - d) / max(n - d, 1) for d, n, a in at_one])} portkey's (wanted: at most 0.1)")
            for connections in (1, 16, 128):
                line = f"requests/s at {connections}: {ratio([a / n for a, n in of(connections, ('patiod', 'nginx'), 0)])} nginx's (wanted 0.5)"
                if other:
                    line += f", {ratio([a / n for a, n in of(connections, ('patiod', 'portkey'), 0)])} portkey's (wanted 20)"
                print(line)
            print("memory: " + ", ".join(f"{name} {size:.0f} MB" for name, size in memory.items()))
            server.sign_in()
            asked = sum(result[0] for (_, name), rows in results.items() if name == "patiod" for result in rows if result) * arguments.seconds
            for _ in range(600):
                rows = server.call("GET", f"/api/v1/usage?keyId={key}")["total"]["calls"]
                time.sleep(0.1)
                if rows == server.call("GET", f"/api/v1/usage?keyId={key}")["total"]["calls"]:
                    break
            print(f"calls in the ledger: {rows}, asked some {asked:.0f}")
        os.environ["OPENAI_BASE_URL"] = f"http://127.0.0.1:{stream_port}/v1"
        with Patiod(arguments.patiod, "--log-level", "warning") as server:
            secret = server.call("POST", "/api/v1/gateway-keys", {"name": "Bench"})["secret"]
            words = [("direct", Way("direct", 0, {}), stream_port), ("nginx", Way("nginx", 0, {}), stream_proxy.port),
                     ("patiod", Way("patiod", 0, {"Authorization": f"Bearer {secret}"}), int(server.url.rsplit(":", 1)[1]))]
            if other:
                words.append(("portkey", Way("portkey", 0, {"Authorization": "Bearer sk-test", "x-portkey-provider": "openai",
                                                            "x-portkey-custom-host": f"http://127.0.0.1:{stream_port}/v1"}), other.port))
            medians = {}
            for name, way, port in words:
                way.first_word(port, 5)
                medians[name] = way.first_word(port, arguments.streams)
            print("first word of a stream, later than directly: " + ", ".join(
                f"{name} {(word[0] - medians['direct'][0]) * 1000:.0f} us (p99 {(word[1] - medians['direct'][1]) * 1000:.0f})" if word
                else f"{name} gave none"
                for name, word in medians.items() if name != "direct") + "; wanted of patiod: at most 1,000")
        for program in (upstream, streams, whole_proxy, stream_proxy, *([other] if other else [])):
            program.stop()


if __name__ == "__main__":
    main()
