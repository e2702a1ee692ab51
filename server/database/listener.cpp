// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"

#include "server/database/pqxx_compat.h"
#include "server/database/session.h"

#include <QLoggingCategory>
#include <QThread>

#include <algorithm>

using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcListener, "server.database.listener")

constexpr std::chrono::milliseconds shortestPause = 100ms;
constexpr std::chrono::milliseconds longestPause = 10s;

} // namespace

Listener::Listener(std::string url, QStringList channels, QObject *parent, std::optional<qint64> presence)
    : QObject(parent),
      m_url(database::connectionUrl({.url = std::move(url)})),
      m_channels(std::move(channels)),
      m_presence(presence),
      m_pause(shortestPause)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Listener::connectSoon);
}

Listener::~Listener()
{
    if (m_connecting.joinable())
        m_connecting.join();
}

void Listener::start() { connectSoon(); }

void Listener::connectSoon()
{
    m_connecting = std::thread([this] {
        std::unique_ptr<database::Connection> made = connectNow();
        const std::lock_guard lock(m_mutex);
        m_made = std::move(made);
        QMetaObject::invokeMethod(this, &Listener::adopt, Qt::QueuedConnection);
    });
}

std::unique_ptr<database::Connection> Listener::connectNow()
try {
    auto made = std::make_unique<database::Connection>(m_url);
    if (m_presence) { // shared: the connection before may be dying still
        database::Parameters number;
        number.addText(std::to_string(*m_presence));
        made->execute("SELECT pg_advisory_lock_shared($1::bigint)", std::move(number));
    }
    for (const QString &channel : m_channels) {
        made->listen(channel.toStdString(), [this, channel](const std::string &payload) {
            // One that comes while the next LISTEN is on its way is left out: reconnected() follows.
            if (QThread::currentThread() == thread())
                Q_EMIT notified(channel, QString::fromStdString(payload));
        });
    }
    return made;
} catch (const std::exception &error) {
    qCWarning(lcListener) << "Cannot listen for notifications:" << error.what();
    return nullptr;
}

void Listener::adopt()
{
    m_connecting.join();
    m_connection = std::move(m_made);
    if (!m_connection)
        return tryAgain();
    m_pause = shortestPause;
    m_notifier = std::make_unique<QSocketNotifier>(m_connection->socket(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Listener::read);
    Q_EMIT reconnected();
    read(); // what arrived together with the answer to LISTEN does not wake the notifier
}

void Listener::read()
{
    try {
        m_connection->readNotifications();
        if (m_connection->isOpen())
            return;
    } catch (const std::exception &error) {
        qCWarning(lcListener) << "The connection for notifications was lost:" << error.what();
    }
    m_notifier->setEnabled(false);
    m_notifier.release()->deleteLater(); // it may be what called
    m_connection.reset();
    Q_EMIT disconnected();
    tryAgain();
}

void Listener::tryAgain()
{
    m_retry.start(m_pause);
    m_pause = std::min(m_pause * 2, longestPause);
}
