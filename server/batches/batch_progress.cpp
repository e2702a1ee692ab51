// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_progress.h"

#include "server/events/event_log.h"
#include "server/queue/queue_store.h"

using namespace Qt::StringLiterals;

namespace BatchProgress {

void publish(Transaction &tx, const QList<QUuid> &batches)
{
    for (const QUuid &id : batches) {
        BatchStore::addChanges(tx, id);
        auto batch = BatchStore::find(tx, id);
        if (!batch)
            continue;
        const bool isOver = batch->queued + batch->running == 0;
        const bool wasOver = batch->finishedAt.has_value();
        if (isOver && !wasOver) {
            BatchStore::setState(tx, id, batch->state == BatchState::Canceled ? batch->state : BatchState::Completed,
                                 true);
            QueueStore::endBatch(tx, id);
        } else if (!isOver && wasOver) {
            QueueStore::beginBatch(tx, id);
            BatchStore::setState(tx, id, BatchState::Running, false);
        }
        if (isOver != wasOver)
            batch = BatchStore::find(tx, id);
        announce(tx, *batch, isOver && !wasOver ? "batch.finished" : "batch.progress");
    }
}

void announce(Transaction &tx, const Batch &batch, const char *name)
{
    EventLog::append(
        tx, {{u"batch/"_s + batch.id.toString(QUuid::WithoutBraces), QString::fromLatin1(name), json::print(batch)}});
}

} // namespace BatchProgress
