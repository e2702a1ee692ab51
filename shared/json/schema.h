// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QUuid>

#include <initializer_list>

// JSON Schema (2020-12) of a wire type, read from the same fields() as everything else.
namespace json {

using Schema = QJsonObject;

template<class T> struct SchemaOf;

namespace detail {
// A member as an object's schema needs it, without its type: one function serves every wire type.
struct Property
{
    std::string_view name;
    const FieldRules *rules;
    Schema (*schema)();
    bool optional;
};
Schema objectSchema(std::initializer_list<Property> properties);
Schema enumSchema(const char *const *names, std::size_t count);
Schema typed(const char *type, const char *format = nullptr);
Schema arrayOf(const Schema &items);
Schema orNull(Schema schema);
} // namespace detail

template<class T> struct SchemaOf
{
    static constexpr bool optional = false;

    static Schema get()
    {
        if constexpr (NamedEnum<T>) {
            return detail::enumSchema(enumNames<T>.data(), enumNames<T>.size());
        } else {
            return std::apply(
                []<class... C, class... M>(const Field<C, M> &...field) {
                    return detail::objectSchema(
                        {detail::Property{field.name, &field.rules, &SchemaOf<M>::get, SchemaOf<M>::optional}...});
                },
                T::fields());
        }
    }
};

namespace detail {
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
    static Schema get() { return detail::arrayOf({}); }
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
    static Schema get() { return detail::orNull(SchemaOf<T>::get()); }
};
template<class T> struct SchemaOf<QList<T>> : detail::Leaf
{
    static Schema get() { return detail::arrayOf(SchemaOf<T>::get()); }
};

template<class T> Schema schema() { return SchemaOf<T>::get(); }

} // namespace json
