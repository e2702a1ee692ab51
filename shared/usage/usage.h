// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

enum class UsageGroup { Day, Model, User, Template, Key };
template<> inline constexpr auto enumNames<UsageGroup> = std::to_array({"day", "model", "user", "template", "key"});

struct UsageQuery
{
    std::optional<QDateTime> from; // absent: 30 days before `to`
    std::optional<QDateTime> to; // absent: now
    std::optional<QList<UsageGroup>> groupBy; // absent: day
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QUuid> templateId;
    std::optional<QUuid> keyId;

    static constexpr auto fields()
    {
        using T = UsageQuery;
        return std::tuple{
            Field{"from", &T::from, {.doc = "First moment, 30 days before `to` when absent"}},
            Field{"to", &T::to, {.doc = "Moment after the last, now when absent"}},
            Field{"groupBy", &T::groupBy, {.doc = "May stand several times; day when absent", .maxLength = 5}},
            Field{"model", &T::model, {.maxLength = 200}},
            Field{"userId", &T::userId},
            Field{"templateId", &T::templateId},
            Field{"keyId", &T::keyId}};
    }
};

// Sums over one group; the members of groups not asked for are absent.
struct UsageRow
{
    std::optional<QString> day; // 2026-01-31, UTC
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QString> userName;
    std::optional<QUuid> templateId;
    std::optional<QString> templateName;
    std::optional<QUuid> keyId; // of the gateway
    std::optional<QString> keyName;
    qint64 calls = 0;
    qint64 failedCalls = 0;
    qint64 lostCalls = 0; // their worker died: the prompt is in the sums as an estimate, what came back is not
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 outputTokens = 0;
    qint64 reasoningTokens = 0;
    qint64 costNanos = 0;
    qint64 unpricedCalls = 0; // calls of a model without a price: their cost is not in costNanos
    qint64 cacheWriteTokens = 0;
    qint64 cacheHits = 0;
    qint64 savedNanos = 0;

    static constexpr auto fields()
    {
        using T = UsageRow;
        return std::tuple{
            Field{"day", &T::day},
            Field{"model", &T::model},
            Field{"userId", &T::userId},
            Field{"userName", &T::userName},
            Field{"templateId", &T::templateId},
            Field{"templateName", &T::templateName},
            Field{"keyId", &T::keyId},
            Field{"keyName", &T::keyName},
            Field{"calls", &T::calls},
            Field{"failedCalls", &T::failedCalls},
            Field{"lostCalls",
                  &T::lostCalls,
                  {.doc = "Calls whose end was never recorded, because the server died; their tokens and cost are "
                          "estimated from the prompt alone",
                   .hasDefault = true}},
            Field{"inputTokens", &T::inputTokens},
            Field{"cachedInputTokens", &T::cachedInputTokens},
            Field{"outputTokens", &T::outputTokens},
            Field{"reasoningTokens", &T::reasoningTokens},
            Field{"costNanos", &T::costNanos},
            Field{"unpricedCalls", &T::unpricedCalls, {.doc = "Calls whose model has no price; not in costNanos"}},
            Field{"cacheWriteTokens",
                  &T::cacheWriteTokens,
                  {.doc = "Part of the input tokens: written to the provider's cache", .hasDefault = true}},
            Field{"cacheHits",
                  &T::cacheHits,
                  {.doc = "Calls that the gateway's own cache answered; they cost nothing", .hasDefault = true}},
            Field{"savedNanos",
                  &T::savedNanos,
                  {.doc = "What the answers from the cache would have cost", .hasDefault = true}}};
    }
};

// What is summed, in the order of UsageRow.
inline constexpr auto usageFigures = std::to_array<qint64 UsageRow::*>(
    {&UsageRow::calls, &UsageRow::failedCalls, &UsageRow::lostCalls, &UsageRow::inputTokens,
     &UsageRow::cachedInputTokens, &UsageRow::outputTokens, &UsageRow::reasoningTokens, &UsageRow::costNanos,
     &UsageRow::unpricedCalls, &UsageRow::cacheWriteTokens, &UsageRow::cacheHits, &UsageRow::savedNanos});

struct UsageReport
{
    QDateTime from;
    QDateTime to;
    QList<UsageRow> rows;
    UsageRow total;

    static constexpr auto fields()
    {
        using T = UsageReport;
        return std::tuple{Field{"from", &T::from}, Field{"to", &T::to}, Field{"rows", &T::rows},
                          Field{"total", &T::total}};
    }
};

WIRE_TYPE(UsageQuery)
WIRE_TYPE(UsageRow)
WIRE_TYPE(UsageReport)
