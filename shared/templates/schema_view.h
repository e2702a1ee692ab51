// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QStringList>

#include <optional>

namespace templates {

// The schema itself, or what its chain of local $ref points to. Undefined when it points nowhere or in a circle.
QJsonValue resolved(const QJsonObject &document, const QJsonValue &schema);

// What the names in a prompt text mean by a variables schema, section by section, as the renderer will find them.
class SchemaScopes
{
public:
    explicit SchemaScopes(const QJsonObject &document) : m_document(document), m_scopes{document} { }

    // The schema of what the name stands for; nothing where no scope knows the name.
    std::optional<QJsonValue> find(const QStringList &path) const;
    // Goes into a section over what find() gave: its items where it is a list.
    void enter(const QJsonValue &schema);
    void enterSame() { m_scopes.append(m_scopes.last()); }
    void leave();
    QStringList names() const; // of the variables, for a message

private:
    std::optional<QJsonValue> member(const QJsonValue &schema, const QString &name, bool isRoot) const;

    QJsonObject m_document;
    QList<QJsonValue> m_scopes;
};

} // namespace templates
