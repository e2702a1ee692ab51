// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/value.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace permissions {

Value ValueStore::text(QStringView text)
{
    auto *units = make<char16_t>(std::size_t(text.size()));
    std::copy_n(text.utf16(), text.size(), units);
    return Value::of(QStringView(units, text.size()));
}

Value ValueStore::time(const QDateTime &time)
{
    const TimeText units = timeText(time.toMSecsSinceEpoch());
    return text(QStringView(units.data(), qsizetype(units.size())));
}

Value ValueStore::id(const QUuid &id)
{
    constexpr std::size_t length = 36;
    auto *units = make<char16_t>(length);
    std::size_t next = 0;
    for (const char byte : id.toRfc4122()) {
        if (next == 8 || next == 13 || next == 18 || next == 23)
            units[next++] = u'-';
        units[next++] = u"0123456789abcdef"[quint8(byte) >> 4];
        units[next++] = u"0123456789abcdef"[quint8(byte) & 15];
    }
    return Value::of(QStringView(units, length));
}

Value ValueStore::array(const Value *items, std::size_t count)
{
    Value value;
    value.kind = Value::Array;
    value.size = std::uint32_t(count);
    value.items = items;
    return value;
}

Value ValueStore::object(const Member *members, std::size_t count)
{
    Value value;
    value.kind = Value::Object;
    value.size = std::uint32_t(count);
    value.members = members;
    return value;
}

Value ValueStore::json(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return Value::null();
    case QJsonValue::Bool:
        return Value::of(value.toBool());
    case QJsonValue::Double:
        return Value::of(value.toDouble());
    case QJsonValue::String:
        return text(value.toString());
    case QJsonValue::Array: {
        const QJsonArray array = value.toArray();
        Value *items = values(std::size_t(array.size()));
        for (qsizetype i = 0; i < array.size(); ++i)
            items[i] = json(array.at(i));
        return ValueStore::array(items, std::size_t(array.size()));
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        Member *list = members(std::size_t(object.size()));
        std::size_t next = 0;
        for (auto member = object.begin(); member != object.end(); ++member)
            list[next++] = {text(member.key()).view(), json(member.value())};
        return ValueStore::object(list, std::size_t(object.size()));
    }
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

} // namespace permissions
