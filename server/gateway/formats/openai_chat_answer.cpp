// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/openai_chat.h"

#include "shared/json/json.h"

using namespace Qt::StringLiterals;
using providers::ModelAnswer;
using providers::ToolCallDelta;

namespace gateway {
namespace {

// Appends to the answer's bytes, without making objects first: this runs for each word of each stream.
template<class Value> void member(QByteArray &out, const char *name, const Value &value)
{
    out += name; // with quotes, colon, and the comma before it
    json::write(out, value);
}

void writeUsage(QByteArray &out, const TokenUsage &usage)
{
    member(out, R"({"prompt_tokens":)", usage.input);
    member(out, R"(,"completion_tokens":)", usage.output);
    member(out, R"(,"total_tokens":)", usage.input + usage.output);
    member(out, R"(,"prompt_tokens_details":{"cached_tokens":)", usage.cachedInput);
    member(out, R"(,"cache_write_tokens":)", usage.cacheWrite);
    member(out, R"(},"completion_tokens_details":{"reasoning_tokens":)", usage.reasoning);
    out += "}}";
}

// Chunks without a name of their own, each with the same id, time and model; the end is [DONE].
class ChatWriter final : public AnswerWriter
{
public:
    ChatWriter(const AnswerHead &head, bool wantsUsage) : m_wantsUsage(wantsUsage)
    {
        member(m_head, R"({"id":)", u"chatcmpl-"_s + head.id);
        member(m_head, R"(,"created":)", head.createdAt.toSecsSinceEpoch());
        member(m_head, R"(,"model":)", head.model);
    }

    QByteArray whole(const ModelAnswer &answer) override
    {
        QByteArray out = m_head;
        out.reserve(out.size() + answer.text.size() + 512);
        out += R"(,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":)";
        if (answer.text.isEmpty() && !answer.toolCalls.isEmpty())
            out += "null";
        else
            json::write(out, answer.text);
        out += R"(,"refusal":null,"annotations":[])";
        for (qsizetype i = 0; i < answer.toolCalls.size(); ++i) {
            const providers::ToolCall &call = answer.toolCalls.at(i);
            out += i == 0 ? R"(,"tool_calls":[)" : ",";
            member(out, R"({"id":)", call.id);
            member(out, R"(,"type":"function","function":{"name":)", call.name);
            member(out, R"(,"arguments":)", call.arguments);
            out += "}}";
        }
        out += answer.toolCalls.isEmpty() ? "}" : "]}";
        member(out, R"(,"logprobs":null,"finish_reason":)", answer.finishReason);
        out += R"(}],"usage":)";
        writeUsage(out, answer.usage);
        out += '}';
        return out;
    }

    QByteArray begin() override { return chunk(R"("role":"assistant","content":"")"); }

    QByteArray text(const QString &delta) override
    {
        QByteArray content;
        member(content, R"("content":)", delta);
        return chunk(content);
    }

    QByteArray toolCall(const ToolCallDelta &delta) override
    {
        QByteArray calls;
        member(calls, R"("tool_calls":[{"index":)", delta.index);
        if (!delta.name.isEmpty()) {
            member(calls, R"(,"id":)", delta.id);
            member(calls, R"(,"type":"function","function":{"name":)", delta.name);
            member(calls, R"(,"arguments":)", delta.arguments);
        } else {
            member(calls, R"(,"function":{"arguments":)", delta.arguments);
        }
        return chunk(calls + "}}]");
    }

    QByteArray done(const ModelAnswer &answer) override
    {
        QByteArray reason;
        json::write(reason, answer.finishReason);
        QByteArray bytes = chunk({}, reason);
        if (m_wantsUsage) {
            bytes += "data: " + m_head + R"(,"object":"chat.completion.chunk","choices":[],"usage":)";
            writeUsage(bytes, answer.usage);
            bytes += "}\n\n";
        }
        return bytes + "data: [DONE]\n\n";
    }

    QByteArray failed(const ApiError &error) override
    {
        return "data: " + printError(Dialect::OpenAi, error, {}) + "\n\n";
    }

private:
    // `delta`: members of that object.
    QByteArray chunk(const QByteArray &delta, const QByteArray &finishReason = "null") const
    {
        return "data: " + m_head + R"(,"object":"chat.completion.chunk","choices":[{"index":0,"delta":{)" + delta
            + R"(},"logprobs":null,"finish_reason":)" + finishReason + "}]" + (m_wantsUsage ? R"(,"usage":null})" : "}")
            + "\n\n";
    }

    QByteArray m_head; // an object's beginning, of the answer and of each of its chunks
    const bool m_wantsUsage;
};

} // namespace

std::unique_ptr<AnswerWriter> OpenAiChat::writer(const Incoming &incoming, AnswerHead head) const
{
    return std::make_unique<ChatWriter>(head, incoming.wantsUsage);
}

const Format &openAiChat()
{
    static const OpenAiChat format;
    return format;
}

} // namespace gateway
