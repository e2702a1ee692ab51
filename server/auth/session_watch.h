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

// Tells every process at once which sessions have ended or have got other rights, over the channel `patio_sessions`.
// Whoever changes sessions calls announce() within the transaction and apply() after it. Any thread.
class SessionWatch
{
public:
    static constexpr const char *channel = "patio_sessions";

    static void announce(Transaction &tx, const QList<QUuid> &sessions); // takes effect elsewhere when tx commits
    void apply(const QList<QUuid> &sessions);

    using Receiver = std::function<void(const QList<QUuid> &sessions)>;
    void subscribe(Receiver receiver); // called on any thread; before the server starts

    // Passes on what a listener on `channel` hears. Both must live until the listener is gone.
    void follow(Listener &listener);
    // Whether every announcement of other processes arrives. The count changes when some may have been missed.
    bool isComplete() const { return m_complete; }
    quint64 interruptions() const { return m_interruptions; }

private:
    std::mutex m_mutex;
    std::vector<Receiver> m_receivers;
    std::atomic<bool> m_complete{false};
    std::atomic<quint64> m_interruptions{0};
};
