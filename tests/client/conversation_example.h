// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation.h"

// Messages of a channel as they come about: a few people, in bursts, some Markdown, reactions and threads.
namespace conversationExample {

// Spread over all there are, as real ones are: neighbours would stand in one row of a hash table, which fills it up.
inline QUuid idOf(int number) { return QUuid(uint(number) * 2654435761U, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10); }

inline ConversationMessage message(int sequence, qint64 at)
{
    static const QStringList people{QStringLiteral("Marina Duarte"), QStringLiteral("Tom Okafor"),
                                    QStringLiteral("Priya Nair"), QStringLiteral("Lucas Ferreira")};
    static const QStringList texts{
        QStringLiteral("Rolled back to **v16** for production, error rate is falling."),
        QStringLiteral("Thanks"),
        QStringLiteral(
            "Looking. I think the `language` variable is not reaching the prompt when the order comes from the "
            "mobile app. Give me ten minutes to read the traces of this morning."),
        QStringLiteral(
            "The invoice of June is approved; the amounts of the last two lines were wrong and are now as agreed."),
        QStringLiteral("Two things:\n- the cache is warm\n- the queue is empty"),
        QStringLiteral("https://patio.example/jobs/9f31c2 failed three times, is that the rate limit?"),
        QStringLiteral("```sql\nselect state, count(*)\nfrom jobs\ngroup by state;\n```"),
        QStringLiteral("ok, merged")};
    ConversationMessage message;
    message.id = idOf(sequence);
    message.sequence = sequence;
    const int person = (sequence / 3) % int(people.size());
    message.authorId = idOf(1'000'000'000 + person);
    message.authorName = people[person];
    message.isOwn = person == 0;
    message.text = texts[(sequence * 7) % texts.size()] + QStringLiteral(" (%1)").arg(sequence);
    message.createdAt = at;
    if (sequence % 11 == 0)
        message.reactions << Reaction{QStringLiteral("👍"), 1 + sequence % 5, sequence % 2 == 0};
    if (sequence % 23 == 0)
        message.replyCount = 1 + sequence % 7;
    return message;
}

inline QList<ConversationMessage> messages(int first, int last, qint64 from = 1'760'000'000'000)
{
    QList<ConversationMessage> all;
    all.reserve(last - first + 1);
    for (int sequence = first; sequence <= last; ++sequence)
        all << message(sequence, from + qint64(sequence) * 90'000);
    return all;
}

} // namespace conversationExample
