// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"

#include <QList>
#include <QUuid>

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

class Listener;

// Tells every process at once of which things what is remembered is out of date, by their ids, over a channel of
// NOTIFY. Whoever changes one calls announce() within the transaction and apply() after it. Any thread.
class IdWatch
{
public:
    explicit IdWatch(const char *channel) : m_channel(channel) { }

    void apply(const QList<QUuid> &ids);

    using Receiver = std::function<void(const QList<QUuid> &ids)>;
    void subscribe(Receiver receiver); // called on any thread; before the server starts

    // Passes on what a listener on the channel hears. Both must live until the listener is gone.
    void follow(Listener &listener);
    // Whether every announcement of other processes arrives. The count changes when some may have been missed.
    bool isComplete() const { return m_complete; }
    quint64 interruptions() const { return m_interruptions; }

protected:
    static void announce(Transaction &tx, const char *channel, const QList<QUuid> &ids);

private:
    const char *const m_channel;
    std::mutex m_mutex;
    std::vector<Receiver> m_receivers;
    std::atomic<bool> m_complete{false};
    std::atomic<quint64> m_interruptions{0};
};
