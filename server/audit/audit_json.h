// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

// Things as the audit log keeps them: never with a member that is secret (FieldRules), and of bounded size.
namespace AuditJson {

namespace detail {

template<class T> struct Inner
{
    using type = T;
};
template<class T> struct Inner<std::optional<T>> : Inner<T>
{
};
template<class T> struct Inner<QList<T>> : Inner<T>
{
};
template<class T> using InnerType = typename Inner<T>::type;

void remove(QJsonValue &json, QLatin1StringView name); // of an object, or of each object of a list
void eachChild(QJsonValue &json, QLatin1StringView name, void (*change)(QJsonValue &child));

template<class T> void removeSecrets(QJsonValue &json)
{
    if constexpr (WireType<T>) {
        const auto one = [&]<class C, class M>(const Field<C, M> &field) {
            if (field.rules.secret)
                remove(json, json::latin(field.name));
            else if constexpr (WireType<InnerType<M>>)
                eachChild(json, json::latin(field.name), &removeSecrets<InnerType<M>>);
        };
        std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
    }
}

} // namespace detail

// Long texts are shortened and named by their SHA-256, so that one entry cannot fill the disk.
QJsonObject bounded(const QJsonObject &object);

template<WireType T> QJsonObject of(const T &value)
{
    QJsonValue json = json::object(json::print(value));
    detail::removeSecrets<T>(json);
    return bounded(json.toObject());
}

} // namespace AuditJson
