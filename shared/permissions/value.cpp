// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/value.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace permissions {
namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

bool isSpace(QChar c)
{
    return (c >= u'\t' && c <= u'\r') || c == QChar(0xFEFF)
        || (c.isSpace() && c != QChar(0x85) && c != QChar(0x180E) && (c < QChar(0x1C) || c > QChar(0x1F)));
}

// Digits of 0x…, 0o… and 0b…
double whole(QStringView digits, int base)
{
    double value = 0;
    for (const QChar c : digits) {
        const char16_t letter = c.unicode() | 0x20;
        const int digit = c >= u'0' && c <= u'9' ? c.unicode() - u'0'
            : letter >= u'a' && letter <= u'f'   ? letter - u'a' + 10
                                                 : base;
        if (digit >= base)
            return notANumber;
        value = value * base + digit;
    }
    return digits.isEmpty() ? notANumber : value;
}

// Number(text)
double numberOf(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    if (text.isEmpty())
        return 0;
    if (text.size() > 2 && text[0] == u'0') {
        const char16_t kind = text[1].unicode() | 0x20;
        if (const int base = kind == u'x' ? 16 : kind == u'o' ? 8 : kind == u'b' ? 2 : 0)
            return whole(text.sliced(2), base);
    }
    const bool isNegative = text[0] == u'-';
    if (isNegative || text[0] == u'+')
        text = text.sliced(1);
    double value = std::numeric_limits<double>::infinity();
    if (text != u"Infinity") {
        std::array<char, 400> ascii; // longer ones are no numbers that anybody writes
        bool hasDigit = false;
        if (text.isEmpty() || std::size_t(text.size()) > ascii.size())
            return notANumber;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char16_t c = text[i].unicode();
            const bool isDigit = c >= u'0' && c <= u'9';
            const bool isSign = (c == u'-' || c == u'+') && i > 0 && (text[i - 1].unicode() | 0x20) == u'e';
            if (!isDigit && !isSign && c != u'.' && !((c | 0x20) == u'e' && hasDigit))
                return notANumber;
            hasDigit = hasDigit || isDigit;
            ascii[std::size_t(i)] = char(c);
        }
        const char *end = ascii.data() + text.size();
        const auto [stop, error] = std::from_chars(ascii.data(), end, value);
        if (!hasDigit || stop != end || error == std::errc::invalid_argument)
            return notANumber;
        if (error == std::errc::result_out_of_range)
            value = QByteArrayView(ascii.data(), text.size()).toDouble();
    }
    return isNegative ? -value : value;
}

// String(number)
QString textOf(double number)
{
    if (number == 0)
        return u"0"_s;
    std::array<char, 32> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(number), std::chars_format::scientific)
            .ptr;
    const QByteArrayView text(buffer.data(), end - buffer.data()); // 1.25e-07
    const qsizetype e = text.indexOf('e');
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end, exponent);
    QString digits = QString::fromLatin1(text.first(e)).remove(u'.');
    const int point = exponent + 1; // digits before the point
    if (point > 21 || point < -5) {
        if (digits.size() > 1)
            digits.insert(1, u'.');
        digits += u"e%1%2"_s.arg(QChar(exponent < 0 ? u'-' : u'+')).arg(std::abs(exponent));
    } else if (point <= 0) {
        digits = u"0."_s + QString(-point, u'0') + digits;
    } else if (digits.size() <= point) {
        digits += QString(point - digits.size(), u'0');
    } else {
        digits.insert(point, u'.');
    }
    return number < 0 ? u'-' + digits : digits;
}

// String(value), as part of an array
QString textOf(const Value &value)
{
    switch (value.kind) {
    case Value::Missing:
    case Value::Null:
        return {};
    case Value::Boolean:
        return value.truth ? u"true"_s : u"false"_s;
    case Value::Number:
        return textOf(value.number);
    case Value::Text:
        return value.view().toString();
    case Value::Object:
        return u"[object Object]"_s;
    case Value::Array:
        break;
    }
    QString joined;
    for (std::uint32_t i = 0; i < value.size; ++i) {
        if (i)
            joined += u',';
        joined += textOf(value.items[i]);
    }
    return joined;
}

// By units, as JavaScript compares texts.
bool isGreaterText(QStringView a, QStringView b)
{
    return std::lexicographical_compare(b.utf16(), b.utf16() + b.size(), a.utf16(), a.utf16() + a.size());
}

} // namespace

Value Value::null()
{
    Value value;
    value.kind = Null;
    return value;
}

Value Value::of(bool truth)
{
    Value value;
    value.kind = Boolean;
    value.truth = truth;
    return value;
}

Value Value::of(double number)
{
    Value value;
    value.kind = Number;
    value.number = number;
    return value;
}

Value Value::of(QStringView text)
{
    Value value;
    value.kind = Text;
    value.size = std::uint32_t(text.size());
    value.text = text.utf16();
    return value;
}

Key::Key(const QString &name)
    : name(name),
      isNumber(!std::isnan(numberOf(QStringView(name)))),
      isLength(name == u"length")
{
    bool isWhole = false;
    const qlonglong number = name.toLongLong(&isWhole);
    if (isWhole && number >= 0 && QString::number(number) == name)
        index = number;
}

double toNumber(const Value &value)
{
    switch (value.kind) {
    case Value::Null:
        return 0;
    case Value::Boolean:
        return value.truth;
    case Value::Number:
        return value.number;
    case Value::Text:
        return numberOf(value.view());
    default:
        return notANumber;
    }
}

bool isGreater(const Value &a, const Value &b)
{
    if (a.kind == Value::Number && b.kind == Value::Number)
        return a.number > b.number;
    if (a.kind == Value::Text && b.kind == Value::Text)
        return isGreaterText(a.view(), b.view());
    if (!a.isContainer() && !b.isContainer())
        return toNumber(a) > toNumber(b);
    // As texts: arrays within arrays, and objects.
    const auto primitive = [](const Value &value, QString &text) {
        if (!value.isContainer())
            return value;
        text = textOf(value);
        return Value::of(QStringView(text));
    };
    QString textOfA, textOfB;
    return isGreater(primitive(a, textOfA), primitive(b, textOfB));
}

bool has(const Value &value, const Key &key)
{
    switch (value.kind) {
    case Value::Text:
    case Value::Array:
        return key.isLength || (key.index >= 0 && key.index < value.size);
    case Value::Object:
        return at(value, key).kind != Value::Missing;
    default:
        return false;
    }
}

Value at(const Value &value, const Key &key)
{
    const bool isInside = key.index >= 0 && key.index < value.size;
    switch (value.kind) {
    case Value::Text:
        if (key.isLength)
            return Value::of(double(value.size));
        return isInside ? Value::of(value.view().sliced(key.index, 1)) : Value();
    case Value::Array:
        if (key.isLength)
            return Value::of(double(value.size));
        return isInside ? value.items[key.index] : Value();
    case Value::Object:
        for (std::uint32_t i = 0; i < value.size; ++i)
            if (value.members[i].name == key.name)
                return value.members[i].value;
        return {};
    default:
        return {};
    }
}

TimeText timeText(std::int64_t msecs)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(msecs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    TimeText text;
    const auto put = [&](std::size_t from, int digits, long long number) {
        for (int i = digits - 1; i >= 0; --i, number /= 10)
            text[from + std::size_t(i)] = char16_t(u'0' + number % 10);
    };
    put(0, 4, std::clamp(int(date.year()), 0, 9999));
    put(5, 2, unsigned(date.month()));
    put(8, 2, unsigned(date.day()));
    put(11, 2, clock.hours().count());
    put(14, 2, clock.minutes().count());
    put(17, 2, clock.seconds().count());
    put(20, 3, clock.subseconds().count());
    text[4] = text[7] = u'-';
    text[10] = u'T';
    text[13] = text[16] = u':';
    text[19] = u'.';
    text[23] = u'Z';
    return text;
}

QJsonValue toJson(const Value &value)
{
    switch (value.kind) {
    case Value::Missing:
        return QJsonValue::Undefined;
    case Value::Null:
        return QJsonValue::Null;
    case Value::Boolean:
        return value.truth;
    case Value::Number:
        return value.number;
    case Value::Text:
        return value.view().toString();
    case Value::Array: {
        QJsonArray array;
        for (std::uint32_t i = 0; i < value.size; ++i)
            array.append(toJson(value.items[i]));
        return array;
    }
    case Value::Object:
        break;
    }
    QJsonObject object;
    for (std::uint32_t i = 0; i < value.size; ++i)
        object.insert(value.members[i].name, toJson(value.members[i].value));
    return object;
}

} // namespace permissions
