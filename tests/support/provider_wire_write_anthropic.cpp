// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

// How Anthropic writes an answer, whole and in events.
namespace wire {
namespace {

class AnthropicWriter
{
public:
    explicit AnthropicWriter(const Writing &writing)
        : m_request(writing.request),
          m_behaviour(writing.behaviour),
          m_content(writing.content),
          m_id(u"msg_%1"_s.arg(writing.number)),
          m_stop(stopReason(writing.content.finish))
    {
    }

    WireAnswer answer()
    {
        m_answer.tokens = m_content.tokens;
        m_answer.whole = whole();
        if (m_request.isStream)
            stream();
        return m_answer;
    }

private:
    static QString stopReason(const QString &finish)
    {
        if (finish == u"length")
            return u"max_tokens"_s;
        if (finish == u"tool_calls")
            return u"tool_use"_s;
        return finish == u"refusal" ? u"refusal"_s : u"end_turn"_s;
    }

    QJsonObject frame() const
    {
        return {{"id"_L1, m_id},
                {"type"_L1, "message"_L1},
                {"role"_L1, "assistant"_L1},
                {"model"_L1, m_request.model},
                {"stop_sequence"_L1, QJsonValue::Null},
                {"stop_details"_L1, QJsonValue::Null}};
    }

    QByteArray whole() const
    {
        QJsonArray blocks;
        if (!m_content.pieces.isEmpty())
            blocks.append(QJsonObject{{"type"_L1, "text"_L1},
                                      {"text"_L1, m_content.pieces.join(QString())},
                                      {"citations"_L1, QJsonValue::Null}});
        for (const ToolCall &call : m_content.calls)
            blocks.append(toolUse(call, QJsonDocument::fromJson(call.arguments.toUtf8()).object()));
        QJsonObject object = frame();
        object.insert("content"_L1, blocks);
        object.insert("stop_reason"_L1, m_stop);
        if (m_behaviour.withUsage)
            object.insert("usage"_L1, usage(m_content.tokens, m_behaviour.reasoningTokens));
        return text(object);
    }

    void stream()
    {
        QJsonObject message = frame();
        message.insert("content"_L1, QJsonArray());
        message.insert("stop_reason"_L1, QJsonValue::Null);
        if (m_behaviour.withUsage)
            message.insert("usage"_L1, usage({m_content.tokens.input, 1}, 0));
        tell("message_start", {{"message"_L1, message}});
        qint64 index = 0;
        if (m_content.calls.isEmpty() || !m_content.pieces.isEmpty()) {
            begin(index, {{"type"_L1, "text"_L1}, {"text"_L1, ""_L1}});
            m_answer.firstWord = m_answer.events.size();
            for (const QString &piece : m_content.pieces)
                proceed(index, {{"type"_L1, "text_delta"_L1}, {"text"_L1, piece}});
            m_answer.words = m_answer.events.size() - m_answer.firstWord;
            end(index++);
        }
        for (const ToolCall &call : m_content.calls)
            streamCall(index++, call);
        QJsonObject end{{"delta"_L1, QJsonObject{{"stop_reason"_L1, m_stop}, {"stop_sequence"_L1, QJsonValue::Null}}}};
        if (m_behaviour.withUsage)
            end.insert("usage"_L1,
                       QJsonObject{{"output_tokens"_L1, m_content.tokens.output},
                                   {"output_tokens_details"_L1, thinking(m_behaviour.reasoningTokens)}});
        tell("message_delta", end);
        tell("message_stop", {});
    }

    // An empty piece comes first, as from the service.
    void streamCall(qint64 index, const ToolCall &call)
    {
        begin(index, toolUse(call, {}));
        if (m_answer.firstWord == 0)
            m_answer.firstWord = m_answer.events.size();
        proceed(index, {{"type"_L1, "input_json_delta"_L1}, {"partial_json"_L1, ""_L1}});
        for (const QString &piece : fragments(call.arguments))
            proceed(index, {{"type"_L1, "input_json_delta"_L1}, {"partial_json"_L1, piece}});
        m_answer.words = m_answer.events.size() - m_answer.firstWord;
        end(index);
    }

    void begin(qint64 index, const QJsonObject &block)
    {
        tell("content_block_start", {{"index"_L1, index}, {"content_block"_L1, block}});
        if (m_behaviour.withComments)
            tell("ping", {});
    }
    void proceed(qint64 index, const QJsonObject &delta)
    {
        tell("content_block_delta", {{"index"_L1, index}, {"delta"_L1, delta}});
    }
    void end(qint64 index) { tell("content_block_stop", {{"index"_L1, index}}); }

    void tell(const QByteArray &name, QJsonObject data)
    {
        data.insert("type"_L1, QString::fromLatin1(name));
        m_answer.events.append(event(Wire::Anthropic, m_behaviour, name, text(data)));
    }

    static QJsonObject toolUse(const ToolCall &call, const QJsonObject &input)
    {
        return {{"type"_L1, "tool_use"_L1}, {"id"_L1, call.id}, {"name"_L1, call.name}, {"input"_L1, input}};
    }

    static QJsonObject thinking(qint64 tokens) { return {{"thinking_tokens"_L1, tokens}}; }

    // input_tokens leaves out what came from the cache.
    QJsonObject usage(const WireTokens &tokens, qint64 thought) const
    {
        const qint64 cached = std::min(m_behaviour.cachedTokens, tokens.input);
        return {{"input_tokens"_L1, tokens.input - cached},
                {"output_tokens"_L1, tokens.output},
                {"cache_creation_input_tokens"_L1, 0},
                {"cache_read_input_tokens"_L1, cached},
                {"cache_creation"_L1,
                 QJsonObject{{"ephemeral_5m_input_tokens"_L1, 0}, {"ephemeral_1h_input_tokens"_L1, 0}}},
                {"output_tokens_details"_L1, thinking(thought)},
                {"service_tier"_L1, "standard"_L1}};
    }

    const WireRequest &m_request;
    const Behaviour &m_behaviour;
    const Content &m_content;
    const QString m_id;
    const QString m_stop;
    WireAnswer m_answer;
};

} // namespace

WireAnswer writeAnthropic(const Writing &writing) { return AnthropicWriter(writing).answer(); }

} // namespace wire
