// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// Who or what a limit counts.
enum class LimitSubject { Tenant, Key, User, Model };
template<> inline constexpr auto enumNames<LimitSubject> = std::to_array({"tenant", "key", "user", "model"});

enum class LimitKind { RequestsPerMinute, TokensPerMinute, ConcurrentRequests };
template<>
inline constexpr auto enumNames<LimitKind> = std::to_array({"requestsPerMinute", "tokensPerMinute",
                                                            "concurrentRequests"});

// How much the gateway lets through. One without `subjectId` (for models: without `model`) counts each of its subjects
// by itself: 60 requests a minute for each key. All limits that match a call hold at once.
struct GatewayLimit
{
    QUuid id;
    LimitSubject subject = LimitSubject::Tenant;
    std::optional<QUuid> subjectId; // of the key or user; absent: each
    QString subjectName; // as it is called now; empty for each
    std::optional<QString> model; // of the subject model: provider/model, or provider/* for all of one together
    LimitKind kind = LimitKind::RequestsPerMinute;
    qint64 amount = 0;
    std::optional<qint64> used; // now; absent where it counts each of many
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = GatewayLimit;
        return std::tuple{
            Field{"id", &T::id},
            Field{"subject", &T::subject},
            Field{"subjectId", &T::subjectId, {.doc = "The key or user; absent: each by itself"}},
            Field{"subjectName", &T::subjectName},
            Field{"model", &T::model, {.doc = "provider/model, or provider/* for all of one; absent: each by itself"}},
            Field{"kind", &T::kind},
            Field{"amount", &T::amount},
            Field{"used", &T::used, {.doc = "In this minute, or running now; absent where it counts each of many"}},
            Field{"createdAt", &T::createdAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewGatewayLimit
{
    LimitSubject subject = LimitSubject::Tenant;
    std::optional<QUuid> subjectId;
    std::optional<QString> model;
    LimitKind kind = LimitKind::RequestsPerMinute;
    qint64 amount = 0;

    static constexpr auto fields()
    {
        using T = NewGatewayLimit;
        return std::tuple{
            Field{"subject", &T::subject},
            Field{"subjectId", &T::subjectId, {.doc = "The key or user; absent: each by itself"}},
            Field{"model", &T::model, {.doc = "Only with the subject model", .minLength = 1, .maxLength = 200}},
            Field{"kind", &T::kind},
            Field{"amount", &T::amount, {.doc = "0 lets nothing through", .minimum = 0, .maximum = 1'000'000'000}}};
    }
};

struct GatewayLimitChange
{
    qint64 amount = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"amount", &GatewayLimitChange::amount, {.minimum = 0, .maximum = 1'000'000'000}}};
    }
};

struct GatewayLimitFilter
{
    std::optional<LimitSubject> subject;
    std::optional<QUuid> subjectId;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GatewayLimitFilter;
        return std::tuple{Field{"subject", &T::subject}, Field{"subjectId", &T::subjectId},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(GatewayLimit)
WIRE_TYPE(NewGatewayLimit)
WIRE_TYPE(GatewayLimitChange)
WIRE_TYPE(GatewayLimitFilter)
