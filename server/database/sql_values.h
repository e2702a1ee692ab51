// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/pqxx_compat.h"
#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <vector>

// C++ values to statement parameters, and result columns to C++ values.
//
//   QString text · QByteArray bytea · QUuid uuid · QDateTime timestamptz(3), UTC · bool · integers · double
//   QJsonObject, QJsonArray, QJsonValue, wire types and lists of wire types jsonb · named enum: its name as text
//   std::optional<T> NULL or T · QList<T>, std::vector<T> an array of T, also of std::optional<T>
namespace database::sql {

// Text that PostgreSQL takes for the value. Throws ApiError::invalid for text that it cannot keep (U+0000, half a
// surrogate pair) and std::invalid_argument for an invalid QDateTime.
std::string text(const QString &value);
std::string text(const QByteArray &value); // bytea, in hexadecimal: only within arrays
std::string text(const QUuid &value);
std::string text(const QDateTime &value);
std::string text(double value);
std::string text(const QJsonObject &value);
std::string text(const QJsonArray &value);
std::string text(const QJsonValue &value);
std::string jsonText(const QByteArray &json);

template<std::same_as<bool> T> std::string text(T value) { return value ? "t" : "f"; }
template<std::integral T>
    requires(!std::same_as<T, bool>)
std::string text(T value) { return std::to_string(value); }
template<NamedEnum E> std::string text(E value) { return enumNames<E>[std::size_t(value)]; }
template<WireType T> std::string text(const T &value) { return jsonText(json::print(value)); }
template<class T> std::string text(const T *) = delete; // would be taken for a bool: use u"…"_s

template<class T> inline constexpr bool isOptional = false;
template<class T> inline constexpr bool isOptional<std::optional<T>> = true;
template<class T> inline constexpr bool isList = false;
template<class T> inline constexpr bool isList<QList<T>> = true;
template<class T> inline constexpr bool isList<std::vector<T>> = true;

void appendElement(std::string &array, const std::string *value); // nullptr is NULL

// The text of an array, '{"a","b",NULL}'.
template<class List> std::string arrayText(const List &values)
{
    std::string array = "{";
    for (const auto &value : values) {
        if constexpr (isOptional<std::decay_t<decltype(value)>>) {
            if (!value) {
                appendElement(array, nullptr);
                continue;
            }
            const std::string element = text(*value);
            appendElement(array, &element);
        } else {
            const std::string element = text(value);
            appendElement(array, &element);
        }
    }
    return array += '}';
}

template<class T> void bind(Parameters &parameters, const T &value)
{
    if constexpr (std::same_as<T, std::nullopt_t>) {
        parameters.addNull();
    } else if constexpr (isOptional<T>) {
        value ? bind(parameters, *value) : parameters.addNull();
    } else if constexpr (std::same_as<T, QByteArray>) {
        parameters.addBytes(value);
    } else if constexpr (isList<T>) {
        if constexpr (WireType<typename T::value_type>)
            parameters.addText(jsonText(json::print(value)));
        else
            parameters.addText(arrayText(value));
    } else {
        parameters.addText(text(value));
    }
}

// One value of a result, as PostgreSQL printed it.
struct Value
{
    std::string_view text;
    bool isNull = false;
    bool isJson = false;
};

struct Column
{
    pqxx::row::size_type number = 0;
    bool isJson = false;
};
Column columnAt(const pqxx::result &rows, int number);
Column columnNamed(const pqxx::result &rows, const char *name); // throws std::logic_error when it is not there
Value valueOf(const pqxx::field &field, bool isJson);
[[noreturn]] void unreadable(const char *expected); // throws std::range_error

void read(const Value &value, QString &into);
void read(const Value &value, QByteArray &into);
void read(const Value &value, QUuid &into);
void read(const Value &value, QDateTime &into);
void read(const Value &value, bool &into);
void read(const Value &value, int &into);
void read(const Value &value, qint64 &into);
void read(const Value &value, double &into);
void read(const Value &value, QJsonObject &into);
void read(const Value &value, QJsonArray &into);
void read(const Value &value, QJsonValue &into);
std::size_t indexOf(const Value &value, const char *const *names, std::size_t count);

// The elements of a one-dimensional array; std::nullopt is NULL.
std::vector<std::optional<std::string>> elements(std::string_view array);

template<NamedEnum E> void read(const Value &value, E &into)
{
    into = E(indexOf(value, enumNames<E>.data(), enumNames<E>.size()));
}
template<WireType T> void read(const Value &value, T &into)
{
    QJsonObject json;
    read(value, json);
    into = json::fromValue<T>(json, json::UnknownMembers::Ignore);
}
template<class T> void read(const Value &value, std::optional<T> &into)
{
    into.reset();
    if (!value.isNull)
        read(value, into.emplace());
}
template<class T> void read(const Value &value, QList<T> &into)
{
    if (value.isNull)
        unreadable("an array, found NULL");
    if constexpr (!std::same_as<T, QByteArray>) { // JSON has no bytes
        if (value.isJson) {
            QJsonArray json;
            read(value, json);
            into = json::fromValue<QList<T>>(json, json::UnknownMembers::Ignore);
            return;
        }
    }
    into.clear();
    for (const auto &element : elements(value.text)) {
        T item{};
        read(Value{element ? std::string_view(*element) : std::string_view(), !element}, item);
        into.append(std::move(item));
    }
}

// "latestVersion" as "latest_version", made while compiling.
struct ColumnName
{
    char text[64] = {};

    consteval ColumnName() = default;
    constexpr explicit ColumnName(std::string_view member)
    {
        std::size_t length = 0;
        for (const char c : member) {
            if (c >= 'A' && c <= 'Z')
                text[length++] = '_';
            text[length++] = char(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
};

template<WireType T>
inline constexpr auto columnNames =
    std::apply([](const auto &...field) { return std::array<ColumnName, sizeof...(field)>{ColumnName(field.name)...}; },
               T::fields());

// Reads the rows of one result: what each column is and where it stands is looked up once.
template<class T> class RowReader
{
public:
    explicit RowReader(const pqxx::result &rows) : m_rows(rows)
    {
        if constexpr (WireType<T>) {
            for (std::size_t i = 0; i < m_columns.size(); ++i)
                m_columns[i] = columnNamed(rows, columnNames<T>[i].text);
        } else {
            m_columns[0] = columnAt(rows, 0);
        }
    }

    T row(int number) const
    {
        T value{};
        // One field goes from column to column, for each new one counts the owners of the result up and down again.
        pqxx::row::const_iterator field = m_rows[pqxx::result::size_type(number)].begin();
        if constexpr (WireType<T>)
            readMembers(field, value, std::make_index_sequence<columnCount()>());
        else
            read(valueOf(*field.operator->(), m_columns[0].isJson), value);
        return value;
    }

private:
    template<std::size_t... I>
    void readMembers(pqxx::row::const_iterator &field, T &value, std::index_sequence<I...>) const
    {
        constexpr auto fields = T::fields();
        pqxx::row::difference_type at = 0;
        ((field += pqxx::row::difference_type(m_columns[I].number) - at,
          at = pqxx::row::difference_type(m_columns[I].number),
          readMember(*field.operator->(), m_columns[I], value.*std::get<I>(fields).member)),
         ...);
    }
    template<class Member> void readMember(const pqxx::field &field, Column column, Member &member) const
    try {
        read(valueOf(field, column.isJson), member);
    } catch (const std::range_error &error) {
        throw std::runtime_error(std::string("column ") + m_rows.column_name(column.number) + ": " + error.what());
    }

    static constexpr std::size_t columnCount()
    {
        if constexpr (WireType<T>)
            return std::tuple_size_v<decltype(T::fields())>;
        else
            return 1;
    }

    const pqxx::result &m_rows;
    std::array<Column, columnCount()> m_columns{};
};

} // namespace database::sql
