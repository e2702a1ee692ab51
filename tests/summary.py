#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what CTest ran, from its JUnit files in a folder, and prints one closing line: N passed, N failed, N skipped.

A Qt Test program counts by its test functions (each data row is one; setting up and cleaning up are not); any other program, and one that
crashed or ran out of time, counts as one. Exit code 0 when something passed and nothing failed. Line coverage, when gcovr left it there,
is printed as well.
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)
SET_UP_AND_CLEAN_UP = 2


def count(case):
    """(passed, failed, skipped) of one CTest test."""
    if case.get("status") in ("notrun", "disabled"):
        broken = case.get("status") == "notrun" and case.find("skipped") is None
        return (0, 1, 0) if broken else (0, 0, 1)
    totals = [tuple(map(int, found)) for found in TOTALS.findall(case.findtext("system-out") or "")]
    passed = sum(max(0, total[0] - SET_UP_AND_CLEAN_UP) for total in totals)
    failed = sum(total[1] for total in totals)
    skipped = sum(total[2] for total in totals)
    if case.get("status") == "fail":
        return passed, max(failed, 1), skipped
    return (passed, failed, skipped) if totals else (1, 0, 0)


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
