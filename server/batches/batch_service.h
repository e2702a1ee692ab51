// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_maker.h"
#include "server/database/database.h"
#include "server/queue/queue_signal.h"
#include "shared/http/page.h"

// The rules of batches for those who ask for them. No state, any thread.
class BatchService
{
public:
    BatchService(Database &database, QueueSignal &signal, JobService::CheckModel checkModel,
                 JobService::Changed changed, JobServiceOptions options);

    // Looks at all rows before it queues any: throws 422 with the first 100 problems and says how many there are.
    Batch create(const Caller &caller, const NewBatch &input);
    Page<Batch> list(const Caller &caller, const BatchFilter &filter);
    Batch get(const Caller &caller, const QUuid &id);
    Page<BatchRow> rows(const Caller &caller, const QUuid &id, const BatchRowFilter &filter);
    Batch pause(const Caller &caller, const QUuid &id);
    Batch resume(const Caller &caller, const QUuid &id);
    Batch cancel(const Caller &caller, const QUuid &id);
    Batch retry(const Caller &caller, const QUuid &id);

    // For whoever makes or stops batches in a transaction of their own (batch_maker.h): after its commit.
    const JobServiceOptions &options() const { return m_options; }
    void made(const std::optional<QDateTime> &runAt = {}); // also after resume() and retry()
    void stopped(const QList<QUuid> &running);

private:
    template<class Change> Batch changed(const Caller &caller, const QUuid &id, const QString &what, Change &&change);

    Database &m_database;
    QueueSignal &m_signal;
    const JobService::CheckModel m_checkModel;
    const JobService::Changed m_changed;
    const JobServiceOptions m_options;
};
