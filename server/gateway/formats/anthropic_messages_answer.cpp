// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/anthropic_messages.h"

#include "shared/json/json.h"

#include <map>

using namespace Qt::StringLiterals;
using providers::ModelAnswer;
using providers::ToolCallDelta;

namespace gateway {
namespace {

QString stopReason(const QString &finishReason)
{
    if (finishReason == u"length")
        return u"max_tokens"_s;
    if (finishReason == u"tool_calls")
        return u"tool_use"_s;
    if (finishReason == u"content_filter")
        return u"refusal"_s;
    return u"end_turn"_s;
}

// Their input leaves out what was read from or written to a cache.
QJsonObject usageOf(const TokenUsage &usage)
{
    return {{u"input_tokens"_s, usage.input - usage.cachedInput - usage.cacheWrite},
            {u"output_tokens"_s, usage.output},
            {u"cache_creation_input_tokens"_s, usage.cacheWrite},
            {u"cache_read_input_tokens"_s, usage.cachedInput}};
}

// Arguments are an object in this format; those that are none are kept as the model wrote them.
QJsonObject inputOf(const QString &arguments)
{
    if (arguments.isEmpty())
        return {};
    try {
        return json::object(arguments.toUtf8());
    } catch (const json::SyntaxError &) {
        return {{u"invalid_json"_s, arguments}};
    }
}

// Named events; each text and each call of a tool is a block of its own, one after the other.
class MessagesWriter final : public AnswerWriter
{
public:
    explicit MessagesWriter(AnswerHead head) : m_head(std::move(head)) { }

    QByteArray whole(const ModelAnswer &answer) override
    {
        QJsonArray content;
        if (!answer.text.isEmpty() || answer.toolCalls.isEmpty())
            content.append(QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, answer.text}});
        for (const providers::ToolCall &call : answer.toolCalls)
            content.append(QJsonObject{{u"type"_s, u"tool_use"_s},
                                       {u"id"_s, call.id},
                                       {u"name"_s, call.name},
                                       {u"input"_s, inputOf(call.arguments)}});
        QJsonObject body = message();
        body.insert(u"content"_s, content);
        body.insert(u"stop_reason"_s, stopReason(answer.finishReason));
        body.insert(u"usage"_s, usageOf(answer.usage));
        return json::print(body);
    }

    QByteArray begin() override
    {
        QJsonObject start = message();
        start.insert(u"content"_s, QJsonArray());
        start.insert(u"stop_reason"_s, QJsonValue());
        TokenUsage usage;
        usage.input = m_head.promptTokens;
        usage.output = 1;
        start.insert(u"usage"_s, usageOf(usage));
        return event("message_start", {{u"message"_s, start}});
    }

    QByteArray text(const QString &delta) override
    {
        QByteArray bytes;
        if (m_tool >= 0 || !m_isOpen) {
            bytes = close();
            bytes += open({{u"type"_s, u"text"_s}, {u"text"_s, QString()}});
        }
        m_tool = -1;
        return bytes + piece({{u"type"_s, u"text_delta"_s}, {u"text"_s, delta}});
    }

    // Blocks follow one another, pieces of calls may not: what belongs to a later call than the open one waits.
    QByteArray toolCall(const ToolCallDelta &delta) override
    {
        if (m_tool < 0) {
            m_tool = delta.index;
            return toolBlock(delta);
        }
        if (delta.index == m_tool)
            return argumentPiece(delta.arguments);
        ToolCallDelta &later = m_later[delta.index];
        if (!delta.name.isEmpty()) {
            later.id = delta.id;
            later.name = delta.name;
        }
        later.arguments += delta.arguments;
        return {};
    }

    QByteArray done(const ModelAnswer &answer) override
    {
        QByteArray bytes;
        for (const auto &[index, call] : m_later)
            bytes += toolBlock(call);
        if (m_blocks == 0) // an answer without a word has an empty text
            bytes += open({{u"type"_s, u"text"_s}, {u"text"_s, QString()}});
        bytes += close();
        const QJsonObject delta{{u"stop_reason"_s, stopReason(answer.finishReason)},
                                {u"stop_sequence"_s, QJsonValue()}};
        bytes += event("message_delta", {{u"delta"_s, delta}, {u"usage"_s, usageOf(answer.usage)}});
        return bytes + event("message_stop", {});
    }

    QByteArray failed(const ApiError &error) override
    {
        return "event: error\ndata: " + printError(Dialect::Anthropic, error, {}) + "\n\n";
    }

private:
    static QByteArray event(const char *name, QJsonObject data)
    {
        data.insert(u"type"_s, QString::fromLatin1(name));
        return QByteArray("event: ") + name + "\ndata: " + json::print(data) + "\n\n";
    }

    QJsonObject message() const
    {
        return {{u"id"_s, u"msg_"_s + m_head.id},
                {u"type"_s, u"message"_s},
                {u"role"_s, u"assistant"_s},
                {u"model"_s, m_head.model},
                {u"stop_sequence"_s, QJsonValue()}};
    }

    QByteArray open(const QJsonObject &block)
    {
        m_isOpen = true;
        return event("content_block_start", {{u"index"_s, m_blocks++}, {u"content_block"_s, block}});
    }

    // One after the other: each step changes what the next one says.
    QByteArray toolBlock(const ToolCallDelta &call)
    {
        QByteArray bytes = close();
        bytes +=
            open({{u"type"_s, u"tool_use"_s}, {u"id"_s, call.id}, {u"name"_s, call.name}, {u"input"_s, QJsonObject()}});
        return bytes + argumentPiece(call.arguments);
    }

    QByteArray piece(const QJsonObject &delta) const
    {
        return event("content_block_delta", {{u"index"_s, m_blocks - 1}, {u"delta"_s, delta}});
    }

    QByteArray argumentPiece(const QString &arguments) const
    {
        return arguments.isEmpty() ? QByteArray()
                                   : piece({{u"type"_s, u"input_json_delta"_s}, {u"partial_json"_s, arguments}});
    }

    QByteArray close()
    {
        return std::exchange(m_isOpen, false) ? event("content_block_stop", {{u"index"_s, m_blocks - 1}})
                                              : QByteArray();
    }

    const AnswerHead m_head;
    int m_blocks = 0; // begun
    bool m_isOpen = false;
    int m_tool = -1; // the index of the call whose block is open
    std::map<int, ToolCallDelta> m_later;
};

} // namespace

std::unique_ptr<AnswerWriter> AnthropicMessages::writer(const Incoming &, AnswerHead head) const
{
    return std::make_unique<MessagesWriter>(std::move(head));
}

const Format &anthropicMessages()
{
    static const AnthropicMessages format;
    return format;
}

} // namespace gateway
