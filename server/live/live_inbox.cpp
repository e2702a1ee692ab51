// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_inbox.h"

#include "server/live/broadcast.h"
#include "server/live/live_hub.h"

#include <iterator>

namespace {

constexpr qsizetype mostEventBytes = 16 * 1024 * 1024;

qsizetype bytesOf(const QList<LoggedEvent> &events)
{
    constexpr qsizetype besideData = 200;
    qsizetype bytes = 0;
    for (const LoggedEvent &event : events)
        bytes += event.data.size() + besideData;
    return bytes;
}

} // namespace

void LiveInbox::post(Task task)
{
    const std::lock_guard lock(m_mutex);
    m_items.push_back({.task = std::move(task)});
    wakeLocked();
}

void LiveInbox::post(const QList<LoggedEvent> &events)
{
    const qsizetype bytes = bytesOf(events);
    const std::lock_guard lock(m_mutex);
    if (m_bytes + bytes > mostEventBytes) {
        QList<QUuid> tenants;
        for (const LoggedEvent &event : events)
            if (tenants.isEmpty() || tenants.last() != event.tenantId)
                tenants.append(event.tenantId);
        m_items.push_back({.task = [tenants](LiveHub &hub) { hub.news(tenants, false); }});
    } else {
        m_bytes += bytes;
        if (m_items.empty() || m_items.back().task)
            m_items.push_back({.events = events});
        else
            m_items.back().events += events;
    }
    wakeLocked();
}

void LiveInbox::wakeLocked()
{
    if (!std::exchange(m_woken, true))
        QMetaObject::invokeMethod(
            this, [this] { takeSome(); }, Qt::QueuedConnection);
}

// Tasks until the next events, or one broadcast of events.
void LiveInbox::takeSome()
{
    std::deque<Item> tasks;
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false;
        if (m_taken == m_events.size()) {
            const auto events =
                std::find_if(m_items.begin(), m_items.end(), [](const Item &item) { return !item.task; });
            std::move(m_items.begin(), events, std::back_inserter(tasks));
            m_items.erase(m_items.begin(), events);
            m_events.clear();
            m_taken = 0;
            if (tasks.empty() && !m_items.empty()) {
                m_events.swap(m_items.front().events);
                m_items.pop_front();
                m_bytes -= bytesOf(m_events);
            }
        }
        if (!m_items.empty())
            wakeLocked();
    }
    for (const Item &item : tasks)
        item.task(m_hub);
    if (m_taken == m_events.size())
        return;
    const qsizetype size = live::broadcastSize(m_events, m_taken);
    m_hub.dispatch(m_events.mid(m_taken, size));
    m_taken += size;
    const std::lock_guard lock(m_mutex);
    if (m_taken < m_events.size())
        wakeLocked();
}
