// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "server/templates/template_includes.h"
#include "server/templates/template_store.h"
#include "shared/jobs/job.h"

#include <functional>

// What a request to generate comes to: which version of which template, which model, parameters and variables.
struct Generation
{
    std::optional<QUuid> templateId;
    QString templateSlug; // empty: raw messages
    QString templateName;
    std::optional<int> templateVersion;
    QString model;
    ModelParameters parameters;
    QJsonObject variables;
    QList<UsedTemplate> includes; // what the template includes, as it stands now; part of the hash
    QByteArray inputHash;
    std::function<QList<PromptMessage>()> messages; // renders them; throws ApiError

    // Throws 422 with pointers into the request: no such template, version or label, variables that the schema refuses,
    // no model.
    static Generation plan(Transaction &tx, const QUuid &tenantId, const GenerateRequest &request);

    // The same for many requests of one template: what it comes to is looked up once.
    struct FoundVersion
    {
        TemplateStore::UsedVersion used;
        TemplateIncludes includes;
    };
    using Version = std::optional<FoundVersion>; // none: raw messages
    static Version versionFor(Transaction &tx, const GenerateRequest &request);
    static Generation plan(const Version &version, const QUuid &tenantId, const GenerateRequest &request);
};
