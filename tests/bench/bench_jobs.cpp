// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/jobs/job_bench.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Measures the work queue with jobs of demo/fast, which do nothing: jobs a second from a full queue, and the time from
// a lone request to its call. PostgreSQL is durable; states, attempts, ledger and events are written as always.
//
//   bench_jobs [jobs] [tenants]

namespace {

double percentile(QList<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.isEmpty() ? 0 : values[std::min(values.size() - 1, qsizetype(share * double(values.size())))];
}

GenerateRequest request(int number)
{
    GenerateRequest request;
    request.messages = QList<PromptMessage>{{MessageRole::User, u"say something short about number %1"_s.arg(number)}};
    request.model = u"demo/fast"_s;
    return request;
}

void waitForEmptyQueue(JobBench &bench)
{
    while (bench.queueRows() > 0)
        QThread::msleep(5);
}

void fill(JobBench &bench, const QList<Caller> &people, int jobs)
{
    static int first = 0; // no request is like an earlier one, which would be answered from the cache
    first += jobs;
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = t; i < jobs; i += 4)
                bench.jobs.generate(people[i % people.size()], request(first + i));
        });
    for (auto &thread : threads)
        thread.join();
    std::printf("asked for %d jobs one by one on 4 threads: %.0f/s\n", jobs, jobs * 1e3 / double(timer.elapsed()));
}

void throughput(JobBench &bench, const QList<Caller> &people, int jobs)
{
    fill(bench, people, jobs);
    WorkerOptions options;
    options.concurrency = 2000;
    QElapsedTimer timer;
    timer.start();
    auto worker = bench.worker(options);
    while (worker->figures().settled < jobs)
        QThread::msleep(1);
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    worker->stop(10s);
    std::printf("%d jobs of %lld tenants: %.2f s, %.0f jobs/s\n", jobs, static_cast<long long>(people.size()), seconds,
                jobs / seconds);
}

void pickUp(JobBench &bench, const Caller &person)
{
    auto worker = bench.worker({});
    QList<double> times, ends;
    for (int i = 0; i < 500; ++i) {
        const Job made = bench.jobs.generate(person, request(1'000'000 + i)).job;
        waitForEmptyQueue(bench);
        const JobDetail detail = bench.jobs.get(person, made.id);
        times.append(double(detail.job.createdAt.msecsTo(detail.attempts.first().startedAt)));
        ends.append(double(detail.job.createdAt.msecsTo(*detail.job.finishedAt)));
        QThread::msleep(3);
    }
    worker->stop(10s);
    std::printf(
        "lone job, from its making to its start: p50 %.0f ms, p99 %.0f ms; to its end: p50 %.0f ms, p99 %.0f ms\n",
        percentile(times, 0.5), percentile(times, 0.99), percentile(ends, 0.5), percentile(ends, 0.99));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const int jobs = argc > 1 ? atoi(argv[1]) : 20'000;
    const int tenants = argc > 2 ? atoi(argv[2]) : 1;
    JobBench bench({.durable = true});
    QList<Caller> people;
    for (int i = 0; i < tenants; ++i)
        people.append(bench.person());
    if (!qEnvironmentVariableIsSet("NOPICK"))
        pickUp(bench, people.first());
    throughput(bench, people, jobs);
    throughput(bench, people, jobs);
    return 0;
}
