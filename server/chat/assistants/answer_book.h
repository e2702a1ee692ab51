// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/assistants/assistant_answer_store.h"
#include "server/events/event_log.h"
#include "server/jobs/output_hub.h"
#include "server/live/running_answer.h"

#include <QHash>
#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <mutex>

class Database;

// The answers that are being written in the channels that somebody follows in this process, and lets their output come
// here, wherever their jobs run. Any thread.
class AnswerBook
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    // Told when there are new answers in a channel, some of whose output may be here already.
    using Found = std::function<void(const QUuid &tenantId, const QUuid &channelId)>;

    AnswerBook(Database &database, OutputHub &output, Work work, Found found);

    // Somebody here follows the channel until the result is destroyed.
    [[nodiscard]] std::shared_ptr<void> watch(const QUuid &tenantId, const QUuid &channelId);
    std::optional<RunningAnswer> of(const QUuid &jobId) const;
    QList<RunningAnswer> in(const QUuid &channelId) const;

    // Events of this process, and word of events of other processes.
    void deliver(const QList<LoggedEvent> &events);
    void newsFor(const QList<QUuid> &tenants, bool all);

private:
    struct Channel
    {
        QUuid tenantId;
        int watchers = 0;
        quint64 look = 0; // whose result stands here
        std::map<QUuid, std::pair<RunningAnswer, std::shared_ptr<void>>> answers; // by job; with what lets it come
    };
    void unwatch(const QUuid &channelId);
    void look(const QUuid &tenantId, const QList<QUuid> &channels);
    void lookNow(const QUuid &tenantId, const QList<QUuid> &channels);
    void lookAgain(const QUuid &tenantId); // at all of the tenant
    void put(const QUuid &channelId, quint64 look, QList<RunningAnswer> answers);

    Database &m_database;
    OutputHub &m_output;
    const Work m_work;
    const Found m_found;
    mutable std::mutex m_mutex; // never held while the hub is used
    QHash<QUuid, std::shared_ptr<Channel>> m_channels;
    QHash<QUuid, RunningAnswer> m_byJob;
    QSet<QUuid> m_newsOf; // tenants that will be looked at
    quint64 m_looks = 0;
};
