// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/channel_member.h"

enum class ChannelKind { Public, Private, Direct, Group };
template<> inline constexpr auto enumNames<ChannelKind> = std::to_array({"public", "private", "direct", "group"});

// Where messages stand, in one order. Public ones can be read and joined by whoever may read channels; the others are
// seen by their members alone.
struct Channel
{
    QUuid id;
    ChannelKind kind = ChannelKind::Public;
    QString name; // "help"; empty: direct and group, which are called after their members
    QString topic;
    bool isArchived = false; // read, but no longer written
    int memberCount = 0;
    qint64 lastSequence = 0; // of its messages, which count from 1 without gaps
    std::optional<QDateTime> lastMessageAt;
    std::optional<QUuid> authorId; // who made it
    QString authorName;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Channel;
        return std::tuple{
            Field{"id", &T::id},
            Field{"kind", &T::kind},
            Field{"name", &T::name, {.doc = "Empty: direct and group, which are called after their members"}},
            Field{"topic", &T::topic},
            Field{"isArchived", &T::isArchived, {.doc = "Read, but no longer written"}},
            Field{"memberCount", &T::memberCount},
            Field{"lastSequence", &T::lastSequence, {.doc = "Of its messages, which count from 1 without gaps"}},
            Field{"lastMessageAt", &T::lastMessageAt},
            Field{"authorId", &T::authorId, {.doc = "Who made it"}},
            Field{"authorName", &T::authorName},
            Field{"createdAt", &T::createdAt},
            Field{"updatedAt", &T::updatedAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

// A channel as one person sees it.
struct ChannelEntry
{
    Channel channel;
    std::optional<Membership> membership; // absent: a public channel that they have not joined
    QList<ChannelMember> people; // of direct and group: all members; else empty

    static constexpr auto fields()
    {
        using T = ChannelEntry;
        return std::tuple{
            Field{"channel", &T::channel},
            Field{"membership", &T::membership, {.doc = "null: a public channel that the caller has not joined"}},
            Field{"people", &T::people, {.doc = "The members of direct and group channels; empty for the others"}}};
    }
};

struct NewChannel
{
    ChannelKind kind = ChannelKind::Public;
    QString name;
    QString topic;
    QList<QUuid> memberIds; // beside who makes it

    static constexpr auto fields()
    {
        using T = NewChannel;
        return std::tuple{
            Field{"kind", &T::kind},
            Field{"name",
                  &T::name,
                  {.doc = "Small letters, digits, single hyphens; none for direct and group",
                   .maxLength = 60,
                   .hasDefault = true}},
            Field{"topic", &T::topic, {.doc = "What it is for, in a line", .maxLength = 250, .hasDefault = true}},
            Field{
                "memberIds",
                &T::memberIds,
                {.doc = "Beside the caller; one for direct, 2 to 20 for group", .maxLength = 500, .hasDefault = true}}};
    }
};

struct ChannelChange
{
    std::optional<QString> name = {};
    std::optional<QString> topic = {};
    std::optional<bool> isArchived = {};

    static constexpr auto fields()
    {
        using T = ChannelChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 60}},
                          Field{"topic", &T::topic, {.maxLength = 250}}, Field{"isArchived", &T::isArchived}};
    }
};

enum class ChannelScope { Mine, Open };
template<> inline constexpr auto enumNames<ChannelScope> = std::to_array({"mine", "open"});

struct ChannelFilter
{
    std::optional<ChannelScope> scope;
    std::optional<bool> archived;
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = ChannelFilter;
        return std::tuple{
            Field{
                "scope",
                &T::scope,
                {.doc = "mine (the default): those that the caller is a member of; open: public ones, joined or not"}},
            Field{"archived", &T::archived, {.doc = "Only these; absent: only the others"}},
            Field{"search", &T::search, {.doc = "Part of the name or topic", .maxLength = 100}},
            Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(Channel)
WIRE_TYPE(ChannelEntry)
WIRE_TYPE(NewChannel)
WIRE_TYPE(ChannelChange)
WIRE_TYPE(ChannelFilter)
