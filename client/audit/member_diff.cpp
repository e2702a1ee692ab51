// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/member_diff.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace memberDiff {

namespace {

// Values by the path that leads to them, in alphabetic order.
using Members = QMap<QString, QString>;

bool isList(const QJsonArray &items)
{
    return std::none_of(items.begin(), items.end(),
                        [](const QJsonValue &item) { return item.isObject() || item.isArray(); });
}

QString shown(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isNull())
        return u"—"_s;
    if (value.isArray()) {
        QStringList items;
        for (const QJsonValue item : value.toArray())
            items << shown(item);
        return items.isEmpty() ? u"—"_s : items.join(u", "_s);
    }
    if (value.isObject())
        return u"—"_s; // an empty one
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toBool() ? u"true"_s : u"false"_s;
}

void collect(const QString &path, const QJsonValue &value, Members &members)
{
    const QString prefix = path.isEmpty() ? QString() : path + u'.';
    const QJsonObject object = value.toObject();
    const QJsonArray items = value.toArray();
    if (!object.isEmpty()) {
        for (auto it = object.begin(); it != object.end(); ++it)
            collect(prefix + it.key(), *it, members);
    } else if (!items.isEmpty() && !isList(items)) {
        for (qsizetype i = 0; i < items.size(); ++i)
            collect(prefix + QString::number(i + 1), items.at(i), members);
    } else {
        members.insert(path, shown(value));
    }
}

QString text(const Members &members, const QSet<QString> &leftOut)
{
    QStringList lines;
    for (auto it = members.begin(); it != members.end(); ++it)
        if (!leftOut.contains(it.key()))
            lines << it.key() + u": "_s + it.value();
    return lines.join(u'\n');
}

} // namespace

Texts texts(const std::optional<QJsonObject> &before, const std::optional<QJsonObject> &after)
{
    Members old, now;
    if (before)
        collect({}, *before, old);
    if (after)
        collect({}, *after, now);
    QSet<QString> same, all;
    for (const Members &members : {old, now})
        for (auto it = members.begin(); it != members.end(); ++it)
            all.insert(it.key());
    if (before && after)
        for (auto it = old.begin(); it != old.end(); ++it)
            if (now.contains(it.key()) && now.value(it.key()) == it.value())
                same.insert(it.key());
    return {text(old, same), text(now, same), int(all.size() - same.size())};
}

} // namespace memberDiff
