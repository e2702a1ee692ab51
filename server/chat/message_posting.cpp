// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/message_posting.h"

#include "server/chat/chat_records.h"
#include "server/database/columns.h"
#include "shared/id.h"

#include <QSet>

#include <functional>

using namespace Qt::StringLiterals;
using namespace ChatRecords;
using database::column;

namespace MessagePosting {
namespace {

using MemberStore::Pair;
using MessageStore::Sent;

Sent sentBy(const Posting &posting) { return {posting.channelId, posting.caller.userId, posting.input.clientId}; }

template<class T> QList<T> unique(QList<T> list)
{
    const QSet<T> set(list.begin(), list.end());
    return {set.begin(), set.end()};
}

// All that a round of messages is judged by, read at once, with the channels locked.
struct Known
{
    QHash<QUuid, Channel> channels;
    QSet<Pair> members;
    QSet<QUuid> people; // who may be mentioned in public channels
    QHash<Sent, ChatMessage> sent;
    QHash<QUuid, ChatMessage> referred; // threads, and what is answered

    Known(Transaction &tx, const QList<Posting> &postings)
    {
        QList<QUuid> ids, mentioned;
        QList<Pair> pairs;
        for (const Posting &posting : postings) {
            pairs.append({posting.channelId, posting.caller.userId});
            for (const QUuid &id : posting.input.mentions)
                pairs.append({posting.channelId, id});
            mentioned += posting.input.mentions;
            for (const auto &id : {posting.input.threadId, posting.input.replyToId})
                if (id)
                    ids.append(*id);
        }
        for (const Channel &channel : ChannelStore::lockAll(tx, unique(column(postings, &Posting::channelId))))
            channels.insert(channel.id, channel);
        for (const Pair &pair : MemberStore::pairsOf(tx, unique(pairs)))
            members.insert(pair);
        if (!mentioned.isEmpty())
            for (const MemberStore::Person &person : MemberStore::people(tx, unique(mentioned)))
                people.insert(person.id);
        sent = MessageStore::findSent(tx, column(postings, sentBy));
        for (const ChatMessage &message : MessageStore::findAll(tx, unique(ids)))
            referred.insert(message.id, message);
    }

    bool mayMention(const Channel &channel, const QUuid &id) const
    {
        return members.contains({channel.id, id}) || (channel.kind == ChannelKind::Public && people.contains(id));
    }
};

void checkReferences(const Known &known, const Posting &posting)
{
    const NewMessage &input = posting.input;
    if (input.threadId) {
        const auto root = known.referred.constFind(*input.threadId);
        if (root == known.referred.constEnd() || root->channelId != posting.channelId
            || !Access::may(posting.caller, Ability::ChatRead, *root))
            throw ApiError::invalid(u"/threadId"_s, u"is no message of this channel"_s);
        if (root->threadId)
            throw ApiError::invalid(u"/threadId"_s,
                                    u"stands in a thread itself: give the first message of that thread"_s);
        if (root->deletedAt)
            throw ApiError::conflict(u"The message under which you write was deleted. Write in the channel."_s);
    }
    if (input.replyToId) {
        const auto answered = known.referred.constFind(*input.replyToId);
        if (answered == known.referred.constEnd() || answered->channelId != posting.channelId
            || !Access::may(posting.caller, Ability::ChatRead, *answered))
            throw ApiError::invalid(u"/replyToId"_s, u"is no message of this channel"_s);
    }
}

QList<json::Problem> strangersIn(const QList<QUuid> &mentions, const std::function<bool(const QUuid &)> &mayMention)
{
    QList<json::Problem> problems;
    for (qsizetype i = 0; i < mentions.size(); ++i)
        if (!mayMention(mentions[i]))
            problems.append({u"/mentions/%1"_s.arg(i), u"is nobody who can read this channel"_s});
    return problems;
}

// The message that this posting makes, without its place.
ChatMessage messageOf(const Known &known, const Posting &posting)
{
    const auto found = known.channels.constFind(posting.channelId);
    const bool isThere = found != known.channels.constEnd();
    const bool isMember = known.members.contains({posting.channelId, posting.caller.userId});
    if (!isThere || !Access::may(posting.caller, Ability::ChannelsRead, *found)
        || (found->kind != ChannelKind::Public && !isMember))
        throw noChannel();
    if (found->isArchived)
        throw ApiError::conflict(u"The channel is archived: it can be read, but no longer be written in."_s);
    if (!isMember)
        throw ApiError::forbidden(u"You are no member of this channel. Join it first."_s);
    checkReferences(known, posting);
    const NewMessage &input = posting.input;
    const auto strangers = strangersIn(input.mentions, [&](const QUuid &id) { return known.mayMention(*found, id); });
    if (!strangers.isEmpty())
        throw ApiError::invalid(strangers);
    ChatMessage message = messageIn(*found, posting.caller);
    message.id = newId();
    message.clientId = input.clientId;
    message.text = input.text;
    message.threadId = input.threadId;
    message.replyToId = input.replyToId;
    message.mentions = unique(input.mentions);
    message.mentionsEveryone = input.mentionsEveryone;
    message.createdAt = message.updatedAt = QDateTime::currentDateTimeUtc();
    Access::requireNew(posting.caller, Ability::ChatPost, message, input);
    return message;
}

} // namespace

void check(const NewMessage &input)
{
    if (input.clientId.isNull())
        throw ApiError::invalid(u"/clientId"_s, u"must be a UUID of the sender's choice, not the null one"_s);
    if (input.text.trimmed().isEmpty())
        throw ApiError::invalid(u"/text"_s, u"must say something"_s);
    if (input.text.contains(QChar(u'\0')) || !input.text.isValidUtf16())
        throw ApiError::invalid(u"/text"_s, u"must not contain U+0000 or half a surrogate pair"_s);
}

void checkMentions(Transaction &tx, const Channel &channel, const QList<QUuid> &mentions)
{
    QSet<QUuid> known;
    QList<Pair> pairs;
    for (const QUuid &id : mentions)
        pairs.append({channel.id, id});
    for (const Pair &pair : MemberStore::pairsOf(tx, pairs))
        known.insert(pair.memberId);
    if (channel.kind == ChannelKind::Public)
        for (const MemberStore::Person &person : MemberStore::people(tx, mentions))
            known.insert(person.id);
    const auto strangers = strangersIn(mentions, [&](const QUuid &id) { return known.contains(id); });
    if (!strangers.isEmpty())
        throw ApiError::invalid(strangers);
}

void append(Transaction &tx, QList<ChatMessage> &messages, QHash<QUuid, Channel> &channels)
{
    if (messages.isEmpty())
        return;
    const QDateTime now = MessageStore::now(tx);
    QHash<QUuid, MessageStore::Replies> replies;
    QSet<QUuid> touched;
    QList<NewEvent> events;
    for (ChatMessage &message : messages) {
        Channel &channel = channels[message.channelId];
        message.sequence = ++channel.lastSequence;
        message.createdAt = message.updatedAt = now;
        channel.lastMessageAt = now;
        touched.insert(channel.id);
        if (message.threadId) {
            MessageStore::Replies &under = replies[*message.threadId];
            under.threadId = *message.threadId;
            ++under.count;
            under.lastAt = now;
        }
        events.append(event("posted", message));
    }
    MessageStore::insert(tx, messages);
    MessageStore::addReplies(tx, replies.values());
    QList<Channel> grown;
    for (const QUuid &id : std::as_const(touched))
        grown.append(channels.value(id));
    ChannelStore::setLast(tx, grown);
    EventLog::append(tx, events);
}

QList<Result<Posted>> post(Transaction &tx, const QList<Posting> &postings)
{
    Known known(tx, postings);
    QList<ChatMessage> made;
    QHash<Sent, qsizetype> places; // within `made`, of those that come twice in this round
    QList<std::variant<ApiError, ChatMessage, std::pair<qsizetype, bool>>> outcomes;
    for (const Posting &posting : postings) {
        const Sent sent = sentBy(posting);
        if (const auto before = known.sent.constFind(sent); before != known.sent.constEnd()) {
            outcomes.append(*before);
        } else if (const auto place = places.constFind(sent); place != places.constEnd()) {
            outcomes.append(std::pair(*place, false));
        } else {
            try {
                made.append(messageOf(known, posting));
                places.insert(sent, made.size() - 1);
                outcomes.append(std::pair(made.size() - 1, true));
            } catch (const ApiError &error) {
                outcomes.append(error);
            }
        }
    }
    append(tx, made, known.channels);
    QList<Result<Posted>> results;
    for (const auto &outcome : std::as_const(outcomes)) {
        if (const auto *error = std::get_if<ApiError>(&outcome))
            results.append(Result<Posted>(*error));
        else if (const auto *before = std::get_if<ChatMessage>(&outcome))
            results.append(Result<Posted>(Posted{*before, false}));
        else if (const auto *place = std::get_if<std::pair<qsizetype, bool>>(&outcome))
            results.append(Result<Posted>(Posted{made[place->first], place->second}));
    }
    return results;
}

} // namespace MessagePosting
