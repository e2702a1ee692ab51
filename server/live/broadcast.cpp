// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/broadcast.h"

#include "server/http/websocket.h"
#include "server/live/live_messages.h"
#include "server/permissions/record_finder.h"
#include "shared/permissions/policy.h"

#include <algorithm>

namespace live {
namespace {

constexpr std::size_t mostRuns = 16; // kept for the connections that come next

} // namespace

void Broadcast::append(const QList<LoggedEvent> &events)
{
    for (const LoggedEvent &event : events) {
        const TopicRule *rule = ruleOf(event);
        if (changesChannels(event))
            m_channelChanges.push_back(event);
        m_offers.push_back(
            {.event = event, .rule = rule, .all = rule && isForAll(event) ? QString(rule->all) : QString()});
    }
}

void Broadcast::dropUpTo(qint64 sequence)
{
    while (!m_offers.empty() && m_offers.front().event.sequence <= sequence)
        m_offers.pop_front();
    while (!m_channelChanges.empty() && m_channelChanges.front().sequence <= sequence)
        m_channelChanges.pop_front();
    if (!m_offers.empty())
        return;
    m_runs = {};
    m_nextRun = 0;
}

bool Broadcast::changesChannelsOf(const QString &ownTopic, qint64 after) const
{
    return std::any_of(m_channelChanges.begin(), m_channelChanges.end(),
                       [&](const LoggedEvent &event) { return event.sequence > after && event.topic == ownTopic; });
}

QByteArray Broadcast::framesFor(const Caller &caller, const QSet<QString> &topics, qint64 after)
{
    m_chosen.clear();
    qsizetype size = 0;
    const auto isHad = [after](const Offer &offer) { return offer.event.sequence <= after; };
    for (auto it = std::partition_point(m_offers.begin(), m_offers.end(), isHad); it != m_offers.end(); ++it) {
        Offer &offer = *it;
        if (!topics.contains(offer.event.topic) && !topics.contains(offer.all))
            continue;
        if (const QByteArray &frame = frameFor(offer, caller); !frame.isEmpty()) {
            m_chosen.push_back(&frame);
            size += frame.size();
        }
    }
    if (m_chosen.size() < 2)
        return m_chosen.empty() ? QByteArray() : *m_chosen.front();
    const auto sameBytes = [](const QByteArray *frame, const QByteArray &part) {
        return frame->constData() == part.constData();
    };
    for (const Run &run : m_runs)
        if (std::equal(m_chosen.begin(), m_chosen.end(), run.parts.begin(), run.parts.end(), sameBytes))
            return run.bytes;
    Run run;
    run.parts.reserve(m_chosen.size());
    run.bytes.reserve(size);
    for (const QByteArray *frame : m_chosen) {
        run.parts.push_back(*frame);
        run.bytes.append(*frame);
    }
    if (m_runs.size() < mostRuns)
        m_runs.emplace_back();
    Run &place = m_runs[m_nextRun++ % mostRuns];
    place = std::move(run);
    return place.bytes;
}

const QByteArray &Broadcast::frameFor(Offer &offer, const Caller &caller)
{
    if (!offer.rule || !differs(caller, *offer.rule))
        return wholeFrame(offer);
    auto known = offer.byPolicy.constFind(caller.policy.get());
    if (known == offer.byPolicy.constEnd())
        known = offer.byPolicy.insert(caller.policy.get(), {caller.policy, frameUnder(*caller.policy, offer)});
    return known->frame;
}

// Without the fields that the policy hides; nothing when it hides the record.
QByteArray Broadcast::frameUnder(const permissions::Policy &policy, Offer &offer)
{
    const LoggedEvent &event = offer.event;
    if (!offer.record)
        offer.record = json::object(event.data);
    const permissions::Attributes record(*subjectOf(offer.rule->needs), *offer.record);
    if (!policy.may(offer.rule->needs, record))
        return {};
    const QStringList hidden = policy.forbiddenFields(offer.rule->needs, record);
    if (hidden.isEmpty())
        return wholeFrame(offer);
    QJsonObject shown = *offer.record;
    for (const QString &field : hidden)
        shown.remove(field);
    return http::WebSocket::textFrame(eventMessage(event, json::print(shown)));
}

const QByteArray &Broadcast::wholeFrame(Offer &offer)
{
    if (offer.whole.isEmpty())
        offer.whole = http::WebSocket::textFrame(eventMessage(offer.event, offer.event.data));
    return offer.whole;
}

} // namespace live
