// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/batches/batch_file.h"
#include "shared/jobs/job.h"
#include "shared/templates/template.h"

// What running a template over the rows of a file comes to, before anything is asked of a provider. From a sample of
// the rows, by the rule of thumb that the editor has.
struct BatchForecast
{
    qint64 inputTokens = 0;
    std::optional<qint64> inputNanos; // absent: no price is known
    std::optional<qint64> mostOutputNanos; // if each answer is as long as it may be; absent: it may be of any length
    QStringList missing; // variables that the template requires and the file does not have
    QStringList unknown; // columns that the template has no use for
};

BatchForecast forecast(const BatchFile &file, const TemplateVersion &version, const std::optional<ModelInfo> &model);
