// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/jobs/job.h"

// SQL of jobs that ended in the past, in a transaction of the tenant: only for the demo, since real ones are made
// queued and change under the hands of the worker.
namespace DemoHistoryStore {

struct EndedJob
{
    Job job;
    QByteArray inputHash;
    QJsonObject variables;
    QList<PromptMessage> messages;
    ModelParameters parameters;
    QList<Attempt> attempts; // all settled
};

bool hasJobs(Transaction &tx);
void insert(Transaction &tx, const QList<EndedJob> &jobs);

} // namespace DemoHistoryStore
