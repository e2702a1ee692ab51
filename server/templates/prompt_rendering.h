// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/templates/template_includes.h"
#include "server/templates/template_store.h"

// From a version and variables to what is sent: the one way, for runs and for previews. Pure; throws ApiError.
namespace PromptRendering {

// 422 with pointers below /variables where the version's schema refuses them.
void checkVariables(const TemplateStore::UsedVersion &version, const QJsonObject &variables);

// 422 at /template where an included template is gone or has come to use names that the version's schema does not know.
void checkIncludes(const TemplateStore::UsedVersion &version, const TemplateIncludes &includes);

// 422 at /variables where they make the prompt too long or leave it empty.
QList<PromptMessage> messages(const TemplateStore::UsedVersion &version, const TemplateIncludes &includes,
                              const QJsonObject &variables);

// What the request names wins over what the template says.
ModelParameters merged(const ModelParameters &base, const std::optional<ModelParameters> &over);

} // namespace PromptRendering
