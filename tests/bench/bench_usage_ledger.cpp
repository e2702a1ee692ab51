// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_rollup.h"
#include "server/usage/usage_store.h"
#include "shared/id.h"
#include "tests/support/test_database.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;

// Calls a second that the usage ledger takes, in transactions of a thousand, as the gateway writes them: with the time
// that their sums take, and beside it without. PostgreSQL is durable.
//
//   bench_usage_ledger [batches]

namespace {

constexpr int perBatch = 1000;

QUuid idOf(uint kind, int number) { return QUuid(kind, ushort(number), 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0); }

// Each of its model, user and key below the given number.
UsageStore::Call call(std::mt19937 &random, int things)
{
    const auto below = [&](int bound) { return int(random() % unsigned(bound)); };
    UsageStore::Call call;
    call.attemptId = newId();
    call.calledAt = QDateTime::currentDateTimeUtc();
    const int user = below(things);
    call.userId = idOf(1, user);
    call.userName = u"Person %1"_s.arg(user);
    const int key = below(things);
    call.keyId = idOf(2, key);
    call.keyName = u"Key %1"_s.arg(key);
    call.model = u"openai/model-%1"_s.arg(below(std::min(things, 30)));
    call.usage.input = 500 + below(1000);
    call.usage.output = below(400);
    call.costNanos = below(1'000'000);
    call.firstTokenMs = 100 + below(400);
    call.totalMs = 500 + below(5000);
    return call;
}

void measure(TestDatabase &test, const char *what, int things, int batches)
{
    std::mt19937 random(1);
    const TenantScope tenant = test.makeTenant();
    QElapsedTimer timer;
    qint64 writing = 0, summing = 0;
    const auto sumUp = [&] {
        timer.start();
        UsageRollup::sumUp(test.database(), tenant.tenantId);
        summing += timer.nsecsElapsed();
    };
    for (int i = 0; i < batches; ++i) {
        QList<UsageStore::Call> calls;
        for (int n = 0; n < perBatch; ++n)
            calls.append(call(random, things));
        timer.start();
        const bool isTimeToSum = test.database().transaction(
            tenant, [&](Transaction &tx) { return UsageStore::record(tx, calls).isTimeToSum; });
        writing += timer.nsecsElapsed();
        if (isTimeToSum)
            sumUp();
    }
    sumUp(); // what is left
    const double calls = double(batches) * perBatch;
    std::printf("%s: %.0f calls/s with their sums, %.0f without; %.1f ms for %d\n", what,
                calls * 1e9 / double(writing + summing), calls * 1e9 / double(writing),
                double(writing + summing) / batches / 1e6, perBatch);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int batches = argc > 1 ? std::atoi(argv[1]) : 40;
    TestDatabase test({.durable = true});
    measure(test, "of one key and model", 1, batches);
    measure(test, "of 50 keys, 50 users and 30 models at random", 50, batches);
}
