# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that asks patiod: wrk, with a script in Lua that makes the requests."""
import re
import subprocess
import tempfile

LATER = "2099-01-01T00:00:00.000Z"  # jobs with this time are made and stay in the queue
MESSAGES = '{"messages":[{"role":"user","content":"Measure %s"}],"model":"demo/fast","runAt":"%s"}'

# New jobs, no two of them alike.
GENERATE = f"""
local at = 0
function request()
    at = at + 1
    return wrk.format("POST", "/api/v1/generate", nil, string.format('{MESSAGES % ("%d %d", LATER)}', RUN, at))
end"""

runs = 0


def wrk(server, script, connections, seconds):
    """Answers, answers a second and the median of their times in milliseconds. RUN in the script is another number each time."""
    global runs
    runs += 1
    server.sign_in()
    head = f'RUN = {runs}\nwrk.headers["Authorization"] = "Bearer {server.token}"\nwrk.headers["Content-Type"] = "application/json"\n'
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(head + script)
        file.flush()
        text = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", file.name, server.url],
                              capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit("patiod refused some requests:\n" + text)
    median = re.search(r"50%\s+([\d.]+)(us|ms|s)", text)
    return (int(re.search(r"(\d+) requests in", text)[1]), float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
            float(median[1]) * {"us": 0.001, "ms": 1, "s": 1000}[median[2]])
