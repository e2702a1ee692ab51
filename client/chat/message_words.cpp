// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_words.h"

#include "client/widgets/amounts.h"

#include <QDateTime>
#include <QLocale>
#include <QObject>
#include <QStringList>

using namespace Qt::StringLiterals;

QString messageWords::day(qint64 time)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(time).date(), today = QDate::currentDate();
    if (day == today)
        return QObject::tr("Today");
    if (day == today.addDays(-1))
        return QObject::tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

QString messageWords::marks(const ConversationMessage &message)
{
    QStringList marks;
    if (message.isPinned)
        marks << QObject::tr("pinned");
    if (message.editedAt)
        marks << QObject::tr("edited");
    return marks.join(u" · "_s);
}

QString messageWords::state(const ConversationMessage &message)
{
    const auto figures = [&](QStringList texts) {
        if (message.tokens > 0)
            texts << QObject::tr("%n tokens", nullptr, message.tokens);
        if (message.tokensPerSecond > 0 && message.state == DeliveryState::Streaming)
            texts << QObject::tr("%1 tok/s").arg(QLocale().toString(message.tokensPerSecond, 'f', 0));
        if (message.costNanos >= 0)
            texts << amounts::cost(message.costNanos);
        return texts.join(u" · "_s);
    };
    switch (message.state) {
    case DeliveryState::Sending:
        return QObject::tr("Sending…");
    case DeliveryState::Waiting:
        return QObject::tr("Is sent when you are back online");
    case DeliveryState::Failed:
        return message.error.isEmpty() ? QObject::tr("Not sent") : message.error;
    case DeliveryState::Streaming:
        return figures({message.text.isEmpty() ? QObject::tr("Thinking…") : QObject::tr("Writing…")});
    case DeliveryState::Stopped:
        return figures({QObject::tr("Stopped")});
    case DeliveryState::Sent:
        return message.isFromAssistant && !message.deletedAt ? figures({}) : QString();
    }
    return {};
}

QString messageWords::replies(int count) { return QObject::tr("%n replies", nullptr, count); }

QString messageWords::reaction(const Reaction &reaction)
{
    const QString people = QObject::tr("%n people", nullptr, reaction.count);
    return reaction.isMine ? QObject::tr("%1 %2, with you").arg(reaction.emoji, people)
                           : reaction.emoji + u' ' + people;
}

QString messageWords::spoken(const ConversationMessage &message)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(message.createdAt).time();
    const QString author = message.isOwn ? QObject::tr("You") : message.authorName;
    QStringList parts{u"%1, %2"_s.arg(author, QLocale().toString(time, QLocale::ShortFormat))};
    if (!message.quoted.id.isNull())
        parts << QObject::tr("Answers %1").arg(message.quoted.authorName);
    parts << (message.deletedAt ? QObject::tr("This message was deleted.") : message.text);
    for (const QString &part : {marks(message), state(message)})
        if (!part.isEmpty())
            parts << part;
    if (message.replyCount > 0)
        parts << replies(message.replyCount);
    for (const Reaction &one : message.reactions)
        parts << reaction(one);
    return parts.join(u". "_s);
}
