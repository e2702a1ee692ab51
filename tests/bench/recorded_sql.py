# SPDX-License-Identifier: GPL-3.0-or-later
"""The SQL of one request, as PostgreSQL saw it, made into a script for pgbench: so the comparison cannot drift from the code."""
import pathlib
import re
import time

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class Recorder:
    """Lets PostgreSQL log the statements of all sessions while `with` holds."""

    def __init__(self, server):
        self.server = server
        self.log = pathlib.Path(server.data) / "postgres/log"

    def __enter__(self):
        self.set("log_statement = 'all'", "log_error_verbosity = 'default'")
        while self.server.sql("SHOW log_statement").strip() != "all":  # the signal takes its time
            time.sleep(0.01)
        self.start = self.log.stat().st_size
        return self

    def __exit__(self, *_):
        self.set("log_statement = DEFAULT", "log_error_verbosity = DEFAULT")

    def set(self, *settings):
        self.server.sql("".join(f"ALTER SYSTEM SET {setting};\n" for setting in settings) + "SELECT pg_reload_conf();")

    def transaction(self, marker):
        """The statements, each as (text, values), of the one tenant transaction that holds the marker."""
        sessions, found = {}, []
        for pid, text, values in entries(self.log.read_text(errors="replace")[self.start:]):
            if text.startswith("BEGIN"):
                sessions[pid] = []
            sessions.setdefault(pid, []).append((text, values))
            if text.startswith("COMMIT"):
                statements = sessions.pop(pid)
                if "LOCAL ROLE t_" in statements[0][0] and any(marker in text + " ".join(values) for text, values in statements):
                    found.append(statements)
        if len(found) != 1:
            raise SystemExit(f"{len(found)} transactions hold “{marker}”, where one was expected")
        return found[0]


def entries(log):
    """Of each logged statement its process, text and values. A line that begins with a tab continues the one before."""
    lines = re.split(r"\n(?!\t)", log)
    for number, line in enumerate(lines):
        head = re.match(r"\S+ \S+ \S+ \[(\d+)\] LOG:  (?:statement|execute [^:]*): (.*)", line, re.S)
        if not head:
            continue
        detail = lines[number + 1] if number + 1 < len(lines) else ""
        values = re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", detail) if "DETAIL:  parameters: " in detail else []
        yield head[1], re.sub(r"\s+", " ", head[2]), values


def pgbench_script(statements, varying=()):
    """The transaction for pgbench -M prepared: statements that came in one round trip go in one, the others one by one.

    varying: pairs of a text within the recorded values and the name of the variable that replaces it.
    """
    script = ""
    for text, values in statements:
        text = re.sub(r"--[^\n]*", "", text)
        text = re.sub(r"\$(\d+)", lambda match: literal(values[int(match[1]) - 1], varying), text)
        parts = [part.strip() for part in text.split("; ")]
        script += ";\n".join(parts) + ";\n" if len(parts) == 1 else "\\startpipeline\n" + ";\n".join(parts) + ";\n\\endpipeline\n"
    return script


def literal(value, varying):
    if value == "NULL":
        return value
    plain, names = value[1:-1].replace("''", "'"), dict(varying)
    parts = re.split("(" + "|".join(map(re.escape, names)) + ")", plain) if names else [plain]
    if len(parts) == 1:
        return quoted(plain)
    kind = ("bigint" if plain.lstrip("-").isdigit() else "bytea" if plain.startswith("\\x") else "uuid" if re.fullmatch(UUID, plain)
            else "json" if re.match(r'\{"[^"{\\]*":', plain)
            else "uuid[]" if re.fullmatch(r"\{" + UUID + r"\}", plain) else "text[]" if plain.startswith("{") else "text")
    return "(" + " || ".join(f":{names[part]}" if part in names else quoted(part) for part in parts) + f")::{kind}"


def quoted(text):
    """A constant without a colon, which pgbench would take for the beginning of a variable."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\x3a") + "'"
