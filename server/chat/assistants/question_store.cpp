// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/question_store.h"

using namespace Qt::StringLiterals;

namespace QuestionStore {

std::optional<Question> take(Transaction &tx)
{
    return tx.maybe<Question>(R"(
        SELECT message_id, assistant_id, tries
        FROM assistant_questions
        WHERE state = 'waiting'
        ORDER BY created_at
        LIMIT 1
        FOR NO KEY UPDATE SKIP LOCKED)");
}

bool hold(Transaction &tx, const Question &question)
{
    return tx
        .maybe<QUuid>(R"(
        SELECT message_id FROM assistant_questions
        WHERE message_id = $1 AND assistant_id = $2 AND state = 'waiting'
        FOR NO KEY UPDATE)",
                      question.messageId, question.assistantId)
        .has_value();
}

void end(Transaction &tx, const Question &question, End end)
{
    tx.run("UPDATE assistant_questions SET state = $3 WHERE message_id = $1 AND assistant_id = $2", question.messageId,
           question.assistantId, end == End::Answered ? u"answered"_s : u"dropped"_s);
}

void failed(Transaction &tx, const Question &question)
{
    tx.run(R"(
        UPDATE assistant_questions SET tries = tries + 1, created_at = now()
        WHERE message_id = $1 AND assistant_id = $2 AND state = 'waiting')",
           question.messageId, question.assistantId);
}

QList<ChatMessage> before(Transaction &tx, const ChatMessage &question, int limit, const database::Fragment &messages)
{
    return tx.allWhere<ChatMessage>(R"(
        SELECT * FROM message_overview
        WHERE channel_id = $1 AND sequence < $2 AND deleted_at IS NULL AND state IN ('complete', 'stopped')
          AND text <> '' AND CASE WHEN $3::uuid IS NULL THEN thread_id IS NULL ELSE thread_id = $3 OR id = $3 END
          AND {where}
        ORDER BY sequence DESC
        LIMIT $4)",
                                    messages, question.channelId, question.sequence, question.threadId, limit);
}

} // namespace QuestionStore
