// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation_message.h"

#include <QHash>
#include <QObject>

#include <optional>

// The messages of one channel or thread in their order, as far as they are loaded: those with a sequence first, then
// the sender's own that are under way. Views are told what changed and where.
class Conversation : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    int count() const { return int(m_messages.size()); }
    const ConversationMessage &at(int row) const { return m_messages[row]; }
    int rowOf(const QUuid &id) const; // -1: not loaded; a client id is found too
    int lastOwnRow() const; // the one that "edit the last message" means; -1: none

    void reset(QList<ConversationMessage> messages); // in order
    void prepend(const QList<ConversationMessage> &older); // in order; those that are there already are left out
    // A new message at its place, or what is known of one that is there: by id, or by the client id of one under way.
    void put(const ConversationMessage &message);
    void appendText(const QUuid &id, const QString &piece); // of an answer that streams
    void remove(const QUuid &id); // one that was never sent

    bool hasOlder() const { return m_hasOlder; } // on the server
    void setHasOlder(bool hasOlder) { m_hasOlder = hasOlder; }
    // The "New" line stands before the first message of others after this sequence; -1: there is none.
    qint64 readSequence() const { return m_readSequence; }
    void setReadSequence(qint64 sequence);
    int firstUnreadRow() const; // -1: all is read

    bool startsDay(int row) const; // in local time
    bool startsGroup(int row) const; // another author, another day, or five minutes later

Q_SIGNALS:
    void wasReset();
    void prepended(int count);
    void inserted(int row);
    void changed(int row);
    void removed(int row);
    void readSequenceChanged();

private:
    int placeOf(const ConversationMessage &message) const;
    void index(int from);

    QList<ConversationMessage> m_messages;
    // Rows count from here, so that older messages in front move no other row.
    QHash<QUuid, int> m_rows;
    int m_origin = 0;
    qint64 m_readSequence = -1;
    bool m_hasOlder = false;
};
