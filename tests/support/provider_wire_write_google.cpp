// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

// How Google writes an answer, whole and in pieces that look like whole ones.
namespace wire {
namespace {

class GoogleWriter
{
public:
    explicit GoogleWriter(const Writing &writing)
        : m_request(writing.request),
          m_behaviour(writing.behaviour),
          m_content(writing.content),
          m_id(u"response-%1"_s.arg(writing.number)),
          m_finish(finishReason(writing.content.finish))
    {
    }

    WireAnswer answer()
    {
        m_answer.tokens = m_content.tokens;
        if (m_behaviour.isBlocked)
            return blocked();
        QJsonArray parts;
        if (m_behaviour.reasoningTokens > 0)
            parts.append(thought());
        if (!m_content.pieces.isEmpty())
            parts.append(QJsonObject{{"text"_L1, m_content.pieces.join(QString())}});
        for (const QJsonValue &call : calls())
            parts.append(call);
        m_answer.whole = text(response(parts, m_finish, m_content.tokens.output));
        if (m_request.isStream)
            stream();
        return m_answer;
    }

private:
    static QString finishReason(const QString &finish)
    {
        if (finish == u"length")
            return u"MAX_TOKENS"_s;
        return finish == u"refusal" ? u"SAFETY"_s : u"STOP"_s; // STOP also with calls
    }

    // A prompt that is not answered: no candidates at all.
    WireAnswer blocked()
    {
        m_answer.tokens.output = 0;
        QJsonObject object{{"promptFeedback"_L1, QJsonObject{{"blockReason"_L1, "PROHIBITED_CONTENT"_L1}}},
                           {"usageMetadata"_L1,
                            QJsonObject{{"promptTokenCount"_L1, m_content.tokens.input},
                                        {"totalTokenCount"_L1, m_content.tokens.input}}},
                           {"modelVersion"_L1, m_request.model},
                           {"responseId"_L1, m_id}};
        m_answer.whole = text(object);
        m_answer.events = {event(Wire::Google, m_behaviour, {}, m_answer.whole)};
        return m_answer;
    }

    void stream()
    {
        if (m_behaviour.reasoningTokens > 0)
            m_answer.events.append(chunk({thought()}, 0));
        m_answer.firstWord = m_answer.events.size();
        qint64 told = 0;
        for (const QString &piece : m_content.pieces)
            m_answer.events.append(chunk({QJsonObject{{"text"_L1, piece}}}, ++told));
        if (!m_content.calls.isEmpty())
            m_answer.events.append(chunk(calls(), m_content.tokens.output - m_behaviour.reasoningTokens));
        m_answer.words = m_answer.events.size() - m_answer.firstWord;
        const QJsonObject last = response({QJsonObject{{"text"_L1, ""_L1}}}, m_finish, m_content.tokens.output);
        m_answer.events.append(event(Wire::Google, m_behaviour, {}, text(last)));
    }

    static QJsonObject thought() { return {{"text"_L1, "Let me think."_L1}, {"thought"_L1, true}}; }

    // Whole, and without an id: older models give none.
    QJsonArray calls() const
    {
        QJsonArray parts;
        for (const ToolCall &call : m_content.calls)
            parts.append(
                QJsonObject{{"functionCall"_L1,
                             QJsonObject{{"name"_L1, call.name},
                                         {"args"_L1, QJsonDocument::fromJson(call.arguments.toUtf8()).object()}}},
                            {"thoughtSignature"_L1, "c2lnbmF0dXJl"_L1}});
        return parts;
    }

    QByteArray chunk(const QJsonArray &parts, qint64 told) const
    {
        return event(Wire::Google, m_behaviour, {},
                     text(response(parts, QString(), told + m_behaviour.reasoningTokens)));
    }

    QJsonObject response(const QJsonArray &parts, const QString &finish, qint64 output) const
    {
        QJsonObject candidate{{"content"_L1, QJsonObject{{"role"_L1, "model"_L1}, {"parts"_L1, parts}}},
                              {"index"_L1, 0}};
        if (!finish.isEmpty())
            candidate.insert("finishReason"_L1, finish);
        QJsonObject object{
            {"candidates"_L1, QJsonArray{candidate}}, {"modelVersion"_L1, m_request.model}, {"responseId"_L1, m_id}};
        if (m_behaviour.withUsage)
            object.insert("usageMetadata"_L1, usage(output));
        return object;
    }

    // candidatesTokenCount leaves out what was thought.
    QJsonObject usage(qint64 output) const
    {
        const qint64 input = m_content.tokens.input;
        QJsonObject object{{"promptTokenCount"_L1, input},
                           {"candidatesTokenCount"_L1, output - m_behaviour.reasoningTokens},
                           {"totalTokenCount"_L1, input + output}};
        if (m_behaviour.reasoningTokens > 0)
            object.insert("thoughtsTokenCount"_L1, m_behaviour.reasoningTokens);
        if (m_behaviour.cachedTokens > 0)
            object.insert("cachedContentTokenCount"_L1, std::min(m_behaviour.cachedTokens, input));
        return object;
    }

    const WireRequest &m_request;
    const Behaviour &m_behaviour;
    const Content &m_content;
    const QString m_id;
    const QString m_finish;
    WireAnswer m_answer;
};

} // namespace

WireAnswer writeGoogle(const Writing &writing) { return GoogleWriter(writing).answer(); }

} // namespace wire
