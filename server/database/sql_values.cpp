// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/sql_values.h"

#include "shared/error.h"

#include <QJsonDocument>

#include <charconv>
#include <chrono>

using namespace Qt::StringLiterals;

namespace database::sql {

namespace {

// Object identifiers of built-in types are fixed (src/include/catalog/pg_type.dat).
constexpr unsigned jsonType = 114;
constexpr unsigned jsonbType = 3802;

template<class T> T number(const Value &value, const char *expected)
{
    T result{};
    const char *end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, result);
    if (value.isNull || error != std::errc() || stop != end)
        unreadable(expected);
    return result;
}

int hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

void requireText(const Value &value, const char *expected)
{
    if (value.isNull)
        unreadable(expected);
}

// Not a copy: lives as long as the result.
QByteArray utf8(const Value &value) { return QByteArray::fromRawData(value.text.data(), qsizetype(value.text.size())); }
QByteArrayView view(const Value &value) { return {value.text.data(), qsizetype(value.text.size())}; }

} // namespace

std::string text(const QString &value)
{
    if (value.contains(u'\0'))
        throw ApiError::invalid({}, u"must not contain the character U+0000"_s);
    if (!value.isValidUtf16())
        throw ApiError::invalid({}, u"must not contain half a surrogate pair"_s);
    const QByteArray utf8 = value.toUtf8();
    return {utf8.constData(), std::size_t(utf8.size())};
}

std::string text(const QByteArray &value) { return "\\x" + value.toHex().toStdString(); }

std::string text(const QUuid &value) { return value.toByteArray(QUuid::WithoutBraces).toStdString(); }

std::string text(const QDateTime &value)
{
    const QString printed = value.toUTC().toString(Qt::ISODateWithMs); // empty outside the years 0 to 9999
    if (!value.isValid() || printed.isEmpty())
        throw std::invalid_argument("a time bound to a statement is not valid");
    return printed.toStdString();
}

std::string text(double value)
{
    if (value != value)
        return "NaN";
    char digits[32]; // the shortest text that reads back as the same number
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string text(const QJsonObject &value) { return jsonText(json::print(value)); }
std::string text(const QJsonArray &value) { return jsonText(json::print(value)); }
std::string text(const QJsonValue &value) { return jsonText(json::print(value)); }

std::string jsonText(const QByteArray &json)
{
    // jsonb keeps strings as text, which has no U+0000. The escape is one only after an even number of backslashes.
    for (qsizetype at = json.indexOf("\\u0000"); at >= 0; at = json.indexOf("\\u0000", at + 1)) {
        qsizetype before = at;
        while (before > 0 && json[before - 1] == '\\')
            --before;
        if ((at - before) % 2 == 0)
            throw ApiError::invalid({}, u"must not contain the character U+0000"_s);
    }
    return json.toStdString();
}

void appendElement(std::string &array, const std::string *value)
{
    if (array.size() > 1)
        array += ',';
    if (!value) {
        array += "NULL";
        return;
    }
    array += '"';
    for (const char c : *value) {
        if (c == '"' || c == '\\')
            array += '\\';
        array += c;
    }
    array += '"';
}

Column columnAt(const pqxx::result &rows, int number)
{
    const auto column = pqxx::row::size_type(number);
    const unsigned type = rows.column_type(column);
    return {column, type == jsonbType || type == jsonType};
}

Column columnNamed(const pqxx::result &rows, const char *name)
try {
    return columnAt(rows, int(rows.column_number(name)));
} catch (const pqxx::argument_error &) {
    throw std::logic_error(std::string("the statement has no column ") + name);
}

Value valueOf(const pqxx::field &field, bool isJson)
{
    return {{field.c_str(), field.size()}, field.is_null(), isJson};
}

// The value itself may be private and is not told.
void unreadable(const char *expected) { throw std::range_error(std::string("expected ") + expected); }

void read(const Value &value, QString &into)
{
    requireText(value, "text, found NULL");
    into = QString::fromUtf8(value.text.data(), qsizetype(value.text.size()));
}

void read(const Value &value, QByteArray &into)
{
    if (value.isNull || !value.text.starts_with("\\x"))
        unreadable("bytea");
    into = QByteArray::fromHex(view(value).sliced(2).toByteArray());
}

// As PostgreSQL prints it, "01890a5d-ac96-774b-bcce-b302099a8057"; QUuid::fromString, which takes more forms, is
// several times slower.
void read(const Value &value, QUuid &into)
{
    const std::string_view t = value.text;
    if (value.isNull || t.size() != 36 || t[8] != '-' || t[13] != '-' || t[18] != '-' || t[23] != '-')
        unreadable("a uuid");
    quint8 bytes[16];
    std::size_t at = 0;
    for (quint8 &byte : bytes) {
        at += t[at] == '-';
        const int high = hexDigit(t[at]);
        const int low = hexDigit(t[at + 1]);
        if (high < 0 || low < 0)
            unreadable("a uuid");
        byte = quint8(high << 4 | low);
        at += 2;
    }
    into = QUuid::fromRfc4122(QByteArrayView(bytes, 16));
}

// "2024-05-01 10:20:30.123456+00": connections print times in UTC. Parts of a millisecond are cut off.
void read(const Value &value, QDateTime &into)
{
    const std::string_view t = value.text;
    const auto digits = [&](std::size_t from, std::size_t count) {
        int result = 0;
        for (std::size_t i = from; i < from + count; ++i) {
            if (t[i] < '0' || t[i] > '9')
                unreadable("a time in UTC");
            result = result * 10 + (t[i] - '0');
        }
        return result;
    };
    if (value.isNull || t.size() < 22 || !t.ends_with("+00") || t[4] != '-' || t[10] != ' ')
        unreadable("a time in UTC of the years 1 to 9999");
    int milli = 0;
    if (t[19] == '.') {
        const std::size_t count = std::min<std::size_t>(3, t.size() - 3 - 20);
        milli = digits(20, count);
        for (std::size_t i = count; i < 3; ++i)
            milli *= 10;
    }
    using namespace std::chrono;
    const sys_days day = year(digits(0, 4)) / digits(5, 2) / digits(8, 2);
    const auto time = day + hours(digits(11, 2)) + minutes(digits(14, 2)) + seconds(digits(17, 2));
    const auto sinceEpoch = duration_cast<milliseconds>(time.time_since_epoch()).count() + milli;
    into = QDateTime::fromMSecsSinceEpoch(sinceEpoch, Qt::UTC);
}

void read(const Value &value, bool &into)
{
    if (value.isNull || (value.text != "t" && value.text != "f"))
        unreadable("a boolean");
    into = value.text == "t";
}

void read(const Value &value, int &into) { into = number<int>(value, "an integer of 32 bits"); }
void read(const Value &value, qint64 &into) { into = number<qint64>(value, "an integer of 64 bits"); }
void read(const Value &value, double &into) { into = number<double>(value, "a number"); }

void read(const Value &value, QJsonValue &into)
{
    requireText(value, "json, found NULL");
    into = json::document(view(value));
}

// Objects and arrays, the usual kinds: PostgreSQL has checked the text, so Qt's quick parser does.
void read(const Value &value, QJsonObject &into)
{
    requireText(value, "a json object, found NULL");
    const auto document = QJsonDocument::fromJson(utf8(value));
    if (!document.isObject())
        unreadable("a json object");
    into = document.object();
}

void read(const Value &value, QJsonArray &into)
{
    requireText(value, "a json array, found NULL");
    const auto document = QJsonDocument::fromJson(utf8(value));
    if (!document.isArray())
        unreadable("a json array");
    into = document.array();
}

std::size_t indexOf(const Value &value, const char *const *names, std::size_t count)
{
    for (std::size_t i = 0; !value.isNull && i < count; ++i) {
        if (value.text == names[i])
            return i;
    }
    unreadable("one of the names of the enumeration");
}

std::vector<std::optional<std::string>> elements(std::string_view array)
{
    std::vector<std::optional<std::string>> result;
    if (array.size() < 2 || array.front() != '{' || array.back() != '}')
        unreadable("an array of one dimension");
    array = array.substr(1, array.size() - 2);
    for (std::size_t at = 0; at < array.size();) {
        if (array[at] == '{')
            unreadable("an array of one dimension");
        const bool quoted = array[at] == '"';
        std::string element;
        for (at += quoted; at < array.size() && array[at] != (quoted ? '"' : ','); ++at) {
            at += array[at] == '\\';
            element += array[at];
        }
        if (!quoted && element == "NULL")
            result.emplace_back();
        else
            result.emplace_back(std::move(element));
        at += quoted; // the closing quote
        ++at; // the comma
    }
    return result;
}

} // namespace database::sql
