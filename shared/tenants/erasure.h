// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>

// The receipt for an erased tenant.
struct Erasure
{
    QUuid id;
    QUuid tenantId;
    QString slug;
    QString name;
    std::optional<QUuid> erasedBy;
    QString erasedByName;
    QDateTime startedAt;
    std::optional<QDateTime> finishedAt; // absent: it was cut off; erase the tenant again to finish it
    QJsonObject rowCounts;
    QString digest;

    static constexpr auto fields()
    {
        using T = Erasure;
        return std::tuple{
            Field{"id", &T::id},
            Field{"tenantId", &T::tenantId},
            Field{"slug", &T::slug},
            Field{"name", &T::name},
            Field{"erasedBy", &T::erasedBy},
            Field{"erasedByName", &T::erasedByName},
            Field{"startedAt", &T::startedAt},
            Field{"finishedAt", &T::finishedAt, {.doc = "Null: it was cut off; erase the tenant again to finish it"}},
            Field{"rowCounts", &T::rowCounts, {.doc = "How many rows of each table there were"}},
            Field{"digest",
                  &T::digest,
                  {.doc = "SHA-256, in hexadecimal, over this receipt as JSON without spaces, members sorted by name "
                          "and without this one; the audit log of the operators holds it as well"}}};
    }
};

struct ErasureFilter
{
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        return std::tuple{Field{"limit", &ErasureFilter::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &ErasureFilter::cursor}};
    }
};

struct EraseQuery
{
    QString confirm;

    static constexpr auto fields()
    {
        return std::tuple{Field{
            "confirm", &EraseQuery::confirm, {.doc = "The tenant's slug once more", .minLength = 1, .maxLength = 63}}};
    }
};

WIRE_TYPE(Erasure)
WIRE_TYPE(ErasureFilter)
WIRE_TYPE(EraseQuery)
