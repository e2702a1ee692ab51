// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/variables_schema.h"

#include "shared/patterns/pattern.h"
#include "shared/templates/schema_view.h"

#include <QHash>
#include <QUrl>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;
using json::Problem;
using patterns::Pattern;

namespace templates {
namespace {

constexpr qsizetype mostInSchema = 50;

QString step(const QString &pointer, const QString &name)
{
    QString escaped = name;
    escaped.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1); // RFC 6901, section 3
    return pointer + u'/' + escaped;
}
QString step(const QString &pointer, qsizetype index) { return pointer + u'/' + QString::number(index); }

bool isInteger(const QJsonValue &value)
{
    return value.isDouble() && std::isfinite(value.toDouble()) && std::floor(value.toDouble()) == value.toDouble();
}

bool hasType(const QJsonValue &value, const QString &type)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return type == "null"_L1;
    case QJsonValue::Bool:
        return type == "boolean"_L1;
    case QJsonValue::Double:
        return type == "number"_L1 || (type == "integer"_L1 && isInteger(value));
    case QJsonValue::String:
        return type == "string"_L1;
    case QJsonValue::Array:
        return type == "array"_L1;
    case QJsonValue::Object:
        return type == "object"_L1;
    case QJsonValue::Undefined:
        break;
    }
    return false;
}

// Lengths count characters, not UTF-16 units.
qsizetype characters(const QString &text)
{
    qsizetype count = text.size();
    for (const QChar c : text)
        count -= c.isLowSurrogate();
    return count;
}

QString shortly(const QJsonValue &value)
{
    const QString text = QString::fromUtf8(json::print(value));
    return text.size() > 60 ? text.left(60) + u'…' : text;
}

// ---------------------------------------------------------------------------

// Goes through a schema once and names what cannot be used.
class SchemaChecker
{
public:
    explicit SchemaChecker(const QJsonObject &document) : m_document(document) { }

    QList<Problem> run()
    {
        schema(m_document, {}, 0);
        const QJsonValue type = resolved(m_document, m_document)[u"type"_s];
        if (m_problems.isEmpty() && !type.isUndefined() && type != "object"_L1)
            fail(u"/type"_s, u"must be “object”: variables are named members"_s);
        return std::move(m_problems);
    }

private:
    enum class Form {
        Dialect,
        Note,
        Type,
        Enum,
        Any,
        Count,
        Number,
        PositiveNumber,
        Flag,
        Pattern,
        Names,
        Schema,
        Schemas,
        Reference
    };

    static const QHash<QString, Form> &keywords()
    {
        static const QHash<QString, Form> table{{u"$schema"_s, Form::Dialect},
                                                {u"$id"_s, Form::Note},
                                                {u"$comment"_s, Form::Note},
                                                {u"title"_s, Form::Note},
                                                {u"description"_s, Form::Note},
                                                {u"default"_s, Form::Note},
                                                {u"examples"_s, Form::Note},
                                                {u"format"_s, Form::Note},
                                                {u"deprecated"_s, Form::Note},
                                                {u"readOnly"_s, Form::Note},
                                                {u"writeOnly"_s, Form::Note},
                                                {u"type"_s, Form::Type},
                                                {u"enum"_s, Form::Enum},
                                                {u"const"_s, Form::Any},
                                                {u"minLength"_s, Form::Count},
                                                {u"maxLength"_s, Form::Count},
                                                {u"minItems"_s, Form::Count},
                                                {u"maxItems"_s, Form::Count},
                                                {u"minProperties"_s, Form::Count},
                                                {u"maxProperties"_s, Form::Count},
                                                {u"minimum"_s, Form::Number},
                                                {u"maximum"_s, Form::Number},
                                                {u"exclusiveMinimum"_s, Form::Number},
                                                {u"exclusiveMaximum"_s, Form::Number},
                                                {u"multipleOf"_s, Form::PositiveNumber},
                                                {u"uniqueItems"_s, Form::Flag},
                                                {u"pattern"_s, Form::Pattern},
                                                {u"required"_s, Form::Names},
                                                {u"items"_s, Form::Schema},
                                                {u"additionalProperties"_s, Form::Schema},
                                                {u"properties"_s, Form::Schemas},
                                                {u"$defs"_s, Form::Schemas},
                                                {u"$ref"_s, Form::Reference}};
        return table;
    }

    void fail(const QString &pointer, const QString &message)
    {
        if (m_problems.size() < mostInSchema)
            m_problems.append({pointer, message});
    }

    void schema(const QJsonValue &value, const QString &at, int depth)
    {
        if (value.isBool())
            return;
        if (!value.isObject())
            return fail(at, u"must be a schema: an object, true or false"_s);
        if (depth > 50)
            return fail(at, u"is nested too deeply"_s);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            const auto form = keywords().constFind(it.key());
            const QString here = step(at, it.key());
            if (form == keywords().constEnd())
                fail(here, u"is a keyword that is not supported here"_s);
            else
                keyword(*form, *it, here, depth);
        }
    }

    void keyword(Form form, const QJsonValue &value, const QString &at, int depth)
    {
        switch (form) {
        case Form::Note:
        case Form::Any:
            return;
        case Form::Dialect:
            if (value.toString() != "https://json-schema.org/draft/2020-12/schema"_L1)
                fail(at, u"must be https://json-schema.org/draft/2020-12/schema or absent"_s);
            return;
        case Form::Type:
            return types(value, at);
        case Form::Enum:
            if (!value.isArray() || value.toArray().isEmpty())
                fail(at, u"must be a list of the allowed values"_s);
            return;
        case Form::Count:
            if (!isInteger(value) || value.toDouble() < 0)
                fail(at, u"must be a whole number of 0 or more"_s);
            return;
        case Form::Number:
            if (!value.isDouble())
                fail(at, u"must be a number"_s);
            return;
        case Form::PositiveNumber:
            if (value.toDouble(0) <= 0)
                fail(at, u"must be a number above 0"_s);
            return;
        case Form::Flag:
            if (!value.isBool())
                fail(at, u"must be true or false"_s);
            return;
        case Form::Pattern:
            if (!value.isString())
                return fail(at, u"must be a regular expression"_s);
            if (const Pattern pattern(value.toString()); !pattern.problem().isEmpty())
                fail(at, pattern.problem());
            return;
        case Form::Names:
            return names(value, at);
        case Form::Schema:
            return schema(value, at, depth + 1);
        case Form::Schemas:
            return schemas(value, at, depth);
        case Form::Reference:
            return reference(value, at);
        }
    }

    void types(const QJsonValue &value, const QString &at)
    {
        static const QStringList known{u"null"_s,   u"boolean"_s, u"integer"_s, u"number"_s,
                                       u"string"_s, u"array"_s,   u"object"_s};
        const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray{value};
        for (const QJsonValue type : list)
            if (!known.contains(type.toString()))
                return fail(at, u"must be one or more of %1"_s.arg(known.join(u", "_s)));
        if (list.isEmpty())
            fail(at, u"must not be empty"_s);
    }

    void names(const QJsonValue &value, const QString &at)
    {
        bool isGood = value.isArray();
        const QJsonArray list = value.toArray();
        for (const QJsonValue name : list)
            isGood = isGood && name.isString();
        if (!isGood)
            fail(at, u"must be a list of names"_s);
    }

    void schemas(const QJsonValue &value, const QString &at, int depth)
    {
        if (!value.isObject())
            return fail(at, u"must be an object of schemas"_s);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            schema(*it, step(at, it.key()), depth + 1);
    }

    void reference(const QJsonValue &value, const QString &at)
    {
        if (!value.isString() || !value.toString().startsWith(u'#'))
            return fail(at, u"must point into this schema, for example “#/$defs/address”"_s);
        const QJsonValue target = atReference(m_document, value.toString());
        if (!target.isObject() && !target.isBool())
            return fail(at, u"points to nothing in this schema"_s);
        if (resolved(m_document, target).isUndefined())
            fail(at, u"points in a circle"_s);
    }

    const QJsonObject &m_document;
    QList<Problem> m_problems;
};

// ---------------------------------------------------------------------------

// Goes through a value along the schema. Every visit spends a step, so that a schema whose references multiply cannot
// take long.
class Validator
{
public:
    explicit Validator(const QJsonObject &document) : m_document(document) { }

    QList<Problem> run(const QJsonValue &value)
    {
        visit(m_document, value, {}, 0);
        if (m_steps < 0)
            m_problems.append({QString(), u"takes too long to check against its schema"_s});
        return std::move(m_problems);
    }

private:
    void fail(const QString &at, const QString &message)
    {
        if (m_problems.size() < mostInSchema)
            m_problems.append({at, message});
    }

    void visit(const QJsonValue &schema, const QJsonValue &value, const QString &at, int depth)
    {
        if (--m_steps < 0)
            return;
        if (schema.isBool()) {
            if (!schema.toBool())
                fail(at, u"is not allowed here"_s);
            return;
        }
        if (depth > 500) {
            m_steps = -1;
            return;
        }
        const QJsonObject rules = schema.toObject();
        if (const QJsonValue reference = rules.value(u"$ref"_s); reference.isString())
            visit(atReference(m_document, reference.toString()), value, at, depth + 1);
        anyValue(rules, value, at);
        if (value.isString())
            string(rules, value.toString(), at);
        else if (value.isDouble())
            number(rules, value.toDouble(), at);
        else if (value.isArray())
            array(rules, value.toArray(), at, depth);
        else if (value.isObject())
            object(rules, value.toObject(), at, depth);
    }

    void anyValue(const QJsonObject &rules, const QJsonValue &value, const QString &at)
    {
        if (const QJsonValue type = rules.value(u"type"_s); !type.isUndefined()) {
            const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray{type};
            QStringList names;
            bool isOne = false;
            for (const QJsonValue name : types) {
                names.append(name.toString());
                isOne = isOne || hasType(value, names.last());
            }
            if (!isOne)
                fail(at, u"must be of type %1"_s.arg(names.join(u" or "_s)));
        }
        if (const QJsonValue one = rules.value(u"const"_s); !one.isUndefined() && one != value)
            fail(at, u"must be %1"_s.arg(shortly(one)));
        if (const QJsonValue list = rules.value(u"enum"_s); list.isArray()) {
            const QJsonArray allowed = list.toArray();
            m_steps -= allowed.size();
            if (!allowed.contains(value))
                fail(at, u"must be one of %1"_s.arg(shortly(allowed)));
        }
    }

    void bounds(const QJsonObject &rules, const QString &least, const QString &most, qsizetype count, const QString &at,
                const QString &things)
    {
        if (const QJsonValue bound = rules.value(least); bound.isDouble() && double(count) < bound.toDouble())
            fail(at, u"must have at least %1 %2"_s.arg(shortly(bound), things));
        if (const QJsonValue bound = rules.value(most); bound.isDouble() && double(count) > bound.toDouble())
            fail(at, u"must have at most %1 %2"_s.arg(shortly(bound), things));
    }

    void string(const QJsonObject &rules, const QString &value, const QString &at)
    {
        bounds(rules, u"minLength"_s, u"maxLength"_s, characters(value), at, u"characters"_s);
        const QJsonValue pattern = rules.value(u"pattern"_s);
        if (!pattern.isString())
            return;
        auto &compiled = m_patterns[pattern.toString()];
        if (!compiled)
            compiled = std::make_shared<Pattern>(pattern.toString());
        switch (compiled->search(value, m_patternSteps)) {
        case Pattern::Outcome::Found:
            return;
        case Pattern::Outcome::NotFound:
            return fail(at, u"must match the pattern %1"_s.arg(shortly(pattern)));
        case Pattern::Outcome::TooLong:
            return fail(at, u"takes too long to match with the pattern %1"_s.arg(shortly(pattern)));
        }
    }

    void number(const QJsonObject &rules, double value, const QString &at)
    {
        const auto bound = [&](const QString &keyword, auto holds, const QString &words) {
            if (const QJsonValue limit = rules.value(keyword); limit.isDouble() && !holds(value, limit.toDouble()))
                fail(at, words.arg(shortly(limit)));
        };
        bound(u"minimum"_s, std::greater_equal<>(), u"must be at least %1"_s);
        bound(u"maximum"_s, std::less_equal<>(), u"must be at most %1"_s);
        bound(u"exclusiveMinimum"_s, std::greater<>(), u"must be above %1"_s);
        bound(u"exclusiveMaximum"_s, std::less<>(), u"must be below %1"_s);
        const auto isMultiple = [](double number, double unit) {
            const double times = number / unit;
            return std::isfinite(times) && std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, std::abs(times));
        };
        bound(u"multipleOf"_s, isMultiple, u"must be a multiple of %1"_s);
    }

    void array(const QJsonObject &rules, const QJsonArray &value, const QString &at, int depth)
    {
        bounds(rules, u"minItems"_s, u"maxItems"_s, value.size(), at, u"items"_s);
        if (rules.value(u"uniqueItems"_s).toBool())
            unique(value, at);
        const QJsonValue items = rules.value(u"items"_s);
        if (items.isUndefined())
            return;
        for (qsizetype i = 0; i < value.size() && m_steps >= 0; ++i)
            visit(items, value.at(i), step(at, i), depth + 1);
    }

    // Equal values print equally: QJsonObject keeps its names sorted.
    void unique(const QJsonArray &value, const QString &at)
    {
        QHash<QByteArray, qsizetype> seen;
        for (qsizetype i = 0; i < value.size() && --m_steps >= 0; ++i) {
            const QByteArray text = json::print(QJsonValue(value.at(i)));
            if (const auto found = seen.constFind(text); found != seen.constEnd())
                return fail(step(at, i), u"repeats item %1"_s.arg(*found));
            seen.insert(text, i);
        }
    }

    void object(const QJsonObject &rules, const QJsonObject &value, const QString &at, int depth)
    {
        bounds(rules, u"minProperties"_s, u"maxProperties"_s, value.size(), at, u"members"_s);
        const QJsonArray required = rules.value(u"required"_s).toArray();
        for (const QJsonValue name : required)
            if (!value.contains(name.toString()))
                fail(step(at, name.toString()), u"is missing"_s);
        const QJsonObject properties = rules.value(u"properties"_s).toObject();
        const QJsonValue others = rules.value(u"additionalProperties"_s);
        for (auto it = value.begin(); it != value.end() && m_steps >= 0; ++it) {
            const QJsonValue known = properties.value(it.key());
            const QJsonValue schema = known.isUndefined() ? others : known;
            if (!schema.isUndefined())
                visit(schema, *it, step(at, it.key()), depth + 1);
        }
    }

    const QJsonObject &m_document;
    QHash<QString, std::shared_ptr<Pattern>> m_patterns; // shared: QHash copies its values
    QList<Problem> m_problems;
    qsizetype m_steps = 1'000'000;
    qsizetype m_patternSteps = 20'000'000;
};

} // namespace

QJsonValue atReference(const QJsonObject &document, const QString &reference)
{
    if (!reference.startsWith(u'#'))
        return QJsonValue::Undefined;
    QJsonValue at = document;
    const QString pointer = QUrl::fromPercentEncoding(reference.mid(1).toUtf8());
    if (pointer.isEmpty())
        return at;
    if (!pointer.startsWith(u'/'))
        return QJsonValue::Undefined;
    const auto names = QStringView(pointer).mid(1).split(u'/');
    for (const QStringView part : names) {
        QString name = part.toString();
        name.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
        at = at.isArray() ? at.toArray().at(name.toInt()) : at[name];
    }
    return at;
}

QList<Problem> checkSchema(const QJsonObject &schema) { return SchemaChecker(schema).run(); }

QList<Problem> validate(const QJsonObject &schema, const QJsonValue &value) { return Validator(schema).run(value); }

} // namespace templates
