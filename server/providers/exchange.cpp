// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/exchange.h"

#include "server/providers/http_failure.h"
#include "server/providers/input_estimate.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

constexpr qsizetype maxErrorBytes = 64 * 1024; // of an answer that is none; what follows is not waited for

constexpr std::chrono::milliseconds endGrace{1'000}; // for the last bytes of a stream whose content has ended

} // namespace

void Exchange::start(HttpTransport &transport)
{
    const std::weak_ptr<Exchange> weak = weak_from_this();
    HttpRequest prepared;
    try {
        prepared = m_provider.prepare(m_request);
    } catch (const CallError &error) {
        QMetaObject::invokeMethod(
            &transport,
            [weak, error] {
                if (const auto self = weak.lock())
                    self->fail(error);
            },
            Qt::QueuedConnection);
        return;
    }
    // OpenAI keeps it with the call, so that one can be asked after whose answer never came; others pass over it.
    if (!m_request.callId.isEmpty())
        prepared.headers.emplaceBack("X-Client-Request-Id", m_request.callId);
    prepared.connectTimeout = m_request.connectTimeout;
    prepared.firstByteTimeout = m_request.firstByteTimeout;
    prepared.idleTimeout = m_request.idleTimeout;
    prepared.totalTimeout = m_request.totalTimeout;
    prepared.addresses = m_request.addresses;
    prepared.maxResponseBytes = m_limits.stream;
    const auto forward = [weak](auto member) {
        return [weak, member](const auto &argument) {
            if (const auto self = weak.lock(); self && !self->m_ended)
                (self.get()->*member)(argument);
        };
    };
    m_transfer = transport.start(
        std::move(prepared),
        {.head = forward(&Exchange::onHead), .body = forward(&Exchange::onBody), .end = forward(&Exchange::onEnd)});
}

void Exchange::onHead(const HttpHead &head)
{
    m_head = head;
    m_requestId = requestIdOf(head);
    // Some compatible servers answer whole when asked to stream, so the header decides.
    m_isStream = head.status == 200 && head.header("content-type").toLower().startsWith("text/event-stream");
}

void Exchange::onBody(const QByteArray &bytes)
{
    if (m_isStream)
        return readStream(bytes);
    const bool isError = m_head.status < 200 || m_head.status >= 300;
    const qsizetype limit = isError ? maxErrorBytes : m_limits.whole;
    const bool isTooLong = bytes.size() > limit - m_body.size();
    m_body += bytes.left(limit - m_body.size());
    if (isTooLong && isError)
        fail(httpFailure(m_provider.title(), m_head, m_body, m_request.apiKey));
    else if (isTooLong)
        fail(tooLarge());
}

void Exchange::readStream(const QByteArray &bytes)
{
    std::optional<CallError> error;
    try {
        for (const ServerSentEvent &event : m_parser.feed(bytes)) {
            if (!m_draft.isComplete && !event.data.isEmpty())
                m_provider.readEvent(event, m_request, m_draft);
        }
        if (m_parser.isOverflowed())
            error = tooLarge();
    } catch (const CallError &reported) {
        error = reported;
    } catch (const json::SyntaxError &) {
        error = malformed();
    }
    if (m_draft.size() > m_request.answerLimit)
        error = cutToLimit();
    tell();
    if (m_ended)
        return;
    if (error)
        fail(std::move(*error));
    else if (m_draft.isComplete)
        m_transfer->expectEnd(endGrace);
}

// Each event may be the last that anybody wants.
void Exchange::tell()
{
    tellText();
    tellToolCalls();
}

void Exchange::tellText()
{
    if (m_draft.text.size() == m_told)
        return;
    if (!m_firstTokenMs)
        m_firstTokenMs = m_clock.elapsed();
    const QString delta = m_draft.text.sliced(m_told);
    m_told = m_draft.text.size();
    if (m_events.text)
        m_events.text(delta);
}

void Exchange::tellToolCalls()
{
    for (qsizetype i = 0; i < m_draft.toolCalls.size() && !m_ended; ++i) {
        if (i == m_toldArguments.size())
            m_toldArguments.append(-1);
        const ToolCall &call = m_draft.toolCalls.at(i);
        const bool isBegun = m_toldArguments.at(i) >= 0;
        // Some servers send the name later than the number.
        if (isBegun ? m_toldArguments.at(i) == call.arguments.size() : call.name.isEmpty())
            continue;
        if (!m_firstTokenMs)
            m_firstTokenMs = m_clock.elapsed();
        ToolCallDelta delta{int(i), {}, {}, call.arguments.sliced(std::max<qsizetype>(m_toldArguments.at(i), 0))};
        if (!isBegun) {
            delta.id = call.id;
            delta.name = call.name;
        }
        m_toldArguments[i] = call.arguments.size();
        if (m_events.toolCall)
            m_events.toolCall(delta);
    }
}

void Exchange::onEnd(const HttpEnd &end)
{
    // Once a stream has said that it is complete, it does not matter how its connection ends.
    if (m_isStream && m_draft.isComplete)
        return succeed();
    if (m_head.status != 0 && (m_head.status < 200 || m_head.status >= 300))
        return fail(httpFailure(m_provider.title(), m_head, m_body, m_request.apiKey));
    if (m_isStream && m_provider.isWhole(m_draft))
        return succeed();
    if (end.result == HttpEnd::TooLarge && m_head.status != 0)
        return fail(tooLarge());
    if (end.result != HttpEnd::Complete)
        return fail(transferFailure(m_provider.title(), end));
    if (m_isStream)
        return fail(CallError::make(CallError::BrokenAnswer,
                                    u"%1 ended its stream before the answer was complete."_s.arg(m_provider.title())));
    readWhole();
}

void Exchange::readWhole()
{
    try {
        const QJsonObject answer = json::object(m_body);
        if (const QJsonValue inner = answer.value("error"_L1); inner.isObject() || inner.isString())
            return fail(streamFailure(m_provider.title(), *readErrorObject(answer), m_request.apiKey));
        m_provider.readWhole(answer, m_request, m_draft);
    } catch (const CallError &reported) {
        return fail(reported);
    } catch (const json::SyntaxError &) {
        return fail(malformed());
    }
    const auto error = m_draft.size() > m_request.answerLimit ? std::optional(cutToLimit()) : std::nullopt;
    tell();
    if (m_ended)
        return;
    if (error)
        fail(*error);
    else
        succeed();
}

// Keeps what is allowed: it was paid for, and shows what the model was about.
CallError Exchange::cutToLimit()
{
    m_draft.text.truncate(m_request.answerLimit);
    if (!m_draft.text.isEmpty() && m_draft.text.back().isHighSurrogate())
        m_draft.text.chop(1);
    return tooLarge();
}

CallError Exchange::tooLarge() const
{
    return CallError::make(CallError::AnswerTooLarge,
                           u"The answer of %1 is larger than the %L2 characters that this server allows "
                           "(answer-limit)."_s.arg(m_provider.title())
                               .arg(m_request.answerLimit));
}

CallError Exchange::malformed() const
{
    return CallError::make(
        CallError::MalformedAnswer,
        u"What %1 answered cannot be read: it is not the format expected."_s.arg(m_provider.title()));
}

// The provider's count, completed by our own where it is missing. The count at the beginning of an Anthropic stream
// knows the input, but of the output only a token or so.
TokenUsage Exchange::usage(bool *estimated) const
{
    *estimated = !m_draft.isUsageFinal;
    TokenUsage usage = m_draft.usage.value_or(TokenUsage{});
    if (!m_draft.usage)
        usage.input = estimateInput(m_request);
    if (!m_draft.isUsageFinal)
        usage.output = std::max(usage.output, m_draft.estimatedTokens());
    return usage;
}

Call::Progress Exchange::progress() const
{
    const bool begun = m_head.status >= 200 && m_head.status < 300;
    bool estimated = false;
    const bool sent = m_head.status != 0 || (m_transfer && m_transfer->isSent());
    return {begun ? std::optional(usage(&estimated)) : std::nullopt, m_draft.text, sent};
}

void Exchange::succeed()
{
    const bool areNamed = std::none_of(m_draft.toolCalls.cbegin(), m_draft.toolCalls.cend(),
                                       [](const ToolCall &call) { return call.name.isEmpty(); });
    if (!areNamed)
        return fail(malformed());
    ModelAnswer answer;
    answer.text = m_draft.text;
    answer.toolCalls = m_draft.toolCalls;
    answer.finishReason = m_draft.isRefusal ? u"content_filter"_s : m_draft.finishReason;
    // Google always says that it stopped, and so do some servers that speak OpenAI's format.
    if (answer.finishReason == u"stop" && !answer.toolCalls.isEmpty())
        answer.finishReason = u"tool_calls"_s;
    answer.model = m_draft.model.isEmpty() ? m_request.model : m_draft.model;
    answer.providerRequestId = m_requestId.isEmpty() ? m_draft.requestId : m_requestId;
    answer.usage = usage(&answer.usageEstimated);
    answer.totalMs = m_clock.elapsed();
    answer.firstTokenMs = m_firstTokenMs.value_or(answer.totalMs);
    cancel();
    if (m_events.done)
        m_events.done(answer);
}

void Exchange::fail(CallError error)
{
    if (m_ended)
        return;
    if (m_head.status >= 200 && m_head.status < 300) {
        error.httpStatus = m_head.status;
        error.reachedProvider = true;
        error.usage = usage(&error.usageEstimated);
        error.partialText = m_draft.text;
    }
    if (error.providerRequestId.isEmpty())
        error.providerRequestId = m_requestId.isEmpty() ? m_draft.requestId : m_requestId;
    error.firstTokenMs = m_firstTokenMs;
    error.totalMs = m_clock.elapsed();
    cancel();
    if (m_events.failed)
        m_events.failed(error);
}

} // namespace providers
