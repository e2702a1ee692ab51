// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/google_schema.h"

#include "server/gateway/formats/google_members.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gateway {
namespace {

using Convert = QJsonValue (*)(const QJsonValue &value, const QString &pointer, QStringList &unheard);

QJsonValue schemaValue(const QJsonValue &value, const QString &pointer, QStringList &unheard)
{
    return value.isObject() ? QJsonValue(jsonSchemaOfGoogle(value.toObject(), pointer, unheard)) : value;
}

QJsonValue schemaMap(const QJsonValue &value, const QString &pointer, QStringList &unheard)
{
    QJsonObject map = value.toObject();
    for (auto it = map.begin(); it != map.end(); ++it)
        it.value() = schemaValue(it.value(), pointer + u'/' + it.key(), unheard);
    return map;
}

QJsonValue schemaList(const QJsonValue &value, const QString &pointer, QStringList &unheard)
{
    QJsonArray list = value.toArray();
    for (qsizetype i = 0; i < list.size(); ++i)
        list[i] = schemaValue(list.at(i), pointer + u"/%1"_s.arg(i), unheard);
    return list;
}

// Protobuf writes whole numbers of 64 bits as texts.
QJsonValue wholeNumber(const QJsonValue &value, const QString &pointer, QStringList &)
{
    bool isNumber = value.isDouble();
    const qint64 number = isNumber ? value.toInteger() : value.toString().toLongLong(&isNumber);
    if (!isNumber)
        refuseAt(pointer, u"must be a whole number"_s);
    return number;
}

QJsonValue lowerCase(const QJsonValue &value, const QString &, QStringList &)
{
    return value.isString() ? QJsonValue(value.toString().toLower()) : value;
}

QJsonValue inList(const QJsonValue &value, const QString &, QStringList &) { return QJsonArray{value}; }

QJsonValue reference(const QJsonValue &value, const QString &, QStringList &)
{
    QString text = value.toString();
    return text.startsWith("#/defs/"_L1) ? text.insert(2, u'$') : text;
}

struct Keyword
{
    QLatin1StringView google;
    QLatin1StringView json;
    Convert convert;
};
constexpr Keyword keywords[] = {
    {"type"_L1, "type"_L1, lowerCase},
    {"items"_L1, "items"_L1, schemaValue},
    {"additionalProperties"_L1, "additionalProperties"_L1, schemaValue},
    {"properties"_L1, "properties"_L1, schemaMap},
    {"defs"_L1, "$defs"_L1, schemaMap},
    {"ref"_L1, "$ref"_L1, reference},
    {"anyOf"_L1, "anyOf"_L1, schemaList},
    {"example"_L1, "examples"_L1, inList},
    {"minItems"_L1, "minItems"_L1, wholeNumber},
    {"maxItems"_L1, "maxItems"_L1, wholeNumber},
    {"minLength"_L1, "minLength"_L1, wholeNumber},
    {"maxLength"_L1, "maxLength"_L1, wholeNumber},
    {"minProperties"_L1, "minProperties"_L1, wholeNumber},
    {"maxProperties"_L1, "maxProperties"_L1, wholeNumber},
};

// The widths of numbers, and what an "enum" shows anyway: no format of a JSON schema.
bool isFormatOfGoogle(const QJsonValue &value)
{
    static const QStringList formats{u"enum"_s, u"int32"_s, u"int64"_s, u"float"_s, u"double"_s};
    return formats.contains(value.toString());
}

void allowNull(QJsonObject &schema)
{
    if (const QJsonValue type = schema.value("type"_L1); type.isString())
        schema.insert("type"_L1, QJsonArray{type, u"null"_s});
    if (QJsonArray list = schema.value("anyOf"_L1).toArray(); !list.isEmpty()) {
        list.append(QJsonObject{{u"type"_s, u"null"_s}});
        schema.insert("anyOf"_L1, list);
    }
    if (QJsonArray list = schema.value("enum"_L1).toArray(); !list.isEmpty()) {
        list.append(QJsonValue::Null);
        schema.insert("enum"_L1, list);
    }
}

} // namespace

QJsonObject jsonSchemaOfGoogle(const QJsonObject &schema, const QString &pointer, QStringList &unheard)
{
    QJsonObject result;
    for (auto it = schema.begin(); it != schema.end(); ++it) {
        const QString name = googleName(it.key());
        const auto keyword = std::find_if(std::begin(keywords), std::end(keywords),
                                          [&](const Keyword &one) { return name == one.google; });
        if (name == u"propertyOrdering")
            unheard.append(pointer + u'/' + name);
        else if (keyword != std::end(keywords))
            result.insert(keyword->json, keyword->convert(it.value(), pointer + u'/' + name, unheard));
        else if (name != u"nullable" && !(name == u"format" && isFormatOfGoogle(it.value())))
            result.insert(name, it.value());
    }
    if (result.value("type"_L1) == u"type_unspecified"_s)
        result.remove("type"_L1);
    if (schema.value("nullable"_L1).toBool())
        allowNull(result);
    return result;
}

QJsonObject closedSchema(const QJsonObject &schema)
{
    const auto closed = [](const QJsonValue &value) {
        return value.isObject() ? QJsonValue(closedSchema(value.toObject())) : value;
    };
    QJsonObject result = schema;
    for (const QLatin1StringView name : {"items"_L1, "additionalProperties"_L1}) {
        if (result.contains(name))
            result.insert(name, closed(result.value(name)));
    }
    for (const QLatin1StringView name : {"properties"_L1, "$defs"_L1}) {
        if (!result.value(name).isObject())
            continue;
        QJsonObject map = result.value(name).toObject();
        for (auto it = map.begin(); it != map.end(); ++it)
            it.value() = closed(it.value());
        result.insert(name, map);
    }
    if (result.value("anyOf"_L1).isArray()) {
        QJsonArray list;
        for (const QJsonValue &one : result.value("anyOf"_L1).toArray())
            list.append(closed(one));
        result.insert("anyOf"_L1, list);
    }
    if (result.contains("properties"_L1) && !result.contains("additionalProperties"_L1))
        result.insert("additionalProperties"_L1, false);
    return result;
}

bool isStrictSchema(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        return std::all_of(list.begin(), list.end(), isStrictSchema);
    }
    if (!value.isObject())
        return true;
    const QJsonObject schema = value.toObject();
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonValue type = schema.value("type"_L1);
    if (type == u"object"_s || !properties.isEmpty()) {
        const QJsonArray required = schema.value("required"_L1).toArray();
        const QStringList names = properties.keys();
        const bool wantsAll =
            std::all_of(names.begin(), names.end(), [&](const QString &name) { return required.contains(name); });
        if (!wantsAll || schema.value("additionalProperties"_L1) != false)
            return false;
    }
    return std::all_of(schema.begin(), schema.end(), [](const QJsonValue &one) { return isStrictSchema(one); });
}

} // namespace gateway
