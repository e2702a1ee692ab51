// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

enum class RerateFormat { Json, Csv };
template<> inline constexpr auto enumNames<RerateFormat> = std::to_array({"json", "csv"});

// Which calls of the ledger are to be computed anew.
struct RerateInput
{
    QDateTime from;
    QDateTime to;
    std::optional<QUuid> tenantId; // absent: the own
    std::optional<QString> model;
    std::optional<QUuid> keyId;
    std::optional<QDateTime> asOf; // absent: now
    RerateFormat format = RerateFormat::Json;
    int limit = 100;

    static constexpr auto fields()
    {
        using T = RerateInput;
        return std::tuple{
            Field{"from", &T::from, {.doc = "First moment"}},
            Field{"to", &T::to, {.doc = "Moment after the last"}},
            Field{"tenantId", &T::tenantId, {.doc = "Of operators; the own tenant when absent"}},
            Field{"model", &T::model, {.doc = "provider/model", .maxLength = 200}},
            Field{"keyId", &T::keyId, {.doc = "Of the gateway"}},
            Field{"asOf", &T::asOf, {.doc = "With the rows that were in the price book then; now when absent"}},
            Field{"format",
                  &T::format,
                  {.doc = "json: the sums and the first calls that differ; csv: every call that differs",
                   .hasDefault = true}},
            Field{"limit",
                  &T::limit,
                  {.doc = "Calls that differ, at most so many; 100 when absent",
                   .minimum = 0,
                   .maximum = 1000,
                   .hasDefault = true}}};
    }
};

// What the calls of a model cost by the ledger and by the price book.
struct ReratedModel
{
    QString model; // provider/model; empty: of the sum of all
    qint64 calls = 0;
    qint64 costNanos = 0; // as it stands in the ledger
    qint64 reratedNanos = 0;
    qint64 differenceNanos = 0;
    qint64 unpricedBefore = 0; // calls without a cost in the ledger
    qint64 unpricedAfter = 0;
    qint64 differingCalls = 0; // rows of the ledger whose cost would be another

    static constexpr auto fields()
    {
        using T = ReratedModel;
        return std::tuple{
            Field{"model", &T::model, {.doc = "provider/model; empty in the sum of all"}},
            Field{"calls", &T::calls},
            Field{"costNanos", &T::costNanos, {.doc = "As it stands in the ledger"}},
            Field{"reratedNanos", &T::reratedNanos, {.doc = "By the price book"}},
            Field{"differenceNanos", &T::differenceNanos, {.doc = "How much more the price book says"}},
            Field{"unpricedBefore", &T::unpricedBefore, {.doc = "Calls without a cost in the ledger"}},
            Field{"unpricedAfter", &T::unpricedAfter, {.doc = "Calls without a price in the price book"}},
            Field{"differingCalls", &T::differingCalls, {.doc = "Rows of the ledger whose cost would be another"}}};
    }
};

// A row of the ledger whose cost would be another. Absent is unknown, which is not zero.
struct ReratedCall
{
    QUuid attemptId;
    QString entry; // call, reversal or correction
    QDateTime calledAt;
    QString model;
    QString userName;
    QString keyName;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 cacheWriteTokens = 0;
    qint64 cacheWriteHourTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;
    std::optional<qint64> reratedNanos;

    static constexpr auto fields()
    {
        using T = ReratedCall;
        return std::tuple{Field{"attemptId", &T::attemptId},
                          Field{"entry", &T::entry, {.doc = "call, reversal or correction"}},
                          Field{"calledAt", &T::calledAt},
                          Field{"model", &T::model},
                          Field{"userName", &T::userName},
                          Field{"keyName", &T::keyName},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"cacheWriteTokens", &T::cacheWriteTokens},
                          Field{"cacheWriteHourTokens", &T::cacheWriteHourTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos, {.doc = "As it stands in the ledger; absent: unknown"}},
                          Field{"reratedNanos", &T::reratedNanos, {.doc = "By the price book; absent: unknown"}}};
    }
};

struct Rerating
{
    QDateTime from;
    QDateTime to;
    QDateTime asOf;
    QList<ReratedModel> models; // the largest difference first
    ReratedModel total;
    QList<ReratedCall> calls; // that differ, the first of them
    bool hasMore = false;

    static constexpr auto fields()
    {
        using T = Rerating;
        return std::tuple{Field{"from", &T::from},
                          Field{"to", &T::to},
                          Field{"asOf", &T::asOf},
                          Field{"models", &T::models, {.doc = "The largest difference first"}},
                          Field{"total", &T::total},
                          Field{"calls", &T::calls, {.doc = "That differ, as many as asked for"}},
                          Field{"hasMore", &T::hasMore, {.doc = "More calls differ: ask for csv"}}};
    }
};

WIRE_TYPE(RerateInput)
WIRE_TYPE(ReratedModel)
WIRE_TYPE(ReratedCall)
WIRE_TYPE(Rerating)
