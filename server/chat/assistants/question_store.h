// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/message.h"

// SQL of what messages ask of assistants, in a transaction of the tenant. A trigger writes it with the message.
namespace QuestionStore {

struct Question
{
    QUuid messageId;
    QUuid assistantId;
    int tries = 0;

    static constexpr auto fields()
    {
        using T = Question;
        return std::tuple{Field{"messageId", &T::messageId}, Field{"assistantId", &T::assistantId},
                          Field{"tries", &T::tries}};
    }
};

// One that waits, the oldest, held until the transaction ends; what another process holds is passed over.
std::optional<Question> take(Transaction &tx);
// Whether this one still waits; held until the transaction ends.
bool hold(Transaction &tx, const Question &question);

enum class End { Answered, Dropped };
void end(Transaction &tx, const Question &question, End end);
void failed(Transaction &tx, const Question &question); // later, after the others

// What stands before a question in its thread, or else in the channel outside of threads, newest first. `messages`:
// which may be seen.
QList<ChatMessage> before(Transaction &tx, const ChatMessage &question, int limit, const database::Fragment &messages);

} // namespace QuestionStore
