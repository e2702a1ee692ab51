// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/message_service.h"

#include "server/chat/chat_records.h"
#include "server/chat/message_posting.h"
#include "server/chat/message_words.h"
#include "server/database/cursor.h"

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

constexpr int messagePage = 50;
constexpr int mostEdits = 200; // of a message
constexpr int mostEmojis = 20; // different ones of a message
constexpr qsizetype longestEmoji = 32;

struct Found
{
    Channel channel;
    ChatMessage message;
};

Found readableMessage(Transaction &tx, const Caller &caller, const std::optional<ChatMessage> &found)
{
    const ChatMessage message = Access::readable(caller, Ability::ChatRead, found, noMessage());
    const auto channel = ChannelStore::find(tx, message.channelId);
    if (!channel || !Access::may(caller, Ability::ChannelsRead, *channel)
        || (channel->kind != ChannelKind::Public && !MemberStore::isMember(tx, channel->id, caller.userId)))
        throw noMessage();
    return {*channel, message};
}

// A message that still says something, in a channel where the caller may write; locked until the transaction ends.
Found changeable(Transaction &tx, const Caller &caller, const QUuid &id)
{
    const Found found = readableMessage(tx, caller, MessageStore::lock(tx, id));
    if (found.message.deletedAt)
        throw ApiError::conflict(u"The message was deleted."_s);
    if (found.channel.isArchived)
        throw ApiError::conflict(u"The channel is archived: it can be read, but no longer be written in."_s);
    if (!MemberStore::isMember(tx, found.channel.id, caller.userId))
        throw ApiError::forbidden(u"You are no member of this channel. Join it first."_s);
    Access::require(caller, Ability::ChatPost, messageIn(found.channel, caller));
    return found;
}

bool isOwn(const Caller &caller, const ChatMessage &message)
{
    return message.authorKind == ChatPartyKind::Person && message.authorId == caller.userId;
}

void checkEmoji(const QString &emoji)
{
    const bool isBlank = emoji.trimmed().isEmpty()
        || std::any_of(emoji.begin(), emoji.end(), [](QChar c) { return c.isSpace() || c.unicode() < 0x20; });
    if (isBlank || emoji.size() > longestEmoji || !emoji.isValidUtf16())
        throw ApiError::invalid(u"/emoji"_s, u"must be an emoji, %1 UTF-16 units at most"_s.arg(longestEmoji));
}

AuditEvent auditedMessage(Ability ability, const Found &found)
{
    return {.action = AuditLog::actionOf(ability), .subject = {found.message.id, nameOf(found.channel)}};
}

// What the log says of a message: who wrote it where, not what it says.
QJsonObject outlineOf(const ChatMessage &message)
{
    return {{u"channelId"_s, message.channelId.toString(QUuid::WithoutBraces)},
            {u"sequence"_s, message.sequence},
            {u"authorName"_s, message.authorName},
            {u"isPinned"_s, message.pinnedAt.has_value()}};
}

} // namespace

Page<ChatMessage> MessageService::list(const Caller &caller, const QUuid &channelId, const MessageFilter &filter)
{
    const int limit = filter.limit.value_or(messagePage);
    Page<ChatMessage> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readableChannel(tx, caller, ChannelStore::find(tx, channelId));
        return MessageStore::list(tx, channelId, filter, limit + 1,
                                  Access::rows<ChatMessage>(caller, Ability::ChatRead));
    });
    if (cut(page.items, limit))
        page.nextCursor = QString::number(page.items.last().sequence);
    return page;
}

Page<ChatMessage> MessageService::search(const Caller &caller, const MessageSearch &search)
{
    Access::requireVisible(caller, Ability::ChatRead, u"search"_s, {u"text"_s});
    std::optional<QString> words;
    if (search.search && !search.search->trimmed().isEmpty()) {
        words = MessageWords::queryOf(*search.search);
        if (!words)
            throw ApiError::invalid(u"/search"_s, u"has no letter or digit to look for"_s);
    }
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(search.cursor, 1))
        if ((before = QUuid::fromString(keys->first()))->isNull())
            cursor::refuse();
    const int limit = search.limit.value_or(messagePage);
    Page<ChatMessage> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto channels =
            MessageStore::readableChannels(tx, caller.userId, Access::rows<Channel>(caller, Ability::ChannelsRead));
        return MessageStore::search(tx, caller.userId, search, words, limit + 1, before,
                                    Access::rows<ChatMessage>(caller, Ability::ChatRead), channels);
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    return page;
}

ChatMessage MessageService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return readableMessage(tx, caller, MessageStore::find(tx, id)).message;
    });
}

Page<MessageEdit> MessageService::edits(const Caller &caller, const QUuid &id, const ChatPageFilter &filter)
{
    const int limit = filter.limit.value_or(messagePage);
    const auto keys = cursor::parse(filter.cursor, 1);
    Page<MessageEdit> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const ChatMessage message = readableMessage(tx, caller, MessageStore::find(tx, id)).message;
        // What is hidden of a message is hidden of what it said before as well.
        if (caller.policy && caller.policy->speaksOfFields()
            && caller.policy->hiddenFields(Ability::ChatRead, permissions::Attributes(message)).contains(u"text"_s))
            throw ApiError::forbidden(u"A rule hides the text of this message from you."_s);
        return MessageStore::edits(tx, id, limit + 1, keys ? std::optional(keys->first().toInt()) : std::nullopt);
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({QString::number(page.items.last().number)});
    return page;
}

ChatMessage MessageService::update(const Caller &caller, const QUuid &id, const MessageChange &change,
                                   std::optional<qint64> revision)
{
    MessagePosting::check({.clientId = id, .text = change.text});
    const ChatMessage updated = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Found found = changeable(tx, caller, id);
        if (!isOwn(caller, found.message))
            throw ApiError::forbidden(u"Only who wrote a message can edit it."_s);
        if (revision && *revision != found.message.revision)
            throw ApiError::changed(u"The message"_s);
        ChatMessage after = found.message;
        after.text = change.text;
        after.mentions = change.mentions.value_or(after.mentions);
        if (after.text == found.message.text && after.mentions == found.message.mentions)
            return found.message;
        Access::require(caller, Ability::ChatPost, after);
        Access::requireFields(caller, Ability::ChatPost, permissions::Attributes(found.message),
                              QList<QString>{u"text"_s});
        if (change.mentions)
            MessagePosting::checkMentions(tx, found.channel, *change.mentions);
        if (MessageStore::countEdits(tx, id) >= mostEdits)
            throw ApiError::conflict(u"A message can be edited %1 times. Write a new one."_s.arg(mostEdits));
        MessageStore::insertEdit(tx, id, found.message.text, caller.userId, caller.displayName);
        MessageStore::setText(tx, after);
        after = MessageStore::find(tx, id).value();
        EventLog::append(tx, {event("edited", after)});
        return after;
    });
    m_changed();
    return updated;
}

void MessageService::remove(const Caller &caller, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Found found = readableMessage(tx, caller, MessageStore::lock(tx, id));
        if (found.message.deletedAt)
            return;
        const bool own = isOwn(caller, found.message);
        if (!own)
            Access::require(caller, Ability::ChatModerate, found.message);
        MessageStore::clear(tx, found.message);
        EventLog::append(tx, {event("deleted", MessageStore::find(tx, id).value())});
        AuditEvent entry = auditedMessage(own ? Ability::ChatPost : Ability::ChatModerate, found);
        entry.before = outlineOf(found.message);
        AuditLog::record(tx, caller, entry);
    });
    m_changed();
}

ChatMessage MessageService::setReaction(const Caller &caller, const QUuid &id, const QString &emoji, bool isThere)
{
    checkEmoji(emoji);
    const ChatMessage after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Found found =
            isThere ? changeable(tx, caller, id) : readableMessage(tx, caller, MessageStore::lock(tx, id));
        if (isThere && MessageStore::countEmojis(tx, id, emoji) >= mostEmojis)
            throw ApiError::conflict(u"A message carries %1 different reactions at most."_s.arg(mostEmojis));
        const bool changed = isThere ? MessageStore::react(tx, id, emoji, caller.userId)
                                     : MessageStore::unreact(tx, id, emoji, caller.userId);
        if (!changed)
            return found.message;
        const ChatMessage message = MessageStore::find(tx, id).value();
        EventLog::append(tx, {event("reacted", message)});
        return message;
    });
    m_changed();
    return after;
}

ChatMessage MessageService::setPinned(const Caller &caller, const QUuid &id, bool isPinned)
{
    const ChatMessage after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Found found = changeable(tx, caller, id);
        if (found.message.pinnedAt.has_value() == isPinned)
            return found.message;
        MessageStore::setPinned(tx, id, isPinned);
        const ChatMessage message = MessageStore::find(tx, id).value();
        EventLog::append(tx, {event(isPinned ? "pinned" : "unpinned", message)});
        AuditEvent entry = auditedMessage(Ability::ChatPost, found);
        entry.before = outlineOf(found.message);
        entry.after = outlineOf(message);
        AuditLog::record(tx, caller, entry);
        return message;
    });
    m_changed();
    return after;
}
