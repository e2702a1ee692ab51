// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/permissions/access.h"
#include "server/usage/usage_reader.h"
#include "shared/error.h"

// What somebody may look at of what they ask for.
namespace UsageSelection {

inline constexpr int usualDays = 30;
inline constexpr int mostDays = 366;

// The rules' condition on records, and what it asks for.
void addRules(UsageReader::Selection &selection, const Caller &caller);

// Nothing is called in the future: until now means the whole of this month, whose sum is one row.
void untilNow(UsageReader::Selection &selection);

// The span and the filters of a query. Throws ApiError::invalid for a span that ends before it begins or is longer than
// a year, and 403 for a filter by what may be hidden from the caller.
template<class Query> UsageReader::Selection of(const Caller &caller, const Query &query)
{
    UsageReader::Selection selection;
    selection.to = query.to.value_or(QDateTime::currentDateTimeUtc());
    selection.from = query.from.value_or(selection.to.addDays(-usualDays));
    if (selection.from > selection.to)
        throw ApiError::invalid(QStringLiteral("/from"), QStringLiteral("must not be after /to"));
    if (selection.from.daysTo(selection.to) > mostDays)
        throw ApiError::invalid(QStringLiteral("/from"),
                                QStringLiteral("must be at most %1 days before /to").arg(mostDays));
    const auto filter = [&](const auto &from, auto &into, const QString &name) {
        if (from)
            Access::requireVisible(caller, Ability::UsageRead, name, {name});
        into = from;
    };
    filter(query.model, selection.model, QStringLiteral("model"));
    filter(query.userId, selection.userId, QStringLiteral("userId"));
    filter(query.templateId, selection.templateId, QStringLiteral("templateId"));
    filter(query.keyId, selection.keyId, QStringLiteral("keyId"));
    addRules(selection, caller);
    return selection;
}

} // namespace UsageSelection
