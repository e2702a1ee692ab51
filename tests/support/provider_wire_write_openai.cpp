// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

// How OpenAI writes an answer, whole and in chunks.
namespace wire {
namespace {

const QJsonValue null = QJsonValue::Null;

class OpenAiWriter
{
public:
    explicit OpenAiWriter(const Writing &writing)
        : m_request(writing.request),
          m_behaviour(writing.behaviour),
          m_content(writing.content),
          m_id(u"chatcmpl-%1"_s.arg(writing.number)),
          m_refuses(writing.content.finish == u"refusal"),
          m_finish(m_refuses ? u"stop"_s : writing.content.finish)
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
    QJsonObject frame(const QString &object) const
    {
        return {{"id"_L1, m_id}, {"object"_L1, object}, {"created"_L1, 1741569952}, {"model"_L1, m_request.model}};
    }

    QByteArray whole() const
    {
        const QString said = m_content.pieces.join(QString());
        const bool hasText = !m_refuses && !m_content.pieces.isEmpty();
        QJsonObject message{{"role"_L1, "assistant"_L1},
                            {"content"_L1, hasText ? QJsonValue(said) : null},
                            {"refusal"_L1, m_refuses ? QJsonValue(said) : null},
                            {"annotations"_L1, QJsonArray()}};
        QJsonArray calls;
        for (const ToolCall &call : m_content.calls)
            calls.append(toolCall(call, call.arguments));
        if (!calls.isEmpty())
            message.insert("tool_calls"_L1, calls);
        QJsonObject object = frame(u"chat.completion"_s);
        object.insert(
            "choices"_L1,
            QJsonArray{QJsonObject{
                {"index"_L1, 0}, {"message"_L1, message}, {"logprobs"_L1, null}, {"finish_reason"_L1, m_finish}}});
        if (m_behaviour.withUsage)
            object.insert("usage"_L1, usage());
        return text(object);
    }

    void stream()
    {
        m_answer.events.append(chunk({{"role"_L1, "assistant"_L1}, {"content"_L1, ""_L1}}));
        m_answer.firstWord = m_answer.events.size();
        for (const QString &piece : m_content.pieces)
            m_answer.events.append(chunk({{m_refuses ? "refusal"_L1 : "content"_L1, piece}}));
        streamCalls();
        m_answer.words = m_answer.events.size() - m_answer.firstWord;

        const bool wantsUsage = m_request.wantsUsage && m_behaviour.withUsage;
        if (wantsUsage && m_behaviour.usageOnChoice) {
            m_answer.events.append(chunk({}, m_finish, usage()));
        } else {
            m_answer.events.append(chunk({}, m_finish));
            if (wantsUsage) {
                QJsonObject tail = frame(u"chat.completion.chunk"_s);
                tail.insert("choices"_L1, QJsonArray());
                tail.insert("usage"_L1, usage());
                m_answer.events.append(event(Wire::OpenAi, m_behaviour, {}, text(tail)));
            }
        }
        if (m_behaviour.withDone)
            m_answer.events.append(event(Wire::OpenAi, m_behaviour, {}, "[DONE]"));
    }

    // Each begins with its name; then the pieces of all take turns, as the format allows.
    void streamCalls()
    {
        QList<QStringList> rest;
        for (qsizetype i = 0; i < m_content.calls.size(); ++i) {
            QJsonObject begin = toolCall(m_content.calls.at(i), QString());
            begin.insert("index"_L1, i);
            m_answer.events.append(chunk({{"tool_calls"_L1, QJsonArray{begin}}}));
            rest.append(fragments(m_content.calls.at(i).arguments));
        }
        const auto isLeft = [&rest] {
            return std::any_of(rest.cbegin(), rest.cend(), [](const QStringList &one) { return !one.isEmpty(); });
        };
        while (isLeft()) {
            for (qsizetype i = 0; i < rest.size(); ++i) {
                if (rest.at(i).isEmpty())
                    continue;
                const QJsonObject function{{"arguments"_L1, rest[i].takeFirst()}};
                const QJsonObject piece{{"index"_L1, i}, {"function"_L1, function}};
                m_answer.events.append(chunk({{"tool_calls"_L1, QJsonArray{piece}}}));
            }
        }
    }

    static QJsonObject toolCall(const ToolCall &call, const QString &arguments)
    {
        return {{"id"_L1, call.id},
                {"type"_L1, "function"_L1},
                {"function"_L1, QJsonObject{{"name"_L1, call.name}, {"arguments"_L1, arguments}}}};
    }

    QByteArray chunk(const QJsonObject &delta, const QJsonValue &finish = null, const QJsonValue &usage = null) const
    {
        QJsonObject object = frame(u"chat.completion.chunk"_s);
        object.insert("choices"_L1,
                      QJsonArray{QJsonObject{
                          {"index"_L1, 0}, {"delta"_L1, delta}, {"logprobs"_L1, null}, {"finish_reason"_L1, finish}}});
        if (m_request.wantsUsage)
            object.insert("usage"_L1, usage);
        return event(Wire::OpenAi, m_behaviour, {}, text(object));
    }

    QJsonObject usage() const
    {
        const WireTokens &tokens = m_content.tokens;
        return {{"prompt_tokens"_L1, tokens.input},
                {"completion_tokens"_L1, tokens.output},
                {"total_tokens"_L1, tokens.input + tokens.output},
                {"prompt_tokens_details"_L1,
                 QJsonObject{{"cached_tokens"_L1, std::min(m_behaviour.cachedTokens, tokens.input)},
                             {"audio_tokens"_L1, 0}}},
                {"completion_tokens_details"_L1,
                 QJsonObject{{"reasoning_tokens"_L1, m_behaviour.reasoningTokens}, {"audio_tokens"_L1, 0}}}};
    }

    const WireRequest &m_request;
    const Behaviour &m_behaviour;
    const Content &m_content;
    const QString m_id;
    const bool m_refuses;
    const QString m_finish;
    WireAnswer m_answer;
};

QJsonValue printVector(const QList<float> &vector, bool isBase64)
{
    if (isBase64) {
        QByteArray bytes(vector.size() * qsizetype(sizeof(float)), Qt::Uninitialized);
        qToLittleEndian<float>(vector.constData(), vector.size(), bytes.data());
        return QString::fromLatin1(bytes.toBase64());
    }
    QJsonArray list;
    for (const float value : vector)
        list.append(double(value));
    return list;
}

QByteArray writeGoogleEmbeddings(const WireRequest &request, const Behaviour &behaviour)
{
    QJsonArray list;
    for (const QString &one : request.texts)
        list.append(
            QJsonObject{{"values"_L1, printVector(wireVector(one, qsizetype(request.dimensions.value_or(8))), false)}});
    QJsonObject object{{"embeddings"_L1, list}};
    if (behaviour.withUsage)
        object.insert("usageMetadata"_L1, QJsonObject{{"promptTokenCount"_L1, request.inputTokens}});
    return text(object);
}

} // namespace

WireAnswer writeOpenAi(const Writing &writing) { return OpenAiWriter(writing).answer(); }

QByteArray writeEmbeddings(const WireRequest &request, const Behaviour &behaviour)
{
    if (request.wire == Wire::Google)
        return writeGoogleEmbeddings(request, behaviour);
    QJsonArray data;
    for (qsizetype i = 0; i < request.texts.size(); ++i) {
        const QList<float> vector = wireVector(request.texts.at(i), qsizetype(request.dimensions.value_or(8)));
        data.append(
            QJsonObject{{"object"_L1, "embedding"_L1},
                        {"index"_L1, i},
                        {"embedding"_L1, printVector(vector, request.wantsBase64 && !behaviour.ignoresEncoding)}});
    }
    QJsonObject object{{"object"_L1, "list"_L1}, {"model"_L1, request.model}, {"data"_L1, data}};
    if (behaviour.withUsage)
        object.insert("usage"_L1,
                      QJsonObject{{"prompt_tokens"_L1, request.inputTokens}, {"total_tokens"_L1, request.inputTokens}});
    return text(object);
}

} // namespace wire
