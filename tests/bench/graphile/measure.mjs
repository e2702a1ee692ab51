// SPDX-License-Identifier: GPL-3.0-or-later
// graphile-worker's side of ../jobs.py, at the settings of its own page about performance (concurrency 24, local queue 500,
// completions in batches). Connects as libpq's environment says and prints one JSON object.
//
//   node measure.mjs fill JOBS       migrates, adds jobs for a later time by one call of add_jobs for every 1,000
//   node measure.mjs work            starts, releases all jobs; the time is from there until the last one is out of the table
//   node measure.mjs pickup JOBS     adds jobs one at a time; the times are from the call until the task begins, in ms
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

const [, , what, count] = process.argv;
const pool = new pg.Pool({ host: process.env.PGHOST, database: process.env.PGDATABASE, user: process.env.PGUSER, max: 25 });
const logger = new Logger(() => () => {});
const preset = {
    worker: { concurrentJobs: 24, maxPoolSize: 25, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
};
const tables = "graphile_worker._private_jobs";

async function fill() {
    const utils = await makeWorkerUtils({ pgPool: pool, logger });
    await utils.migrate();
    const started = performance.now();
    for (let made = 0; made < count; made += 1000)
        await pool.query(
            `SELECT graphile_worker.add_jobs(array_agg(
                 ROW('measure', json_build_object('n', n), NULL, '2099-01-01', NULL, NULL, NULL, NULL)::graphile_worker.job_spec))
             FROM generate_series(1, $1) AS n`,
            [Math.min(1000, count - made)]);
    await utils.release();
    return { jobs: Number(count), seconds: (performance.now() - started) / 1000 };
}

async function work() {
    let done = 0;
    const runner = await run({ preset, pgPool: pool, logger, noHandleSignals: true, taskList: { measure: () => void ++done } });
    const client = await pool.connect();
    await client.query("BEGIN");
    const jobs = (await client.query(`UPDATE ${tables} SET run_at = now()`)).rowCount;
    await client.query("SELECT pg_notify('jobs:insert', json_build_object('r', random(), 'count', $1::int)::text)", [jobs]);
    const started = performance.now();
    await client.query("COMMIT");
    while ((await client.query(`SELECT FROM ${tables} LIMIT 1`)).rowCount > 0) await setTimeout(2);
    const seconds = (performance.now() - started) / 1000;
    client.release();
    await runner.stop();
    return { jobs, done, seconds };
}

async function pickup() {
    let begun;
    const runner = await run({ preset, pgPool: pool, logger, noHandleSignals: true, taskList: { measure: () => begun(performance.now()) } });
    const times = [];
    for (let i = 0; i < count; ++i) {
        const started = performance.now();
        const beginning = new Promise((resolve) => (begun = resolve));
        await runner.addJob("measure", { n: i });
        times.push((await beginning) - started);
        while ((await pool.query(`SELECT FROM ${tables} LIMIT 1`)).rowCount > 0);
    }
    await runner.stop();
    return { times };
}

console.log(JSON.stringify(await { fill, work, pickup }[what]()));
await pool.end();
