// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batch_forecast.h"

#include "client/templates/template_content.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sampledRows = 200;

} // namespace

BatchForecast forecast(const BatchFile &file, const TemplateVersion &version, const std::optional<ModelInfo> &model)
{
    BatchForecast result;
    const QJsonObject schema = version.variablesSchema.value_or(QJsonObject{
        {u"properties"_s, QJsonObject{{u"input"_s, QJsonObject()}}}, {u"required"_s, QJsonArray{u"input"_s}}});
    for (const QJsonValue &name : schema.value(u"required"_s).toArray())
        if (!file.variables.contains(name.toString()))
            result.missing << name.toString();
    const QJsonObject known = schema.value(u"properties"_s).toObject();
    for (const QString &name : file.variables)
        if (!known.isEmpty() && !known.contains(name))
            result.unknown << name;

    const NewTemplateVersion content = contentOf(version);
    const qsizetype count = file.inputs.size();
    const qsizetype every = std::max<qsizetype>(1, count / sampledRows);
    qint64 tokens = 0, sampled = 0;
    for (qsizetype row = 0; row < count; row += every)
        if (const auto messages = renderedMessages(content, file.inputs[row])) {
            tokens += estimatedTokens(*messages);
            ++sampled;
        }
    result.inputTokens = sampled > 0 ? tokens * count / sampled : 0;
    if (model && model->inputMicrosPerMillion)
        result.inputNanos = result.inputTokens * *model->inputMicrosPerMillion / 1000;
    if (model && model->outputMicrosPerMillion && version.parameters.maxTokens)
        result.mostOutputNanos = count * *version.parameters.maxTokens * *model->outputMicrosPerMillion / 1000;
    return result;
}
