// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/worker_pool.h"
#include "server/jobs/job_service.h"
#include "server/jobs/output_hub.h"
#include "server/jobs/settlement.h"
#include "server/jobs/worker.h"
#include "server/queue/queue_signal.h"
#include "server/security/secret_box.h"
#include "server/templates/template_service.h"
#include "server/usage/price_catalogue.h"
#include "server/usage/usage_service.h"
#include "tests/support/test_database.h"

// The parts of the server that make and do jobs, put together for a test over a database of its own.
struct JobBench
{
    explicit JobBench(TestDatabase::Options options = {});

    // A person of a new tenant.
    Caller person(const QString &name = QStringLiteral("Ana Souza"));
    std::unique_ptr<Worker> worker(WorkerOptions options = quick());
    static WorkerOptions quick(); // short pauses, so that tests need not wait

    Job generate(const Caller &caller, const char *request) { return generated(caller, request).job; }
    JobService::Generated generated(const Caller &caller, const char *request);
    // The job once it has ended; fails the test after twenty seconds.
    JobDetail ended(const Caller &caller, const QUuid &id);
    JobDetail inState(const Caller &caller, const QUuid &id, const QList<JobState> &states);

    qint64 ledgerRows(const Caller &caller); // one for each call
    qint64 queueRows();
    QStringList eventNames(const QUuid &jobId); // in the order of writing

    TestDatabase testDatabase;
    Database &database;
    WorkerPool pool;
    QueueSignal signal;
    OutputHub output;
    PriceCatalogue prices;
    budgets::Reservations reservations;
    SecretBox box;
    CredentialBook credentials;
    providers::ProviderSettings providers;
    TemplateService templates;
    JobService jobs;
    UsageService usage;
};

// What a call is refused with; a status of 0 when it is not.
template<class Work> ApiError refusal(Work &&work)
{
    try {
        work();
    } catch (const ApiError &error) {
        return error;
    }
    ApiError none;
    none.status = 0;
    return none;
}
