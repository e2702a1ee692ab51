// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/members.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gateway {

void refuseAt(const QString &pointer, const QString &problem)
{
    ApiError error = ApiError::invalid(pointer, problem);
    error.status = 400; // as the providers answer
    error.code = u"invalid_value"_s;
    throw error;
}

Members membersOf(const QJsonValue &value, const QString &pointer)
{
    if (!value.isObject())
        refuseAt(pointer, u"must be an object"_s);
    return Members(value.toObject(), pointer);
}

void Members::refuse(QStringView name, const QString &problem) const { refuseAt(pointerTo(name), problem); }

QJsonValue Members::value(QLatin1StringView name)
{
    m_read.append(name);
    const QJsonValue found = m_object.value(name);
    return found.isNull() ? QJsonValue(QJsonValue::Undefined) : found;
}

QString Members::text(QLatin1StringView name)
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isString())
        refuse(QString(name), u"must be a text"_s);
    return found.toString();
}

QString Members::requiredText(QLatin1StringView name)
{
    const QString found = text(name);
    if (found.isEmpty())
        refuse(QString(name), u"is missing"_s);
    return found;
}

std::optional<double> Members::number(QLatin1StringView name, double least, double most)
{
    const QJsonValue found = value(name);
    if (found.isUndefined())
        return std::nullopt;
    if (!found.isDouble() || found.toDouble() < least || found.toDouble() > most)
        refuse(QString(name), u"must be a number from %1 to %2"_s.arg(least).arg(most));
    return found.toDouble();
}

std::optional<qint64> Members::integer(QLatin1StringView name, qint64 least, qint64 most)
{
    const QJsonValue found = value(name);
    if (found.isUndefined())
        return std::nullopt;
    const double number = found.toDouble();
    if (!found.isDouble() || number != std::floor(number) || number < double(least) || number > double(most))
        refuse(QString(name), u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
    return found.toInteger();
}

std::optional<bool> Members::truth(QLatin1StringView name)
{
    const QJsonValue found = value(name);
    if (found.isUndefined())
        return std::nullopt;
    if (!found.isBool())
        refuse(QString(name), u"must be true or false"_s);
    return found.toBool();
}

QJsonArray Members::array(QLatin1StringView name)
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isArray())
        refuse(QString(name), u"must be a list"_s);
    return found.toArray();
}

QJsonObject Members::object(QLatin1StringView name)
{
    const QJsonValue found = value(name);
    if (!found.isUndefined() && !found.isObject())
        refuse(QString(name), u"must be an object"_s);
    return found.toObject();
}

QStringList Members::texts(QLatin1StringView name)
{
    const QJsonValue found = value(name);
    if (found.isUndefined())
        return {};
    if (found.isString())
        return {found.toString()};
    QStringList list;
    const QJsonArray items = found.toArray();
    for (const QJsonValue &item : items) {
        if (!item.isString())
            refuse(QString(name), u"must hold texts only"_s);
        list.append(item.toString());
    }
    if (!found.isArray())
        refuse(QString(name), u"must be a text or a list of texts"_s);
    return list;
}

void Members::pass(std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names)
        m_read.append(name);
}

QStringList Members::unread() const
{
    QStringList pointers;
    for (auto it = m_object.begin(); it != m_object.end(); ++it)
        if (!it->isNull() && std::find(m_read.begin(), m_read.end(), it.key()) == m_read.end())
            pointers.append(pointerTo(it.key()));
    return pointers;
}

} // namespace gateway
