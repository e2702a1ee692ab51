// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/events/event_log.h"
#include "server/live/live_topics.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace live {

// Consecutive events of one tenant on their way to its connections. Each is printed and framed once, a policy is asked
// once about each, and what several connections get alike is one run of bytes that all of them share.
class Broadcast
{
public:
    Broadcast() = default;
    explicit Broadcast(const QList<LoggedEvent> &events) { append(events); }

    void append(const QList<LoggedEvent> &events); // which follow those that are here
    void dropUpTo(qint64 sequence); // everybody has had them
    bool isEmpty() const { return m_offers.empty(); }
    qint64 last() const { return m_offers.back().event.sequence; } // of at least one
    // Whether what comes after `after` changes which channels the person of this own topic is in.
    bool changesChannelsOf(const QString &ownTopic, qint64 after) const;
    // The WebSocket frames for who follows these topics and has had all up to `after`; empty: there is nothing for
    // them.
    QByteArray framesFor(const Caller &caller, const QSet<QString> &topics, qint64 after);

private:
    using Policy = std::shared_ptr<const permissions::Policy>;
    struct UnderPolicy
    {
        Policy policy; // held, so that no other one takes its address
        QByteArray frame; // empty: may not read it
    };
    struct Offer
    {
        LoggedEvent event;
        const TopicRule *rule; // null: nobody is asked
        QString all; // the topic of all such records
        QByteArray whole = {}; // for who may read all of it
        QHash<const permissions::Policy *, UnderPolicy> byPolicy = {};
        std::optional<QJsonObject> record = {};
    };
    struct Run
    {
        std::vector<QByteArray> parts; // frames; the same ones are at the same place in memory
        QByteArray bytes;
    };

    const QByteArray &frameFor(Offer &offer, const Caller &caller);
    QByteArray frameUnder(const permissions::Policy &policy, Offer &offer);
    const QByteArray &wholeFrame(Offer &offer);

    std::deque<Offer> m_offers;
    std::deque<LoggedEvent> m_channelChanges; // of all that are here
    std::vector<const QByteArray *> m_chosen; // of the caller that is looked at
    std::vector<Run> m_runs; // those made last
    std::size_t m_nextRun = 0;
};

// About what an event takes in memory.
inline qsizetype sizeOf(const LoggedEvent &event)
{
    constexpr qsizetype besideData = 200;
    return event.data.size() + besideData;
}

} // namespace live
