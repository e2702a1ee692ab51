// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/usage/usage_store.h"
#include "shared/json/json.h"

// What the journal knows of a call of a provider before it is made. `promptTokens` is what it surely costs should
// nobody ever learn how it ended; estimated.
struct CallBegin
{
    QUuid attemptId;
    QUuid tenantId;
    QUuid keyId;
    QString keyName;
    QUuid userId;
    QString userName;
    QString model; // provider/model-name
    QDateTime calledAt;
    qint64 promptTokens = 0;

    static constexpr auto fields()
    {
        using T = CallBegin;
        return std::tuple{Field{"attemptId", &T::attemptId},
                          Field{"tenantId", &T::tenantId},
                          Field{"keyId", &T::keyId},
                          Field{"keyName", &T::keyName},
                          Field{"userId", &T::userId},
                          Field{"userName", &T::userName},
                          Field{"model", &T::model},
                          Field{"calledAt", &T::calledAt},
                          Field{"promptTokens", &T::promptTokens}};
    }
};

// How it ended.
struct CallEnd
{
    UsageStore::CallStatus status = UsageStore::CallStatus::Succeeded;
    bool wasCalled = true; // false: it never reached the provider, and costs nothing
    TokenUsage usage;
    bool isEstimated = false;
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;
    bool isCacheHit = false; // answered from the gateway's own cache: no provider was called
};

// A line of the journal: the beginning or the end of a call.
struct JournalLine
{
    std::optional<CallBegin> begin;
    std::optional<QUuid> ended; // the attempt's id, with the members below
    std::optional<UsageStore::CallStatus> status;
    bool wasCalled = true;
    QList<qint64> tokens; // as in TokenUsage, in its order
    bool isEstimated = false;
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;
    bool isCacheHit = false;

    static JournalLine of(const CallBegin &begin);
    static JournalLine of(const QUuid &attemptId, const CallEnd &end);
    CallEnd end() const;

    static constexpr auto fields()
    {
        using T = JournalLine;
        return std::tuple{Field{"begin", &T::begin},
                          Field{"ended", &T::ended},
                          Field{"status", &T::status},
                          Field{"wasCalled", &T::wasCalled, {.hasDefault = true}},
                          Field{"tokens", &T::tokens, {.hasDefault = true}},
                          Field{"isEstimated", &T::isEstimated, {.hasDefault = true}},
                          Field{"firstTokenMs", &T::firstTokenMs},
                          Field{"totalMs", &T::totalMs, {.hasDefault = true}},
                          Field{"isCacheHit", &T::isCacheHit, {.hasDefault = true}}};
    }
};

WIRE_TYPE(CallBegin)
WIRE_TYPE(JournalLine)
