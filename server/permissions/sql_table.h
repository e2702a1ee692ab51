// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/fragment.h"
#include "shared/permissions/records.h"

#include <span>

namespace permissions {

// How PostgreSQL keeps an attribute. NULL is null; an attribute of a row is never missing.
enum class SqlType { Text, Number, Boolean, Time, Uuid, TextArray, Json };

struct SqlColumn
{
    database::SqlText expression;
    SqlType type = SqlType::Text;
};

// Rows that are the records of a subject: a column for each of its attributes, in their order.
struct SqlTable
{
    const Subject *subject;
    std::span<const SqlColumn> columns;
};

template<class T> constexpr SqlType sqlTypeOf()
{
    if constexpr (database::sql::isOptional<T>)
        return sqlTypeOf<typename T::value_type>();
    else if constexpr (std::same_as<T, QString> || NamedEnum<T>)
        return SqlType::Text;
    else if constexpr (std::same_as<T, bool>)
        return SqlType::Boolean;
    else if constexpr (std::is_arithmetic_v<T>)
        return SqlType::Number;
    else if constexpr (std::same_as<T, QDateTime>)
        return SqlType::Time;
    else if constexpr (std::same_as<T, QUuid>)
        return SqlType::Uuid;
    else if constexpr (database::sql::isList<T>)
        return WireType<typename T::value_type> ? SqlType::Json : SqlType::TextArray;
    else
        return SqlType::Json;
}

// Where the columns have the names by which rows become structs: latestVersion stands in latest_version.
template<WireType T, std::size_t... I> constexpr auto namedColumns(std::index_sequence<I...>)
{
    return std::array{
        SqlColumn{database::SqlText(database::sql::columnNames<T>[I].text),
                  sqlTypeOf<std::decay_t<decltype(std::declval<T>().*std::get<I>(T::fields()).member)>>()}...};
}
template<WireType T>
inline constexpr auto columnsOf = namedColumns<T>(std::make_index_sequence<std::tuple_size_v<decltype(T::fields())>>());

template<WireType T> SqlTable sqlTable() { return {&subjectOfRecord<T>(), columnsOf<T>}; }

} // namespace permissions
