// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

// A condition of a rule as rows of a form. Pure functions.
struct ConditionRow
{
    QString path; // "folder", "variables.team"
    QString test; // "$eq"
    QJsonValue value; // a list for $in, $nin and $all

    bool operator==(const ConditionRow &) const = default;
};

struct ConditionRows
{
    bool any = false; // one of the rows is enough
    QList<ConditionRow> rows;

    bool operator==(const ConditionRows &) const = default;
};

namespace conditionRows {

// The tests that a row can have, in the order in which they are offered.
const QStringList &tests();
bool takesList(const QString &test);

// Nothing where a form cannot show it: $not, $nor, $elemMatch, groups in groups, flags of $regex, values that are null
// or objects. Such a condition is edited as JSON.
std::optional<ConditionRows> read(const QJsonObject &condition);

// read() of what this gives are the same rows again.
QJsonObject write(const ConditionRows &rows);

} // namespace conditionRows
