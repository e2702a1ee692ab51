// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_json.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace AuditJson {

namespace {

constexpr qsizetype longestText = 8'000; // UTF-16 units
constexpr qsizetype keptOfLonger = 2'000;
constexpr qsizetype largestObject = 64 * 1024; // bytes

QString fingerprint(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QJsonValue shortened(const QJsonValue &value)
{
    if (value.isString() && value.toString().size() > longestText) {
        const QString text = value.toString();
        const qsizetype end = text.at(keptOfLonger - 1).isHighSurrogate() ? keptOfLonger - 1 : keptOfLonger;
        return u"%1… (%2 characters, SHA-256 %3)"_s.arg(text.first(end))
            .arg(text.size())
            .arg(fingerprint(text.toUtf8()));
    }
    if (value.isArray()) {
        QJsonArray items = value.toArray();
        for (qsizetype i = 0; i < items.size(); ++i)
            items[i] = shortened(items.at(i));
        return items;
    }
    if (value.isObject()) {
        QJsonObject members = value.toObject();
        for (auto it = members.begin(); it != members.end(); ++it)
            *it = shortened(*it);
        return members;
    }
    return value;
}

} // namespace

namespace detail {

void remove(QJsonValue &json, QLatin1StringView name)
{
    if (json.isArray()) {
        QJsonArray items = json.toArray();
        for (qsizetype i = 0; i < items.size(); ++i) {
            QJsonValue item = items.at(i);
            remove(item, name);
            items[i] = item;
        }
        json = items;
    } else if (json.isObject()) {
        QJsonObject members = json.toObject();
        members.remove(name);
        json = members;
    }
}

void eachChild(QJsonValue &json, QLatin1StringView name, void (*change)(QJsonValue &child))
{
    if (json.isArray()) {
        QJsonArray items = json.toArray();
        for (qsizetype i = 0; i < items.size(); ++i) {
            QJsonValue item = items.at(i);
            eachChild(item, name, change);
            items[i] = item;
        }
        json = items;
    } else if (json.isObject() && json.toObject().contains(name)) {
        QJsonObject members = json.toObject();
        QJsonValue child = members.value(name);
        change(child);
        members[name] = child;
        json = members;
    }
}

} // namespace detail

QJsonObject bounded(const QJsonObject &object)
{
    const QJsonObject kept = shortened(object).toObject();
    const QByteArray text = json::print(kept);
    if (text.size() <= largestObject)
        return kept;
    return {{u"tooLarge"_s, true}, {u"bytes"_s, qint64(text.size())}, {u"sha256"_s, fingerprint(text)}};
}

} // namespace AuditJson
