// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QJsonObject>
#include <QJsonValue>

// The subset of JSON Schema 2020-12 by which templates describe their variables:
//   type enum const · properties required additionalProperties minProperties maxProperties
//   items minItems maxItems uniqueItems · minLength maxLength pattern · minimum maximum exclusiveMinimum
//   exclusiveMaximum multipleOf · $defs and $ref within the document · and as notes only: title description default
//   examples format $schema $id $comment deprecated readOnly writeOnly
// A schema that uses anything else is refused, so that nothing is promised that is not checked.
namespace templates {

// What is wrong with a schema; pointers lead into it. Empty: it may be used.
QList<json::Problem> checkSchema(const QJsonObject &schema);

// What is wrong with a value; pointers lead into it. The schema must have passed checkSchema. Takes time in proportion
// to the value and gives up with a problem where schema and value together are made to take long. At most 50 problems.
QList<json::Problem> validate(const QJsonObject &schema, const QJsonValue &value);

// What "#/$defs/address" points to in the document; undefined where nothing is there.
QJsonValue atReference(const QJsonObject &document, const QString &reference);

} // namespace templates
