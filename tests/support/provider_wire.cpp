// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray text(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

qint64 words(const QString &text) { return text.split(u' ', Qt::SkipEmptyParts).size(); }

// Each with the space that follows it.
QStringList pieces(const QString &text)
{
    QStringList result;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype space = text.indexOf(u' ', at);
        const qsizetype next = space < 0 ? text.size() : space + 1;
        result.append(text.sliced(at, next - at));
        at = next;
    }
    return result;
}

QString contentText(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QStringList parts;
    const QJsonArray array = content.toArray();
    for (const QJsonValue &part : array)
        parts.append(part.toObject().value("text"_L1).toString());
    return parts.join(u' ');
}

void refuse(WireRequest &request, int status, const QString &message)
{
    if (request.refusalStatus)
        return;
    request.refusalStatus = status;
    request.refusal = message;
}

void checkOpenAi(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    const QByteArray authorization = headers.value("authorization");
    if (!authorization.startsWith("Bearer ") || authorization.size() < 8)
        refuse(request, 401, u"You didn't provide an API key."_s);
    if (body.contains("max_tokens"_L1) && body.contains("max_completion_tokens"_L1))
        refuse(request, 400, u"max_tokens and max_completion_tokens cannot both be set."_s);
    if (body.contains("stream_options"_L1) && !request.isStream)
        refuse(request, 400, u"stream_options is only allowed when stream is enabled."_s);
    const QJsonValue limit =
        body.contains("max_tokens"_L1) ? body.value("max_tokens"_L1) : body.value("max_completion_tokens"_L1);
    if (limit.isDouble())
        request.maxTokens = limit.toInteger();
    request.wantsUsage =
        !request.isStream || body.value("stream_options"_L1).toObject().value("include_usage"_L1).toBool();
}

void checkAnthropic(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    const QByteArray version = headers.value("anthropic-version");
    if (headers.value("x-api-key").isEmpty() && headers.value("authorization").size() < 8)
        refuse(request, 401, u"x-api-key header is required"_s);
    if (version != "2023-06-01" && version != "2026-10-21")
        refuse(request, 400, u"anthropic-version: header is required"_s);
    if (version == "2026-10-21") {
        for (const char *name : {"temperature", "top_p", "top_k"}) {
            if (body.contains(QLatin1StringView(name)))
                refuse(request, 400, u"%1: Extra inputs are not permitted"_s.arg(QLatin1StringView(name)));
        }
    }
    if (!body.value("max_tokens"_L1).isDouble() || body.value("max_tokens"_L1).toInteger() < 1)
        refuse(request, 400, u"max_tokens: Field required"_s);
    request.maxTokens = body.value("max_tokens"_L1).toInteger();
    request.inputTokens += words(contentText(body.value("system"_L1)));
}

struct Content
{
    QStringList pieces;
    QString finish; // OpenAI's words
    WireTokens tokens;
};

Content makeContent(const WireRequest &request, const Behaviour &behaviour)
{
    Content content;
    content.pieces = pieces(behaviour.text.value_or(u"Answer to: "_s + request.lastUserText));
    content.finish = behaviour.finishReason.isEmpty() ? u"stop"_s : behaviour.finishReason;
    if (request.maxTokens && content.pieces.size() > *request.maxTokens) {
        content.pieces = content.pieces.first(*request.maxTokens);
        content.finish = u"length"_s;
    }
    content.tokens.input = request.inputTokens;
    content.tokens.output = content.pieces.size() + behaviour.reasoningTokens;
    return content;
}

class OpenAiWriter
{
public:
    OpenAiWriter(const WireRequest &request, const Behaviour &behaviour, qint64 number)
        : m_request(request),
          m_behaviour(behaviour),
          m_id(u"chatcmpl-%1"_s.arg(number))
    {
    }

    WireAnswer answer(const Content &content)
    {
        const bool refuses = content.finish == u"refusal";
        const QString said = content.pieces.join(QString());
        const QString finish = refuses ? u"stop"_s : content.finish;
        WireAnswer answer{{}, {}, content.tokens};

        QJsonObject whole = frame(u"chat.completion"_s);
        whole.insert("choices"_L1,
                     QJsonArray{QJsonObject{
                         {"index"_L1, 0},
                         {"message"_L1,
                          QJsonObject{{"role"_L1, "assistant"_L1},
                                      {"content"_L1, refuses ? QJsonValue(QJsonValue::Null) : QJsonValue(said)},
                                      {"refusal"_L1, refuses ? QJsonValue(said) : QJsonValue(QJsonValue::Null)},
                                      {"annotations"_L1, QJsonArray()}}},
                         {"logprobs"_L1, QJsonValue::Null},
                         {"finish_reason"_L1, finish}}});
        if (m_behaviour.withUsage)
            whole.insert("usage"_L1, usage(content.tokens));
        answer.whole = text(whole);
        if (!m_request.isStream)
            return answer;

        answer.events.append(chunk({{"role"_L1, "assistant"_L1}, {"content"_L1, ""_L1}}, QJsonValue::Null));
        for (const QString &piece : content.pieces)
            answer.events.append(chunk({{refuses ? "refusal"_L1 : "content"_L1, piece}}, QJsonValue::Null));
        const bool wantsUsage = m_request.wantsUsage && m_behaviour.withUsage;
        QJsonObject tail = frame(u"chat.completion.chunk"_s);
        tail.insert("choices"_L1, QJsonArray());
        tail.insert("usage"_L1, usage(content.tokens));
        if (wantsUsage && m_behaviour.usageOnChoice) {
            answer.events.append(chunk({}, finish, usage(content.tokens)));
        } else {
            answer.events.append(chunk({}, finish));
            if (wantsUsage)
                answer.events.append(event(text(tail)));
        }
        if (m_behaviour.withDone)
            answer.events.append(event("[DONE]"));
        return answer;
    }

    QByteArray event(const QByteArray &data) const
    {
        return "data: " + data + m_behaviour.lineEnd + m_behaviour.lineEnd;
    }

private:
    QJsonObject frame(const QString &object) const
    {
        return {{"id"_L1, m_id}, {"object"_L1, object}, {"created"_L1, 1741569952}, {"model"_L1, m_request.model}};
    }

    QByteArray chunk(const QJsonObject &delta, const QJsonValue &finish,
                     const QJsonValue &usage = QJsonValue::Null) const
    {
        QJsonObject object = frame(u"chat.completion.chunk"_s);
        object.insert("choices"_L1,
                      QJsonArray{QJsonObject{{"index"_L1, 0},
                                             {"delta"_L1, delta},
                                             {"logprobs"_L1, QJsonValue::Null},
                                             {"finish_reason"_L1, finish}}});
        if (m_request.wantsUsage)
            object.insert("usage"_L1, usage);
        return event(text(object));
    }

    QJsonObject usage(const WireTokens &tokens) const
    {
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
    QString m_id;
};

class AnthropicWriter
{
public:
    AnthropicWriter(const WireRequest &request, const Behaviour &behaviour, qint64 number)
        : m_request(request),
          m_behaviour(behaviour),
          m_id(u"msg_%1"_s.arg(number))
    {
    }

    WireAnswer answer(const Content &content)
    {
        const QString stop = content.finish == u"length" ? u"max_tokens"_s
            : content.finish == u"refusal"               ? u"refusal"_s
                                                         : u"end_turn"_s;
        WireAnswer answer{{}, {}, content.tokens};
        QJsonObject whole = frame();
        whole.insert("content"_L1,
                     QJsonArray{QJsonObject{{"type"_L1, "text"_L1},
                                            {"text"_L1, content.pieces.join(QString())},
                                            {"citations"_L1, QJsonValue::Null}}});
        whole.insert("stop_reason"_L1, stop);
        if (m_behaviour.withUsage)
            whole.insert("usage"_L1, usage(content.tokens, m_behaviour.reasoningTokens));
        answer.whole = text(whole);
        if (!m_request.isStream)
            return answer;

        QJsonObject message = frame();
        message.insert("content"_L1, QJsonArray());
        message.insert("stop_reason"_L1, QJsonValue::Null);
        if (m_behaviour.withUsage)
            message.insert("usage"_L1, usage({content.tokens.input, 1}, 0));
        answer.events.append(event("message_start", {{"message"_L1, message}}));
        answer.events.append(
            event("content_block_start",
                  {{"index"_L1, 0}, {"content_block"_L1, QJsonObject{{"type"_L1, "text"_L1}, {"text"_L1, ""_L1}}}}));
        if (m_behaviour.withComments)
            answer.events.append(event("ping", {}));
        for (const QString &piece : content.pieces)
            answer.events.append(
                event("content_block_delta",
                      {{"index"_L1, 0}, {"delta"_L1, QJsonObject{{"type"_L1, "text_delta"_L1}, {"text"_L1, piece}}}}));
        answer.events.append(event("content_block_stop", {{"index"_L1, 0}}));
        QJsonObject end{{"delta"_L1, QJsonObject{{"stop_reason"_L1, stop}, {"stop_sequence"_L1, QJsonValue::Null}}}};
        if (m_behaviour.withUsage)
            end.insert("usage"_L1,
                       QJsonObject{{"output_tokens"_L1, content.tokens.output},
                                   {"output_tokens_details"_L1, thinking(m_behaviour.reasoningTokens)}});
        answer.events.append(event("message_delta", end));
        answer.events.append(event("message_stop", {}));
        return answer;
    }

    QByteArray event(const QByteArray &name, QJsonObject data) const
    {
        data.insert("type"_L1, QString::fromLatin1(name));
        return raw(name, text(data));
    }

    QByteArray raw(const QByteArray &name, const QByteArray &data) const
    {
        const QByteArray &end = m_behaviour.lineEnd;
        return "event: " + name + end + "data: " + data + end + end;
    }

private:
    QJsonObject frame() const
    {
        return {{"id"_L1, m_id},
                {"type"_L1, "message"_L1},
                {"role"_L1, "assistant"_L1},
                {"model"_L1, m_request.model},
                {"stop_sequence"_L1, QJsonValue::Null},
                {"stop_details"_L1, QJsonValue::Null}};
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
    QString m_id;
};

// Where the words of a stream begin: OpenAI opens with the role, Anthropic with two or three events.
qsizetype firstWord(Wire wire, const Behaviour &behaviour)
{
    return wire == Wire::OpenAi ? 1 : behaviour.withComments ? 3 : 2;
}

QByteArray brokenEvent(Wire wire, const WireRequest &request, const Behaviour &behaviour, qint64 number)
{
    const QByteArray bad = R"({"choices":[{"delta":{"content":"oops)";
    switch (behaviour.end) {
    case Behaviour::End::Malformed:
        return wire == Wire::OpenAi ? OpenAiWriter(request, behaviour, number).event(bad)
                                    : AnthropicWriter(request, behaviour, number).raw("content_block_delta", bad);
    case Behaviour::End::ErrorEvent: {
        const QByteArray error =
            makeError(wire, behaviour.errorEventStatus, u"The model died in the middle."_s, behaviour, number);
        return wire == Wire::OpenAi ? OpenAiWriter(request, behaviour, number).event(error)
                                    : AnthropicWriter(request, behaviour, number).raw("error", error);
    }
    case Behaviour::End::HugeEvent:
        return "data: " + QByteArray(8 * 1024 * 1024, 'x');
    default:
        return {};
    }
}

} // namespace

WireRequest readRequest(Wire wire, const WireHeaders &headers, const QByteArray &bytes)
{
    WireRequest request;
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (!document.isObject()) {
        refuse(request, 400, u"The body is no JSON object."_s);
        return request;
    }
    const QJsonObject body = document.object();
    request.model = body.value("model"_L1).toString();
    request.isStream = body.value("stream"_L1).toBool();
    const QJsonArray messages = body.value("messages"_L1).toArray();
    for (const QJsonValue &value : messages) {
        const QJsonObject message = value.toObject();
        const QString role = message.value("role"_L1).toString();
        const QString said = contentText(message.value("content"_L1));
        if (role == u"user")
            request.lastUserText = said;
        else if (role != u"assistant" && (wire == Wire::Anthropic || (role != u"system" && role != u"developer")))
            refuse(request, 400, u"messages: unexpected role \"%1\""_s.arg(role));
        request.inputTokens += words(said);
    }
    if (!headers.value("content-type").startsWith("application/json"))
        refuse(request, 400, u"Content-Type must be application/json."_s);
    (wire == Wire::OpenAi ? checkOpenAi : checkAnthropic)(request, body, headers);
    if (request.model.isEmpty())
        refuse(request, 400, u"model: Field required"_s);
    if (messages.isEmpty())
        refuse(request, 400, u"messages: at least one message is required"_s);
    return request;
}

WireAnswer makeAnswer(Wire wire, const WireRequest &request, const Behaviour &behaviour, qint64 number)
{
    const Content content = makeContent(request, behaviour);
    WireAnswer answer = wire == Wire::OpenAi ? OpenAiWriter(request, behaviour, number).answer(content)
                                             : AnthropicWriter(request, behaviour, number).answer(content);
    if (behaviour.end != Behaviour::End::Normal) {
        const qsizetype kept =
            firstWord(wire, behaviour) + std::min<qsizetype>(behaviour.endAfter, content.pieces.size());
        answer.events.resize(std::min(kept, answer.events.size()));
        if (const QByteArray last = brokenEvent(wire, request, behaviour, number); !last.isEmpty())
            answer.events.append(last);
        if (behaviour.end == Behaviour::End::Malformed)
            answer.whole.chop(answer.whole.size() / 2);
    }
    if (behaviour.withComments) {
        for (QByteArray &event : answer.events)
            event.prepend(": keep-alive" + behaviour.lineEnd + behaviour.lineEnd);
    }
    return answer;
}

QByteArray makeError(Wire wire, int status, const QString &message, const Behaviour &behaviour, qint64 number)
{
    struct Names
    {
        int status;
        const char *openAiType;
        const char *openAiCode;
        const char *anthropicType;
    };
    static constexpr Names table[] = {
        {400, "invalid_request_error", nullptr, "invalid_request_error"},
        {401, "invalid_request_error", "invalid_api_key", "authentication_error"},
        {402, "billing_error", nullptr, "billing_error"},
        {403, "invalid_request_error", nullptr, "permission_error"},
        {404, "invalid_request_error", "model_not_found", "not_found_error"},
        {413, "invalid_request_error", nullptr, "request_too_large"},
        {429, "requests", "rate_limit_exceeded", "rate_limit_error"},
        {504, "server_error", nullptr, "timeout_error"},
        {529, "server_error", "overloaded", "overloaded_error"},
    };
    const auto found =
        std::find_if(std::begin(table), std::end(table), [&](const Names &n) { return n.status == status; });
    const Names names = found != std::end(table) ? *found
        : status < 500                           ? table[0]
                                                 : Names{status, "server_error", nullptr, "api_error"};
    QJsonObject error{{"message"_L1, message}};
    if (wire == Wire::OpenAi) {
        const char *code = behaviour.isQuota ? "insufficient_quota" : names.openAiCode;
        error.insert("type"_L1, QLatin1StringView(behaviour.isQuota ? "insufficient_quota" : names.openAiType));
        error.insert("param"_L1, QJsonValue::Null);
        error.insert("code"_L1, code ? QJsonValue(QLatin1StringView(code)) : QJsonValue(QJsonValue::Null));
        return text({{"error"_L1, error}});
    }
    error.insert("type"_L1, QLatin1StringView(names.anthropicType));
    if (behaviour.isQuota)
        error.insert("details"_L1, QJsonObject{{"error_code"_L1, "enforced_spend_limit_reached"_L1}});
    return text({{"type"_L1, "error"_L1}, {"error"_L1, error}, {"request_id"_L1, u"req_%1"_s.arg(number)}});
}

QByteArray makeModels(Wire wire)
{
    QJsonArray data;
    for (const char *name : {"test-ok", "test-429-after-2s", "test-slow-stream-50ms"}) {
        data.append(wire == Wire::OpenAi ? QJsonObject{{"id"_L1, QLatin1StringView(name)},
                                                       {"object"_L1, "model"_L1},
                                                       {"created"_L1, 1741569952},
                                                       {"owned_by"_L1, "test"_L1}}
                                         : QJsonObject{{"type"_L1, "model"_L1},
                                                       {"id"_L1, QLatin1StringView(name)},
                                                       {"display_name"_L1, QLatin1StringView(name)},
                                                       {"created_at"_L1, "2025-03-10T00:00:00Z"_L1}});
    }
    return wire == Wire::OpenAi ? text({{"object"_L1, "list"_L1}, {"data"_L1, data}})
                                : text({{"data"_L1, data},
                                        {"has_more"_L1, false},
                                        {"first_id"_L1, "test-ok"_L1},
                                        {"last_id"_L1, "test-slow-stream-50ms"_L1}});
}
