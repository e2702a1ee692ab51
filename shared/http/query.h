// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QUrlQuery>

// The input of a GET as a query string: "search=letter&limit=20". Absent optionals are left out; a list is the
// parameter repeated. Unknown and repeated single parameters are refused, not ignored.
namespace query {

namespace detail {
template<class M> struct Inner
{
    using type = M;
    static constexpr bool list = false;
};
template<class T> struct Inner<std::optional<T>> : Inner<T>
{
};
template<class T> struct Inner<QList<T>>
{
    using type = T;
    static constexpr bool list = true;
};

// Text stays text where it is no number or truth value: the reader then says what is wrong with it.
template<class T> QJsonValue typed(const QString &text)
{
    if constexpr (std::is_same_v<T, bool>) {
        return text == u"true" ? QJsonValue(true) : text == u"false" ? QJsonValue(false) : QJsonValue(text);
    } else if constexpr (std::is_integral_v<T>) {
        bool isNumber = false;
        const qint64 number = text.toLongLong(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    } else if constexpr (std::is_floating_point_v<T>) {
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    } else {
        return text;
    }
}
} // namespace detail

// Throws json::InvalidError whose pointers are "/name" of the parameter.
template<WireType T> T parse(const QUrlQuery &query)
{
    QJsonObject object;
    const auto items = query.queryItems(QUrl::FullyDecoded);
    QList<json::Problem> problems;
    const auto one = [&]<class C, class M>(const Field<C, M> &field) {
        using Inner = detail::Inner<M>;
        const QString name = json::latin(field.name);
        QJsonArray values;
        for (const auto &[key, text] : items)
            if (key == name)
                values.append(detail::typed<typename Inner::type>(text));
        if (values.isEmpty())
            return;
        if (values.size() > 1 && !Inner::list)
            problems.append({u'/' + name, QStringLiteral("stands more than once")});
        object.insert(name, Inner::list ? QJsonValue(values) : values.first());
    };
    std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
    for (const auto &[key, text] : items)
        if (!object.contains(key))
            problems.append({u'/' + key, QStringLiteral("is not a parameter of this address")});
    if (!problems.isEmpty())
        throw json::InvalidError(std::move(problems));
    return json::fromValue<T>(object, json::UnknownMembers::Reject);
}

// The other way round, for the client.
template<WireType T> QUrlQuery print(const T &value)
{
    QUrlQuery query;
    const auto add = [&](const QString &name, const QJsonValue &item) {
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(item.toVariant().toString())));
    };
    const QJsonObject object = json::object(json::print(value));
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isArray()) {
            for (const QJsonValue item : it->toArray())
                add(it.key(), item);
        } else if (!it->isNull()) {
            add(it.key(), *it);
        }
    }
    return query;
}

} // namespace query
