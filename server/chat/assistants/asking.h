// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/batches/batch_service.h"
#include "server/chat/assistants/assistant_answer_store.h"
#include "server/chat/assistants/question_store.h"
#include "server/permissions/policy_book.h"
#include "shared/chat/assistant.h"
#include "shared/chat/channel.h"

// How a question becomes a job and an answer, each step in the transaction of whoever calls. Any thread.
class Asking
{
public:
    Asking(JobService &jobs, BatchService &batches, PolicyBook &policies)
        : m_jobs(jobs),
          m_batches(batches),
          m_policies(policies)
    {
    }

    // Makes the job, in the name of who wrote the question, and the message that it will write. Says whether there is
    // one: what was deleted is not answered. Throws ApiError where it cannot be asked.
    bool answer(Transaction &tx, const QUuid &tenantId, const QuestionStore::Question &question);
    // Writes a message that says why there is no answer.
    void refuse(Transaction &tx, const QuestionStore::Question &question, const QString &why);

    // The job for an answer, without its message.
    QUuid makeJob(Transaction &tx, const Caller &caller, const QUuid &assistantId, const ChatMessage &question);
    void requireModel(Transaction &tx, const Caller &caller, const Assistant &assistant); // throws 422 at /model

    // What came of a job goes into its message.
    void finish(Transaction &tx, const AssistantAnswerStore::Ended &ended);

    // Those that have not ended. Gives the ones whose calls are to be stopped once the transaction is committed.
    QList<QUuid> cancel(Transaction &tx, const QList<QUuid> &jobs) { return m_jobs.cancelIn(tx, jobs); }

    // Once a transaction is committed.
    void announceMade() { m_batches.made(); }
    void announceCanceled(const QList<QUuid> &running) { m_batches.stopped(running); }

private:
    Caller callerOf(Transaction &tx, const QUuid &tenantId, const QUuid &userId);
    void write(Transaction &tx, const QuestionStore::Question &question, const ChatMessage &asked,
               const std::optional<QUuid> &jobId, const QString &error);

    JobService &m_jobs;
    BatchService &m_batches;
    PolicyBook &m_policies;
};
