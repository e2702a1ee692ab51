// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"

#include <QJsonDocument>

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

// The strict half of json.h: simdjson checks the text (grammar, UTF-8, control characters, number forms), this file
// adds the duplicate names and the depth that it lets pass.
namespace json {
namespace {

namespace od = simdjson::ondemand;
constexpr int deepest = 200;

struct Refused
{
    const char *problem;
};

void require(simdjson::error_code code)
{
    if (code != simdjson::SUCCESS)
        throw Refused{simdjson::error_message(code)};
}

template<class T> T require(simdjson::simdjson_result<T> result)
{
    T value{};
    require(std::move(result).get(value));
    return value;
}

QString text(std::string_view bytes) { return QString::fromUtf8(bytes.data(), qsizetype(bytes.size())); }

template<class Node> QJsonValue convert(Node &node, int depth);

QJsonObject convertObject(od::object object, int depth)
{
    QJsonObject out;
    qsizetype count = 0;
    for (auto entry : object) {
        od::field field;
        require(std::move(entry).get(field));
        const QString name = text(require(field.unescaped_key()));
        od::value value = field.value();
        out.insert(name, convert(value, depth));
        if (out.size() != ++count)
            throw Refused{"The same name stands twice in one object."};
    }
    return out;
}

QJsonArray convertArray(od::array array, int depth)
{
    QJsonArray out;
    for (auto entry : array) {
        od::value value;
        require(std::move(entry).get(value));
        out.append(convert(value, depth));
    }
    return out;
}

template<class Node> QJsonValue convertNumber(Node &node)
{
    const od::number number = require(node.get_number());
    if (number.is_int64())
        return QJsonValue(qint64(number.get_int64()));
    return QJsonValue(double(number.as_double()));
}

template<class Node> QJsonValue convert(Node &node, int depth)
{
    if (depth > deepest)
        throw Refused{"The document is nested too deeply."};
    switch (require(node.type())) {
    case od::json_type::object:
        return convertObject(require(node.get_object()), depth + 1);
    case od::json_type::array:
        return convertArray(require(node.get_array()), depth + 1);
    case od::json_type::string:
        return text(require(node.get_string()));
    case od::json_type::number:
        return convertNumber(node);
    case od::json_type::boolean:
        return QJsonValue(bool(require(node.get_bool())));
    case od::json_type::null:
        if (!require(node.is_null()))
            throw Refused{"Unknown literal."};
        return QJsonValue(QJsonValue::Null);
    }
    throw Refused{"Unknown kind of value."};
}

// Whether no name stands twice in an object and nothing is nested too deeply.
bool isStrict(simdjson::dom::element element, int depth)
{
    if (depth > deepest)
        return false;
    simdjson::dom::array array;
    if (element.get(array) == simdjson::SUCCESS)
        return std::all_of(array.begin(), array.end(), [depth](auto item) { return isStrict(item, depth + 1); });
    simdjson::dom::object object;
    if (element.get(object) != simdjson::SUCCESS)
        return true;
    std::vector<std::string_view> names;
    for (const simdjson::dom::key_value_pair member : object) {
        names.push_back(member.key);
        if (!isStrict(member.value, depth + 1))
            return false;
    }
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) == names.end();
}

// Most texts are right: simdjson sees that in no time, and Qt makes the value in half the time that inserting its
// members one by one takes. Null where something is wrong, or rare, which the careful way below finds.
std::optional<QJsonValue> quickly(QByteArrayView bytes)
{
    static thread_local simdjson::dom::parser parser(1 << 20); // no larger texts, and so no more memory kept
    simdjson::dom::element element;
    if (bytes.size() > (1 << 20)
        || parser.parse(bytes.data(), std::size_t(bytes.size())).get(element) != simdjson::SUCCESS
        || !isStrict(element, 0))
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()));
    if (document.isObject())
        return document.object();
    if (document.isArray())
        return document.array();
    return std::nullopt;
}

} // namespace

QJsonValue document(QByteArrayView bytes)
{
    if (auto value = quickly(bytes))
        return *std::move(value);
    static thread_local od::parser parser;
    static thread_local std::string padded; // simdjson reads a few bytes past the end
    padded.assign(bytes.data(), std::size_t(bytes.size()));
    padded.resize(padded.size() + simdjson::SIMDJSON_PADDING, ' ');
    const simdjson::padded_string_view view(padded.data(), std::size_t(bytes.size()), padded.size());

    od::document document;
    const auto offset = [&]() -> qsizetype {
        const char *at = nullptr;
        if (document.current_location().get(at) != simdjson::SUCCESS || !at)
            return bytes.size();
        return std::clamp<qsizetype>(at - padded.data(), 0, bytes.size());
    };
    if (const auto code = parser.iterate(view).get(document); code != simdjson::SUCCESS)
        throw SyntaxError(simdjson::error_message(code), 0);
    try {
        QJsonValue value = convert(document, 0);
        const char *rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS)
            throw Refused{"There is text after the end of the document."};
        constexpr std::size_t keep = 1 << 20;
        if (padded.capacity() > keep)
            padded = {};
        return value;
    } catch (const Refused &refused) {
        throw SyntaxError(refused.problem, offset());
    }
}

QJsonObject object(QByteArrayView bytes)
{
    const QJsonValue value = document(bytes);
    if (!value.isObject())
        throw SyntaxError("The document must be an object.", 0);
    return value.toObject();
}

} // namespace json
