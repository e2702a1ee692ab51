// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonValue>
#include <QString>
#include <QStringView>
#include <QUuid>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>

namespace permissions {

struct Member;

// A JSON value as decisions look at it: 16 bytes, whose texts, items and members live elsewhere.
struct Value
{
    enum Kind : std::uint8_t { Missing, Null, Boolean, Number, Text, Array, Object };

    Kind kind = Missing;
    bool truth = false; // Boolean
    std::uint32_t size = 0; // UTF-16 units of Text, items of Array, members of Object
    union {
        double number = 0;
        const char16_t *text;
        const Value *items;
        const Member *members;
    };

    static Value null();
    static Value of(bool truth);
    static Value of(double number);
    static Value of(QStringView text); // which must outlive it
    static Value of(const char *) = delete; // would be taken for a bool

    QStringView view() const { return {text, qsizetype(size)}; }
    bool isArray() const { return kind == Array; }
    bool isContainer() const { return kind >= Array; } // what JavaScript calls an object, without null
};

// a === b: no container is the same as another one.
inline bool isSame(const Value &a, const Value &b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case Value::Missing:
    case Value::Null:
        return true;
    case Value::Boolean:
        return a.truth == b.truth;
    case Value::Number:
        return a.number == b.number;
    case Value::Text:
        return a.size == b.size && std::memcmp(a.text, b.text, a.size * sizeof(char16_t)) == 0;
    case Value::Array:
    case Value::Object:
        break;
    }
    return false;
}

struct Member
{
    QStringView name;
    Value value;
};

// A step of a path. In JavaScript a key that is no number, asked of an array, is asked of each of its items.
struct Key
{
    QString name;
    bool isNumber = false; // !Number.isNaN(Number(name))
    bool isLength = false; // which texts and arrays have
    std::int64_t index = -1; // of an item of an array or a character of a text; -1: none

    explicit Key(const QString &name);
};

// JavaScript's meaning of these, for what JSON can hold.
double toNumber(const Value &value); // Number(value), of containers too: not a number
bool isGreater(const Value &a, const Value &b); // a > b
// 0: the same; 1: greater; -1: everything else
inline int compare(const Value &a, const Value &b) { return isSame(a, b) ? 0 : isGreater(a, b) ? 1 : -1; }
bool has(const Value &value, const Key &key); // Object.hasOwn(value, key)
Value at(const Value &value, const Key &key); // value[key]; Missing of what has no members, also of null

constexpr std::size_t timeLength = 24;
using TimeText = std::array<char16_t, timeLength>;
TimeText timeText(std::int64_t msecs); // "2026-01-31T10:00:00.000Z", of the years 0 to 9999

QJsonValue toJson(const Value &value); // Missing becomes Undefined

// Where the texts, items and members of values live, until it goes. What fits into the first bytes is not allocated.
class ValueStore
{
public:
    ValueStore() = default;
    ValueStore(const ValueStore &) = delete;
    ValueStore &operator=(const ValueStore &) = delete;

    Value json(const QJsonValue &value);
    Value text(QStringView text); // a copy
    Value time(const QDateTime &time);
    Value id(const QUuid &id);

    Value *values(std::size_t count) { return make<Value>(count); }
    Member *members(std::size_t count) { return make<Member>(count); }
    static Value array(const Value *items, std::size_t count);
    static Value object(const Member *members, std::size_t count);

private:
    template<class T> T *make(std::size_t count)
    {
        T *first = static_cast<T *>(m_memory.allocate(count * sizeof(T), alignof(T)));
        std::uninitialized_default_construct_n(first, count);
        return first;
    }

    alignas(std::max_align_t) std::array<std::byte, 2048> m_first;
    std::pmr::monotonic_buffer_resource m_memory{m_first.data(), m_first.size()};
};

} // namespace permissions
