// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/conversation.h"

#include <QDateTime>

#include <algorithm>

namespace {

constexpr qint64 groupTime = 5 * 60 * 1000; // ms between messages that stand under one name

QDate localDay(qint64 time) { return QDateTime::fromMSecsSinceEpoch(time).date(); }

} // namespace

int Conversation::rowOf(const QUuid &id) const
{
    const auto found = m_rows.constFind(id);
    return found == m_rows.cend() ? -1 : *found + m_origin;
}

int Conversation::lastOwnRow() const
{
    for (int row = count() - 1; row >= 0; --row)
        if (const ConversationMessage &message = m_messages[row];
            message.isOwn && !message.deletedAt && message.state == DeliveryState::Sent)
            return row;
    return -1;
}

void Conversation::index(int from)
{
    for (int row = from; row < count(); ++row) {
        const ConversationMessage &message = m_messages[row];
        m_rows[message.id] = row - m_origin;
        if (!message.clientId.isNull())
            m_rows[message.clientId] = row - m_origin;
    }
}

void Conversation::reset(QList<ConversationMessage> messages)
{
    m_messages = std::move(messages);
    m_origin = 0;
    m_rows.clear();
    m_rows.reserve(m_messages.size());
    index(0);
    Q_EMIT wasReset();
}

void Conversation::prepend(const QList<ConversationMessage> &older)
{
    QList<ConversationMessage> added;
    for (const ConversationMessage &message : older)
        if (rowOf(message.id) < 0)
            added << message;
    if (added.isEmpty())
        return;
    const int count = int(added.size());
    m_origin += count;
    for (int row = 0; row < count; ++row) {
        m_rows[added[row].id] = row - m_origin;
        if (!added[row].clientId.isNull())
            m_rows[added[row].clientId] = row - m_origin;
    }
    // One by one: a list keeps room in front, so that the many that are there mostly stay where they are.
    for (auto message = added.rbegin(); message != added.rend(); ++message)
        m_messages.prepend(std::move(*message));
    Q_EMIT prepended(count);
}

int Conversation::placeOf(const ConversationMessage &message) const
{
    if (message.sequence == 0)
        return count(); // under way: last
    int row = count();
    while (row > 0 && (m_messages[row - 1].sequence == 0 || m_messages[row - 1].sequence > message.sequence))
        --row;
    return row;
}

void Conversation::put(const ConversationMessage &message)
{
    int row = rowOf(message.id);
    if (row < 0 && !message.clientId.isNull())
        row = rowOf(message.clientId);
    if (row >= 0) {
        const qint64 before = row > 0 ? m_messages[row - 1].sequence : 0;
        const qint64 after = row + 1 < count() ? m_messages[row + 1].sequence : 0;
        const bool isInPlace = m_messages[row].sequence == message.sequence
            || ((row == 0 || (before > 0 && before < message.sequence)) && (after == 0 || after > message.sequence));
        if (isInPlace) {
            m_rows.remove(m_messages[row].id);
            m_messages[row] = message;
            m_rows[message.id] = row - m_origin;
            if (!message.clientId.isNull())
                m_rows[message.clientId] = row - m_origin;
            Q_EMIT changed(row);
            return;
        }
        remove(m_messages[row].id); // another one came in between
    }
    row = placeOf(message);
    m_messages.insert(row, message);
    index(row);
    Q_EMIT inserted(row);
}

void Conversation::appendText(const QUuid &id, const QString &piece)
{
    const int row = rowOf(id);
    if (row < 0 || piece.isEmpty())
        return;
    m_messages[row].text += piece;
    Q_EMIT changed(row);
}

void Conversation::remove(const QUuid &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_rows.remove(m_messages[row].id);
    m_rows.remove(m_messages[row].clientId);
    m_messages.removeAt(row);
    index(row);
    Q_EMIT removed(row);
}

void Conversation::setReadSequence(qint64 sequence)
{
    if (std::exchange(m_readSequence, sequence) != sequence)
        Q_EMIT readSequenceChanged();
}

int Conversation::firstUnreadRow() const
{
    if (m_readSequence < 0)
        return -1;
    const auto first = std::partition_point(m_messages.begin(), m_messages.end(), [this](const auto &message) {
        return message.sequence != 0 && message.sequence <= m_readSequence;
    });
    const auto unread = std::find_if(first, m_messages.end(), [](const auto &message) { return !message.isOwn; });
    return unread == m_messages.end() ? -1 : int(unread - m_messages.begin());
}

bool Conversation::startsDay(int row) const
{
    return row == 0 || localDay(m_messages[row - 1].createdAt) != localDay(m_messages[row].createdAt);
}

bool Conversation::startsGroup(int row) const
{
    if (row == 0)
        return true;
    const ConversationMessage &message = m_messages[row], &before = m_messages[row - 1];
    return message.authorId != before.authorId || message.createdAt - before.createdAt >= groupTime
        || !message.quoted.id.isNull() || row == firstUnreadRow() || startsDay(row);
}
