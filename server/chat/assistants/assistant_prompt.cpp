// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_prompt.h"

#include "server/chat/assistants/question_store.h"
#include "server/jobs/generation.h"
#include "server/permissions/access.h"
#include "shared/error.h"
#include "shared/usage/token_estimate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AssistantPrompt {
namespace {

// The message as the caller may see it; nothing where they may not see what it says.
std::optional<ChatMessage> seenBy(const Caller &caller, ChatMessage message)
{
    if (!Access::may(caller, Ability::ChatRead, message))
        return std::nullopt;
    if (!caller.policy || !caller.policy->speaksOfFields())
        return message;
    const auto hidden = caller.policy->hiddenFields(Ability::ChatRead, permissions::Attributes(message));
    if (hidden.contains(u"text"_s))
        return std::nullopt;
    if (hidden.contains(u"authorName"_s))
        message.authorName.clear();
    return message;
}

// Lines after the first of a message are indented, so that no message looks like several.
QString asText(const QList<ChatMessage> &conversation)
{
    QStringList lines;
    for (const ChatMessage &message : conversation) {
        QString text = message.text;
        text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').replace(QChar(QChar::LineSeparator), u'\n');
        text.replace(QChar(QChar::ParagraphSeparator), u'\n').replace(u"\n"_s, u"\n    "_s);
        lines.append(message.authorName.simplified() + u": "_s + text);
    }
    return lines.join(u'\n');
}

QJsonArray asList(const QList<ChatMessage> &conversation)
{
    QJsonArray list;
    for (const ChatMessage &message : conversation)
        list.append(QJsonObject{{u"author"_s, message.authorName},
                                {u"kind"_s, QString(json::name(message.authorKind))},
                                {u"text"_s, message.text}});
    return list;
}

} // namespace

QList<ChatMessage> conversation(Transaction &tx, const Caller &caller, const Assistant &assistant,
                                const ChatMessage &question)
{
    QList<ChatMessage> kept;
    qint64 tokens = 0;
    const auto before = QuestionStore::before(tx, question, assistant.contextMessages,
                                              Access::rows<ChatMessage>(caller, Ability::ChatRead));
    for (const ChatMessage &message : before) {
        const auto seen = seenBy(caller, message);
        if (!seen)
            continue;
        tokens += estimateTokens(seen->text) + estimateTokens(seen->authorName) + tokensForEachMessage;
        if (tokens > assistant.contextTokens)
            break; // whole messages only: half of one may say something else
        kept.append(*seen);
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
}

QJsonObject variables(const std::optional<QJsonObject> &schema, const QString &question,
                      const QList<ChatMessage> &conversation)
{
    const QJsonObject known = schema ? (*schema)[u"properties"_s].toObject() : QJsonObject();
    QJsonObject values;
    if (!schema || known.contains(u"question"_s))
        values.insert(u"question"_s, question);
    if (!schema || known.contains(u"conversation"_s))
        values.insert(u"conversation"_s,
                      known[u"conversation"_s][u"type"_s] == u"array"_s ? QJsonValue(asList(conversation))
                                                                        : QJsonValue(asText(conversation)));
    return values;
}

GenerateRequest request(Transaction &tx, const Assistant &assistant, const QString &question,
                        const QList<ChatMessage> &conversation)
{
    if (assistant.templateSlug.isEmpty())
        throw ApiError::conflict(
            u"The template of the assistant “%1” was removed. Who may change assistants can choose another one."_s.arg(
                assistant.name));
    GenerateRequest request;
    request.promptTemplate = assistant.templateSlug;
    request.label = assistant.label;
    request.version = assistant.version;
    const auto version = Generation::versionFor(tx, request);
    request.label.reset(); // a label that moves now changes nothing of what was just looked at
    request.version = version->used.version;
    request.model = assistant.model;
    request.cache = CacheUse::Bypass;
    request.variables = variables(version->used.variablesSchema, question, conversation);
    return request;
}

void check(Transaction &tx, const Caller &caller, const Assistant &assistant)
{
    ChatMessage said;
    said.authorName = u"…"_s;
    said.text = u"…"_s;
    const GenerateRequest asked = request(tx, assistant, u"…"_s, {said});
    try {
        const Generation plan = Generation::plan(tx, caller.tenantId, asked);
        if (asked.variables.isEmpty())
            throw ApiError::invalid(u"/template"_s, u"takes neither `question` nor `conversation`"_s);
        if (plan.model.isEmpty())
            throw ApiError::invalid(u"/model"_s, u"is missing: the template has none of its own"_s);
        (void)plan.messages();
    } catch (ApiError error) {
        for (json::Problem &problem : error.errors)
            if (problem.pointer.startsWith("/variables"_L1)) {
                problem.message = u"needs other variables than `question` and `conversation`: %1 %2"_s.arg(
                    problem.pointer.mid(1), problem.message);
                problem.pointer = u"/template"_s;
            }
        throw error;
    }
}

} // namespace AssistantPrompt
