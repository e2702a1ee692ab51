// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/message.h"

// A template that takes part in channels: it answers messages that mention it, and each message of a direct channel
// with it. The template gets the variables `question`, the text of the message, and `conversation`, what was said
// before it: as a list of {"author", "kind", "text"} where its schema says array, else as text.
struct Assistant
{
    QUuid id;
    QString name; // as it is mentioned
    QString description;
    QUuid templateId;
    QString templateSlug; // empty: the template was removed
    QString templateName;
    std::optional<QString> label; // of the template; absent, as the version: the latest version
    std::optional<int> version;
    std::optional<QString> model; // absent: the template's
    int contextMessages = 20; // before the question, at most
    int contextTokens = 4000; // of them, at most
    std::optional<QUuid> authorId; // who made it
    QString authorName;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Assistant;
        return std::tuple{
            Field{"id", &T::id},
            Field{"name", &T::name, {.doc = "As it is mentioned"}},
            Field{"description", &T::description},
            Field{"templateId", &T::templateId},
            Field{"templateSlug", &T::templateSlug, {.doc = "Empty: the template was removed"}},
            Field{"templateName", &T::templateName},
            Field{"label", &T::label, {.doc = "Of the template; null, as the version: the latest version"}},
            Field{"version", &T::version},
            Field{"model", &T::model, {.doc = "null: the template's"}},
            Field{"contextMessages", &T::contextMessages, {.doc = "Before the question, at most"}},
            Field{"contextTokens", &T::contextTokens, {.doc = "Of what was said before, at most; estimated"}},
            Field{"authorId", &T::authorId, {.doc = "Who made it"}},
            Field{"authorName", &T::authorName},
            Field{"createdAt", &T::createdAt},
            Field{"updatedAt", &T::updatedAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewAssistant
{
    QString name;
    QString description;
    QString promptTemplate;
    std::optional<QString> label = {};
    std::optional<int> version = {};
    std::optional<QString> model = {};
    int contextMessages = 20;
    int contextTokens = 4000;

    static constexpr auto fields()
    {
        using T = NewAssistant;
        return std::tuple{
            Field{"name", &T::name, {.doc = "As it is mentioned", .minLength = 1, .maxLength = 60}},
            Field{"description", &T::description, {.maxLength = 500, .hasDefault = true}},
            Field{"template", &T::promptTemplate, {.doc = "Slug of a template", .minLength = 1, .maxLength = 120}},
            Field{"label",
                  &T::label,
                  {.doc = "Of the template, instead of a version: where it stands when a message asks",
                   .minLength = 1,
                   .maxLength = 60}},
            Field{"version", &T::version, {.doc = "Of the template; the latest when absent", .minimum = 1}},
            Field{"model", &T::model, {.doc = "provider/model-name", .minLength = 3, .maxLength = 200}},
            Field{"contextMessages", &T::contextMessages, {.minimum = 0, .maximum = 100, .hasDefault = true}},
            Field{"contextTokens", &T::contextTokens, {.minimum = 0, .maximum = 100'000, .hasDefault = true}}};
    }
};

struct AssistantChange
{
    std::optional<QString> name = {};
    std::optional<QString> description = {};
    std::optional<QString> promptTemplate = {};
    std::optional<QString> label = {};
    std::optional<int> version = {};
    std::optional<QString> model = {};
    std::optional<int> contextMessages = {};
    std::optional<int> contextTokens = {};

    static constexpr auto fields()
    {
        using T = AssistantChange;
        return std::tuple{
            Field{"name", &T::name, {.minLength = 1, .maxLength = 60}},
            Field{"description", &T::description, {.maxLength = 500}},
            Field{"template",
                  &T::promptTemplate,
                  {.doc = "With neither label nor version: its latest version", .minLength = 1, .maxLength = 120}},
            Field{"label", &T::label, {.doc = "In the place of a version", .minLength = 1, .maxLength = 60}},
            Field{"version", &T::version, {.doc = "In the place of a label", .minimum = 1}},
            Field{"model", &T::model, {.doc = "Empty: the template's", .maxLength = 200}},
            Field{"contextMessages", &T::contextMessages, {.minimum = 0, .maximum = 100}},
            Field{"contextTokens", &T::contextTokens, {.minimum = 0, .maximum = 100'000}}};
    }
};

struct AssistantFilter
{
    std::optional<QString> search = {};
    std::optional<int> limit = {};
    std::optional<QString> cursor = {};

    static constexpr auto fields()
    {
        using T = AssistantFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name", .maxLength = 100}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 500}}, Field{"cursor", &T::cursor}};
    }
};

struct NewChannelAssistant
{
    QUuid assistantId;

    static constexpr auto fields() { return std::tuple{Field{"assistantId", &NewChannelAssistant::assistantId}}; }
};

WIRE_TYPE(Assistant)
WIRE_TYPE(NewAssistant)
WIRE_TYPE(AssistantChange)
WIRE_TYPE(AssistantFilter)
WIRE_TYPE(NewChannelAssistant)
