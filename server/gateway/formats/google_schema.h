// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace gateway {

// Google's own kind of schema (a part of OpenAPI 3.0 with types in capital letters) as the JSON schema that the other
// providers take. Members that a JSON schema has no word for are added to `unheard` as pointers; those that neither
// knows stay as they are, and the provider judges them.
QJsonObject jsonSchemaOfGoogle(const QJsonObject &schema, const QString &pointer, QStringList &unheard);

// Objects that allow no members but their own: what Google understands of an answer's schema, and Anthropic and OpenAI
// want said.
QJsonObject closedSchema(const QJsonObject &schema);

// Whether OpenAI could keep to it strictly: every object allows no members but its own, and wants them all.
bool isStrictSchema(const QJsonValue &schema);

} // namespace gateway
