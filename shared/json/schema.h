// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QUuid>

// JSON Schema (2020-12) of a wire type, read from the same fields() as everything else.
namespace json {

using Schema = QJsonObject;

template<class T> struct SchemaOf;

namespace detail {
template<class M> void addRules(Schema &schema, const FieldRules &rules)
{
    const bool isList = schema.value(QLatin1StringView("type")) == QLatin1StringView("array");
    if (*rules.doc)
        schema.insert(QStringLiteral("description"), QString::fromUtf8(rules.doc));
    if (rules.minLength)
        schema.insert(isList ? QStringLiteral("minItems") : QStringLiteral("minLength"), rules.minLength);
    if (rules.maxLength)
        schema.insert(isList ? QStringLiteral("maxItems") : QStringLiteral("maxLength"), rules.maxLength);
    if (rules.minimum != std::numeric_limits<std::int64_t>::min())
        schema.insert(QStringLiteral("minimum"), qint64(rules.minimum));
    if (rules.maximum != std::numeric_limits<std::int64_t>::max())
        schema.insert(QStringLiteral("maximum"), qint64(rules.maximum));
    if (*rules.format)
        schema.insert(QStringLiteral("format"), QString::fromLatin1(rules.format));
    if (rules.secret)
        schema.insert(QStringLiteral("writeOnly"), true);
}
} // namespace detail

template<class T> struct SchemaOf
{
    static constexpr bool optional = false;

    static Schema get()
    {
        if constexpr (NamedEnum<T>) {
            QJsonArray names;
            for (const char *name : enumNames<T>)
                names.append(QString::fromLatin1(name));
            return {{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("enum"), names}};
        } else {
            QJsonObject properties;
            QJsonArray required;
            const auto one = [&]<class C, class M>(const Field<C, M> &field) {
                const QString name = QString::fromLatin1(field.name.data(), qsizetype(field.name.size()));
                Schema schema = SchemaOf<M>::get();
                detail::addRules<M>(schema, field.rules);
                properties.insert(name, schema);
                if (!SchemaOf<M>::optional && !field.rules.hasDefault)
                    required.append(name);
            };
            std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
            Schema schema{{QStringLiteral("type"), QStringLiteral("object")},
                          {QStringLiteral("properties"), properties},
                          {QStringLiteral("additionalProperties"), false}};
            if (!required.isEmpty())
                schema.insert(QStringLiteral("required"), required);
            return schema;
        }
    }
};

namespace detail {
inline Schema typed(const char *type, const char *format = nullptr)
{
    Schema schema{{QStringLiteral("type"), QString::fromLatin1(type)}};
    if (format)
        schema.insert(QStringLiteral("format"), QString::fromLatin1(format));
    return schema;
}
struct Leaf
{
    static constexpr bool optional = false;
};
} // namespace detail

template<> struct SchemaOf<QString> : detail::Leaf
{
    static Schema get() { return detail::typed("string"); }
};
template<> struct SchemaOf<QUuid> : detail::Leaf
{
    static Schema get() { return detail::typed("string", "uuid"); }
};
template<> struct SchemaOf<QDateTime> : detail::Leaf
{
    static Schema get() { return detail::typed("string", "date-time"); }
};
template<> struct SchemaOf<QJsonObject> : detail::Leaf
{
    static Schema get() { return detail::typed("object"); }
};
template<> struct SchemaOf<QJsonArray> : detail::Leaf
{
    static Schema get()
    {
        return {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), QJsonObject()}};
    }
};
template<> struct SchemaOf<QJsonValue> : detail::Leaf
{
    static Schema get() { return {}; }
};
template<> struct SchemaOf<bool> : detail::Leaf
{
    static Schema get() { return detail::typed("boolean"); }
};
template<> struct SchemaOf<int> : detail::Leaf
{
    static Schema get() { return detail::typed("integer", "int32"); }
};
template<> struct SchemaOf<qint64> : detail::Leaf
{
    static Schema get() { return detail::typed("integer", "int64"); }
};
template<> struct SchemaOf<double> : detail::Leaf
{
    static Schema get() { return detail::typed("number"); }
};
template<class T> struct SchemaOf<std::optional<T>>
{
    static constexpr bool optional = true;
    // Absent and null mean the same in this API, so null is allowed too.
    static Schema get()
    {
        Schema schema = SchemaOf<T>::get();
        const QString type = schema.value(QLatin1StringView("type")).toString();
        if (!type.isEmpty())
            schema.insert(QStringLiteral("type"), QJsonArray{type, QStringLiteral("null")});
        if (schema.contains(QLatin1StringView("enum"))) {
            QJsonArray names = schema.value(QLatin1StringView("enum")).toArray();
            names.append(QJsonValue::Null);
            schema.insert(QStringLiteral("enum"), names);
        }
        return schema;
    }
};
template<class T> struct SchemaOf<QList<T>> : detail::Leaf
{
    static Schema get()
    {
        return {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), SchemaOf<T>::get()}};
    }
};

template<class T> Schema schema() { return SchemaOf<T>::get(); }

} // namespace json
