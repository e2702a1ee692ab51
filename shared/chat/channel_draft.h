// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// What a person has typed in a channel or under a message of it and not sent. Nobody else sees it.
struct ChannelDraft
{
    QUuid channelId;
    std::optional<QUuid> threadId;
    QString text;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = ChannelDraft;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"threadId", &T::threadId}, Field{"text", &T::text},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct ChannelDraftInput
{
    QString text;
    std::optional<QUuid> threadId = {};

    static constexpr auto fields()
    {
        using T = ChannelDraftInput;
        return std::tuple{Field{"text", &T::text, {.minLength = 1, .maxLength = 40'000}},
                          Field{"threadId", &T::threadId, {.doc = "Absent: of the channel itself"}}};
    }
};

// Which of the drafts that a person may have in a channel.
struct ChannelDraftPlace
{
    std::optional<QUuid> threadId = {};

    static constexpr auto fields()
    {
        return std::tuple{Field{"threadId", &ChannelDraftPlace::threadId, {.doc = "Absent: of the channel itself"}}};
    }
};

// The data of draft.changed, which only its author gets; an empty text: it was discarded.
struct ChannelDraftNews
{
    QUuid channelId;
    std::optional<QUuid> threadId;
    QString text;

    static constexpr auto fields()
    {
        using T = ChannelDraftNews;
        return std::tuple{Field{"channelId", &T::channelId}, Field{"threadId", &T::threadId}, Field{"text", &T::text}};
    }
};

WIRE_TYPE(ChannelDraft)
WIRE_TYPE(ChannelDraftInput)
WIRE_TYPE(ChannelDraftPlace)
WIRE_TYPE(ChannelDraftNews)
