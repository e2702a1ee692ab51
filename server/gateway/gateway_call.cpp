// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_call.h"

#include "server/gateway/answer_key.h"
#include "server/gateway/call_failure.h"
#include "server/gateway/formats/unheard.h"
#include "server/limits/limit_headers.h"
#include "server/providers/input_estimate.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using providers::CallError;
using providers::ModelAnswer;

GatewayCall::GatewayCall(const GatewayRequest &request, const gateway::Format &format, gateway::Incoming incoming,
                         const guardrails::MaskCounts &masked, CallPlan plan)
    : m_request(request),
      m_format(format),
      m_incoming(std::move(incoming)),
      m_masked(masked),
      m_cacheControl(CacheControl::of(request.call.request.header("cache-control"))),
      m_plan(std::move(plan)),
      m_calledAt(QDateTime::currentDateTimeUtc()),
      m_id(newId()),
      m_promptTokens(providers::estimateInput(m_incoming.request))
{
    m_hedge.setSingleShot(true);
}

void GatewayCall::start()
{
    m_writer = m_format.writer(m_incoming,
                               {m_id.toString(QUuid::Id128), m_calledAt, m_incoming.request.model, m_promptTokens});
    if (m_request.rules->guardrails.guardsAnswers())
        m_guard.emplace(std::shared_ptr<const guardrails::Guardrails>(m_request.rules, &m_request.rules->guardrails));
    m_self = shared_from_this();
    const std::weak_ptr<GatewayCall> weak = weak_from_this();
    if (m_plan.hedgeAfter)
        QObject::connect(&m_hedge, &QTimer::timeout, &m_hedge, [this] {
            if (!m_speaker)
                askNext();
        });
    m_request.exchange->onCancel([weak] {
        if (const auto self = weak.lock())
            self->leave();
    });
    m_request.exchange->onDrain([weak] {
        if (const auto self = weak.lock(); self && self->m_speaker && std::exchange(self->m_isPaused, false))
            self->m_speaker->resume();
    });
    askNext();
}

CallBegin GatewayCall::beginOf(const QUuid &id, const PlannedTarget &target) const
{
    const GatewayCaller &caller = *m_request.caller;
    return {.attemptId = id,
            .tenantId = caller.caller.tenantId,
            .keyId = caller.keyId,
            .keyName = caller.keyName,
            .userId = caller.caller.userId,
            .userName = caller.caller.displayName,
            .model = target.model,
            .calledAt = QDateTime::currentDateTimeUtc(),
            .promptTokens = m_promptTokens};
}

bool GatewayCall::askNext()
{
    const auto target = m_plan.next(m_request.desk.breaker, m_request.tenantId());
    if (!target)
        return false;
    providers::ModelRequest asked = m_incoming.request;
    for (const QString &pointer : gateway::takeOutUnheard(asked, m_format, *target->target.provider))
        if (!m_incoming.unheard.contains(pointer))
            m_incoming.unheard.append(pointer);
    QByteArray cacheKey;
    if (isCaching()) {
        asked.baseUrl = target->target.baseUrl;
        cacheKey = answerKey(m_request.tenantId(), target->model, {}, asked);
        if (answerFromCache(*target, cacheKey))
            return true;
    }
    auto raw = std::make_shared<GatewayAttempt *>(nullptr);
    const auto attempt = std::make_shared<GatewayAttempt>(
        m_request.desk, m_request.exchange, beginOf(m_attempts.isEmpty() ? m_id : newId(), *target), m_request.limits,
        *target, std::move(asked),
        GatewayAttempt::Events{.text =
                                   [this, raw](const QString &delta) {
                                       if (isOver(*raw))
                                           return;
                                       heard(*raw);
                                       if (m_isStreaming && m_guard)
                                           pass(m_guard->feed(delta));
                                       else if (m_isStreaming)
                                           write(m_writer->text(delta));
                                   },
                               .toolCall =
                                   [this, raw](const providers::ToolCallDelta &delta) {
                                       if (isOver(*raw))
                                           return;
                                       heard(*raw);
                                       if (m_isStreaming && m_guard)
                                           pass(m_guard->feed(delta));
                                       else if (m_isStreaming)
                                           write(m_writer->toolCall(delta));
                                   },
                               .done = [this, raw](const ModelAnswer &answer) { finish(*raw, answer); },
                               .failed = [this, raw](const CallError &error) { fail(*raw, error); },
                               .declined = [this, raw](const Declined &declined) { decline(*raw, declined); }});
    *raw = attempt.get();
    m_attempts.append(attempt);
    if (!cacheKey.isEmpty())
        m_cacheKeys.insert(attempt.get(), cacheKey);
    if (m_plan.hedgeAfter)
        m_hedge.start(*m_plan.hedgeAfter);
    attempt->start();
    return true;
}

bool GatewayCall::isCaching() const { return m_request.rules->settings.cacheSeconds && m_request.desk.answers.isOn(); }

// Nothing is called, and nothing counted but the answer itself: its row in the ledger costs nothing.
bool GatewayCall::answerFromCache(const PlannedTarget &target, const QByteArray &key)
{
    if (!m_cacheControl.mayServe)
        return false;
    const std::chrono::seconds kept(*m_request.rules->settings.cacheSeconds);
    const AnswerCache::Answer answer = m_request.desk.answers.find(key, m_cacheControl.oldest(kept));
    if (!answer)
        return false;
    const QUuid id = m_attempts.isEmpty() ? m_id : newId();
    try {
        m_request.desk.ledger.begin(beginOf(id, target));
    } catch (const ApiError &error) {
        m_request.refuse(error, headers());
        m_self.reset();
        return true;
    }
    m_request.desk.ledger.end(id,
                              {.status = UsageStore::CallStatus::Succeeded,
                               .usage = answer->usage,
                               .isEstimated = answer->usageEstimated,
                               .isCacheHit = true});
    m_cachedModel = target.model;
    m_cachedId = id;
    if (m_incoming.request.stream) {
        beginStream({});
        if (m_guard)
            pass(m_guard->feed(answer->text));
        else
            write(m_writer->text(answer->text));
        for (int i = 0; i < answer->toolCalls.size() && m_self; ++i) {
            const providers::ToolCall &call = answer->toolCalls[i];
            const providers::ToolCallDelta delta{i, call.id, call.name, call.arguments};
            if (m_guard)
                pass(m_guard->feed(delta));
            else
                write(m_writer->toolCall(delta));
        }
    }
    if (m_self)
        give(*answer, {});
    return true;
}

bool GatewayCall::isOver(const GatewayAttempt *attempt) const
{
    return !m_self || (m_speaker && m_speaker.get() != attempt);
}

http::HeaderList GatewayCall::headers() const
{
    http::HeaderList headers{{"request-id", m_request.call.requestId}};
    const GatewayAttempt *const shown = m_speaker ? m_speaker.get()
        : m_attempts.isEmpty()                    ? nullptr
                                                  : m_attempts.last().get();
    if (shown && shown->calledAt()) {
        headers.emplaceBack("x-patio-call", shown->id().toByteArray(QUuid::WithoutBraces));
        headers.emplaceBack("x-patio-model", shown->target().model.toUtf8().toPercentEncoding("/:."));
    }
    if (!m_cachedModel.isEmpty()) {
        headers.emplaceBack("x-patio-call", m_cachedId.toByteArray(QUuid::WithoutBraces));
        headers.emplaceBack("x-patio-model", m_cachedModel.toUtf8().toPercentEncoding("/:."));
    }
    if (isCaching())
        headers.emplaceBack("x-patio-cache",
                            !m_cachedModel.isEmpty()      ? "hit"
                                : m_cacheControl.mayServe ? "miss"
                                                          : "bypass");
    if (m_masked.all() > 0)
        headers.emplaceBack("x-patio-masked", gateway::printMasked(m_masked));
    if (shown)
        headers += limits::headersOf(shown->standing(), m_request.dialect, QDateTime::currentDateTimeUtc());
    if (m_attempts.size() > 1) {
        QByteArray tried;
        for (const Attempt &attempt : m_attempts)
            tried += (tried.isEmpty() ? "" : ", ") + attempt->target().model.toUtf8().toPercentEncoding("/:.");
        headers.emplaceBack("x-patio-tried", tried);
    }
    if (!m_incoming.unheard.isEmpty()) // told, because the target cannot honour them
        headers.emplaceBack("x-patio-unheard", gateway::printUnheard(m_incoming.unheard));
    return headers;
}

// A stream begins with its first piece: what fails before is told by its status, or served by somebody else.
void GatewayCall::heard(GatewayAttempt *attempt)
{
    if (m_speaker)
        return;
    m_speaker = attempt->shared_from_this();
    m_hedge.stop();
    cancelOthers(attempt);
    if (!m_incoming.request.stream)
        return;
    beginStream(attempt->calledAt());
}

void GatewayCall::beginStream(AskedAt askedAt)
{
    m_isStreaming = true;
    http::HeaderList all = m_request.router.commonHeaders(m_request.call);
    all.append(headers());
    all.append(m_request.timing(askedAt, GatewayRequest::Clock::now(), false));
    all.append(std::pair("Content-Type"_ba, m_writer->streamType()));
    m_request.exchange->beginStream(200, all);
    m_request.router.observe(m_request.call, 200);
    write(m_writer->begin());
}

void GatewayCall::write(const QByteArray &bytes)
{
    if (bytes.isEmpty() || m_request.exchange->write(bytes) || !m_speaker)
        return;
    m_isPaused = true;
    m_speaker->pause();
}

void GatewayCall::pass(const guardrails::AnswerGuard::Passed &passed)
{
    if (!passed.text.isEmpty())
        write(m_writer->text(passed.text));
    for (const providers::ToolCallDelta &delta : passed.toolCalls)
        write(m_writer->toolCall(delta));
    if (passed.refusal)
        stop(*passed.refusal);
}

void GatewayCall::stop(const ApiError &refusal)
{
    const auto self = m_self;
    m_request.note(RefusedBy::Guardrail, m_incoming.request.model, refusal.detail);
    cancelOthers(nullptr);
    if (m_isStreaming) {
        write(m_writer->failed(refusal));
        m_request.exchange->finish();
    } else {
        m_request.refuse(refusal, headers());
    }
    m_self.reset();
}

void GatewayCall::finish(GatewayAttempt *attempt, const ModelAnswer &answer)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    heard(attempt);
    if (const QByteArray key = m_cacheKeys.value(attempt);
        !key.isEmpty() && m_cacheControl.mayStore && AnswerCache::isWhole(answer))
        m_request.desk.answers.put(key, answer, std::chrono::seconds(*m_request.rules->settings.cacheSeconds));
    give(answer, attempt->calledAt());
}

void GatewayCall::give(ModelAnswer answer, AskedAt askedAt)
{
    const auto self = m_self;
    if (!m_isStreaming)
        return m_guard ? guardWhole(std::move(answer), askedAt) : giveWhole(answer, askedAt);
    if (m_guard)
        pass(m_guard->finish());
    if (!m_self)
        return;
    write(m_writer->done(answer));
    m_request.exchange->finish();
    keepStreamed(std::move(answer));
    m_self.reset();
}

// Here or, where that takes long, on a worker and back.
void GatewayCall::guardWhole(ModelAnswer answer, AskedAt askedAt)
{
    const std::shared_ptr<const guardrails::Guardrails> rules(m_request.rules, &m_request.rules->guardrails);
    const auto said = std::make_shared<ModelAnswer>(std::move(answer));
    const auto look = [rules, said] { return guardrails::AnswerGuard::guard(rules, *said); };
    const auto tell = [weak = weak_from_this(), said, askedAt](const std::optional<ApiError> &refusal) {
        const auto self = weak.lock();
        if (!self || !self->m_self) // the program has left
            return;
        if (refusal)
            self->stop(*refusal);
        else
            self->giveWhole(*said, askedAt);
    };
    const auto elsewhere = [exchange = m_request.exchange, look, tell] {
        exchange->post([tell, refusal = look()](http::Exchange &) { tell(refusal); });
    };
    if (rules->isQuick(*said) || !m_request.desk.work(elsewhere))
        tell(look());
}

void GatewayCall::giveWhole(const ModelAnswer &answer, AskedAt askedAt)
{
    const auto self = m_self;
    http::HeaderList all = headers();
    const auto heardAt =
        askedAt ? std::optional(*askedAt + std::chrono::milliseconds(answer.firstTokenMs)) : std::nullopt;
    all.append(m_request.timing(askedAt, heardAt, true));
    const QByteArray body = m_writer->whole(answer);
    m_request.keepBodies(answeredId(), m_calledAt, body);
    m_request.router.finish(m_request.exchange, m_request.call,
                            {.status = 200, .contentType = "application/json", .body = body, .headers = all});
    m_self.reset();
}

const QUuid &GatewayCall::answeredId() const { return m_speaker ? m_speaker->id() : m_cachedId; }

// Of a stream the whole answer is kept, as it would have been given.
void GatewayCall::keepStreamed(ModelAnswer answer)
{
    if (!m_request.rules->settings.bodyDays)
        return;
    if (m_guard)
        (void)guardrails::AnswerGuard::guard(
            std::shared_ptr<const guardrails::Guardrails>(m_request.rules, &m_request.rules->guardrails), answer);
    const auto writer = m_format.writer(
        m_incoming, {m_id.toString(QUuid::Id128), m_calledAt, m_incoming.request.model, m_promptTokens});
    m_request.keepBodies(answeredId(), m_calledAt, writer->whole(answer));
}

void GatewayCall::fail(GatewayAttempt *attempt, const CallError &error)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    if (m_isStreaming) {
        write(m_writer->failed(gateway::refusalOf(error)));
        m_request.exchange->finish();
        m_self.reset();
        return;
    }
    m_speaker.reset(); // a whole answer that broke was not passed on
    m_problem = gateway::refusalOf(error);
    m_problemHeaders = gateway::retryHeaders(error);
    if (gateway::isOfTarget(error))
        return fallBack();
    cancelOthers(attempt);
    m_plan.targets.clear();
    fallBack();
}

void GatewayCall::decline(GatewayAttempt *attempt, const Declined &declined)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    m_request.note(declined, attempt->target().model);
    m_problem = declined.error;
    m_problemHeaders = declined.headers;
    fallBack();
}

void GatewayCall::fallBack()
{
    const bool someoneRuns =
        std::any_of(m_attempts.begin(), m_attempts.end(), [](const Attempt &one) { return one->isRunning(); });
    if (someoneRuns || askNext())
        return;
    http::HeaderList all = headers() + m_problemHeaders;
    const GatewayAttempt &last = *m_attempts.last();
    if (last.calledAt())
        m_request.keepBodies(last.id(), m_calledAt,
                             gateway::printError(m_request.dialect, *m_problem, m_request.call.requestId));
    all.append(m_request.timing(last.calledAt(), {}, true));
    m_request.refuse(*m_problem, all);
    m_self.reset();
}

void GatewayCall::cancelOthers(const GatewayAttempt *except)
{
    for (const Attempt &attempt : std::as_const(m_attempts))
        if (attempt.get() != except)
            attempt->cancel();
}

void GatewayCall::leave()
{
    if (!m_self)
        return;
    const auto self = m_self;
    cancelOthers(nullptr);
    if (!m_isStreaming)
        m_request.router.observe(m_request.call, 499);
    m_self.reset();
}
