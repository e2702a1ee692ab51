// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_answer_service.h"

#include "server/chat/assistant_messages.h"
#include "server/chat/chat_records.h"

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

constexpr int mostAnswers = 20; // of a message

struct AnswerPlace
{
    ChatMessage message;
    Channel channel;
    AssistantAnswerStore::Origin origin;
};

// An answer that the caller may read; held until the transaction ends.
AnswerPlace readableAnswer(Transaction &tx, const Caller &caller, const QUuid &messageId)
{
    const ChatMessage message =
        Access::readable(caller, Ability::ChatRead, MessageStore::find(tx, messageId), noMessage());
    const auto channel = ChannelStore::find(tx, message.channelId);
    if (!channel || !Access::may(caller, Ability::ChannelsRead, *channel)
        || (channel->kind != ChannelKind::Public && !MemberStore::isMember(tx, channel->id, caller.userId)))
        throw noMessage();
    const auto origin = AssistantAnswerStore::origin(tx, messageId);
    if (!origin)
        throw ApiError::conflict(u"No assistant has written this message."_s);
    if (message.deletedAt)
        throw ApiError::conflict(u"The message was deleted."_s);
    return {message, *channel, *origin};
}

// One that the caller asked for, or whose channel they moderate.
AnswerPlace ownAnswer(Transaction &tx, const Caller &caller, const QUuid &messageId)
{
    const AnswerPlace place = readableAnswer(tx, caller, messageId);
    if (place.origin.askerId != caller.userId && !moderates(caller, place.channel))
        throw ApiError::forbidden(u"Only who asked for this answer, or who moderates the channel, can do this."_s);
    Access::require(caller, Ability::ChatPost, messageIn(place.channel, caller));
    return place;
}

AssistantAnswer lastAnswer(Transaction &tx, const Caller &caller, const QUuid &messageId)
{
    return AssistantAnswerStore::last(tx, messageId, caller.userId).value();
}

void requireVisibleText(const Caller &caller, const ChatMessage &message)
{
    if (caller.policy && caller.policy->speaksOfFields()
        && caller.policy->hiddenFields(Ability::ChatRead, permissions::Attributes(message)).contains(u"text"_s))
        throw ApiError::forbidden(u"A rule hides the text of this message from you."_s);
}

} // namespace

ChatMessage AssistantAnswerService::stop(const Caller &caller, const QUuid &messageId)
{
    QList<QUuid> running;
    const ChatMessage message = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const AnswerPlace place = ownAnswer(tx, caller, messageId);
        if (place.origin.state != MessageState::Streaming)
            throw ApiError::conflict(u"The answer has ended already: it is %1."_s.arg(json::name(place.origin.state)));
        running = m_asking.cancel(tx, {*place.origin.jobId});
        return place.message;
    });
    m_asking.announceCanceled(running);
    return message;
}

ChatMessage AssistantAnswerService::regenerate(const Caller &caller, const QUuid &messageId)
{
    const ChatMessage message = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const AnswerPlace place = ownAnswer(tx, caller, messageId);
        if (place.origin.state == MessageState::Streaming)
            throw ApiError::conflict(u"The answer is still being written. Stop it first."_s);
        if (place.origin.number >= mostAnswers)
            throw ApiError::conflict(
                u"An answer can be written %1 times. Ask again in a new message."_s.arg(mostAnswers));
        const auto question = MessageStore::find(tx, place.origin.questionId);
        if (!question || question->deletedAt)
            throw ApiError::conflict(u"The message that asked was deleted. Ask in a new message."_s);
        const QUuid job = m_asking.makeJob(tx, caller, place.origin.assistantId, *question);
        AssistantAnswerStore::insert(tx,
                                     {.messageId = messageId,
                                      .assistantId = place.origin.assistantId,
                                      .questionId = question->id,
                                      .askerId = caller.userId,
                                      .askerName = caller.displayName,
                                      .jobId = job,
                                      .error = {}});
        if (!place.message.text.isEmpty())
            MessageStore::insertEdit(tx, messageId, place.message.text, caller.userId, caller.displayName);
        return AssistantMessages::change(
                   tx, messageId,
                   {.text = QString(), .state = MessageState::Streaming, .jobId = job, .error = QString()})
            .value_or(place.message);
    });
    m_asking.announceMade();
    return message;
}

AssistantAnswer AssistantAnswerService::rate(const Caller &caller, const QUuid &messageId,
                                             const std::optional<AnswerRating> &rating)
{
    const AssistantAnswer answer = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const AnswerPlace place = readableAnswer(tx, caller, messageId);
        requireVisibleText(caller, place.message);
        if (rating) {
            Access::require(caller, Ability::ChatPost, messageIn(place.channel, caller));
            if (place.origin.state != MessageState::Complete && place.origin.state != MessageState::Stopped)
                throw ApiError::conflict(
                    u"There is no answer to rate yet: it is %1."_s.arg(json::name(place.origin.state)));
        }
        AssistantAnswerStore::rate(tx, messageId, place.origin.number, caller.userId, rating);
        EventLog::append(tx, {event("rated", place.message)});
        return lastAnswer(tx, caller, messageId);
    });
    m_changed();
    return answer;
}

Page<AssistantAnswer> AssistantAnswerService::list(const Caller &caller, const QUuid &messageId)
{
    Page<AssistantAnswer> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        requireVisibleText(caller, readableAnswer(tx, caller, messageId).message);
        return AssistantAnswerStore::list(tx, messageId, caller.userId, mostAnswers);
    });
    return page;
}
