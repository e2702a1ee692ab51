#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what CTest ran, from its JUnit files in a folder, and prints one closing line: N passed, N failed, N skipped.

Programs of Qt Test, Python's unittest and node:test count by their test functions (each data row is one; setting up and cleaning up are
not); any other program, and one that crashed or ran out of time, counts as one. Exit code 0 when something passed and nothing failed. Line coverage, when gcovr left it there,
is printed as well.
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

QT_TEST = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)
NODE = re.compile(r"^# pass (\d+)\n# fail (\d+)\n# cancelled (\d+)\n# skipped (\d+)", re.MULTILINE)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED)(?: \((.*)\))?$", re.MULTILINE)
SET_UP_AND_CLEAN_UP = 2


def totals(output):
    """(passed, failed, skipped) for each summary that a test framework printed."""
    for found in QT_TEST.finditer(output):
        passed, failed, skipped = map(int, found.groups())
        yield max(0, passed - SET_UP_AND_CLEAN_UP), failed, skipped
    for found in NODE.finditer(output):
        passed, failed, cancelled, skipped = map(int, found.groups())
        yield passed, failed + cancelled, skipped
    for found in UNITTEST.finditer(output):
        ran = int(found[1])
        parts = dict(part.split("=") for part in (found[2] or "").split(", ") if part)
        failed, skipped = int(parts.get("failures", 0)) + int(parts.get("errors", 0)), int(parts.get("skipped", 0))
        yield ran - failed - skipped, failed, skipped


def count(case):
    """(passed, failed, skipped) of one CTest test."""
    if case.get("status") in ("notrun", "disabled"):
        broken = case.get("status") == "notrun" and case.find("skipped") is None
        return (0, 1, 0) if broken else (0, 0, 1)
    counted = list(totals(case.findtext("system-out") or ""))
    passed, failed, skipped = (sum(column) for column in zip(*counted)) if counted else (0, 0, 0)
    if case.get("status") == "fail":
        return passed, max(failed, 1), skipped
    return (passed, failed, skipped) if counted else (1, 0, 0)


def main(folder):
    passed = failed = skipped = 0
    troubled = []
    for file in sorted(folder.glob("*.xml")):
        for case in ElementTree.parse(file).getroot().iter("testcase"):
            counts = count(case)
            passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
            if counts[1]:
                troubled.append(f"{file.stem}: {case.get('name')}")
    for file in sorted(folder.glob("*.json")):
        summary = json.loads(file.read_text())
        print(f"Line coverage of {file.stem}: {summary['line_percent']} % ({summary['line_covered']} of {summary['line_total']} lines)")
    if troubled:
        print("Failed:", *troubled, sep="\n  ")
    if not passed and not failed:
        print("No test ran.", file=sys.stderr)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
