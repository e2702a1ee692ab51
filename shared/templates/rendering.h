// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"
#include "shared/templates/template.h"

// Asks what a run would send, without sending it.
struct RenderRequest
{
    std::optional<int> version; // absent, as the label and what is unsaved: the latest
    std::optional<QString> label;
    std::optional<NewTemplateVersion> unsaved; // what is not saved yet, instead of a version
    QJsonObject variables;
    std::optional<QString> model;
    std::optional<ModelParameters> parameters;

    static constexpr auto fields()
    {
        using T = RenderRequest;
        return std::tuple{Field{"version", &T::version, {.doc = "The latest when absent", .minimum = 1}},
                          Field{"label", &T::label, {.doc = "Instead of a version", .minLength = 1, .maxLength = 60}},
                          Field{"unsaved", &T::unsaved, {.doc = "Not saved yet, instead of a version"}},
                          Field{"variables", &T::variables, {.hasDefault = true}},
                          Field{"model", &T::model, {.doc = "provider/model-name", .minLength = 3, .maxLength = 200}},
                          Field{"parameters", &T::parameters}};
    }
};

struct RenderedPrompt
{
    std::optional<int> version; // absent: of content that is not saved
    QString model;
    QList<PromptMessage> messages;
    QList<UsedTemplate> includes;
    qint64 inputTokens = 0; // estimated
    std::optional<qint64> inputCostNanos; // absent: the model has no price
    std::optional<qint64> maxCostNanos; // with the longest answer that the parameters allow

    static constexpr auto fields()
    {
        using T = RenderedPrompt;
        return std::tuple{Field{"version", &T::version, {.doc = "null: of content that is not saved"}},
                          Field{"model", &T::model},
                          Field{"messages", &T::messages},
                          Field{"includes", &T::includes, {.doc = "Versions of the templates that it includes"}},
                          Field{"inputTokens", &T::inputTokens, {.doc = "Estimated"}},
                          Field{"inputCostNanos",
                                &T::inputCostNanos,
                                {.doc = "Nano-US-dollars of the estimated tokens; null: the model has no price"}},
                          Field{"maxCostNanos",
                                &T::maxCostNanos,
                                {.doc = "With an answer of maxTokens; null also where the parameters set none"}}};
    }
};

// A version of a template that includes another.
struct TemplateUse
{
    QUuid templateId;
    QString slug;
    QString name;
    int version = 0;
    QString reference; // as it stands there: "tone@production"
    bool isLatest = false;
    QList<QString> labels; // that stand at this version

    static constexpr auto fields()
    {
        using T = TemplateUse;
        return std::tuple{Field{"templateId", &T::templateId},
                          Field{"slug", &T::slug},
                          Field{"name", &T::name},
                          Field{"version", &T::version},
                          Field{"reference", &T::reference, {.doc = "As it stands there: tone@production"}},
                          Field{"isLatest", &T::isLatest},
                          Field{"labels", &T::labels, {.doc = "That stand at this version"}}};
    }
};

WIRE_TYPE(RenderRequest)
WIRE_TYPE(RenderedPrompt)
WIRE_TYPE(TemplateUse)
