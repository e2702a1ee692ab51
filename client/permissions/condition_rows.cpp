// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/condition_rows.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isPlain(const QJsonValue &value) { return value.isString() || value.isDouble() || value.isBool(); }

bool isPlainList(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isArray() && std::all_of(list.begin(), list.end(), [](const QJsonValue &one) { return isPlain(one); });
}

// What a test compares with: of $exists a truth value, of $size a number, of $regex a text.
bool fits(const QString &test, const QJsonValue &value)
{
    if (conditionRows::takesList(test))
        return isPlainList(value);
    if (test == u"$exists")
        return value.isBool();
    if (test == u"$size")
        return value.isDouble();
    if (test == u"$regex")
        return value.isString();
    return isPlain(value);
}

// The rows of {"a": 1, "b": {"$gt": 1, "$lt": 5}}, all of which have to hold.
bool append(QList<ConditionRow> &rows, const QJsonObject &group)
{
    for (auto it = group.begin(); it != group.end(); ++it) {
        if (it.key().startsWith(u'$'))
            return false;
        if (!it->isObject()) {
            if (!isPlain(*it))
                return false;
            rows.append({it.key(), u"$eq"_s, *it});
            continue;
        }
        const QJsonObject tests = it->toObject();
        if (tests.isEmpty())
            return false;
        for (auto test = tests.begin(); test != tests.end(); ++test) {
            if (!conditionRows::tests().contains(test.key()) || !fits(test.key(), *test))
                return false;
            rows.append({it.key(), test.key(), *test});
        }
    }
    return true;
}

std::optional<ConditionRows> readList(const QJsonValue &list, bool any)
{
    ConditionRows read{.any = any, .rows = {}};
    const QJsonArray groups = list.toArray();
    if (groups.isEmpty())
        return {};
    for (const QJsonValue &group : groups) {
        const qsizetype before = read.rows.size();
        if (!group.isObject() || !append(read.rows, group.toObject()))
            return {};
        if (any && read.rows.size() != before + 1) // of several tests in one of them all would have to hold
            return {};
    }
    return read;
}

QJsonObject writeOne(const ConditionRow &row)
{
    return row.test == u"$eq" ? QJsonObject{{row.path, row.value}}
                              : QJsonObject{{row.path, QJsonObject{{row.test, row.value}}}};
}

} // namespace

namespace conditionRows {

const QStringList &tests()
{
    static const QStringList all{u"$eq"_s, u"$ne"_s,  u"$in"_s,    u"$nin"_s, u"$lt"_s,   u"$lte"_s,
                                 u"$gt"_s, u"$gte"_s, u"$regex"_s, u"$all"_s, u"$size"_s, u"$exists"_s};
    return all;
}

bool takesList(const QString &test) { return test == u"$in" || test == u"$nin" || test == u"$all"; }

std::optional<ConditionRows> read(const QJsonObject &condition)
{
    if (condition.size() == 1 && condition.contains(u"$or"_s))
        return readList(condition.value(u"$or"_s), true);
    if (condition.size() == 1 && condition.contains(u"$and"_s))
        return readList(condition.value(u"$and"_s), false);
    ConditionRows read;
    return append(read.rows, condition) ? std::optional(read) : std::nullopt;
}

QJsonObject write(const ConditionRows &rows)
{
    if (rows.any && rows.rows.size() > 1) {
        QJsonArray groups;
        for (const ConditionRow &row : rows.rows)
            groups.append(writeOne(row));
        return {{u"$or"_s, groups}};
    }
    QJsonObject all;
    bool fitsTogether = true;
    for (const ConditionRow &row : rows.rows) {
        QJsonValue wanted = writeOne(row).value(row.path);
        if (const QJsonValue before = all.value(row.path); !before.isUndefined()) {
            QJsonObject tests = before.toObject();
            fitsTogether = fitsTogether && before.isObject() && wanted.isObject() && !tests.contains(row.test);
            tests.insert(row.test, row.value);
            wanted = tests;
        }
        all.insert(row.path, wanted);
    }
    if (fitsTogether)
        return all;
    QJsonArray groups; // the same attribute twice with the same test
    for (const ConditionRow &row : rows.rows)
        groups.append(writeOne(row));
    return {{u"$and"_s, groups}};
}

} // namespace conditionRows
