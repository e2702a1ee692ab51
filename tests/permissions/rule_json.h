// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

// Rules as requests send them.

inline QJsonObject everyone(const char *effect, const QString &subject, const QString &action)
{
    return {{QStringLiteral("effect"), QLatin1StringView(effect)},
            {QStringLiteral("who"), QJsonArray{QJsonObject{{QStringLiteral("kind"), QStringLiteral("everyone")}}}},
            {QStringLiteral("subject"), subject},
            {QStringLiteral("actions"), QJsonArray{action}},
            {QStringLiteral("reason"), QStringLiteral("For a test.")}};
}

inline QJsonObject ofRole(QJsonObject rule, const QString &role)
{
    rule[QStringLiteral("who")] =
        QJsonArray{QJsonObject{{QStringLiteral("kind"), QStringLiteral("role")}, {QStringLiteral("value"), role}}};
    return rule;
}

inline QJsonObject where(QJsonObject rule, const QJsonObject &conditions)
{
    rule[QStringLiteral("conditions")] = conditions;
    return rule;
}

inline QJsonObject onlyFields(QJsonObject rule, const QStringList &fields)
{
    rule[QStringLiteral("fields")] = QJsonArray::fromStringList(fields);
    return rule;
}
