// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/assistant_answer.h"
#include "shared/jobs/job.h"

// SQL of what assistants have written, in a transaction of the tenant.
namespace AssistantAnswerStore {

struct NewAnswer
{
    QUuid messageId;
    QUuid assistantId;
    QUuid questionId; // the message that asked
    QUuid askerId;
    QString askerName;
    std::optional<QUuid> jobId;
    QString error; // without a job: why there is none
};
void insert(Transaction &tx, const NewAnswer &answer); // as the last one of its message

// Who asked for what, of the last answer of a message.
struct Origin
{
    int number = 1;
    QUuid assistantId;
    QUuid questionId;
    std::optional<QUuid> askerId;
    std::optional<QUuid> jobId;
    MessageState state = MessageState::Streaming;

    static constexpr auto fields()
    {
        using T = Origin;
        return std::tuple{Field{"number", &T::number},         Field{"assistantId", &T::assistantId},
                          Field{"questionId", &T::questionId}, Field{"askerId", &T::askerId},
                          Field{"jobId", &T::jobId},           Field{"state", &T::state}};
    }
};
std::optional<Origin> origin(Transaction &tx, const QUuid &messageId);

// Newest first. `userId`: whose own rating is told.
QList<AssistantAnswer> list(Transaction &tx, const QUuid &messageId, const QUuid &userId, int limit);
std::optional<AssistantAnswer> last(Transaction &tx, const QUuid &messageId, const QUuid &userId);
void rate(Transaction &tx, const QUuid &messageId, int number, const QUuid &userId,
          const std::optional<AnswerRating> &rating); // nothing: takes it back

// An answer whose job has ended, all of its calls included, and what came of it.
struct Ended
{
    QUuid messageId;
    int number = 1;
    JobState state = JobState::Failed;
    std::optional<QString> output;
    std::optional<JobError> error;
    QString finishReason;
    std::optional<qint64> costNanos;

    static constexpr auto fields()
    {
        using T = Ended;
        return std::tuple{Field{"messageId", &T::messageId}, Field{"number", &T::number},
                          Field{"state", &T::state},         Field{"output", &T::output},
                          Field{"error", &T::error},         Field{"finishReason", &T::finishReason},
                          Field{"costNanos", &T::costNanos}};
    }
};
// One, held until the transaction ends; what another process holds is passed over.
std::optional<Ended> takeEnded(Transaction &tx);
void finish(Transaction &tx, const QUuid &messageId, int number, const AssistantAnswer &end);
std::optional<qint64> costOf(Transaction &tx, const QUuid &messageId); // all that was written for it
bool hasOpen(Transaction &tx); // questions that wait, or answers that are being written

// Jobs that write answers of messages which were deleted meanwhile.
QList<QUuid> jobsOfDeleted(Transaction &tx);

// What is being written in these channels.
struct Streaming
{
    QUuid messageId;
    QUuid channelId;
    QUuid jobId;

    static constexpr auto fields()
    {
        using T = Streaming;
        return std::tuple{Field{"messageId", &T::messageId}, Field{"channelId", &T::channelId},
                          Field{"jobId", &T::jobId}};
    }
};
QList<Streaming> streaming(Transaction &tx, const QList<QUuid> &channels);

} // namespace AssistantAnswerStore
