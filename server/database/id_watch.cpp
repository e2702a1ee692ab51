// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/id_watch.h"

#include "server/database/listener.h"

void IdWatch::announce(Transaction &tx, const char *channel, const QList<QUuid> &ids)
{
    constexpr qsizetype most = 200; // a notification holds 8,000 bytes
    for (qsizetype from = 0; from < ids.size(); from += most) {
        QStringList texts;
        for (const QUuid &id : ids.mid(from, most))
            texts.append(id.toString(QUuid::Id128));
        tx.run("SELECT pg_notify($1, $2)", QString::fromLatin1(channel), texts.join(u' '));
    }
}

void IdWatch::apply(const QList<QUuid> &ids)
{
    if (ids.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    for (const Receiver &receiver : m_receivers)
        receiver(ids);
}

void IdWatch::subscribe(Receiver receiver)
{
    const std::lock_guard lock(m_mutex);
    m_receivers.push_back(std::move(receiver));
}

void IdWatch::follow(Listener &listener)
{
    QObject::connect(&listener, &Listener::reconnected, &listener, [this] {
        ++m_interruptions;
        m_complete = true;
    });
    QObject::connect(&listener, &Listener::disconnected, &listener, [this] { m_complete = false; });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name != QLatin1StringView(m_channel))
            return;
        QList<QUuid> ids;
        for (const QString &id : payload.split(u' ', Qt::SkipEmptyParts))
            ids.append(QUuid::fromRfc4122(QByteArray::fromHex(id.toLatin1())));
        apply(ids);
    });
}
