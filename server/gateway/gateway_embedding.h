// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/booking.h"
#include "server/gateway/call_plan.h"
#include "server/gateway/formats/embedding_format.h"
#include "server/gateway/gateway_request.h"

// One call for vectors, on the I/O thread of its connection: through the targets of its plan, written down and settled
// as GatewayCall is.
class GatewayEmbedding : public std::enable_shared_from_this<GatewayEmbedding>
{
public:
    // `masked`: what guardrails have taken out of the texts.
    GatewayEmbedding(const GatewayRequest &request, const gateway::EmbeddingFormat &format,
                     gateway::EmbeddingQuestion question, const guardrails::MaskCounts &masked, CallPlan plan);

    void start();

private:
    void askNext();
    void call(const PlannedTarget &target);
    void finish(const providers::EmbeddingAnswer &answer);
    void decline(const Declined &declined);
    void leave();
    http::HeaderList headers() const;

    const GatewayRequest m_request;
    const gateway::EmbeddingFormat &m_format;
    gateway::EmbeddingQuestion m_question;
    const guardrails::MaskCounts m_masked;
    CallPlan m_plan;
    qint64 m_promptTokens = 0;
    qint64 m_mostTokens = 0;
    std::optional<PlannedTarget> m_target; // that is being asked
    std::shared_ptr<Booking> m_booking;
    std::shared_ptr<void> m_handle;
    std::optional<GatewayRequest::Clock::time_point> m_calledAt;
    std::optional<ApiError> m_problem;
    http::HeaderList m_problemHeaders;
    std::shared_ptr<GatewayEmbedding> m_self; // until it is answered
};
