// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"
#include "shared/result.h"
#include "shared/templates/renderer.h"
#include "shared/templates/template.h"

// What an editor holds is a version that is not saved yet. These functions look at such contents; they are pure.

NewTemplateVersion contentOf(const TemplateVersion &version);
bool sameContent(const NewTemplateVersion &a, const NewTemplateVersion &b); // besides the note and what it is based on

// One text for a comparison: the prompts by role, then model, parameters and variables.
QString asText(const NewTemplateVersion &content);

// The messages that a run would send. The error names the text that cannot be rendered.
Result<QList<PromptMessage>> renderedMessages(const NewTemplateVersion &content, const QJsonObject &variables,
                                              const templates::Partials &partials = {});

// The templates that its texts include, each once.
QStringList referencesIn(const NewTemplateVersion &content);

// Tokens of the messages by a rule of thumb, frames included.
qint64 estimatedTokens(const QList<PromptMessage> &messages);
