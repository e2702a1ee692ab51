// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/message.h"

enum class AnswerRating { Up, Down };
template<> inline constexpr auto enumNames<AnswerRating> = std::to_array({"up", "down"});

// One of the times that an assistant has written a message, or tried to. The message shows the last one.
struct AssistantAnswer
{
    int number = 1;
    MessageState state = MessageState::Streaming;
    QString text; // while it streams: empty
    QString error;
    std::optional<QUuid> jobId;
    std::optional<qint64> costNanos;
    std::optional<QUuid> askerId; // in whose name the job ran
    QString askerName;
    int upCount = 0;
    int downCount = 0;
    std::optional<AnswerRating> ownRating;
    QDateTime createdAt;
    std::optional<QDateTime> finishedAt;

    static constexpr auto fields()
    {
        using T = AssistantAnswer;
        return std::tuple{Field{"number", &T::number},
                          Field{"state", &T::state},
                          Field{"text", &T::text, {.doc = "Markdown; empty while it streams"}},
                          Field{"error", &T::error, {.doc = "Why it failed; else empty"}},
                          Field{"jobId", &T::jobId},
                          Field{"costNanos", &T::costNanos, {.doc = "Of the job, in billionths of a dollar"}},
                          Field{"askerId", &T::askerId, {.doc = "In whose name the job ran"}},
                          Field{"askerName", &T::askerName},
                          Field{"upCount", &T::upCount},
                          Field{"downCount", &T::downCount},
                          Field{"ownRating", &T::ownRating, {.doc = "The caller's"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"finishedAt", &T::finishedAt}};
    }
};

struct AnswerRatingInput
{
    AnswerRating rating = AnswerRating::Up;

    static constexpr auto fields() { return std::tuple{Field{"rating", &AnswerRatingInput::rating}}; }
};

WIRE_TYPE(AssistantAnswer)
WIRE_TYPE(AnswerRatingInput)
