// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/google_content.h"

#include "shared/json/json.h"

using namespace Qt::StringLiterals;
using providers::ModelAnswer;
using providers::ToolCallDelta;

namespace gateway {
namespace {

// A model that calls a function has stopped, in this format.
QString googleFinish(const QString &reason)
{
    if (reason == u"length")
        return u"MAX_TOKENS"_s;
    return reason == u"content_filter" ? u"SAFETY"_s : u"STOP"_s;
}

// What was thought is counted beside the answer.
QJsonObject googleUsage(const TokenUsage &usage)
{
    QJsonObject object{{u"promptTokenCount"_s, usage.input},
                       {u"candidatesTokenCount"_s, usage.output - usage.reasoning},
                       {u"totalTokenCount"_s, usage.input + usage.output}};
    if (usage.reasoning > 0)
        object.insert(u"thoughtsTokenCount"_s, usage.reasoning);
    if (usage.cachedInput > 0)
        object.insert(u"cachedContentTokenCount"_s, usage.cachedInput);
    return object;
}

// Each piece looks like a whole answer. A call of a function comes in one piece, so those wait for the end.
class ContentWriter final : public AnswerWriter
{
public:
    ContentWriter(AnswerHead head, GoogleAnswer kind) : m_head(std::move(head)), m_kind(kind) { }

    QByteArray whole(const ModelAnswer &answer) override
    {
        QJsonArray parts;
        if (!answer.text.isEmpty())
            parts.append(QJsonObject{{u"text"_s, answer.text}});
        return json::print(last(parts, answer));
    }

    QByteArray streamType() const override
    {
        return m_kind == GoogleAnswer::List ? "application/json; charset=utf-8" : AnswerWriter::streamType();
    }
    QByteArray begin() override { return m_kind == GoogleAnswer::List ? "[" : ""; }
    QByteArray text(const QString &delta) override
    {
        return piece(json::print(response({QJsonObject{{u"text"_s, delta}}}, {})));
    }
    QByteArray toolCall(const ToolCallDelta &) override { return {}; }
    QByteArray done(const ModelAnswer &answer) override { return piece(json::print(last({}, answer))) + end(); }
    QByteArray failed(const ApiError &error) override { return piece(printError(Dialect::Google, error, {})) + end(); }

private:
    QByteArray piece(const QByteArray &data)
    {
        if (m_kind == GoogleAnswer::Events)
            return "data: " + data + "\n\n";
        return (std::exchange(m_isFirst, false) ? "" : ",\n") + data;
    }
    QByteArray end() const { return m_kind == GoogleAnswer::List ? "]" : ""; }

    QJsonObject response(const QJsonArray &parts, const QString &finish) const
    {
        QJsonObject candidate{{u"content"_s, QJsonObject{{u"role"_s, u"model"_s}, {u"parts"_s, parts}}},
                              {u"index"_s, 0}};
        if (!finish.isEmpty())
            candidate.insert(u"finishReason"_s, finish);
        return {
            {u"candidates"_s, QJsonArray{candidate}}, {u"modelVersion"_s, m_head.model}, {u"responseId"_s, m_head.id}};
    }

    // With the calls and the sums. Arguments that are no object have no place in the format, but a reason of their own.
    QJsonObject last(QJsonArray parts, const ModelAnswer &answer) const
    {
        QString unreadable;
        for (const providers::ToolCall &call : answer.toolCalls) {
            try {
                const QJsonObject arguments =
                    call.arguments.trimmed().isEmpty() ? QJsonObject() : json::object(call.arguments.toUtf8());
                parts.append(
                    QJsonObject{{u"functionCall"_s,
                                 QJsonObject{{u"id"_s, call.id}, {u"name"_s, call.name}, {u"args"_s, arguments}}}});
            } catch (const json::SyntaxError &) {
                unreadable = call.name;
            }
        }
        QJsonObject object =
            response(parts, unreadable.isEmpty() ? googleFinish(answer.finishReason) : u"MALFORMED_FUNCTION_CALL"_s);
        if (!unreadable.isEmpty()) {
            QJsonArray candidates = object.value("candidates"_L1).toArray();
            QJsonObject candidate = candidates.first().toObject();
            candidate.insert(u"finishMessage"_s,
                             u"The model called %1 with arguments that are no JSON object."_s.arg(unreadable));
            candidates[0] = candidate;
            object.insert(u"candidates"_s, candidates);
        }
        object.insert(u"usageMetadata"_s, googleUsage(answer.usage));
        return object;
    }

    const AnswerHead m_head;
    const GoogleAnswer m_kind;
    bool m_isFirst = true;
};

} // namespace

std::unique_ptr<AnswerWriter> GoogleContent::writer(const Incoming &, AnswerHead head) const
{
    return std::make_unique<ContentWriter>(std::move(head), m_answer);
}

const Format &googleContent(GoogleAnswer answer)
{
    static const GoogleContent whole(GoogleAnswer::Whole), events(GoogleAnswer::Events), list(GoogleAnswer::List);
    return answer == GoogleAnswer::Whole ? whole : answer == GoogleAnswer::Events ? events : list;
}

} // namespace gateway
