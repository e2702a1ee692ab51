// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

enum class BudgetSubject { Tenant, Key, User, Template };
template<> inline constexpr auto enumNames<BudgetSubject> = std::to_array({"tenant", "key", "user", "template"});

enum class BudgetPeriod { Day, Month, Ever }; // of UTC
template<> inline constexpr auto enumNames<BudgetPeriod> = std::to_array({"day", "month", "ever"});

// When so much of a budget was spent, for the first time in its period.
struct BudgetAlert
{
    int percent = 0; // 50, 80, 100
    QDateTime at;

    static constexpr auto fields()
    {
        return std::tuple{Field{"percent", &BudgetAlert::percent}, Field{"at", &BudgetAlert::at}};
    }
};

// Money that may be spent on calls of providers, by jobs and the gateway alike. The most that a call can cost is
// reserved before it is made, and what is left over given back after it, so that calls side by side cannot overspend.
struct Budget
{
    QUuid id;
    QString name;
    BudgetSubject subject = BudgetSubject::Tenant;
    std::optional<QUuid> subjectId; // of the key, user or template; absent for the tenant
    QString subjectName;
    BudgetPeriod period = BudgetPeriod::Month;
    qint64 amountNanos = 0;
    bool refusesUnpriced = true; // calls of models without a price, whose cost nobody knows
    qint64 spentNanos = 0; // in this period, as the ledger says
    qint64 reservedNanos = 0; // held for calls that run
    std::optional<QDateTime> resetsAt; // absent: never
    QList<BudgetAlert> alerts; // of this period
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Budget;
        return std::tuple{
            Field{"id", &T::id},
            Field{"name", &T::name},
            Field{"subject", &T::subject},
            Field{"subjectId", &T::subjectId},
            Field{"subjectName", &T::subjectName},
            Field{"period", &T::period, {.doc = "Days and months of UTC"}},
            Field{"amountNanos", &T::amountNanos, {.doc = "Nano-US-dollars"}},
            Field{
                "refusesUnpriced", &T::refusesUnpriced, {.doc = "Whether calls of models without a price are refused"}},
            Field{"spentNanos", &T::spentNanos, {.doc = "In this period; equals the ledger's sum"}},
            Field{"reservedNanos", &T::reservedNanos, {.doc = "Held by the servers for calls that run or are to come"}},
            Field{"resetsAt", &T::resetsAt, {.doc = "Absent: never"}},
            Field{"alerts", &T::alerts, {.doc = "What was reached in this period"}},
            Field{"createdAt", &T::createdAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewBudget
{
    QString name;
    BudgetSubject subject = BudgetSubject::Tenant;
    std::optional<QUuid> subjectId;
    BudgetPeriod period = BudgetPeriod::Month;
    qint64 amountNanos = 0;
    std::optional<bool> refusesUnpriced;

    static constexpr auto fields()
    {
        using T = NewBudget;
        return std::tuple{
            Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
            Field{"subject", &T::subject},
            Field{"subjectId", &T::subjectId, {.doc = "The key, user or template; absent for the tenant"}},
            Field{"period", &T::period},
            Field{"amountNanos", &T::amountNanos, {.minimum = 1, .maximum = 1'000'000'000'000'000'000}},
            Field{"refusesUnpriced", &T::refusesUnpriced, {.doc = "Absent: true"}}};
    }
};

// What stays absent stays as it is.
struct BudgetChange
{
    std::optional<QString> name;
    std::optional<qint64> amountNanos;
    std::optional<bool> refusesUnpriced;

    static constexpr auto fields()
    {
        using T = BudgetChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"amountNanos", &T::amountNanos, {.minimum = 1, .maximum = 1'000'000'000'000'000'000}},
                          Field{"refusesUnpriced", &T::refusesUnpriced}};
    }
};

struct BudgetFilter
{
    std::optional<BudgetSubject> subject;
    std::optional<QUuid> subjectId;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = BudgetFilter;
        return std::tuple{Field{"subject", &T::subject}, Field{"subjectId", &T::subjectId},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(BudgetAlert)
WIRE_TYPE(Budget)
WIRE_TYPE(NewBudget)
WIRE_TYPE(BudgetChange)
WIRE_TYPE(BudgetFilter)
