// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/event_log.h"

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

class LiveHub;

// What other threads hand to a hub, in order. When too much waits, events are dropped and read from the log instead.
class LiveInbox : public QObject
{
public:
    using Task = std::function<void(LiveHub &)>;

    explicit LiveInbox(LiveHub &hub) : m_hub(hub) { } // of the same thread

    // Any thread.
    void post(Task task);
    void post(const QList<LoggedEvent> &events);

private:
    struct Item
    {
        Task task = {}; // or
        QList<LoggedEvent> events = {};
    };

    void wakeLocked();
    void takeAll();

    LiveHub &m_hub;
    std::mutex m_mutex;
    std::deque<Item> m_items; // guarded by m_mutex
    qsizetype m_bytes = 0; // of the events; guarded by m_mutex
    bool m_woken = false; // guarded by m_mutex
};
