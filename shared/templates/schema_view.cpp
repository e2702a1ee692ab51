// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/schema_view.h"

#include "shared/templates/variables_schema.h"

using namespace Qt::StringLiterals;

namespace templates {

QJsonValue resolved(const QJsonObject &document, const QJsonValue &schema)
{
    QJsonValue at = schema;
    for (int hops = 0; hops < 20; ++hops) {
        const QJsonValue reference = at[u"$ref"_s];
        if (!reference.isString())
            return at;
        at = atReference(document, reference.toString());
    }
    return QJsonValue::Undefined;
}

std::optional<QJsonValue> SchemaScopes::member(const QJsonValue &schema, const QString &name, bool isRoot) const
{
    const QJsonValue here = resolved(m_document, schema);
    if (here.isBool())
        return here.toBool() ? std::optional(here) : std::nullopt;
    const QJsonValue properties = here[u"properties"_s];
    if (const QJsonValue found = properties[name]; !found.isUndefined())
        return found;
    const QJsonValue others = here[u"additionalProperties"_s];
    if (!others.isUndefined())
        return others == QJsonValue(false) ? std::nullopt : std::optional(others);
    // An inner object that lists no properties is free; the variables themselves must be listed, so that a slip of the
    // pen is found when saving and does not become a blank when running.
    const QJsonValue type = here[u"type"_s];
    const bool mayBeObject = type.isUndefined() || type == "object"_L1 || type.toArray().contains("object"_L1);
    return !isRoot && properties.isUndefined() && mayBeObject ? std::optional(QJsonValue(true)) : std::nullopt;
}

std::optional<QJsonValue> SchemaScopes::find(const QStringList &path) const
{
    if (path.isEmpty())
        return m_scopes.last();
    for (qsizetype i = m_scopes.size() - 1; i >= 0; --i) {
        auto found = member(m_scopes[i], path.first(), i == 0);
        if (!found)
            continue;
        for (qsizetype part = 1; found && part < path.size(); ++part)
            found = member(*found, path[part], false);
        return found;
    }
    return std::nullopt;
}

void SchemaScopes::enter(const QJsonValue &schema)
{
    const QJsonValue here = resolved(m_document, schema);
    const QJsonValue items = here[u"items"_s];
    m_scopes.append(items.isUndefined() ? here : items);
}

void SchemaScopes::leave()
{
    if (m_scopes.size() > 1)
        m_scopes.removeLast();
}

QStringList SchemaScopes::names() const { return resolved(m_document, m_document)[u"properties"_s].toObject().keys(); }

} // namespace templates
