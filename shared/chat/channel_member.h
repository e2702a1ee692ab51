// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// Who stands in a channel and writes messages.
enum class ChatPartyKind { Person, Assistant };
template<> inline constexpr auto enumNames<ChatPartyKind> = std::to_array({"person", "assistant"});

enum class ChannelRole { Owner, Member };
template<> inline constexpr auto enumNames<ChannelRole> = std::to_array({"owner", "member"});

enum class ChannelNotify { All, Mentions, Nothing };
template<> inline constexpr auto enumNames<ChannelNotify> = std::to_array({"all", "mentions", "nothing"});

struct ChannelMember
{
    QUuid id; // of the person, or of the assistant
    ChatPartyKind kind = ChatPartyKind::Person;
    QString name;
    ChannelRole role = ChannelRole::Member;
    QDateTime joinedAt;

    static constexpr auto fields()
    {
        using T = ChannelMember;
        return std::tuple{Field{"id", &T::id, {.doc = "Of the person, or of the assistant"}}, Field{"kind", &T::kind},
                          Field{"name", &T::name}, Field{"role", &T::role}, Field{"joinedAt", &T::joinedAt}};
    }
};

// What a channel is to one of its members; only they see it.
struct Membership
{
    ChannelRole role = ChannelRole::Member;
    qint64 readSequence = 0; // up to which they have read
    int unread = 0; // messages after it that they may read; 1000: or more
    int unreadMentions = 0; // of them
    ChannelNotify notify = ChannelNotify::All;
    std::optional<QDateTime> mutedUntil;
    bool isFavorite = false;
    QDateTime joinedAt;

    static constexpr auto fields()
    {
        using T = Membership;
        return std::tuple{
            Field{"role", &T::role},
            Field{"readSequence", &T::readSequence, {.doc = "Up to which the caller has read"}},
            Field{"unread", &T::unread, {.doc = "Messages after it that the caller may read; 1000: or more"}},
            Field{"unreadMentions", &T::unreadMentions, {.doc = "Of them, those that mention the caller"}},
            Field{"notify", &T::notify},
            Field{"mutedUntil", &T::mutedUntil},
            Field{"isFavorite", &T::isFavorite},
            Field{"joinedAt", &T::joinedAt}};
    }
};

struct MembershipChange
{
    std::optional<ChannelNotify> notify = {};
    std::optional<QDateTime> mutedUntil = {};
    std::optional<bool> isFavorite = {};

    static constexpr auto fields()
    {
        using T = MembershipChange;
        return std::tuple{Field{"notify", &T::notify},
                          Field{"mutedUntil", &T::mutedUntil, {.doc = "A moment that has passed: no longer muted"}},
                          Field{"isFavorite", &T::isFavorite}};
    }
};

struct ReadMark
{
    qint64 sequence = 0;
    bool mayGoBack = false;

    static constexpr auto fields()
    {
        using T = ReadMark;
        return std::tuple{
            Field{"sequence", &T::sequence, {.doc = "Of the last message that was read; 0: none", .minimum = 0}},
            Field{"mayGoBack",
                  &T::mayGoBack,
                  {.doc = "Whether an earlier message marks the later ones unread; else the mark only goes forward",
                   .hasDefault = true}}};
    }
};

struct NewChannelMembers
{
    QList<QUuid> memberIds;

    static constexpr auto fields()
    {
        return std::tuple{Field{"memberIds", &NewChannelMembers::memberIds, {.minLength = 1, .maxLength = 500}}};
    }
};

struct ChannelMemberChange
{
    ChannelRole role = ChannelRole::Member;

    static constexpr auto fields() { return std::tuple{Field{"role", &ChannelMemberChange::role}}; }
};

// Of members, edits and drafts.
struct ChatPageFilter
{
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = ChatPageFilter;
        return std::tuple{Field{"limit", &T::limit, {.minimum = 1, .maximum = 1000}}, Field{"cursor", &T::cursor}};
    }
};

// The data of channel.memberAdded and channel.memberRemoved.
struct ChannelMemberNews
{
    QUuid channelId;
    int memberCount = 0; // afterwards
    QList<ChannelMember> members; // who came, or left

    static constexpr auto fields()
    {
        using T = ChannelMemberNews;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"memberCount", &T::memberCount},
                          Field{"members", &T::members}};
    }
};

// The data of read.moved and channel.membershipChanged, which only the member gets.
struct MembershipNews
{
    QUuid channelId;
    Membership membership;

    static constexpr auto fields()
    {
        using T = MembershipNews;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"membership", &T::membership}};
    }
};

WIRE_TYPE(ChannelMember)
WIRE_TYPE(Membership)
WIRE_TYPE(MembershipChange)
WIRE_TYPE(ReadMark)
WIRE_TYPE(NewChannelMembers)
WIRE_TYPE(ChannelMemberChange)
WIRE_TYPE(ChatPageFilter)
WIRE_TYPE(ChannelMemberNews)
WIRE_TYPE(MembershipNews)
