// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/demo.h"
#include "server/providers/input_estimate.h"
#include "shared/usage/token_estimate.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

// What the demo answers to a request.
namespace providers {
namespace {

struct DemoModel
{
    const char *name;
    std::chrono::milliseconds betweenWords; // 0: all at once
};
constexpr auto demoModels = std::to_array<DemoModel>({
    {"echo", std::chrono::milliseconds(25)},
    {"fast", std::chrono::milliseconds(0)},
    {"slow", std::chrono::milliseconds(250)},
});

QString textOf(const ChatMessage &message)
{
    if (message.parts.isEmpty())
        return message.content;
    QStringList texts;
    for (const ContentPart &part : message.parts) {
        if (part.kind == ContentPart::Image)
            texts.append(u"[an image]"_s);
        else if (!part.text.isEmpty())
            texts.append(part.text);
    }
    return texts.join(u' ');
}

bool isOfTools(const ChatMessage &message)
{
    return message.role == u"tool"
        || std::any_of(message.parts.cbegin(), message.parts.cend(),
                       [](const ContentPart &part) { return part.kind == ContentPart::ToolResult; });
}

QString lastUserText(const QList<ChatMessage> &messages)
{
    const auto last = std::find_if(messages.rbegin(), messages.rend(),
                                   [](const ChatMessage &message) { return message.role == u"user"; });
    return last == messages.rend() ? QString() : textOf(*last);
}

QString answerTo(const QList<ChatMessage> &messages)
{
    const QString opening = u"This is a demo answer; no model was asked. "_s;
    if (!messages.isEmpty() && isOfTools(messages.last()))
        return opening + u"The tool answered: "_s + textOf(messages.last());
    const QString said = lastUserText(messages);
    return opening + (said.isEmpty() ? u"The last message of the user was empty."_s : u"You wrote: "_s + said);
}

// The tool that the user names, or one that must be called in any case; empty: none.
QString toolFor(const ModelRequest &request)
{
    const ToolChoice choice = request.toolChoice.value_or(ToolChoice{});
    if (request.tools.isEmpty() || choice.kind == ToolChoice::None)
        return {};
    if (choice.kind == ToolChoice::Named)
        return choice.name;
    const bool isAsked = !request.messages.isEmpty() && !isOfTools(request.messages.last());
    const QString said = isAsked ? lastUserText(request.messages) : QString();
    for (const Tool &tool : request.tools) {
        const QRegularExpression form(u"\\bcall "_s + QRegularExpression::escape(tool.name) + u"(?![\\w-])"_s,
                                      QRegularExpression::CaseInsensitiveOption);
        if (form.match(said).hasMatch())
            return tool.name;
    }
    return choice.kind == ToolChoice::Required ? request.tools.first().name : QString();
}

// The longest beginning that has at most so many tokens.
qsizetype lengthWithin(const QString &text, int tokens)
{
    qsizetype fits = 0;
    qsizetype beyond = text.size() + 1;
    while (beyond - fits > 1) {
        const qsizetype middle = fits + (beyond - fits) / 2;
        (estimateTokens(QStringView(text).first(middle)) <= tokens ? fits : beyond) = middle;
    }
    return fits > 0 && text.at(fits - 1).isHighSurrogate() ? fits - 1 : fits;
}

} // namespace

QStringList Demo::models()
{
    QStringList names;
    for (const DemoModel &model : demoModels)
        names.append(QLatin1StringView(model.name));
    return names;
}

std::optional<std::chrono::milliseconds> Demo::betweenWords(const QString &model)
{
    const auto found = std::find_if(demoModels.begin(), demoModels.end(),
                                    [&](const DemoModel &one) { return model == QLatin1StringView(one.name); });
    return found == demoModels.end() ? std::nullopt : std::optional(found->betweenWords);
}

ModelAnswer Demo::answer(const ModelRequest &request)
{
    ModelAnswer answer;
    answer.usage.input = estimateInput(request);
    answer.model = request.model;
    answer.text = answerTo(request.messages);
    answer.finishReason = u"stop"_s;
    if (const QString tool = toolFor(request); !tool.isEmpty()) {
        answer.text = u"This is a demo answer; no model was asked. It calls %1."_s.arg(tool);
        // The same for the same request, and another for each call of a conversation.
        answer.toolCalls = {{u"call_demo_%1"_s.arg(request.messages.size()), tool, u"{}"_s}};
        answer.finishReason = u"tool_calls"_s;
    }
    if (request.maxTokens && estimateTokens(answer.text) > *request.maxTokens) {
        answer.text.truncate(lengthWithin(answer.text, *request.maxTokens));
        answer.toolCalls.clear();
        answer.finishReason = u"length"_s;
    }
    answer.usage.output = estimateTokens(answer.text);
    for (const ToolCall &call : std::as_const(answer.toolCalls))
        answer.usage.output += estimateTokens(call.name) + estimateTokens(call.arguments);
    const auto words = std::max<qint64>(1, answer.text.count(u' ') + 1);
    const qint64 pause = betweenWords(request.model).value_or(std::chrono::milliseconds(0)).count();
    answer.firstTokenMs = pause;
    answer.totalMs = pause * (words + 1);
    return answer;
}

} // namespace providers
