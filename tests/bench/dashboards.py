#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the charts of the usage page have their numbers, with ten million calls in the ledger.

dashboards.py PATIOD [--events N] [--requests N]   PATIOD is a release build. Needs psql. About a quarter of an hour, most of it to make
the calls (usage_history.sql) and their sums; 15 GB of disk.

Every query that a chart makes is asked through HTTP, one after another, in rounds that visit them all, and its median and 95th
percentile are printed. Fails when one of them takes 100 ms or more at the 95th percentile.
"""
import argparse
import datetime
import pathlib
import statistics
import time
import urllib.parse

from patiod import Patiod

LIMIT = 0.1  # seconds
# What the page asks for, by the days that it shows.
BUCKETS = {2: "hour", 7: "day", 30: "day", 90: "day", 365: "week"}
ID = "{:08x}-0000-7000-8000-{:012x}"
# The largest of each, and what they are together with.
MODEL, USER, TEMPLATE, KEY = "provider-0/model-0", ID.format(2, 0), ID.format(4, 0), ID.format(8, 0)
FILTERS = {
    "none": {},
    "model": {"model": MODEL},
    "user": {"userId": USER},
    "template": {"templateId": TEMPLATE},
    "key": {"keyId": KEY},
    "model, user": {"model": MODEL, "userId": USER},
    "model, template": {"model": MODEL, "templateId": TEMPLATE},
    "model, key": {"model": MODEL, "keyId": KEY},
    "user, template": {"userId": USER, "templateId": TEMPLATE},
    "user, key": {"userId": USER, "keyId": KEY},
    "model, user, template": {"model": MODEL, "userId": USER, "templateId": TEMPLATE},
}
SERIES = 6  # as the page asks for
SPLITS = ("none", "model", "user", "template", "key")


REPORTS = (("day",), ("day", "model"), ("model",), ("user",), ("template",), ("key",))


def zulu(moment):
    return moment.isoformat().replace("+00:00", "Z")


def queries():
    """Name and path of what the page asks for: whole days of UTC until today's end; and of reports over times that are no whole hours."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    midnight = now.replace(hour=0, minute=0, second=0)
    for days, bucket in BUCKETS.items():
        span = {"from": zulu(midnight - datetime.timedelta(days=days - 1)), "to": zulu(midnight + datetime.timedelta(days=1))}
        odd = {"from": zulu(now - datetime.timedelta(days=days, minutes=17, seconds=23)), "to": zulu(now - datetime.timedelta(minutes=101, seconds=41))}
        for name, chosen in FILTERS.items():
            for split in SPLITS:
                yield f"series, {days} days, by {split}, filter {name}", "/api/v1/usage/series?" + urllib.parse.urlencode(
                    {**span, "bucket": bucket, "splitBy": split, "top": SERIES, **chosen})
            yield f"latency, {days} days, filter {name}", "/api/v1/usage/latency?" + urllib.parse.urlencode({**span, "bucket": bucket, **chosen})
            for group in REPORTS:
                yield f"report, {days} days, by {' and '.join(group)}, filter {name}", "/api/v1/usage?" + urllib.parse.urlencode(
                    {**span, "groupBy": group, **chosen}, doseq=True)
            yield f"report, {days} days at odd times, by day and model, filter {name}", "/api/v1/usage?" + urllib.parse.urlencode(
                {**odd, "groupBy": ("day", "model"), **chosen}, doseq=True)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def load(server, events):
    script = pathlib.Path(__file__).with_name("usage_history.sql").read_text()
    start = time.monotonic()
    steps = server.sql(f"SET search_path = {server.schema};\n" + script.replace(":events", str(events))).split("\n")
    took = time.monotonic() - start
    rows = server.sql(f"SELECT count(*) FROM {server.schema}.usage_events").strip()
    sizes = server.sql("SELECT relname || ' ' || pg_size_pretty(pg_total_relation_size(oid)) FROM pg_class "
                       f"WHERE relnamespace = '{server.schema}'::regnamespace AND relname IN ('usage_events', 'usage_sums') ORDER BY 1")
    sums = server.sql(f"SELECT count(*) || ' sums: ' || string_agg(DISTINCT period, ', ') FROM {server.schema}.usage_sums").strip()
    print(f"{rows} calls and {sums}; made in {took:.0f} s ({', '.join(filter(None, steps))}); {', '.join(sizes.split(chr(10))).strip(', ')}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patiod")
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--requests", type=int, default=40)
    options = parser.parse_args()
    with Patiod(options.patiod) as server:
        load(server, options.events)
        asked = list(queries())
        times = {name: [] for name, _ in asked}
        for _ in range(options.requests):
            server.sign_in()
            for name, path in asked:
                start = time.monotonic()
                server.get(path)
                times[name].append(time.monotonic() - start)
        slow = 0
        for name, taken in times.items():
            worst = percentile(taken, 0.95)
            slow += worst >= LIMIT
            print(f"{name}: median {statistics.median(taken) * 1000:.1f} ms, p95 {worst * 1000:.1f} ms" + (" TOO SLOW" if worst >= LIMIT else ""))
        every = [one for taken in times.values() for one in taken]
        print(f"{len(asked)} queries, {options.requests} times each: median {statistics.median(every) * 1000:.1f} ms, "
              f"p95 of the slowest query {max(percentile(taken, 0.95) for taken in times.values()) * 1000:.1f} ms")
        if slow:
            raise SystemExit(f"{slow} queries take {LIMIT * 1000:.0f} ms or more")


if __name__ == "__main__":
    main()
