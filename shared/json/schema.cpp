// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/schema.h"

namespace json::detail {
namespace {
void addRules(Schema &schema, const FieldRules &rules)
{
    const bool isList = schema.value(QLatin1StringView("type")) == QLatin1StringView("array");
    if (*rules.doc)
        schema.insert(QStringLiteral("description"), QString::fromUtf8(rules.doc));
    if (rules.minLength)
        schema.insert(isList ? QStringLiteral("minItems") : QStringLiteral("minLength"), rules.minLength);
    if (rules.maxLength)
        schema.insert(isList ? QStringLiteral("maxItems") : QStringLiteral("maxLength"), rules.maxLength);
    if (rules.minimum != std::numeric_limits<std::int64_t>::min())
        schema.insert(QStringLiteral("minimum"), qint64(rules.minimum));
    if (rules.maximum != std::numeric_limits<std::int64_t>::max())
        schema.insert(QStringLiteral("maximum"), qint64(rules.maximum));
    if (*rules.format)
        schema.insert(QStringLiteral("format"), QString::fromLatin1(rules.format));
    if (rules.secret)
        schema.insert(QStringLiteral("writeOnly"), true);
}
} // namespace

Schema objectSchema(std::initializer_list<Property> members)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Property &member : members) {
        const QString name = QString::fromLatin1(member.name.data(), qsizetype(member.name.size()));
        Schema schema = member.schema();
        addRules(schema, *member.rules);
        properties.insert(name, schema);
        if (!member.optional && !member.rules->hasDefault)
            required.append(name);
    }
    Schema schema{{QStringLiteral("type"), QStringLiteral("object")},
                  {QStringLiteral("properties"), properties},
                  {QStringLiteral("additionalProperties"), false}};
    if (!required.isEmpty())
        schema.insert(QStringLiteral("required"), required);
    return schema;
}

Schema enumSchema(const char *const *names, std::size_t count)
{
    QJsonArray values;
    for (std::size_t i = 0; i < count; ++i)
        values.append(QString::fromLatin1(names[i]));
    return {{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("enum"), values}};
}

Schema typed(const char *type, const char *format)
{
    Schema schema{{QStringLiteral("type"), QString::fromLatin1(type)}};
    if (format)
        schema.insert(QStringLiteral("format"), QString::fromLatin1(format));
    return schema;
}

Schema arrayOf(const Schema &items)
{
    return {{QStringLiteral("type"), QStringLiteral("array")}, {QStringLiteral("items"), items}};
}

Schema orNull(Schema schema)
{
    const QString type = schema.value(QLatin1StringView("type")).toString();
    if (!type.isEmpty())
        schema.insert(QStringLiteral("type"), QJsonArray{type, QStringLiteral("null")});
    if (schema.contains(QLatin1StringView("enum"))) {
        QJsonArray names = schema.value(QLatin1StringView("enum")).toArray();
        names.append(QJsonValue::Null);
        schema.insert(QStringLiteral("enum"), names);
    }
    return schema;
}

} // namespace json::detail
