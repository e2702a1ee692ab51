#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decisions a second on one thread, beside @casl/ability, and what the checks of a route cost.

permissions.py BUILD [--rounds N] [--seconds N]   BUILD is a release build. Needs node and npm. About half a minute.

A person with 10 roles and 50 rules asks 2,000 questions about 300 templates, jobs and users, again and again. Both programs read the
same setup, keep what they make of it, and take turns; their yes are counted and must be as many. Of the six turns of a round the fastest
of each counts, because whoever else uses the machine slows single turns. A decision begins with a record that
the program has at hand: an object in JavaScript, one that is laid out for decisions in Patio. What laying it out costs is part of the
other figure: a route asks whether there is anything that the person may do, reads the record, lays it out, and asks about it.
"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import tempfile

TESTS = pathlib.Path(__file__).parent.parent / "permissions"
TURNS = 6
USER = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
NOW = "2026-01-31T10:00:00.000Z"
FOLDERS = ["support", "support/refunds", "sales", "sales/eu", "hr", "hr/payroll", "legal", "drafts"]
TAGS = ["public", "internal", "reviewed", "legacy", "beta"]
STATES = ["queued", "running", "completed", "failed", "canceled", "dead"]
MODELS = ["demo/fast", "anthropic/claude-haiku-4.5", "openai/gpt-5", "openai/gpt-5-mini"]
ACTIONS = {"templates": ["read", "update", "delete", "publish"], "jobs": ["read", "cancel", "replay", "discard"],
           "users": ["read", "update", "delete"]}


def condition(dice, subject):
    """What people write: mostly one or two plain tests, sometimes lists, a range, an alternative or a pattern."""
    of = {
        "templates": [
            lambda: {"authorId": "${user.id}"},
            lambda: {"folder": dice.choice(FOLDERS)},
            lambda: {"folder": {"$in": dice.sample(FOLDERS, 3)}},
            lambda: {"tags": dice.choice(TAGS)},
            lambda: {"tags": {"$all": dice.sample(TAGS, 2)}},
            lambda: {"latestVersion": {"$gte": dice.randrange(1, 9)}},
            lambda: {"folder": {"$regex": f"^{dice.choice(['support', 'sales', 'hr'])}(/|$)"}},
            lambda: {"createdAt": {"$gt": f"2026-01-{dice.randrange(10, 30)}T00:00:00.000Z"}},
            lambda: {"$or": [{"authorId": "${user.id}"}, {"tags": {"$in": dice.sample(TAGS, 2)}}]},
            lambda: {"tags": {"$nin": dice.sample(TAGS, 2)}, "folder": {"$ne": dice.choice(FOLDERS)}},
        ],
        "jobs": [
            lambda: {"userId": "${user.id}"},
            lambda: {"state": dice.choice(STATES)},
            lambda: {"state": {"$in": dice.sample(STATES, 2)}},
            lambda: {"model": dice.choice(MODELS)},
            lambda: {"model": {"$regex": "^openai/"}},
            lambda: {"metadata.team": dice.choice(["eu", "us", "apac"])},
            lambda: {"outputTokens": {"$gt": dice.randrange(100, 5000)}},
            lambda: {"$and": [{"state": {"$ne": "dead"}}, {"attemptCount": {"$lt": 3}}]},
        ],
        "users": [
            lambda: {"id": "${user.id}"},
            lambda: {"status": "active"},
            lambda: {"roles": {"$in": ["viewer", "agent"]}},
            lambda: {"locale": {"$exists": True}, "status": {"$ne": "suspended"}},
        ],
    }[subject]
    made = dice.choice(of)()
    return {**made, **dice.choice(of)()} if dice.random() < 0.3 else made


def record(dice, subject, number):
    person = dice.choice([USER, OTHER])
    time = f"2026-01-{dice.randrange(10, 31)}T12:00:00.000Z"
    return {
        "templates": lambda: {
            "id": f"00000000-0000-7000-8000-{number:012}", "slug": f"template-{number}", "name": f"Template {number}", "description": "",
            "folder": dice.choice(FOLDERS), "tags": dice.sample(TAGS, dice.randrange(4)), "latestVersion": dice.randrange(1, 10),
            "authorId": person, "authorName": "Ana", "createdAt": time, "updatedAt": time, "revision": 1},
        "jobs": lambda: {
            "id": f"00000000-0000-7000-8000-{number:012}", "state": dice.choice(STATES), "priority": "normal", "model": dice.choice(MODELS),
            "userId": person, "userName": "Ana", "attemptCount": dice.randrange(5), "outputTokens": dice.randrange(6000),
            "metadata": {"team": dice.choice(["eu", "us", "apac"]), "ticket": number}, "createdAt": time},
        "users": lambda: {
            "id": person, "email": f"user{number}@example.com", "displayName": f"User {number}",
            "status": dice.choice(["active", "invited", "suspended"]), "roles": dice.sample(["viewer", "agent", "admin"], 2), "locale": "en",
            "timeZone": "", "createdAt": time, "lastSignInAt": None, "revision": 1},
    }[subject]()


def setup():
    dice = random.Random(11)
    subjects = ["templates"] * 22 + ["jobs"] * 18 + ["users"] * 10
    rules = [{"effect": "deny" if number % 5 < 2 else "allow", "who": [{"kind": "everyone"}],
              "actions": dice.sample(ACTIONS[subject], dice.randrange(1, 3)), "subject": subject, "conditions": condition(dice, subject)}
             for number, subject in enumerate(subjects)]
    # Roles hold reading and a few abilities more; what else is allowed depends on rules.
    abilities = ["templates.read", "jobs.read", "users.read", "templates.publish", "jobs.cancel", "usage.read", "prices.read", "audit.read",
                 "settings.read", "credentials.read", "roles.read", "rules.read", "sessions.read"]
    records = [{"type": subject, "record": record(dice, subject, number)}
               for number, subject in enumerate(["templates"] * 100 + ["jobs"] * 100 + ["users"] * 100)]
    questions = []
    for _ in range(2000):
        number = dice.randrange(len(records))
        questions.append([dice.choice(ACTIONS[records[number]["type"]]), number])
    return {"variables": {"${user.id}": USER, "${now}": NOW}, "roles": [dice.sample(abilities, 4) for _ in range(10)], "rules": rules,
            "records": records, "questions": questions}


class Side:
    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, line):
        print(line, file=self.process.stdin, flush=True)
        decisions, seconds, yes = self.process.stdout.readline().split()
        return int(decisions) / float(seconds), int(yes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.25, help="of each of the turns")
    options = parser.parse_args()
    made = setup()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(made, file)
        file.flush()
        patio = Side(options.build / "bin/bench_permissions", file.name)
        casl = Side(TESTS / "casl", "casl_decisions.mjs", file.name)
        for side in (patio, casl): # until the compiler of JavaScript has done its work
            side.run(3)
        ratios = []
        print(f"{len(made['rules'])} rules, {len(made['roles'])} roles, one thread, {options.rounds} rounds in turn", flush=True)
        for _ in range(options.rounds):
            turns = [(patio.run(options.seconds), casl.run(options.seconds)) for _ in range(TURNS)]
            (ours, yes), (theirs, their_yes) = map(max, zip(*turns))
            if yes != their_yes:
                raise SystemExit(f"of {len(made['questions'])} questions, patio says {yes} yes and CASL {their_yes}")
            ratios.append(ours / theirs)
            print(f"  patio {ours / 1e6:6.2f}   CASL {theirs / 1e6:6.3f} million decisions/s   {ours / theirs:.1f} x", flush=True)
        print(f"  ratio {min(ratios):.1f} - {statistics.median(ratios):.1f} - {max(ratios):.1f} x CASL ({yes} of {len(made['questions'])} are yes)")
        routes = [1e6 / patio.run(f"route {options.seconds}")[0] for _ in range(TURNS)]
        print(f"The checks of a route (mayAny, laying out a template, may): {statistics.median(routes):.2f} µs "
              f"({min(routes):.2f} to {max(routes):.2f})")


if __name__ == "__main__":
    main()
