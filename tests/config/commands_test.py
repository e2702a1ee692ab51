#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""patiod's commands besides `serve`, as an administrator runs them: what they print, and what they end with.

commands_test.py PATIOD
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

PATIOD = pathlib.Path(sys.argv.pop(1)).resolve()
SUCCEEDED, FAILED, WRONG_USE = 0, 1, 2
METHODS = {"get", "put", "post", "delete", "patch"}


class Commands(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)  # for the user that PostgreSQL runs as where root starts it
        self.data = pathlib.Path(folder.name) / "data"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.listen = f"127.0.0.1:{free.getsockname()[1]}"

    def run_command(self, *arguments, **environment):
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PATIO_", "OPENAI_", "ANTHROPIC_", "GEMINI_"))}
        return subprocess.run([PATIOD, *arguments], env=inherited | environment, capture_output=True, text=True, timeout=100, check=False)

    def doctor(self, *arguments, **environment):
        """(exit code, whether all is good, detail of each finding by subject, settings)"""
        result = self.run_command("doctor", "--json", "--data", str(self.data), "--listen", self.listen, *arguments, **environment)
        self.assertIn(result.returncode, (SUCCEEDED, FAILED), result.stderr)
        answer = json.loads(result.stdout)
        return result, answer["good"], {one["subject"]: one for one in answer["findings"]}, answer["settings"]

    def test_help_names_every_command_and_setting(self):
        for flag in ("--help", "-h"):
            result = self.run_command(flag)
            self.assertEqual(result.returncode, SUCCEEDED)
            for word in ("serve", "migrate", "doctor", "openapi", "routes", "--listen", "--data", "--database-url"):
                self.assertIn(word, result.stdout)

    def test_version(self):
        result = self.run_command("--version")
        self.assertEqual(result.returncode, SUCCEEDED)
        self.assertRegex(result.stdout, r"^patiod \d+\.\d+\.\d+\n$")

    def test_wrong_use_is_said_on_standard_error(self):
        for arguments, words in (
            ([], "say what to do"),
            (["sevre"], "there is no command “sevre”"),
            (["serve", "--lisen=1"], "--lisen"),
            (["doctor", "--config", "/nowhere.toml"], "/nowhere.toml"),
        ):
            result = self.run_command(*arguments)
            self.assertEqual((result.returncode, result.stdout), (WRONG_USE, ""))
            self.assertIn(words, result.stderr)

    def test_openapi_and_routes_agree(self):
        document = json.loads(self.run_command("openapi").stdout)
        self.assertEqual(document["openapi"][:3], "3.1")
        described = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item if method in METHODS}
        routes = {" ".join(line.split()[:2]) for line in self.run_command("routes").stdout.splitlines()}
        self.assertEqual(described, routes)

    def test_migrate_makes_the_database_and_has_nothing_to_do_again(self):
        first = self.run_command("migrate", "--data", str(self.data))
        self.assertEqual(first.returncode, SUCCEEDED, first.stderr)
        self.assertRegex(first.stdout, r"^[1-9]\d* platform files, ")
        again = self.run_command("migrate", "--data", str(self.data))
        self.assertEqual(again.returncode, SUCCEEDED, again.stderr)
        self.assertRegex(again.stdout, r"^0 platform files, 0 tenant files in ")
        self.assertEqual(list(self.data.rglob("postmaster.pid")), [])
        _, good, findings, _ = self.doctor()
        self.assertTrue(good, findings)
        self.assertEqual(findings["embedded PostgreSQL"]["detail"], "starts and stops")

    def test_migrate_says_what_it_cannot_reach(self):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        result = self.run_command("migrate", "--database-url", f"postgresql://me:hidden@127.0.0.1:{port}/patio")
        self.assertEqual(result.returncode, FAILED)
        self.assertIn("127.0.0.1", result.stderr)
        self.assertNotIn("hidden", result.stderr)

    def test_doctor_before_the_first_start(self):
        result, good, findings, settings = self.doctor()
        self.assertEqual((result.returncode, good), (SUCCEEDED, True))
        self.assertIn("will be made at the first start", findings["data folder"]["detail"])
        self.assertIn("OPENAI_API_KEY", findings["providers"]["detail"])
        self.assertEqual(settings["listen"], self.listen)
        self.assertFalse(self.data.exists(), "the doctor only looks")

    def test_doctor_in_words(self):
        result = self.run_command("doctor", "--data", str(self.data), "--listen", self.listen)
        self.assertEqual(result.returncode, SUCCEEDED)
        for line in ("Settings", "Findings", f"  listen {' ' * 24}{self.listen}"):
            self.assertIn(line, result.stdout.splitlines())
        self.assertNotIn("WRONG", result.stdout)

    def test_doctor_finds_what_is_wrong(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            file = self.data.parent / "file"
            file.write_text("no certificate")
            result, good, findings, _ = self.doctor(
                "--listen", f"127.0.0.1:{taken.getsockname()[1]}", "--data", str(file),
                "--tls-certificate", str(file), "--tls-key", str(file), "--database-url", "postgresql://me:hidden@127.0.0.1:1/patio",
                "--redis-url", "redis://me:hidden@127.0.0.1:1",
                PATIO_MASTER_KEY="short",
            )  # fmt: skip
        self.assertEqual((result.returncode, good), (FAILED, False))
        wrong = {subject for subject, finding in findings.items() if not finding["good"]}
        self.assertEqual(wrong, {"data folder", "master key", "database", "Redis", "address", "TLS"})
        self.assertNotIn("hidden", result.stdout)

    def test_doctor_never_shows_a_secret(self):
        secrets = {"OPENAI_API_KEY": "sk-one", "ANTHROPIC_API_KEY": "sk-two", "GEMINI_API_KEY": "AIza-three"}
        result, _, findings, _ = self.doctor(**secrets)
        self.assertEqual(findings["providers"]["detail"], "demo, openai, anthropic, google")
        for secret in secrets.values():
            self.assertNotIn(secret, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
