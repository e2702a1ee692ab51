// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/templates/renderer.h"
#include "shared/templates/template.h"

// What is asked of a template before it is saved. Each function adds its problems with pointers that begin with `at`.
namespace TemplateChecks {

// Texts that parse, name only what the schema knows, a schema that can be checked, a model with its provider,
// parameters. Of what it includes: `texts` by reference, checked against the same schema where they stand, and in
// `broken` what is wrong with others.
void version(const NewTemplateVersion &input, const QString &at, QList<json::Problem> &problems,
             const templates::Partials &texts = {}, const QHash<QString, QString> &broken = {});
void parameters(const ModelParameters &input, const QString &at, QList<json::Problem> &problems);
void modelName(const QString &name, const QString &at, QList<json::Problem> &problems);

// Small letters, digits and single hyphens.
bool isSlug(const QString &text);
// "Résumé de chat" as "resume-de-chat"; empty where nothing is left.
QString slugFrom(const QString &name);

// "/support//refunds/" as "support/refunds".
QString folder(const QString &text);
// Without blanks around and without repetitions.
QList<QString> tags(const QList<QString> &input, const QString &at, QList<json::Problem> &problems);

} // namespace TemplateChecks
