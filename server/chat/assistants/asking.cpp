// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/asking.h"

#include "server/chat/assistant_messages.h"
#include "server/chat/assistants/assistant_prompt.h"
#include "server/chat/assistants/assistant_store.h"
#include "server/chat/chat_records.h"
#include "server/users/user_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestAnswer = 40'000; // UTF-16 units, as of every message

// What is to be read of an answer.
AssistantAnswer endOf(const AssistantAnswerStore::Ended &ended)
{
    AssistantAnswer end;
    end.costNanos = ended.costNanos;
    end.text = ended.output.value_or(QString());
    if (ended.state == JobState::Canceled) {
        end.state = MessageState::Stopped;
    } else if (ended.state != JobState::Completed) {
        end.state = MessageState::Failed;
        end.error = ended.error ? ended.error->message : u"The job of this answer failed."_s;
    } else if (end.text.isEmpty()) {
        end.state = MessageState::Failed;
        end.error = u"The model answered without a word."_s;
    } else {
        end.state = MessageState::Complete;
        if (ended.finishReason == u"length"_s)
            end.error =
                u"The answer ends where the model may write no more. Raise its longest answer, or ask for less."_s;
    }
    if (end.text.size() > longestAnswer) {
        const bool cutsPair = end.text[longestAnswer - 1].isHighSurrogate();
        end.text.truncate(cutsPair ? longestAnswer - 1 : longestAnswer);
        end.error =
            u"The answer is longer than a message can be (%L1 characters). All of it stands with its job."_s.arg(
                longestAnswer);
    }
    return end;
}

} // namespace

Caller Asking::callerOf(Transaction &tx, const QUuid &tenantId, const QUuid &userId)
{
    const auto user = UserStore::find(tx, userId);
    if (!user || user->status != UserStatus::Active)
        throw ApiError::forbidden(u"Who asked can no longer sign in."_s);
    Caller caller;
    caller.userId = userId;
    caller.tenantId = tenantId;
    caller.displayName = user->displayName;
    caller.policyVersion = m_policies.version(tenantId);
    // As the rules are in this transaction, not as this process remembers them: a rule that hides something holds for
    // the next question, wherever it is asked.
    caller.policy = std::make_shared<const permissions::Policy>(PolicyBook::read(tx),
                                                                PolicyBook::principalOf(tx, userId, user->roles));
    caller.limits = m_policies.limitsOf(tx, tenantId);
    caller.abilities = caller.policy->abilities();
    return caller;
}

bool Asking::answer(Transaction &tx, const QUuid &tenantId, const QuestionStore::Question &question)
{
    const auto asked = MessageStore::find(tx, question.messageId);
    if (!asked || asked->deletedAt || !asked->authorId) {
        QuestionStore::end(tx, question, QuestionStore::End::Dropped);
        return false;
    }
    const Caller caller = callerOf(tx, tenantId, *asked->authorId);
    const QUuid job = makeJob(tx, caller, question.assistantId, *asked);
    write(tx, question, *asked, job, {});
    return true;
}

QUuid Asking::makeJob(Transaction &tx, const Caller &caller, const QUuid &assistantId, const ChatMessage &question)
{
    const auto assistant = AssistantStore::find(tx, assistantId);
    if (!assistant)
        throw ApiError::conflict(u"This assistant was removed."_s);
    if (!MemberStore::isMember(tx, question.channelId, assistantId))
        throw ApiError::conflict(u"The assistant “%1” is no longer in this channel."_s.arg(assistant->name));
    ChatRecords::readableChannel(tx, caller, ChannelStore::find(tx, question.channelId));
    Access::require(caller, Ability::ChatRead, question);
    if (!caller.may(Ability::JobsCreate))
        throw ApiError::forbidden(
            u"Asking an assistant needs the ability jobs.create. Ask who gives roles in your organisation."_s);
    GenerateRequest request = AssistantPrompt::request(tx, *assistant, question.text,
                                                       AssistantPrompt::conversation(tx, caller, *assistant, question));
    const auto text = [](const QUuid &id) { return id.toString(QUuid::WithoutBraces); };
    request.metadata = {{u"chat"_s,
                         QJsonObject{{u"channelId"_s, text(question.channelId)},
                                     {u"questionId"_s, text(question.id)},
                                     {u"assistantId"_s, text(assistantId)}}}};
    return m_jobs.generateIn(tx, caller, request).job.id;
}

void Asking::requireModel(Transaction &tx, const Caller &caller, const Assistant &assistant)
{
    if (assistant.model)
        m_jobs.requireModel(tx, caller.tenantId, *assistant.model);
}

void Asking::refuse(Transaction &tx, const QuestionStore::Question &question, const QString &why)
{
    const auto asked = MessageStore::find(tx, question.messageId);
    if (asked)
        write(tx, question, *asked, {}, why);
}

void Asking::write(Transaction &tx, const QuestionStore::Question &question, const ChatMessage &asked,
                   const std::optional<QUuid> &jobId, const QString &error)
{
    const auto assistant = AssistantStore::find(tx, question.assistantId);
    const auto message = AssistantMessages::post(tx,
                                                 {.channelId = asked.channelId,
                                                  .assistantId = question.assistantId,
                                                  .assistantName = assistant ? assistant->name : u"Assistant"_s,
                                                  .threadId = asked.threadId,
                                                  .replyToId = asked.id,
                                                  .jobId = jobId,
                                                  .state = jobId ? MessageState::Streaming : MessageState::Failed,
                                                  .error = error});
    if (!message)
        throw ChatRecords::noChannel();
    AssistantAnswerStore::insert(tx,
                                 {.messageId = message->id,
                                  .assistantId = question.assistantId,
                                  .questionId = asked.id,
                                  .askerId = asked.authorId.value_or(QUuid()),
                                  .askerName = asked.authorName,
                                  .jobId = jobId,
                                  .error = error});
    QuestionStore::end(tx, question, QuestionStore::End::Answered);
}

void Asking::finish(Transaction &tx, const AssistantAnswerStore::Ended &ended)
{
    const AssistantAnswer end = endOf(ended);
    AssistantAnswerStore::finish(tx, ended.messageId, ended.number, end);
    AssistantMessages::change(tx, ended.messageId,
                              {.text = end.text,
                               .state = end.state,
                               .costNanos = AssistantAnswerStore::costOf(tx, ended.messageId),
                               .error = end.error});
}
