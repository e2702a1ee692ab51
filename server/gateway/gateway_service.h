// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/format.h"
#include "server/gateway/gateway_request.h"

// Takes what programs ask to the providers: who asks, what they may, which model is meant. On the I/O threads; where
// the database has to be asked who a key belongs to, on a worker and back.
class GatewayService
{
public:
    explicit GatewayService(GatewayDesk desk) : m_desk(std::move(desk)) { }

    using Operation = void (GatewayService::*)(const GatewayRequest &);
    // On the I/O thread; what goes wrong is told in the dialect.
    void serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
               gateway::Dialect dialect, Operation operation);

    void chatCompletions(const GatewayRequest &request) { answer(request, gateway::openAiChat()); }
    void messages(const GatewayRequest &request) { answer(request, gateway::anthropicMessages()); }
    void embeddings(const GatewayRequest &request);
    void countTokens(const GatewayRequest &request); // of a request in Anthropic's format; estimated, and not billed

private:
    void answer(const GatewayRequest &request, const gateway::Format &format);
    void proceed(GatewayRequest request, Operation operation);

    const GatewayDesk m_desk;
};
