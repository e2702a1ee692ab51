// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/jobs/job_bench.h"

#include "shared/id.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

JobBench::JobBench(TestDatabase::Options options)
    : testDatabase(options),
      database(testDatabase.database()),
      pool(4, 1000),
      signal(database, [this](std::function<void()> work) { return pool.post(std::move(work)); }),
      prices(database),
      reservations(database, 1),
      box(SecretBox::random()),
      credentials(database, box),
      templates(database),
      jobs(
          database, signal,
          [](Transaction &, const QUuid &, const QString &model) {
              if (model.startsWith("nobody/"_L1))
                  throw ApiError::invalid(u"/model"_s, u"names no provider"_s);
          },
          [] {}),
      usage(database, prices, [](const QString &provider) { return provider == "demo"_L1; })
{
    prices.seed();
}

Caller JobBench::person(const QString &name)
{
    return {.userId = newId(),
            .tenantId = testDatabase.makeTenant().tenantId,
            .sessionId = {},
            .abilities = Abilities().set(),
            .displayName = name,
            .address = {}};
}

WorkerOptions JobBench::quick()
{
    WorkerOptions options;
    options.lease = 3s;
    options.runner.retries.pauses = {50ms, 100ms};
    options.runner.firstByteTimeout = 1s;
    options.runner.idleTimeout = 1s;
    options.databaseRetry = 50ms;
    return options;
}

std::unique_ptr<Worker> JobBench::worker(WorkerOptions options)
{
    auto worker = std::make_unique<Worker>(
        database, signal, output, prices, reservations, credentials, providers, [] {}, std::move(options));
    worker->start();
    return worker;
}

JobService::Generated JobBench::generated(const Caller &caller, const char *request)
{
    return jobs.generate(caller, json::parse<GenerateRequest>(request, json::UnknownMembers::Reject));
}

JobDetail JobBench::ended(const Caller &caller, const QUuid &id)
{
    return inState(caller, id, {JobState::Completed, JobState::Failed, JobState::Canceled, JobState::Dead});
}

JobDetail JobBench::inState(const Caller &caller, const QUuid &id, const QList<JobState> &states)
{
    JobDetail detail;
    const bool reached = QTest::qWaitFor(
        [&] {
            detail = jobs.get(caller, id);
            return states.contains(detail.job.state);
        },
        20'000);
    if (!reached)
        QTest::qFail((QByteArray("the job stays ") + QByteArray(json::name(detail.job.state).latin1())).constData(),
                     __FILE__, __LINE__);
    return detail;
}

qint64 JobBench::ledgerRows(const Caller &caller)
{
    return database.transaction(caller.scope(), [](Transaction &tx) {
        return tx.one<qint64>("SELECT count(*) FROM usage_events WHERE entry = 'call'");
    });
}

qint64 JobBench::queueRows()
{
    return database.platform([](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM queue"); });
}

QStringList JobBench::eventNames(const QUuid &jobId)
{
    const QString topic = u"job/"_s + jobId.toString(QUuid::WithoutBraces);
    return database.platform([&](Transaction &tx) {
        return QStringList(tx.all<QString>("SELECT name FROM events WHERE topic = $1 ORDER BY id", topic));
    });
}
