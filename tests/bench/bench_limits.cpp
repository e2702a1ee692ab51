// SPDX-License-Identifier: GPL-3.0-or-later
// What a call of the gateway pays for its limits in one process: nanoseconds from asking to having settled, with so
// many limits, from so many threads at once that all ask for the same tenant, which is the worst case. Each figure is
// the best of five rounds.
#include "server/limits/memory_counter.h"
#include "shared/id.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace limits;

namespace {

QList<GatewayLimit> someLimits(int count, bool isOfAllKinds)
{
    QList<GatewayLimit> list;
    for (int i = 0; i < count; ++i) {
        GatewayLimit limit;
        limit.id = newId();
        limit.subject = LimitSubject(i % 4);
        limit.kind = isOfAllKinds ? LimitKind((count - 1 - i + 2) % 3) : LimitKind::RequestsPerMinute;
        limit.amount = 1'000'000'000'000;
        list.append(limit);
    }
    return list;
}

// Nanoseconds of each call, as its thread sees them.
double round(const QList<GatewayLimit> &list, int threads, int calls)
{
    MemoryCounter counter;
    Call call{.rules = std::make_shared<const LimitRules>(list),
              .tenantId = newId(),
              .keyId = newId(),
              .userId = newId(),
              .model = QStringLiteral("openai/gpt-5"),
              .tokens = 1000};
    std::vector<std::vector<QUuid>> ids;
    ids.resize(std::size_t(threads));
    for (auto &ofThread : ids) {
        ofThread.resize(std::size_t(calls));
        std::generate(ofThread.begin(), ofThread.end(), [] { return newId(); });
    }
    std::vector<std::thread> running;
    const auto begun = std::chrono::steady_clock::now();
    for (const auto &ofThread : ids)
        running.emplace_back([&counter, &ofThread, call]() mutable {
            for (const QUuid &id : ofThread) {
                call.callId = id;
                counter.acquire(call, [](const Outcome &outcome) {
                    if (!outcome.isAdmitted())
                        std::abort();
                });
                counter.settle(id, 700);
            }
        });
    for (std::thread &thread : running)
        thread.join();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begun).count() / calls;
}

} // namespace

int main(int argc, char **argv)
{
    const int calls = argc > 1 ? std::atoi(argv[1]) : 200'000;
    std::printf("limits  kinds     threads  ns/call  ns/call/limit\n");
    for (const bool isOfAllKinds : {false, true})
        for (const int count : {1, 4})
            for (const int threads : {1, 2}) {
                const QList<GatewayLimit> list = someLimits(count, isOfAllKinds);
                double best = round(list, threads, calls);
                for (int i = 0; i < 4; ++i)
                    best = std::min(best, round(list, threads, calls));
                std::printf("%-7d %-9s %-8d %-8.0f %.0f\n", count, isOfAllKinds ? "all" : "requests", threads, best,
                            best / count);
            }
    return 0;
}
