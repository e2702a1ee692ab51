// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/call_plan.h"
#include "server/gateway/formats/embedding_format.h"
#include "server/gateway/formats/format.h"
#include "server/gateway/gateway_request.h"

// Takes what programs ask to the providers: who asks, what they may, which model is meant, what their tenant lets
// through. On the I/O threads; where the database has to be asked who a key belongs to, or a text is long to look
// through, on a worker and back.
class GatewayService
{
public:
    explicit GatewayService(GatewayDesk desk) : m_desk(std::move(desk)) { }

    using Operation = void (GatewayService::*)(const GatewayRequest &);
    // On the I/O thread; what goes wrong is told in the dialect.
    void serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
               gateway::Dialect dialect, Operation operation);

    void chatCompletions(const GatewayRequest &request) { answer(request, gateway::openAiChat(), bodyOf(request)); }
    void responses(const GatewayRequest &request) { answer(request, gateway::openAiResponses(), bodyOf(request)); }
    void messages(const GatewayRequest &request) { answer(request, gateway::anthropicMessages(), bodyOf(request)); }
    void embeddings(const GatewayRequest &request) { embed(request, gateway::openAiEmbeddings(), bodyOf(request)); }
    void countTokens(const GatewayRequest &request); // of a request in Anthropic's format; estimated, and not billed

    // Google's, whose address says the model (gateway_google.cpp).
    void generateContent(const GatewayRequest &request);
    void streamGenerateContent(const GatewayRequest &request);
    void embedContent(const GatewayRequest &request);
    void batchEmbedContents(const GatewayRequest &request);
    void countGoogleTokens(const GatewayRequest &request); // as countTokens()
    void refuseAction(const GatewayRequest &request); // throws 404: there is no such one

private:
    static QJsonObject bodyOf(const GatewayRequest &request) { return json::object(request.call.request.body); }
    void answer(const GatewayRequest &request, const gateway::Format &format, const QJsonObject &body);
    void ask(const GatewayRequest &request, const gateway::Format &format, gateway::Incoming incoming,
             const guardrails::MaskCounts &masked);
    void embed(const GatewayRequest &request, const gateway::EmbeddingFormat &format, const QJsonObject &body);
    void ask(const GatewayRequest &request, const gateway::EmbeddingFormat &format, gateway::EmbeddingQuestion question,
             const guardrails::MaskCounts &masked);
    void count(const GatewayRequest &request, const gateway::Format &format, const QJsonObject &body,
               const QString &member);
    CallPlan plan(const GatewayRequest &request, const QString &model, QLatin1StringView home,
                  const QString &endUser) const;
    void proceed(GatewayRequest request, Operation operation);

    const GatewayDesk m_desk;
};
