// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/live/live.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>

class Database;
class Listener;

// Who is at which record just now, in all processes. Nothing of it is kept: each process tells the others by NOTIFY,
// and what is not said again within a minute ends. A process that comes late asks:
//
//   patio_presence   <process> say <connection> <activity> <tenant> <topic> <user> <name, as base64>
//                    <process> leave <connection> <tenant> <topic>
//                    <process> hello                                   say again what you have
class PresenceBook : public QObject
{
public:
    static constexpr auto channel = "patio_presence";
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full
    using Changed = std::function<void(const QUuid &tenant, const QString &topic, const QList<live::Person> &people)>;

    // `changed` is called on this object's thread, a moment after what changed, once for all that happened meanwhile.
    PresenceBook(Database &database, Work work, Changed changed);

    void follow(Listener &listener); // of the same thread as this object

    // Any thread. A connection is what its process numbers so.
    void say(const QUuid &tenant, const QString &topic, quint64 connection, const QUuid &user, const QString &name,
             live::Activity activity);
    void leave(const QUuid &tenant, const QString &topic, quint64 connection);
    void show(const QUuid &tenant, const QString &topic); // tells who is there, although nothing has changed

private:
    using Clock = std::chrono::steady_clock;
    using Place = std::pair<QUuid, QString>; // tenant, topic
    struct Entry
    {
        QUuid user;
        QString name;
        live::Activity activity = live::Activity::Viewing;
        Clock::time_point until;
        Clock::time_point told; // to other processes
    };

    void put(const Place &place, const QString &source, const Entry &entry);
    void take(const Place &place, const QString &source);
    void hear(const QString &payload);
    void tell(const QString &payload);
    void tellAll();
    QString said(const Place &place, const QString &connection, const Entry &entry) const;
    void change(const Place &place);
    void flush();
    void sweep();
    QList<live::Person> peopleAt(const Place &place) const;
    void send(const QStringList &messages);

    Database &m_database;
    const Work m_work;
    const Changed m_changed;
    const QString m_process;
    QHash<Place, QHash<QString, Entry>> m_places; // source: "<process> <connection>"
    qsizetype m_count = 0;
    QSet<Place> m_changedPlaces;
    QStringList m_messages; // for other processes
    QTimer m_flushTimer, m_sweepTimer;
};
