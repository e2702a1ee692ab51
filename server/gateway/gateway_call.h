// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/cache_control.h"
#include "server/gateway/formats/format.h"
#include "server/gateway/gateway_attempt.h"
#include "server/gateway/gateway_request.h"

#include "server/guardrails/answer_guard.h"

#include <QTimer>

// One call of a program on its way through the targets of its plan, on the I/O thread of its connection. While nothing
// of an answer was passed on, a target that fails is followed by the next; with hedging the next is asked too when
// nothing has come for a while, and whoever speaks first answers. Keeps itself alive until the program has its answer
// or has left. A program that reads slowly slows the provider down, so that memory stays bounded.
class GatewayCall : public std::enable_shared_from_this<GatewayCall>
{
public:
    // `masked`: what guardrails have taken out of the request.
    GatewayCall(const GatewayRequest &request, const gateway::Format &format, gateway::Incoming incoming,
                const guardrails::MaskCounts &masked, CallPlan plan);

    void start();

private:
    using Attempt = std::shared_ptr<GatewayAttempt>;
    bool askNext(); // false: there is nobody left
    bool isCaching() const;
    bool answerFromCache(const PlannedTarget &target, const QByteArray &key); // false: there is none
    using AskedAt = std::optional<GatewayRequest::Clock::time_point>; // the provider
    void beginStream(AskedAt askedAt);
    CallBegin beginOf(const QUuid &id, const PlannedTarget &target) const;
    void heard(GatewayAttempt *attempt); // the first piece of an answer
    bool isOver(const GatewayAttempt *attempt) const; // another one answers
    void write(const QByteArray &bytes);
    void pass(const guardrails::AnswerGuard::Passed &passed); // of a stream; may be the end of it
    void stop(const ApiError &refusal); // the answer must not go on
    void give(providers::ModelAnswer answer, AskedAt askedAt);
    void guardWhole(providers::ModelAnswer answer, AskedAt askedAt);
    void giveWhole(const providers::ModelAnswer &answer, AskedAt askedAt);
    void keepStreamed(providers::ModelAnswer answer);
    void finish(GatewayAttempt *attempt, const providers::ModelAnswer &answer);
    void fail(GatewayAttempt *attempt, const providers::CallError &error);
    void decline(GatewayAttempt *attempt, const Declined &declined);
    void fallBack(); // after an attempt that came to nothing
    void leave(); // the program has gone
    void cancelOthers(const GatewayAttempt *except);
    http::HeaderList headers() const;
    const QUuid &answeredId() const; // of the call whose answer is given

    const GatewayRequest m_request;
    const gateway::Format &m_format;
    gateway::Incoming m_incoming;
    const guardrails::MaskCounts m_masked;
    const CacheControl m_cacheControl;
    CallPlan m_plan;
    const QDateTime m_calledAt;
    const QUuid m_id; // of the first attempt as well
    const qint64 m_promptTokens;
    std::unique_ptr<gateway::AnswerWriter> m_writer;
    std::optional<guardrails::AnswerGuard> m_guard;
    QList<Attempt> m_attempts;
    QHash<const GatewayAttempt *, QByteArray> m_cacheKeys;
    QString m_cachedModel; // whose answer was given from the cache
    QUuid m_cachedId;
    Attempt m_speaker; // whose answer is passed on
    std::optional<ApiError> m_problem; // the first target's, told where all come to nothing
    http::HeaderList m_problemHeaders;
    QTimer m_hedge;
    std::shared_ptr<GatewayCall> m_self; // until the program has its answer
    bool m_isStreaming = false;
    bool m_isPaused = false;
};
