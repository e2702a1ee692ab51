// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "server/usage/usage_cuts.h"
#include "shared/usage/usage_series.h"

// SQL that reads the sums of the ledger, in a transaction of the tenant.
namespace UsageReader {

// What is looked at: the calls within [from, to) of these things, as far as `rows` lets them be seen.
struct Selection
{
    QDateTime from;
    QDateTime to;
    std::optional<QString> model;
    std::optional<QUuid> userId;
    std::optional<QUuid> templateId;
    std::optional<QUuid> keyId;
    // A condition on what was used on a day with a model by a person through a template or key, and what of it the
    // condition asks for.
    database::Fragment rows;
    UsageCuts::Cut asked = 0;
    bool asksForDays = false;
};

// Sums over groups, to the millisecond: whole periods come from their sums, the rest of the first and last hour from
// the ledger itself.
QList<UsageRow> report(Transaction &tx, const Selection &selection, const QList<UsageGroup> &groups);

// What has most of the measure, the first ones of `found`; a model or an id, none for calls without.
struct Largest
{
    std::optional<QString> model;
    std::optional<QUuid> id;
    QString name;
    qint64 found = 0;

    static constexpr auto fields()
    {
        using T = Largest;
        return std::tuple{Field{"model", &T::model}, Field{"id", &T::id}, Field{"name", &T::name},
                          Field{"found", &T::found}};
    }
};
QList<Largest> largest(Transaction &tx, const Selection &selection, UsageSplit split, UsageRanking measure, int most);

// The sums of one bucket, of all or of one thing; the figures are those of usageFigures, in that order.
struct Point
{
    QDateTime start;
    std::optional<QString> model;
    std::optional<QUuid> id;
    QList<qint64> figures;

    static constexpr auto fields()
    {
        using T = Point;
        return std::tuple{Field{"start", &T::start}, Field{"model", &T::model}, Field{"id", &T::id},
                          Field{"figures", &T::figures}};
    }
};
// `from` and `to` of the selection are whole hours, and whole days where buckets are not hours.
QList<Point> points(Transaction &tx, const Selection &selection, UsageBucket bucket);
QList<Point> points(Transaction &tx, const Selection &selection, UsageBucket bucket, UsageSplit split,
                    const QList<Largest> &of);

// Calls within one bucket of time and of the histogram (LatencyHistogram), of whole calls or of first tokens.
struct LatencyCount
{
    QDateTime start;
    bool isFirstToken = false;
    int bucket = 0;
    qint64 calls = 0;

    static constexpr auto fields()
    {
        using T = LatencyCount;
        return std::tuple{Field{"start", &T::start}, Field{"isFirstToken", &T::isFirstToken},
                          Field{"bucket", &T::bucket}, Field{"calls", &T::calls}};
    }
};
QList<LatencyCount> latencies(Transaction &tx, const Selection &selection, UsageBucket bucket);

} // namespace UsageReader
