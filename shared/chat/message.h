// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/channel.h"

enum class MessageState { Complete, Streaming, Stopped, Failed };
template<>
inline constexpr auto enumNames<MessageState> = std::to_array({"complete", "streaming", "stopped", "failed"});

struct MessageReaction
{
    QString emoji;
    int count = 0;
    QList<QUuid> userIds; // the first 100

    static constexpr auto fields()
    {
        using T = MessageReaction;
        return std::tuple{Field{"emoji", &T::emoji}, Field{"count", &T::count},
                          Field{"userIds", &T::userIds, {.doc = "The first 100"}}};
    }
};

struct MessageAttachment
{
    QUuid fileId;
    QString name;
    QString mediaType;
    qint64 size = 0; // bytes

    static constexpr auto fields()
    {
        using T = MessageAttachment;
        return std::tuple{Field{"fileId", &T::fileId}, Field{"name", &T::name}, Field{"mediaType", &T::mediaType},
                          Field{"size", &T::size, {.doc = "Bytes"}}};
    }
};

// A message of a channel. One that was deleted keeps its place and loses what it said.
struct ChatMessage
{
    QUuid id;
    QUuid channelId;
    QString channelName;
    ChannelKind channelKind = ChannelKind::Public;
    qint64 sequence = 0; // in its channel, from 1, without gaps
    std::optional<QUuid> clientId; // that its sender gave it
    std::optional<QUuid> authorId; // person or assistant
    QString authorName;
    ChatPartyKind authorKind = ChatPartyKind::Person;
    QString text; // Markdown
    std::optional<QUuid> threadId; // the message under which it stands
    std::optional<QUuid> replyToId; // the message that it answers
    int replyCount = 0; // in its thread
    std::optional<QDateTime> lastReplyAt;
    QList<QUuid> mentions; // people and assistants
    bool mentionsEveryone = false;
    QList<MessageReaction> reactions;
    QList<MessageAttachment> attachments;
    std::optional<QDateTime> pinnedAt;
    std::optional<QDateTime> editedAt;
    std::optional<QDateTime> deletedAt;
    MessageState state = MessageState::Complete;
    std::optional<QUuid> jobId; // that wrote it, for an assistant
    std::optional<qint64> costNanos; // of all jobs that wrote it
    QString error; // why it failed
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = ChatMessage;
        return std::tuple{
            Field{"id", &T::id},
            Field{"channelId", &T::channelId},
            Field{"channelName", &T::channelName},
            Field{"channelKind", &T::channelKind},
            Field{"sequence", &T::sequence, {.doc = "In its channel, from 1, without gaps"}},
            Field{"clientId", &T::clientId, {.doc = "That its sender gave it"}},
            Field{"authorId", &T::authorId, {.doc = "Person or assistant"}},
            Field{"authorName", &T::authorName},
            Field{"authorKind", &T::authorKind},
            Field{"text", &T::text, {.doc = "Markdown; empty when it was deleted"}},
            Field{"threadId", &T::threadId, {.doc = "The message under which it stands"}},
            Field{"replyToId", &T::replyToId, {.doc = "The message that it answers"}},
            Field{"replyCount", &T::replyCount, {.doc = "In its thread"}},
            Field{"lastReplyAt", &T::lastReplyAt},
            Field{"mentions", &T::mentions, {.doc = "People and assistants"}},
            Field{"mentionsEveryone", &T::mentionsEveryone},
            Field{"reactions", &T::reactions},
            Field{"attachments", &T::attachments},
            Field{"pinnedAt", &T::pinnedAt},
            Field{"editedAt", &T::editedAt},
            Field{"deletedAt", &T::deletedAt},
            Field{"state", &T::state},
            Field{"jobId", &T::jobId, {.doc = "That wrote it, for an assistant"}},
            Field{"costNanos", &T::costNanos, {.doc = "Of all jobs that wrote it, in billionths of a dollar"}},
            Field{"error", &T::error, {.doc = "Why it failed; else empty"}},
            Field{"createdAt", &T::createdAt},
            Field{"updatedAt", &T::updatedAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewMessage
{
    QUuid clientId; // chosen by the sender: sent twice, it is one message
    QString text;
    std::optional<QUuid> threadId = {};
    std::optional<QUuid> replyToId = {};
    QList<QUuid> mentions = {};
    bool mentionsEveryone = false;

    static constexpr auto fields()
    {
        using T = NewMessage;
        return std::tuple{
            Field{"clientId", &T::clientId, {.doc = "Chosen by the sender: sent twice, it is one message"}},
            Field{"text", &T::text, {.doc = "Markdown", .minLength = 1, .maxLength = 40'000}},
            Field{"threadId", &T::threadId, {.doc = "The first message of the thread"}},
            Field{"replyToId", &T::replyToId, {.doc = "A message of this channel that it answers"}},
            Field{"mentions", &T::mentions, {.doc = "Members of the channel", .maxLength = 50, .hasDefault = true}},
            Field{"mentionsEveryone", &T::mentionsEveryone, {.hasDefault = true}}};
    }
};

struct MessageChange
{
    QString text;
    std::optional<QList<QUuid>> mentions = {};

    static constexpr auto fields()
    {
        using T = MessageChange;
        return std::tuple{Field{"text", &T::text, {.doc = "Markdown", .minLength = 1, .maxLength = 40'000}},
                          Field{"mentions", &T::mentions, {.doc = "Absent: they stay as they are", .maxLength = 50}}};
    }
};

// What a message said before an edit.
struct MessageEdit
{
    int number = 0;
    QString text;
    std::optional<QUuid> editorId; // who replaced it
    QString editorName;
    QDateTime replacedAt;

    static constexpr auto fields()
    {
        using T = MessageEdit;
        return std::tuple{Field{"number", &T::number}, Field{"text", &T::text, {.doc = "What stood there before"}},
                          Field{"editorId", &T::editorId, {.doc = "Who replaced it"}},
                          Field{"editorName", &T::editorName}, Field{"replacedAt", &T::replacedAt}};
    }
};

// Without `after` the newest come first; with it, what follows comes in order, so that a client that was away reads
// exactly what it missed.
struct MessageFilter
{
    std::optional<qint64> before = {};
    std::optional<qint64> after = {};
    std::optional<QUuid> threadId = {};
    std::optional<bool> pinned = {};
    std::optional<int> limit = {};

    static constexpr auto fields()
    {
        using T = MessageFilter;
        return std::tuple{
            Field{"before", &T::before, {.doc = "Only lower sequences; the newest of them come first", .minimum = 0}},
            Field{"after", &T::after, {.doc = "Only higher sequences; the oldest of them come first", .minimum = 0}},
            Field{"threadId", &T::threadId, {.doc = "Only a thread: its first message and those under it"}},
            Field{"pinned", &T::pinned, {.doc = "Only pinned ones"}},
            Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}}};
    }
};

// The nextCursor of a page of messages is the sequence of its last one: the next `before` or `after`.

WIRE_TYPE(MessageReaction)
WIRE_TYPE(MessageAttachment)
WIRE_TYPE(ChatMessage)
WIRE_TYPE(NewMessage)
WIRE_TYPE(MessageChange)
WIRE_TYPE(MessageEdit)
WIRE_TYPE(MessageFilter)
