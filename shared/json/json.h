// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

#include <stdexcept>

// JSON text to wire types and back (RFC 8259). Reading is strict: invalid UTF-8, duplicate names, trailing text and
// nesting deeper than 200 are refused, and every wrong member is reported, not only the first.
namespace json {

// The text is not JSON. what() says what is wrong; offset counts bytes from the start.
class SyntaxError : public std::runtime_error
{
public:
    SyntaxError(const std::string &problem, qsizetype offset) : runtime_error(problem), offset(offset) { }
    qsizetype offset;
};

// One wrong member, named by a JSON pointer (RFC 6901).
struct Problem
{
    QString pointer;
    QString message;

    static constexpr auto fields()
    {
        return std::tuple{Field{"pointer", &Problem::pointer, {.doc = "JSON pointer to the member"}},
                          Field{"message", &Problem::message}};
    }
};

// The text is JSON, but not of the form asked for.
class InvalidError : public std::runtime_error
{
public:
    explicit InvalidError(QList<Problem> problems);
    QList<Problem> problems;
};

// Lenient: members may be missing as well, and keep their initial value, as in answers from which rules hide some.
enum class UnknownMembers { Reject, Ignore, Lenient };

// Where the reader stands and what it found. Lives on the stack; the pointer is rendered only when something is wrong.
struct Path
{
    QList<Problem> *problems;
    UnknownMembers unknown;
    const Path *parent = nullptr;
    QStringView name = {};
    qsizetype index = -1;

    Path member(QStringView child) const { return {problems, unknown, this, child, -1}; }
    Path item(qsizetype child) const { return {problems, unknown, this, {}, child}; }
    void fail(const QString &problem) const;
};

// Strict text to value. Throws SyntaxError.
QJsonValue document(QByteArrayView text);
QJsonObject object(QByteArrayView text); // throws SyntaxError also when the text is another kind of value

void write(QByteArray &out, const QString &value);
void write(QByteArray &out, const QUuid &value);
void write(QByteArray &out, const QDateTime &value); // RFC 3339, UTC, milliseconds
void write(QByteArray &out, const QJsonObject &value);
void write(QByteArray &out, const QJsonArray &value);
void write(QByteArray &out, const QJsonValue &value);
void write(QByteArray &out, bool value);
void write(QByteArray &out, qint64 value);
void write(QByteArray &out, double value);
inline void write(QByteArray &out, int value) { write(out, qint64(value)); }
template<class T> void write(QByteArray &out, const std::optional<T> &value);
template<class T> void write(QByteArray &out, const QList<T> &values);
template<NamedEnum E> void write(QByteArray &out, const E &value);
template<WireType T> void write(QByteArray &out, const T &value);

void read(const QJsonValue &json, const Path &at, QString &value);
void read(const QJsonValue &json, const Path &at, QUuid &value);
void read(const QJsonValue &json, const Path &at, QDateTime &value);
void read(const QJsonValue &json, const Path &at, QJsonObject &value);
void read(const QJsonValue &json, const Path &at, QJsonArray &value);
void read(const QJsonValue &json, const Path &at, QJsonValue &value);
void read(const QJsonValue &json, const Path &at, bool &value);
void read(const QJsonValue &json, const Path &at, int &value);
void read(const QJsonValue &json, const Path &at, qint64 &value);
void read(const QJsonValue &json, const Path &at, double &value);
template<class T> void read(const QJsonValue &json, const Path &at, std::optional<T> &value);
template<class T> void read(const QJsonValue &json, const Path &at, QList<T> &values);
template<NamedEnum E> void read(const QJsonValue &json, const Path &at, E &value);
template<WireType T> void read(const QJsonValue &json, const Path &at, T &value);

// The calls that the rest of the program uses.
template<class T> QByteArray print(const T &value)
{
    QByteArray out;
    write(out, value);
    return out;
}

// Throws InvalidError.
template<class T> T fromValue(const QJsonValue &json, UnknownMembers unknown)
{
    T value{};
    QList<Problem> problems;
    read(json, Path{&problems, unknown}, value);
    if (!problems.isEmpty())
        throw InvalidError(std::move(problems));
    return value;
}

// Throws SyntaxError or InvalidError. A server rejects members that it does not know; a client ignores what a newer
// server adds.
template<class T> T parse(QByteArrayView text, UnknownMembers unknown = UnknownMembers::Ignore)
{
    return fromValue<T>(document(text), unknown);
}

// ---------------------------------------------------------------------------

void key(QByteArray &out, std::string_view name, bool first);
bool asObject(const QJsonValue &json, const Path &at, QJsonObject &object);
bool asArray(const QJsonValue &json, const Path &at, QJsonArray &array);
void rejectUnknown(const QJsonObject &object, const Path &at, const std::string_view *names, std::size_t count);
std::size_t oneOf(const QJsonValue &json, const Path &at, const char *const *names, std::size_t count);
inline QLatin1StringView latin(std::string_view text) { return {text.data(), qsizetype(text.size())}; }

void check(const QString &value, const FieldRules &rules, const Path &at);
void check(qint64 value, const FieldRules &rules, const Path &at);
void check(double value, const FieldRules &rules, const Path &at);
void checkCount(qsizetype count, const FieldRules &rules, const Path &at);
template<class T> void check(const std::optional<T> &value, const FieldRules &rules, const Path &at)
{
    if (value)
        check(*value, rules, at);
}
template<class T> void check(const QList<T> &values, const FieldRules &rules, const Path &at)
{
    checkCount(values.size(), rules, at);
}
template<class T> void check(const T &value, const FieldRules &rules, const Path &at)
{
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
        check(qint64(value), rules, at);
}

template<NamedEnum E> QLatin1StringView name(E value) { return QLatin1StringView(enumNames<E>[std::size_t(value)]); }

template<NamedEnum E> void write(QByteArray &out, const E &value)
{
    out += '"';
    out += enumNames<E>[std::size_t(value)];
    out += '"';
}

template<NamedEnum E> void read(const QJsonValue &json, const Path &at, E &value)
{
    value = E(oneOf(json, at, enumNames<E>.data(), enumNames<E>.size()));
}

template<class T> void write(QByteArray &out, const std::optional<T> &value)
{
    if (value)
        write(out, *value);
    else
        out += "null";
}

template<class T> void write(QByteArray &out, const QList<T> &values)
{
    out += '[';
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i)
            out += ',';
        write(out, values[i]);
    }
    out += ']';
}

template<WireType T> void write(QByteArray &out, const T &value)
{
    if constexpr (std::tuple_size_v<decltype(T::fields())> == 0) {
        out += "{}";
    } else {
        bool first = true;
        const auto one = [&](const auto &field) {
            key(out, field.name, first);
            write(out, value.*field.member);
            first = false;
        };
        std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
        out += '}';
    }
}

template<class T> void read(const QJsonValue &json, const Path &at, std::optional<T> &value)
{
    if (json.isNull() || json.isUndefined())
        value.reset();
    else
        read(json, at, value.emplace());
}

template<class T> void read(const QJsonValue &json, const Path &at, QList<T> &values)
{
    QJsonArray items;
    if (!asArray(json, at, items))
        return;
    values.resize(items.size());
    for (qsizetype i = 0; i < items.size(); ++i)
        read(items.at(i), at.item(i), values[i]);
}

template<class M> inline constexpr bool isOptional = false;
template<class T> inline constexpr bool isOptional<std::optional<T>> = true;

template<WireType T> void read(const QJsonValue &json, const Path &at, T &value)
{
    QJsonObject object;
    if (!asObject(json, at, object))
        return;
    qsizetype seen = 0;
    const auto one = [&]<class C, class M>(const Field<C, M> &field) {
        const QString name = latin(field.name);
        const Path here = at.member(name);
        const auto found = object.constFind(name);
        if (found == object.constEnd()) {
            if (!isOptional<M> && !field.rules.hasDefault && at.unknown != UnknownMembers::Lenient)
                here.fail(QStringLiteral("is missing"));
            return;
        }
        ++seen;
        const qsizetype before = at.problems->size();
        read(*found, here, value.*field.member);
        if (at.problems->size() == before)
            check(value.*field.member, field.rules, here);
    };
    std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
    if (at.unknown == UnknownMembers::Reject && seen != object.size()) {
        const auto names = std::apply(
            [](const auto &...field) { return std::array<std::string_view, sizeof...(field)>{field.name...}; },
            T::fields());
        rejectUnknown(object, at, names.data(), names.size());
    }
}

} // namespace json

// The code that reads and writes a wire type is long, so it is compiled once: WIRE_TYPE(Job) beside the struct spares
// everybody who includes it, WIRE_CODE(Job) in one source file makes it.
#define WIRE_TYPE(T)                                                                                                   \
    extern template void json::write<T>(QByteArray &, const T &);                                                      \
    extern template void json::read<T>(const QJsonValue &, const json::Path &, T &);
#define WIRE_CODE(T)                                                                                                   \
    template void json::write<T>(QByteArray &, const T &);                                                             \
    template void json::read<T>(const QJsonValue &, const json::Path &, T &);
