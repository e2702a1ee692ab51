// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QVarLengthArray>

namespace gateway {

// Reads the members of an object of a request one by one, strictly, and knows in the end which were not read. null
// counts as absent. What is wrong throws ApiError 400 with a pointer to it.
class Members
{
public:
    explicit Members(QJsonObject object, QString pointer = {})
        : m_object(std::move(object)),
          m_pointer(std::move(pointer))
    {
    }

    bool has(QLatin1StringView name) const
    {
        return !m_object.value(name).isUndefined() && !m_object.value(name).isNull();
    }
    QJsonValue value(QLatin1StringView name); // undefined where there is none
    QString text(QLatin1StringView name); // empty where there is none
    QString requiredText(QLatin1StringView name);
    std::optional<double> number(QLatin1StringView name, double least, double most);
    std::optional<qint64> integer(QLatin1StringView name, qint64 least, qint64 most);
    std::optional<bool> truth(QLatin1StringView name);
    QJsonArray array(QLatin1StringView name); // empty where there is none
    QJsonObject object(QLatin1StringView name); // empty where there is none
    QStringList texts(QLatin1StringView name); // one text, or several
    void pass(std::initializer_list<QLatin1StringView> names); // counts as read

    QString pointerTo(QStringView name) const { return m_pointer + u'/' + name.toString(); }
    [[noreturn]] void refuse(QStringView name, const QString &problem) const;
    QStringList unread() const; // pointers

private:
    QJsonObject m_object;
    QString m_pointer;
    QVarLengthArray<QLatin1StringView, 16> m_read; // literals
};

[[noreturn]] void refuseAt(const QString &pointer, const QString &problem);

// The object in an array; throws where it is none.
Members membersOf(const QJsonValue &value, const QString &pointer);

} // namespace gateway
