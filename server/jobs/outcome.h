// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/credentials/credential_book.h"
#include "server/jobs/run_store.h"

// A job that this process has leased and begun, on its way to a provider.
struct Assignment
{
    QUuid tenantId;
    QUuid leaseId;
    RunStore::Begun begun;
    CredentialBook::Access access = nullptr; // of the tenant to providers
    std::optional<JobError> refusal = {}; // why it must not be called after all
};

// What came of a leased job, on its way to the database.
struct Outcome
{
    QUuid tenantId;
    QUuid leaseId;
    Job job; // as it was begun; only the id where nothing was begun
    RunStore::JobEnd end;
    std::optional<RunStore::AttemptEnd> attempt; // absent: none was begun
    bool wasCalled = false; // the request reached the provider: a row of the ledger
    QDateTime calledAt;
    qint64 totalMs = 0;
};
