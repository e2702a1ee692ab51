// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/booking.h"
#include "server/gateway/call_plan.h"
#include "server/gateway/formats/openai_embeddings.h"
#include "server/gateway/gateway_request.h"

// One call for vectors, on the I/O thread of its connection: through the targets of its plan, written down and settled
// as GatewayCall is.
class GatewayEmbedding : public std::enable_shared_from_this<GatewayEmbedding>
{
public:
    // Prints the vectors in the program's format.
    using Print = std::function<QByteArray(const providers::EmbeddingAnswer &)>;
    GatewayEmbedding(const GatewayRequest &request, providers::EmbeddingRequest question, QStringList unheard,
                     CallPlan plan, Print print);

    void start();

private:
    void askNext();
    void call(const PlannedTarget &target);
    void finish(const providers::EmbeddingAnswer &answer);
    void decline(const Declined &declined);
    void leave();
    http::HeaderList headers() const;

    const GatewayRequest m_request;
    providers::EmbeddingRequest m_question;
    const QStringList m_unheard;
    CallPlan m_plan;
    const Print m_print;
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
