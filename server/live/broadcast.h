// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/events/event_log.h"
#include "server/live/live_topics.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <optional>
#include <vector>

namespace live {

// Consecutive events of one tenant on their way to its connections. Each is printed and framed once, a policy is asked
// once about each, and what several connections get alike is one run of bytes that all of them share.
class Broadcast
{
public:
    explicit Broadcast(const QList<LoggedEvent> &events); // must outlive it, and hold at least one

    qint64 last() const { return m_offers.back().event->sequence; }
    // Whether what comes after `after` changes which channels the person of this own topic is in.
    bool changesChannelsOf(const QString &ownTopic, qint64 after) const;
    // The WebSocket frames for who follows these topics and has had all up to `after`; empty: there is nothing for
    // them.
    QByteArray framesFor(const Caller &caller, const QSet<QString> &topics, qint64 after);

private:
    struct Offer
    {
        const LoggedEvent *event;
        const TopicRule *rule; // null: nobody is asked
        QString all; // the topic of all such records
        QByteArray whole = {}; // for who may read all of it
        QHash<const permissions::Policy *, QByteArray> byPolicy = {}; // empty: may not read it
        std::optional<QJsonObject> record = {};
    };
    struct Run
    {
        std::vector<const char *> parts; // frames, by where their bytes are
        QByteArray bytes;
    };

    const QByteArray &frameFor(Offer &offer, const Caller &caller);
    QByteArray frameUnder(const permissions::Policy &policy, Offer &offer);
    const QByteArray &wholeFrame(Offer &offer);

    std::vector<Offer> m_offers;
    std::vector<const LoggedEvent *> m_channelChanges;
    std::vector<const QByteArray *> m_chosen; // of the caller that is looked at
    std::vector<Run> m_runs; // those made last
    std::size_t m_nextRun = 0;
};

// The events at the front of the list that fit into one broadcast: of one tenant, without a gap, of a bounded size.
qsizetype broadcastSize(const QList<LoggedEvent> &events, qsizetype from);

} // namespace live
