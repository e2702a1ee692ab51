// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/live/live_inbox.h"

#include "server/live/broadcast.h"
#include "server/live/live_hub.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace {

constexpr qsizetype mostEventBytes = 16 * 1024 * 1024;

qsizetype bytesOf(const QList<LoggedEvent> &events)
{
    return std::accumulate(events.begin(), events.end(), qsizetype(0),
                           [](qsizetype sum, const LoggedEvent &event) { return sum + live::sizeOf(event); });
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
            this, [this] { takeAll(); }, Qt::QueuedConnection);
}

void LiveInbox::takeAll()
{
    std::deque<Item> items;
    {
        const std::lock_guard lock(m_mutex);
        m_woken = false;
        m_bytes = 0;
        items.swap(m_items);
    }
    for (const Item &item : items) {
        if (item.task)
            item.task(m_hub);
        const auto isCut = [](const LoggedEvent &one, const LoggedEvent &next) {
            return next.tenantId != one.tenantId || next.sequence != one.sequence + 1;
        };
        for (auto from = item.events.begin(); from != item.events.end();) {
            const auto last = std::adjacent_find(from, item.events.end(), isCut);
            const auto end = last == item.events.end() ? last : std::next(last);
            m_hub.dispatch(QList<LoggedEvent>(from, end));
            from = end;
        }
    }
}
