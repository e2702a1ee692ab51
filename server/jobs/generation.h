// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
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
    QByteArray inputHash;
    std::function<QList<PromptMessage>()> messages; // renders them; throws ApiError

    // Throws 422 with pointers into the request: no such template or version, variables that the schema refuses, no
    // model.
    static Generation plan(Transaction &tx, const QUuid &tenantId, const GenerateRequest &request);
};
