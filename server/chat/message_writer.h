// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/chat/message_posting.h"
#include "server/database/database.h"

#include <functional>
#include <mutex>

// Sends messages. Those of one tenant that wait at the same time share a transaction, so that a channel takes more of
// them than the disk takes commits. Any thread.
class MessageWriter
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    using Done = std::function<void(const Result<Posted> &)>;

    MessageWriter(Database &database, Work work, std::function<void()> changed);

    // On a database worker. Answers after the commit, once, on whichever worker it was that wrote it; throws ApiError
    // for what is refused at once.
    void post(const Posting &posting, Done done);

private:
    struct Waiting
    {
        Posting posting;
        Done done;
    };
    struct Tenant
    {
        QList<Waiting> waiting;
        bool isWriting = false;
    };

    void writeAll(const QUuid &tenantId);
    void write(const QList<Waiting> &round);
    QList<Result<Posted>> postTogether(const QList<Waiting> &round);

    Database &m_database;
    const Work m_work;
    const std::function<void()> m_changed;
    std::mutex m_mutex;
    QHash<QUuid, Tenant> m_tenants; // those with messages on their way
};
