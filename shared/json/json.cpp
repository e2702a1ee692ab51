// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace json {
namespace {

QString pointer(const Path &at)
{
    if (!at.parent)
        return {};
    QString step = at.index >= 0 ? QString::number(at.index) : at.name.toString();
    step.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1); // RFC 6901, section 3
    return pointer(*at.parent) + u'/' + step;
}

QString summary(const QList<Problem> &problems)
{
    const Problem &first = problems.first();
    const QString place = first.pointer.isEmpty() ? u"the document"_s : first.pointer;
    return problems.size() == 1 ? u"%1 %2"_s.arg(place, first.message)
                                : u"%1 %2 (and %3 more)"_s.arg(place, first.message).arg(problems.size() - 1);
}

// Room for more bytes at the end. QByteArray::append costs several times as much for the few bytes of most values.
char *extend(QByteArray &out, qsizetype length)
{
    const qsizetype before = out.size();
    out.resize(before + length);
    return out.data() + before;
}

char *hexDigits(char *at, unsigned value, int count)
{
    for (int shift = 4 * (count - 1); shift >= 0; shift -= 4)
        *at++ = "0123456789abcdef"[value >> shift & 15];
    return at;
}

void appendEscaped(QByteArray &out, char16_t unit)
{
    switch (unit) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u";
        hexDigits(extend(out, 4), unit, 4);
    }
}

bool isBeyondAscii(QChar unit) { return unit.unicode() >= 0x80; }
constexpr bool isPlain(QChar unit)
{
    return unit.unicode() >= 0x20 && unit.unicode() < 0x80 && unit.unicode() != '"' && unit.unicode() != '\\';
}

template<class Number> void writeNumber(QByteArray &out, Number value)
{
    char digits[32];
    const qsizetype length = std::to_chars(digits, digits + sizeof digits, value).ptr - digits;
    std::copy_n(digits, length, extend(out, length));
}

char *twoDigits(char *at, unsigned value)
{
    *at++ = char('0' + value / 10 % 10);
    *at++ = char('0' + value % 10);
    return at;
}

} // namespace

InvalidError::InvalidError(QList<Problem> list) : runtime_error(summary(list).toStdString()), problems(std::move(list))
{
}

void Path::fail(const QString &problem) const
{
    // A caller mends a few mistakes at a time; a body made to fail a million times must not make a million sentences.
    constexpr qsizetype most = 50;
    if (problems->size() < most)
        problems->append({pointer(*this), problem});
}

void key(QByteArray &out, std::string_view name, bool first)
{
    char *at = extend(out, qsizetype(name.size()) + 4);
    *at++ = first ? '{' : ',';
    *at++ = '"';
    at = std::copy(name.begin(), name.end(), at);
    *at++ = '"';
    *at = ':';
}

void write(QByteArray &out, const QString &value)
{
    const QChar *at = value.constData();
    const QChar *const end = at + value.size();
    char *to = extend(out, value.size() + 2); // enough for most: room is made once
    *to++ = '"';
    while (at != end && isPlain(*at))
        *to++ = char((at++)->unicode());
    if (at == end) {
        *to = '"';
        return;
    }
    out.truncate(to - out.constData());
    while (at != end) {
        // Runs are written at once: of plain characters as they are, of other scripts by Qt's encoder.
        const QChar *stop = std::find_if_not(at, end, isPlain);
        if (at != stop) {
            std::transform(at, stop, extend(out, stop - at), [](QChar unit) { return char(unit.unicode()); });
        } else if (stop = std::find_if_not(at, end, isBeyondAscii); at != stop) {
            out += QStringView(at, stop).toUtf8();
        } else {
            appendEscaped(out, at->unicode());
            ++stop;
        }
        at = stop;
    }
    *extend(out, 1) = '"';
}

void write(QByteArray &out, const QUuid &value)
{
    char *at = extend(out, 38);
    *at++ = '"';
    at = hexDigits(at, value.data1, 8);
    *at++ = '-';
    at = hexDigits(at, value.data2, 4);
    *at++ = '-';
    at = hexDigits(at, value.data3, 4);
    *at++ = '-';
    at = hexDigits(at, uint(value.data4[0]) << 8 | value.data4[1], 4);
    *at++ = '-';
    for (int i = 2; i < 8; ++i)
        at = hexDigits(at, value.data4[i], 2);
    *at = '"';
}

void write(QByteArray &out, const QDateTime &value)
{
    using namespace std::chrono;
    if (!value.isValid()) {
        out += "null";
        return;
    }
    const sys_time<milliseconds> time{milliseconds(value.toMSecsSinceEpoch())};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    const unsigned year = unsigned(int(date.year()));
    const unsigned milli = unsigned(clock.subseconds().count());
    char text[26];
    char *at = text;
    *at++ = '"';
    at = twoDigits(at, year / 100);
    at = twoDigits(at, year % 100);
    *at++ = '-';
    at = twoDigits(at, unsigned(date.month()));
    *at++ = '-';
    at = twoDigits(at, unsigned(date.day()));
    *at++ = 'T';
    at = twoDigits(at, unsigned(clock.hours().count()));
    *at++ = ':';
    at = twoDigits(at, unsigned(clock.minutes().count()));
    *at++ = ':';
    at = twoDigits(at, unsigned(clock.seconds().count()));
    *at++ = '.';
    *at++ = char('0' + milli / 100);
    at = twoDigits(at, milli % 100);
    *at++ = 'Z';
    *at++ = '"';
    std::copy(text, at, extend(out, at - text));
}

void write(QByteArray &out, const QJsonObject &value)
{
    bool first = true;
    for (auto it = value.begin(); it != value.end(); ++it) {
        out += first ? '{' : ',';
        write(out, it.key());
        out += ':';
        write(out, QJsonValue(it.value()));
        first = false;
    }
    out += first ? "{}" : "}";
}

void write(QByteArray &out, const QJsonArray &value)
{
    out += '[';
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (i)
            out += ',';
        write(out, value.at(i));
    }
    out += ']';
}

void write(QByteArray &out, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        return;
    case QJsonValue::Bool:
        write(out, value.toBool());
        return;
    case QJsonValue::String:
        write(out, value.toString());
        return;
    case QJsonValue::Array:
        write(out, value.toArray());
        return;
    case QJsonValue::Object:
        write(out, value.toObject());
        return;
    case QJsonValue::Double:
        // A number that arrived as an integer is kept as one: a double would round above 2^53.
        if (value.toVariant().typeId() == QMetaType::LongLong)
            write(out, value.toInteger());
        else
            write(out, value.toDouble());
        return;
    }
}

void write(QByteArray &out, bool value) { out += value ? "true" : "false"; }
void write(QByteArray &out, qint64 value) { writeNumber(out, value); }

void write(QByteArray &out, double value)
{
    if (std::isfinite(value))
        writeNumber(out, value);
    else
        out += "null";
}

void read(const QJsonValue &json, const Path &at, QString &value)
{
    if (!json.isString())
        return at.fail(u"must be a string"_s);
    value = json.toString();
    if (value.contains(QChar(u'\0')))
        at.fail(u"must not contain the character NUL"_s);
}

void read(const QJsonValue &json, const Path &at, QUuid &value)
{
    const QString text = json.toString();
    value = text.size() == 36 ? QUuid::fromString(text) : QUuid();
    if (value.isNull())
        at.fail(u"must be a UUID such as 0190c5a2-7b1e-7c3d-9a4f-1b2c3d4e5f60"_s);
}

void read(const QJsonValue &json, const Path &at, QDateTime &value)
{
    const QString text = json.toString();
    value = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!value.isValid() || value.timeSpec() == Qt::LocalTime)
        return at.fail(u"must be a time such as 2026-01-31T12:00:00.000Z"_s);
    value = value.toUTC();
}

void read(const QJsonValue &json, const Path &at, QJsonObject &value) { asObject(json, at, value); }
void read(const QJsonValue &json, const Path &at, QJsonArray &value) { asArray(json, at, value); }
void read(const QJsonValue &json, const Path &, QJsonValue &value) { value = json; }

void read(const QJsonValue &json, const Path &at, bool &value)
{
    if (!json.isBool())
        return at.fail(u"must be true or false"_s);
    value = json.toBool();
}

void read(const QJsonValue &json, const Path &at, qint64 &value)
{
    constexpr qint64 notAnInteger = std::numeric_limits<qint64>::min();
    value = json.isDouble() ? json.toInteger(notAnInteger) : notAnInteger;
    if (value == notAnInteger)
        at.fail(u"must be a whole number"_s);
}

void read(const QJsonValue &json, const Path &at, int &value)
{
    qint64 wide = 0;
    const qsizetype before = at.problems->size();
    read(json, at, wide);
    value = int(wide);
    if (value != wide && at.problems->size() == before)
        at.fail(u"is out of range"_s);
}

void read(const QJsonValue &json, const Path &at, double &value)
{
    if (!json.isDouble())
        return at.fail(u"must be a number"_s);
    value = json.toDouble();
}

std::size_t oneOf(const QJsonValue &json, const Path &at, const char *const *names, std::size_t count)
{
    const QString text = json.toString();
    for (std::size_t i = 0; i < count; ++i)
        if (json.isString() && text == QLatin1StringView(names[i]))
            return i;
    QStringList known;
    for (std::size_t i = 0; i < count; ++i)
        known.append(QLatin1StringView(names[i]));
    at.fail(u"must be one of %1"_s.arg(known.join(", "_L1)));
    return 0;
}

bool asObject(const QJsonValue &json, const Path &at, QJsonObject &object)
{
    if (json.isObject())
        object = json.toObject();
    else
        at.fail(u"must be an object"_s);
    return json.isObject();
}

bool asArray(const QJsonValue &json, const Path &at, QJsonArray &array)
{
    if (json.isArray())
        array = json.toArray();
    else
        at.fail(u"must be a list"_s);
    return json.isArray();
}

void rejectUnknown(const QJsonObject &object, const Path &at, const std::string_view *names, std::size_t count)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = it.key();
        if (std::none_of(names, names + count, [&](std::string_view known) { return name == latin(known); }))
            at.member(name).fail(u"is not known here"_s);
    }
}

void check(const QString &value, const FieldRules &rules, const Path &at)
{
    if (rules.minLength == 1 && value.trimmed().isEmpty())
        return at.fail(u"must not be empty"_s);
    if (value.size() < rules.minLength)
        at.fail(u"needs at least %1 characters"_s.arg(rules.minLength));
    if (rules.maxLength && value.size() > rules.maxLength)
        at.fail(u"has more than %1 characters"_s.arg(rules.maxLength));
}

void check(qint64 value, const FieldRules &rules, const Path &at)
{
    if (value < rules.minimum)
        at.fail(u"must be at least %1"_s.arg(rules.minimum));
    if (value > rules.maximum)
        at.fail(u"must be at most %1"_s.arg(rules.maximum));
}

void check(double value, const FieldRules &rules, const Path &at)
{
    if (value < double(rules.minimum))
        at.fail(u"must be at least %1"_s.arg(rules.minimum));
    if (value > double(rules.maximum))
        at.fail(u"must be at most %1"_s.arg(rules.maximum));
}

void checkCount(qsizetype count, const FieldRules &rules, const Path &at)
{
    if (count < rules.minLength)
        at.fail(u"needs at least %1 items"_s.arg(rules.minLength));
    if (rules.maxLength && count > rules.maxLength)
        at.fail(u"has more than %1 items"_s.arg(rules.maxLength));
}

} // namespace json
