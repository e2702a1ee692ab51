// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/openai_chat.h"

#include "shared/json/json.h"

using namespace Qt::StringLiterals;
using providers::ModelAnswer;
using providers::ToolCallDelta;

namespace gateway {
namespace {

QJsonObject chatUsage(const TokenUsage &usage)
{
    return {{u"prompt_tokens"_s, usage.input},
            {u"completion_tokens"_s, usage.output},
            {u"total_tokens"_s, usage.input + usage.output},
            {u"prompt_tokens_details"_s,
             QJsonObject{{u"cached_tokens"_s, usage.cachedInput}, {u"cache_write_tokens"_s, usage.cacheWrite}}},
            {u"completion_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, usage.reasoning}}}};
}

// Chunks without a name of their own, each with the same id, time and model; the end is [DONE].
class ChatWriter final : public AnswerWriter
{
public:
    ChatWriter(AnswerHead head, bool wantsUsage) : m_head(std::move(head)), m_wantsUsage(wantsUsage) { }

    QByteArray whole(const ModelAnswer &answer) override
    {
        QJsonArray calls;
        for (const providers::ToolCall &call : answer.toolCalls)
            calls.append(
                QJsonObject{{u"id"_s, call.id},
                            {u"type"_s, u"function"_s},
                            {u"function"_s, QJsonObject{{u"name"_s, call.name}, {u"arguments"_s, call.arguments}}}});
        const bool isEmpty = answer.text.isEmpty() && !calls.isEmpty();
        QJsonObject message{{u"role"_s, u"assistant"_s},
                            {u"content"_s, isEmpty ? QJsonValue() : QJsonValue(answer.text)},
                            {u"refusal"_s, QJsonValue()},
                            {u"annotations"_s, QJsonArray()}};
        if (!calls.isEmpty())
            message.insert(u"tool_calls"_s, calls);
        QJsonObject body = head(u"chat.completion"_s);
        body.insert(u"choices"_s,
                    QJsonArray{QJsonObject{{u"index"_s, 0},
                                           {u"message"_s, message},
                                           {u"logprobs"_s, QJsonValue()},
                                           {u"finish_reason"_s, answer.finishReason}}});
        body.insert(u"usage"_s, chatUsage(answer.usage));
        return json::print(body);
    }

    QByteArray begin() override { return chunk({{u"role"_s, u"assistant"_s}, {u"content"_s, QString()}}); }
    QByteArray text(const QString &delta) override { return chunk({{u"content"_s, delta}}); }

    QByteArray toolCall(const ToolCallDelta &delta) override
    {
        QJsonObject function{{u"arguments"_s, delta.arguments}};
        QJsonObject call{{u"index"_s, delta.index}};
        if (!delta.name.isEmpty()) {
            call.insert(u"id"_s, delta.id);
            call.insert(u"type"_s, u"function"_s);
            function.insert(u"name"_s, delta.name);
        }
        call.insert(u"function"_s, function);
        return chunk({{u"tool_calls"_s, QJsonArray{call}}});
    }

    QByteArray done(const ModelAnswer &answer) override
    {
        QByteArray bytes = chunk({}, answer.finishReason);
        if (m_wantsUsage) {
            QJsonObject last = head(u"chat.completion.chunk"_s);
            last.insert(u"choices"_s, QJsonArray());
            last.insert(u"usage"_s, chatUsage(answer.usage));
            bytes += event(json::print(last));
        }
        return bytes + event("[DONE]");
    }

    QByteArray failed(const ApiError &error) override { return event(printError(Dialect::OpenAi, error, {})); }

private:
    static QByteArray event(const QByteArray &data) { return "data: " + data + "\n\n"; }

    QJsonObject head(const QString &object) const
    {
        return {{u"id"_s, u"chatcmpl-"_s + m_head.id},
                {u"object"_s, object},
                {u"created"_s, m_head.createdAt.toSecsSinceEpoch()},
                {u"model"_s, m_head.model}};
    }

    QByteArray chunk(const QJsonObject &delta, const QString &finishReason = {}) const
    {
        QJsonObject body = head(u"chat.completion.chunk"_s);
        const QJsonValue reason = finishReason.isEmpty() ? QJsonValue() : QJsonValue(finishReason);
        body.insert(
            u"choices"_s,
            QJsonArray{QJsonObject{
                {u"index"_s, 0}, {u"delta"_s, delta}, {u"logprobs"_s, QJsonValue()}, {u"finish_reason"_s, reason}}});
        if (m_wantsUsage)
            body.insert(u"usage"_s, QJsonValue());
        return event(json::print(body));
    }

    const AnswerHead m_head;
    const bool m_wantsUsage;
};

} // namespace

std::unique_ptr<AnswerWriter> OpenAiChat::writer(const Incoming &incoming, AnswerHead head) const
{
    return std::make_unique<ChatWriter>(std::move(head), incoming.wantsUsage);
}

const Format &openAiChat()
{
    static const OpenAiChat format;
    return format;
}

} // namespace gateway
