// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/usage/rerating.h"
#include "shared/usage/token_usage.h"

#include <functional>

// Reads the ledger to compute costs anew, in a tenant's transaction.
namespace RerateStore {

// As ledger rows are read; `entry` of a reversal means counts and cost below zero.
struct Row
{
    QUuid attemptId;
    QString entry;
    QDateTime calledAt;
    QString model;
    std::optional<QUuid> userId;
    QString userName;
    std::optional<QUuid> templateId;
    QString templateName;
    std::optional<QUuid> keyId;
    QString keyName;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 cacheWriteTokens = 0;
    qint64 cacheWriteHourTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos;
    bool isCacheHit = false;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"attemptId", &T::attemptId},
                          Field{"entry", &T::entry},
                          Field{"calledAt", &T::calledAt},
                          Field{"model", &T::model},
                          Field{"userId", &T::userId},
                          Field{"userName", &T::userName},
                          Field{"templateId", &T::templateId},
                          Field{"templateName", &T::templateName},
                          Field{"keyId", &T::keyId},
                          Field{"keyName", &T::keyName},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"cacheWriteTokens", &T::cacheWriteTokens},
                          Field{"cacheWriteHourTokens", &T::cacheWriteHourTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos},
                          Field{"isCacheHit", &T::isCacheHit}};
    }
};

// Every row of the period, in no order, some thousands at a time: memory is bounded.
void eachBatch(Transaction &tx, const RerateInput &input, const std::function<void(const QList<Row> &rows)> &take);

struct Unpriced
{
    QString model;
    qint64 calls = 0;
    QDateTime lastCalledAt;

    static constexpr auto fields()
    {
        using T = Unpriced;
        return std::tuple{Field{"model", &T::model}, Field{"calls", &T::calls},
                          Field{"lastCalledAt", &T::lastCalledAt}};
    }
};

// The models of calls without a cost since then, at most 500.
QList<Unpriced> unpriced(Transaction &tx, const QDateTime &since, const database::Fragment &rows);

QList<QUuid> tenants(Transaction &platform);

} // namespace RerateStore
