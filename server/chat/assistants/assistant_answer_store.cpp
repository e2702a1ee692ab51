// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_answer_store.h"

#define ANSWER_COLUMNS                                                                                                 \
    "SELECT a.number, a.state, a.text, a.error, a.job_id, a.cost_nanos, a.asker_id, a.asker_name,"                     \
    " (SELECT count(*) FROM assistant_ratings AS r WHERE r.message_id = a.message_id AND r.number = a.number"          \
    "  AND r.rating = 'up')::integer AS up_count,"                                                                     \
    " (SELECT count(*) FROM assistant_ratings AS r WHERE r.message_id = a.message_id AND r.number = a.number"          \
    "  AND r.rating = 'down')::integer AS down_count,"                                                                 \
    " (SELECT r.rating FROM assistant_ratings AS r WHERE r.message_id = a.message_id AND r.number = a.number"          \
    "  AND r.user_id = $2) AS own_rating,"                                                                             \
    " a.created_at, a.finished_at"                                                                                     \
    " FROM assistant_answers AS a WHERE a.message_id = $1 ORDER BY a.number DESC"

namespace AssistantAnswerStore {

void insert(Transaction &tx, const NewAnswer &answer)
{
    tx.run(R"(
        INSERT INTO assistant_answers (message_id, number, assistant_id, question_id, asker_id, asker_name, job_id,
                                       state, error, finished_at)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6,
               CASE WHEN $6::uuid IS NULL THEN 'failed' ELSE 'streaming' END, $7,
               CASE WHEN $6::uuid IS NULL THEN now() END
        FROM assistant_answers WHERE message_id = $1)",
           answer.messageId, answer.assistantId, answer.questionId, answer.askerId, answer.askerName, answer.jobId,
           answer.error);
}

std::optional<Origin> origin(Transaction &tx, const QUuid &messageId)
{
    return tx.maybe<Origin>(R"(
        SELECT number, assistant_id, question_id, asker_id, job_id, state
        FROM assistant_answers WHERE message_id = $1
        ORDER BY number DESC LIMIT 1
        FOR NO KEY UPDATE)",
                            messageId);
}

QList<AssistantAnswer> list(Transaction &tx, const QUuid &messageId, const QUuid &userId, int limit)
{
    return tx.all<AssistantAnswer>(ANSWER_COLUMNS " LIMIT $3", messageId, userId, limit);
}

std::optional<AssistantAnswer> last(Transaction &tx, const QUuid &messageId, const QUuid &userId)
{
    return tx.maybe<AssistantAnswer>(ANSWER_COLUMNS " LIMIT 1", messageId, userId);
}

void rate(Transaction &tx, const QUuid &messageId, int number, const QUuid &userId,
          const std::optional<AnswerRating> &rating)
{
    if (rating)
        tx.run(R"(
            INSERT INTO assistant_ratings (message_id, number, user_id, rating) VALUES ($1, $2, $3, $4)
            ON CONFLICT (message_id, number, user_id) DO UPDATE SET rating = excluded.rating)",
               messageId, number, userId, *rating);
    else
        tx.run("DELETE FROM assistant_ratings WHERE message_id = $1 AND number = $2 AND user_id = $3", messageId,
               number, userId);
}

std::optional<Ended> takeEnded(Transaction &tx)
{
    // A job that was canceled has ended before its call has: only then is known what it wrote and cost.
    return tx.maybe<Ended>(R"(
        SELECT a.message_id, a.number, job.state, job.output, job.error, job.finish_reason, job.cost_nanos
        FROM assistant_answers AS a JOIN job_states AS job ON job.job_id = a.job_id
        WHERE a.state = 'streaming' AND job.state NOT IN ('queued', 'running')
          AND NOT EXISTS (SELECT FROM attempts AS t WHERE t.job_id = a.job_id AND t.state = 'running')
        LIMIT 1
        FOR NO KEY UPDATE OF a SKIP LOCKED)");
}

void finish(Transaction &tx, const QUuid &messageId, int number, const AssistantAnswer &end)
{
    tx.run(R"(
        UPDATE assistant_answers SET state = $3, text = $4, error = $5, cost_nanos = $6, finished_at = now()
        WHERE message_id = $1 AND number = $2)",
           messageId, number, end.state, end.text, end.error, end.costNanos);
}

std::optional<qint64> costOf(Transaction &tx, const QUuid &messageId)
{
    return tx.one<std::optional<qint64>>("SELECT sum(cost_nanos)::bigint FROM assistant_answers WHERE message_id = $1",
                                         messageId);
}

bool hasOpen(Transaction &tx)
{
    return tx.one<bool>(R"(
        SELECT EXISTS (SELECT FROM assistant_questions WHERE state = 'waiting')
            OR EXISTS (SELECT FROM assistant_answers WHERE state = 'streaming'))");
}

QList<QUuid> jobsOfDeleted(Transaction &tx)
{
    return tx.all<QUuid>(R"(
        SELECT a.job_id
        FROM assistant_answers AS a
        JOIN messages AS m ON m.id = a.message_id
        JOIN job_states AS job ON job.job_id = a.job_id
        WHERE a.state = 'streaming' AND m.deleted_at IS NOT NULL AND job.state IN ('queued', 'running')
        LIMIT 50)");
}

QList<Streaming> streaming(Transaction &tx, const QList<QUuid> &channels)
{
    return tx.all<Streaming>(R"(
        SELECT m.id AS message_id, m.channel_id, a.job_id
        FROM assistant_answers AS a JOIN messages AS m ON m.id = a.message_id
        WHERE a.state = 'streaming' AND m.channel_id = ANY ($1) AND m.deleted_at IS NULL
        LIMIT 1000)",
                             channels);
}

} // namespace AssistantAnswerStore

#undef ANSWER_COLUMNS
