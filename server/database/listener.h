// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace database {
class Connection;
}

// Waits for NOTIFY on its own connection and tells on the event loop of its thread. Connecting happens on a helper
// thread, so the event loop never blocks. A lost connection is made again, after 0.1 s at first and 10 s at most.
//
// PostgreSQL keeps no notification for a connection that is not there: on each reconnected(), the first one included,
// read what was missed from the tables.
class Listener : public QObject
{
    Q_OBJECT

public:
    // `presence`: while the connection is there, it holds the advisory lock of that number, by which others see that
    // this process lives.
    // The channels are names that the program chooses. The URL must reach PostgreSQL itself: a pooler in transaction
    // mode cannot pass on notifications.
    Listener(std::string url, QStringList channels, QObject *parent = nullptr, std::optional<qint64> presence = {});
    ~Listener() override;

    void start();
    bool isConnected() const { return m_connection != nullptr; }

Q_SIGNALS:
    void reconnected();
    void disconnected();
    void notified(const QString &channel, const QString &payload);

private:
    void connectSoon();
    std::unique_ptr<database::Connection> connectNow(); // on the helper thread; null when it fails
    void adopt();
    void read();
    void tryAgain();

    const std::string m_url;
    const QStringList m_channels;
    const std::optional<qint64> m_presence;
    std::unique_ptr<database::Connection> m_connection;
    std::unique_ptr<QSocketNotifier> m_notifier; // after the connection: gone before its socket
    QTimer m_retry;
    std::chrono::milliseconds m_pause; // before the next attempt
    std::thread m_connecting;
    std::mutex m_mutex;
    std::unique_ptr<database::Connection> m_made; // by the helper thread, under the mutex
};
