#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts' own logic: which packages are installed, how tests are counted, which values a demo run sends."""
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / "installer"), str(PROJECT / "tests")]
import main_job  # noqa: E402
import summary  # noqa: E402


class Packages(unittest.TestCase):
    """installer/lib.sh with a dpkg-query, apt-cache and apt-get that know a made-up Debian."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "installer/packages").mkdir(parents=True)
        (self.root / "bin").mkdir()
        (self.root / "installer/lib.sh").write_text((PROJECT / "installer/lib.sh").read_text())
        self.command("dpkg-query", "printf 'here installed\\nthere installed\\nremoved config-files\\n'")
        self.command("apt-cache", 'for last; do :; done; case $last in new-*) ;; *) echo "Package: $last" ;; esac')
        self.command("apt-get", f'echo "$@" >> {self.root}/apt-get.log')
        self.command("sudo", '"$@"')

    def command(self, name, body):
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)

    def install(self, lines, before="", **named):
        (self.root / "installer/packages/some").write_text(lines)
        script = f"source {self.root}/installer/lib.sh; {before} install_packages some"
        environment = os.environ | {"PATH": f"{self.root}/bin:{os.environ['PATH']}"}
        named.setdefault("stdin", subprocess.DEVNULL)
        result = subprocess.run(["bash", "-c", script, "quickstart"], env=environment, capture_output=True, text=True, **named)
        log = self.root / "apt-get.log"
        asked = log.read_text().splitlines() if log.exists() else []
        return result, [line.partition("--no-install-recommends ")[2].split() for line in asked if line.startswith("install")]

    def test_installs_only_what_is_missing(self):
        _, installed = self.install("here\nmissing # why\n\n# a comment\nremoved\n")
        self.assertEqual(installed, [["missing", "removed"]])

    def test_asks_for_nothing_when_all_is_there(self):
        result, installed = self.install("here\nabsent | there\nabsent (sh)\nabsent (/bin/s*)\n")
        self.assertEqual((result.returncode, result.stdout, installed), (0, "", []))

    def test_takes_the_first_alternative_that_the_release_offers(self):
        _, installed = self.install("new-name | old-name\nnew-tool | there (no-such-command)\n")
        self.assertEqual(installed, [["old-name", "there"]])

    def test_a_failed_installation_ends_the_script(self):
        self.command("apt-get", "exit 100")
        result, _ = self.install("missing\n")
        self.assertEqual(result.returncode, 1)
        self.assertIn("apt-get update failed", result.stderr)

    def test_a_no_on_the_terminal_installs_nothing(self):
        master, terminal = pty.openpty()
        os.write(master, b"n\n")
        result, installed = self.install("missing\n", stdin=terminal)
        os.close(master)
        os.close(terminal)
        self.assertEqual((result.returncode, installed), (1, []))
        self.assertIn("nothing was installed", result.stderr)

    def test_yes_does_not_ask_on_a_terminal(self):
        master, terminal = pty.openpty()
        result, installed = self.install("missing\n", before="assume_yes=1;", stdin=terminal, timeout=30)
        os.close(master)
        os.close(terminal)
        self.assertEqual((result.returncode, installed), (0, [["missing"]]))


class Counting(unittest.TestCase):
    def closing_line(self, *cases):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "release.xml").write_text("<testsuite>" + "".join(cases) + "</testsuite>")
            result = subprocess.run([sys.executable, PROJECT / "tests/summary.py", folder], capture_output=True, text=True, check=False)
        return result.stdout.splitlines()[-1], result.returncode

    @staticmethod
    def case(status, output=""):
        return f'<testcase name="one" status="{status}"><system-out>{output}</system-out></testcase>'

    def test_functions_of_a_program(self):
        totals = "Totals: 7 passed, 0 failed, 1 skipped, 0 blacklisted, 3ms\nTotals: 3 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms"
        self.assertEqual(self.closing_line(self.case("run", totals)), ("6 passed, 0 failed, 1 skipped", 0))

    def test_functions_of_scripts(self):
        python = "Ran 9 tests in 0.5s\n\nFAILED (failures=1, errors=1, skipped=2)"
        node = "# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0"
        fine = "Ran 1 test in 0.001s\n\nOK"
        line = self.closing_line(self.case("fail", python), self.case("fail", node), self.case("run", fine))
        self.assertEqual(line, ("9 passed, 4 failed, 3 skipped", 1))

    def test_a_script_counts_as_one(self):
        self.assertEqual(self.closing_line(self.case("run"), self.case("disabled")), ("1 passed, 0 failed, 1 skipped", 0))

    def test_failures_and_crashes(self):
        failed = self.case("fail", "Totals: 4 passed, 2 failed, 0 skipped, 0 blacklisted, 3ms")
        self.assertEqual(self.closing_line(failed, self.case("fail"), self.case("notrun")), ("2 passed, 4 failed, 0 skipped", 1))

    def test_no_test_is_no_success(self):
        self.assertEqual(self.closing_line(), ("0 passed, 0 failed, 0 skipped", 1))


class Run(unittest.TestCase):
    """tests/run with a cmake and a ctest that only claim to have worked."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("tests", "installer/packages", "bin", "temporary"):
            (self.root / name).mkdir(parents=True)
        for name in ("tests/run", "tests/summary.py", "installer/lib.sh"):
            shutil.copy(PROJECT / name, self.root / name)
        for purpose in ("build", "runtime", "client", "test"):
            (self.root / "installer/packages" / purpose).touch()
        self.command("cmake", "exit 0")
        self.command("ctest", self.report("Totals: 5 passed, 0 failed, 0 skipped, 0 blacklisted, 3ms"))

    def command(self, name, body):
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)

    @staticmethod
    def report(totals):
        case = f'<testcase name="one" status="run"><system-out>{totals}</system-out></testcase>'
        return f'while [ "$1" != --output-junit ]; do shift; done; echo \'<testsuite>{case}</testsuite>\' > "$2"'

    def run_tests(self):
        environment = os.environ | {"PATH": f"{self.root}/bin:{os.environ['PATH']}", "TMPDIR": str(self.root / "temporary")}
        result = subprocess.run([self.root / "tests/run"], env=environment, capture_output=True, text=True, timeout=60, check=False)
        return result.returncode, result.stdout.splitlines()

    def test_ends_with_the_times_and_the_counts(self):
        status, lines = self.run_tests()
        self.assertEqual((status, lines[-1]), (0, "3 passed, 0 failed, 0 skipped"))
        self.assertRegex(lines[-2], r"^Time: packages \d+ min \d+ s, building release \d+ min \d+ s, running release \d+ min \d+ s$")

    def test_fails_with_its_tests(self):
        self.command("ctest", self.report("Totals: 5 passed, 1 failed, 0 skipped, 0 blacklisted, 3ms"))
        status, lines = self.run_tests()
        self.assertEqual((status, lines[-1]), (1, "3 passed, 1 failed, 0 skipped"))

    def test_fails_without_a_build(self):
        self.command("cmake", "exit 1")
        self.assertEqual(self.run_tests()[0], 1)

    def test_leaves_no_temporary_file(self):
        self.run_tests()
        self.assertEqual(list((self.root / "temporary").iterdir()), [])


class MainJob(unittest.TestCase):
    def test_a_value_for_each_kind_of_variable(self):
        schema = {
            "type": "object",
            "properties": {
                "order": {"type": "string", "examples": ["A-17"]},
                "tone": {"enum": ["warm", "brief"]},
                "stars": {"type": "integer", "minimum": 3},
                "language": {"type": "string", "default": "en"},
                "urgent": {"type": "boolean"},
                "items": {"type": "array", "minItems": 2, "items": {"type": "object", "properties": {"name": {}}}},
            },
        }
        self.assertEqual(
            main_job.sample(schema, ""),
            {"order": "A-17", "tone": "warm", "stars": 3, "language": "en", "urgent": True, "items": [{"name": "a name to try"}] * 2},
        )

    def test_events_of_a_stream(self):
        stream = [b"event: output\n", b'data: {"text":\n', b'data: "a"}\n', b"\n", b": a comment\n", b"data: 1\r\n", b"\r\n"]
        self.assertEqual(list(main_job.events(stream)), [("output", {"text": "a"}), ("message", 1)])

    def test_money(self):
        self.assertEqual([main_job.dollars(nanos) for nanos in (None, 0, 1, 2_500_000_000)], ["unknown", "US$ 0", "US$ 0.000000001", "US$ 2.5"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
