// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/chat/channel_draft.h"
#include "shared/chat/message.h"

#include <QHash>

// The channels of which the person is a member: at once from the cache, then from the server, then as the live
// connection tells. It counts what is unread and keeps the read marks, also those that could not be sent yet.
class ChannelBook : public QObject
{
    Q_OBJECT

public:
    explicit ChannelBook(Workspace &workspace, QObject *parent = nullptr);

    const QList<ChannelEntry> &entries() const { return m_entries; }
    const ChannelEntry *find(const QUuid &id) const;
    bool isLoading() const { return m_call.isPending(); }
    bool hasLoaded() const { return m_hasLoaded; } // since the start
    const std::optional<ApiError> &problem() const { return m_problem; } // of the last try
    int unread() const; // in channels that are not muted
    QUuid me() const { return m_workspace.session().profile().userId; }
    // What somebody does who is online; nothing: they are not, or nothing is known because this person is not either.
    std::optional<live::Activity> activityOf(const QUuid &person) const;

    void reload();
    void put(const ChannelEntry &entry); // what the server has said
    void put(const Channel &channel); // of one that is known
    void put(const QUuid &id, const Membership &membership);
    void drop(const QUuid &id);

    void markRead(const QUuid &id, qint64 sequence);
    void markUnreadFrom(const QUuid &id, qint64 sequence); // this one and what follows it

    static QString topic() { return QStringLiteral("channels"); }

Q_SIGNALS:
    void changed();
    void messageHeard(const ChatMessage &message); // a new one, of any channel
    void dropped(const QUuid &id);
    void draftHeard(const ChannelDraftNews &news); // of the person, on another machine or this one
    void membersChanged(const QUuid &id); // somebody came or left, or has another role

private:
    void follow();
    void showCached();
    void loadPage(const std::optional<QString> &cursor);
    void replaceEntries(bool areAll);
    void received(const live::Event &event);
    void heard(const ChatMessage &message);
    void forget(const QUuid &id);
    void fetch(const QUuid &id);
    void sendMarks();
    void sendMark(const QUuid &id, const ReadMark &mark);
    ChannelEntry *entryOf(const QUuid &id);
    void remember(const ChannelEntry &entry);

    Workspace &m_workspace;
    QList<ChannelEntry> m_entries;
    QList<ChannelEntry> m_arriving; // pages of a list that is not whole yet
    QHash<QUuid, ReadMark> m_marks; // not sent yet
    QHash<QUuid, live::Activity> m_online;
    QTimer m_sendMarks;
    CallHandle m_call;
    std::optional<ApiError> m_problem;
    bool m_follows = false;
    bool m_hasLoaded = false;
};
