// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_watch.h"

#include "server/database/listener.h"

using namespace Qt::StringLiterals;

void SessionWatch::announce(Transaction &tx, const QList<QUuid> &sessions)
{
    constexpr qsizetype most = 200; // a notification holds 8,000 bytes
    for (qsizetype from = 0; from < sessions.size(); from += most) {
        QStringList ids;
        for (const QUuid &id : sessions.mid(from, most))
            ids.append(id.toString(QUuid::Id128));
        tx.run("SELECT pg_notify($1, $2)", QString::fromLatin1(channel), ids.join(u' '));
    }
}

void SessionWatch::apply(const QList<QUuid> &sessions)
{
    if (sessions.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    for (const Receiver &receiver : m_receivers)
        receiver(sessions);
}

void SessionWatch::subscribe(Receiver receiver)
{
    const std::lock_guard lock(m_mutex);
    m_receivers.push_back(std::move(receiver));
}

void SessionWatch::follow(Listener &listener)
{
    QObject::connect(&listener, &Listener::reconnected, &listener, [this] {
        ++m_interruptions;
        m_complete = true;
    });
    QObject::connect(&listener, &Listener::disconnected, &listener, [this] { m_complete = false; });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name != QLatin1StringView(channel))
            return;
        QList<QUuid> sessions;
        for (const QString &id : payload.split(u' ', Qt::SkipEmptyParts))
            sessions.append(QUuid::fromRfc4122(QByteArray::fromHex(id.toLatin1())));
        apply(sessions);
    });
}
