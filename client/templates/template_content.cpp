// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_content.h"

#include "client/templates/pretty_json.h"
#include "shared/usage/token_estimate.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

NewTemplateVersion contentOf(const TemplateVersion &version)
{
    return {version.systemPrompt,
            version.userPrompt,
            version.examples,
            version.variablesSchema,
            version.defaultModel,
            version.parameters,
            {},
            version.version};
}

bool sameContent(const NewTemplateVersion &a, const NewTemplateVersion &b)
{
    NewTemplateVersion left = a, right = b;
    left.note = right.note = {};
    left.baseVersion = right.baseVersion = {};
    return json::object(json::print(left)) == json::object(json::print(right));
}

QString asText(const NewTemplateVersion &content)
{
    QStringList parts;
    const auto add = [&](const QString &role, const QString &text) { parts << role + u":\n"_s + text; };
    if (!content.systemPrompt.isEmpty())
        add(u"system"_s, content.systemPrompt);
    for (const ExampleTurn &turn : content.examples) {
        add(u"user"_s, turn.user);
        add(u"assistant"_s, turn.assistant);
    }
    add(u"user"_s, content.userPrompt);
    parts << u"model: "_s + content.defaultModel;
    const QJsonObject parameters = json::object(json::print(content.parameters));
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        if (!it->isNull())
            parts << it.key() + u": "_s
                    + (it->isObject() ? prettyJson(it->toObject()) : QString::fromUtf8(json::print(*it)));
    if (content.variablesSchema)
        parts << u"variables:\n"_s + prettyJson(*content.variablesSchema);
    return parts.join(u"\n\n"_s);
}

Result<QList<PromptMessage>> renderedMessages(const NewTemplateVersion &content, const QJsonObject &variables,
                                              const templates::Partials &partials)
{
    const QJsonObject context = templates::renderingContext(variables, content.variablesSchema.has_value());
    QList<PromptMessage> messages;
    std::optional<ApiError> problem;
    const auto add = [&](MessageRole role, const QString &text) {
        const auto rendered = templates::PromptText::parse(text).render(context, {}, partials);
        if (rendered)
            messages.append({role, *rendered});
        else if (!problem)
            problem = rendered.error();
    };
    if (!content.systemPrompt.isEmpty())
        add(MessageRole::System, content.systemPrompt);
    for (const ExampleTurn &turn : content.examples) {
        add(MessageRole::User, turn.user);
        add(MessageRole::Assistant, turn.assistant);
    }
    add(MessageRole::User, content.userPrompt);
    if (problem)
        return *problem;
    return messages;
}

QStringList referencesIn(const NewTemplateVersion &content)
{
    QStringList texts{content.systemPrompt, content.userPrompt}, all;
    for (const ExampleTurn &turn : content.examples)
        texts << turn.user << turn.assistant;
    for (const QString &text : std::as_const(texts))
        if (text.contains(u'>'))
            all += templates::PromptText::parse(text).references();
    all.removeDuplicates();
    return all;
}

qint64 estimatedTokens(const QList<PromptMessage> &messages)
{
    qint64 tokens = 0;
    for (const PromptMessage &message : messages)
        tokens += estimateTokens(message.content) + tokensForEachMessage;
    return tokens;
}
