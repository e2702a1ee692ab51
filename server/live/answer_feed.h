// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/live/output_piece.h"
#include "server/live/running_answer.h"
#include "shared/live/live.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <optional>

struct LiveServices;

// What one connection has been sent of the answers that assistants are writing in the channels that it follows, so that
// it gets each piece once. On the connection's thread.
class AnswerFeed
{
public:
    explicit AnswerFeed(const LiveServices &services) : m_services(services) { }

    void follow(const QUuid &tenantId, const QSet<QString> &topics); // all that there are now
    void permissionsChanged() { m_sent.clear(); }

    // What of the piece is still to be sent, and what came before it; nothing where the answer is not for the caller.
    std::optional<live::Answer> next(const Caller &caller, const RunningAnswer &answer, const OutputPiece &piece);
    // All that is still to be sent of a channel.
    QList<live::Answer> soFar(const Caller &caller, const QUuid &channelId);

private:
    struct Sent
    {
        bool isVisible = false;
        int attempt = 0;
        qint64 offset = 0; // UTF-16 units
    };
    Sent &sentOf(const Caller &caller, const RunningAnswer &answer);
    std::optional<live::Answer> take(Sent &sent, const RunningAnswer &answer, const OutputPiece &piece);

    const LiveServices &m_services;
    QHash<QUuid, std::shared_ptr<void>> m_watched; // channels
    QHash<QUuid, Sent> m_sent; // by job
};
