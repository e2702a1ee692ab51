// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/openai_responses.h"

#include "shared/json/json.h"

#include <map>

using namespace Qt::StringLiterals;
using providers::ModelAnswer;
using providers::ToolCallDelta;

namespace gateway {
namespace {

QJsonObject responsesUsage(const TokenUsage &usage)
{
    return {{u"input_tokens"_s, usage.input},
            {u"input_tokens_details"_s,
             QJsonObject{{u"cached_tokens"_s, usage.cachedInput}, {u"cache_write_tokens"_s, usage.cacheWrite}}},
            {u"output_tokens"_s, usage.output},
            {u"output_tokens_details"_s, QJsonObject{{u"reasoning_tokens"_s, usage.reasoning}}},
            {u"total_tokens"_s, usage.input + usage.output}};
}

// Why an answer is not complete; empty where it is.
QString incompleteReason(const QString &finishReason)
{
    if (finishReason == u"length")
        return u"max_output_tokens"_s;
    return finishReason == u"content_filter" ? finishReason : QString();
}

QJsonObject textPart(const QString &text)
{
    return {{u"type"_s, u"output_text"_s},
            {u"text"_s, text},
            {u"annotations"_s, QJsonArray()},
            {u"logprobs"_s, QJsonArray()}};
}

// What the answer consists of: a text, or a call of a function.
struct OutputItem
{
    QString id;
    QString text; // or the arguments so far
    QString callId; // empty: a text
    QString name;
    bool isDone = false;

    bool isCall() const { return !callId.isEmpty(); }
    QJsonObject print() const
    {
        const QString status = isDone ? u"completed"_s : u"in_progress"_s;
        if (isCall())
            return {{u"type"_s, u"function_call"_s}, {u"id"_s, id},         {u"call_id"_s, callId}, {u"name"_s, name},
                    {u"status"_s, status},           {u"arguments"_s, text}};
        return {{u"type"_s, u"message"_s},
                {u"id"_s, id},
                {u"role"_s, u"assistant"_s},
                {u"status"_s, status},
                {u"content"_s, isDone ? QJsonArray{textPart(text)} : QJsonArray()}};
    }
};

// Named and numbered events. A text ends where a call begins; calls, whose pieces may interleave, end with the answer.
class ResponsesWriter final : public AnswerWriter
{
public:
    ResponsesWriter(AnswerHead head, QJsonObject echo) : m_head(std::move(head)), m_echo(std::move(echo)) { }

    QByteArray whole(const ModelAnswer &answer) override
    {
        if (!answer.text.isEmpty() || answer.toolCalls.isEmpty())
            add({}, {}).text = answer.text;
        for (const providers::ToolCall &call : answer.toolCalls)
            add(call.id, call.name).text = call.arguments;
        for (OutputItem &item : m_items)
            item.isDone = true;
        return json::print(finished(answer));
    }

    QByteArray begin() override
    {
        const QJsonObject response = this->response(u"in_progress"_s);
        const QByteArray created = event("response.created", {{u"response"_s, response}});
        return created + event("response.in_progress", {{u"response"_s, response}});
    }

    QByteArray text(const QString &delta) override
    {
        QByteArray bytes;
        if (m_text < 0)
            bytes = openText();
        OutputItem &item = m_items[m_text];
        item.text += delta;
        QJsonObject data = placeOf(m_text, true);
        data.insert(u"delta"_s, delta);
        data.insert(u"logprobs"_s, QJsonArray());
        return bytes + event("response.output_text.delta", data);
    }

    QByteArray toolCall(const ToolCallDelta &delta) override
    {
        QByteArray bytes = closeText();
        if (!m_calls.contains(delta.index)) {
            m_calls.emplace(delta.index, m_items.size());
            add(delta.id, delta.name);
            bytes += added(m_items.size() - 1);
        }
        const qsizetype index = m_calls.at(delta.index);
        if (delta.arguments.isEmpty())
            return bytes;
        m_items[index].text += delta.arguments;
        QJsonObject data = placeOf(index, false);
        data.insert(u"delta"_s, delta.arguments);
        return bytes + event("response.function_call_arguments.delta", data);
    }

    QByteArray done(const ModelAnswer &answer) override
    {
        QByteArray bytes;
        if (m_items.isEmpty()) // an answer without a word has an empty text
            bytes = openText();
        bytes += closeText();
        for (const auto &[number, index] : m_calls)
            bytes += closeCall(index);
        const bool isWhole = incompleteReason(answer.finishReason).isEmpty();
        return bytes
            + event(isWhole ? "response.completed" : "response.incomplete", {{u"response"_s, finished(answer)}});
    }

    // The libraries look for `error`, and for its members beside it.
    QByteArray failed(const ApiError &error) override
    {
        QJsonObject data = json::object(printError(Dialect::OpenAi, error, {}));
        const QJsonObject inner = data.value("error"_L1).toObject();
        for (const QString &name : {u"code"_s, u"message"_s, u"param"_s})
            data.insert(name, inner.value(name));
        return event("error", data);
    }

private:
    QByteArray event(const char *name, QJsonObject data)
    {
        data.insert(u"type"_s, QString::fromLatin1(name));
        data.insert(u"sequence_number"_s, m_sequence++);
        return QByteArray("event: ") + name + "\ndata: " + json::print(data) + "\n\n";
    }

    QJsonObject response(const QString &status) const
    {
        QJsonObject body = m_echo;
        body.insert(u"id"_s, u"resp_"_s + m_head.id);
        body.insert(u"object"_s, u"response"_s);
        body.insert(u"created_at"_s, m_head.createdAt.toSecsSinceEpoch());
        body.insert(u"model"_s, m_head.model);
        body.insert(u"status"_s, status);
        body.insert(u"error"_s, QJsonValue());
        body.insert(u"incomplete_details"_s, QJsonValue());
        body.insert(u"usage"_s, QJsonValue());
        body.insert(u"output"_s, QJsonArray());
        return body;
    }

    QJsonObject finished(const ModelAnswer &answer) const
    {
        const QString reason = incompleteReason(answer.finishReason);
        QJsonObject body = response(reason.isEmpty() ? u"completed"_s : u"incomplete"_s);
        if (!reason.isEmpty())
            body.insert(u"incomplete_details"_s, QJsonObject{{u"reason"_s, reason}});
        body.insert(u"usage"_s, responsesUsage(answer.usage));
        QJsonArray output;
        for (const OutputItem &item : m_items)
            output.append(item.print());
        body.insert(u"output"_s, output);
        return body;
    }

    OutputItem &add(const QString &callId, const QString &name)
    {
        const QString prefix = callId.isEmpty() ? u"msg_"_s : u"fc_"_s;
        m_items.append({prefix + m_head.id + u"_%1"_s.arg(m_items.size()), {}, callId, name});
        return m_items.last();
    }

    QJsonObject placeOf(qsizetype index, bool isText) const
    {
        QJsonObject place{{u"item_id"_s, m_items.at(index).id}, {u"output_index"_s, index}};
        if (isText)
            place.insert(u"content_index"_s, 0);
        return place;
    }

    QByteArray itemEvent(const char *name, qsizetype index)
    {
        return event(name, {{u"output_index"_s, index}, {u"item"_s, m_items.at(index).print()}});
    }
    QByteArray added(qsizetype index) { return itemEvent("response.output_item.added", index); }

    QByteArray openText()
    {
        m_text = m_items.size();
        add({}, {});
        const QByteArray bytes = added(m_text);
        QJsonObject data = placeOf(m_text, true);
        data.insert(u"part"_s, textPart({}));
        return bytes + event("response.content_part.added", data);
    }

    QByteArray closeText()
    {
        if (m_text < 0)
            return {};
        const qsizetype index = std::exchange(m_text, -1);
        OutputItem &item = m_items[index];
        item.isDone = true;
        QJsonObject data = placeOf(index, true), part = data;
        data.insert(u"text"_s, item.text);
        data.insert(u"logprobs"_s, QJsonArray());
        QByteArray bytes = event("response.output_text.done", data);
        part.insert(u"part"_s, textPart(item.text));
        bytes += event("response.content_part.done", part);
        return bytes + itemEvent("response.output_item.done", index);
    }

    QByteArray closeCall(qsizetype index)
    {
        OutputItem &item = m_items[index];
        item.isDone = true;
        QJsonObject data = placeOf(index, false);
        data.insert(u"name"_s, item.name);
        data.insert(u"arguments"_s, item.text);
        const QByteArray bytes = event("response.function_call_arguments.done", data);
        return bytes + itemEvent("response.output_item.done", index);
    }

    const AnswerHead m_head;
    const QJsonObject m_echo;
    QList<OutputItem> m_items;
    qsizetype m_text = -1; // the index of the text that is open
    std::map<int, qsizetype> m_calls; // of each call among those of the answer, the index of its item
    int m_sequence = 0;
};

} // namespace

std::unique_ptr<AnswerWriter> OpenAiResponses::writer(const Incoming &incoming, AnswerHead head) const
{
    return std::make_unique<ResponsesWriter>(std::move(head), incoming.echo);
}

const Format &openAiResponses()
{
    static const OpenAiResponses format;
    return format;
}

} // namespace gateway
