// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/credentials/credential_book.h"
#include "server/gateway/call_ledger.h"
#include "server/gateway/formats/format.h"
#include "server/gateway/gateway_key_book.h"
#include "server/gateway/provider_threads.h"
#include "server/http/router.h"

struct GatewayOptions
{
    std::chrono::milliseconds firstByteTimeout{30'000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::chrono::milliseconds totalTimeout{900'000};
    qsizetype answerLimit = providers::ModelRequest::defaultAnswerLimit; // characters
};

// Takes what programs ask to the providers: who asks, what they may, which model is meant. On the I/O threads; where
// the database has to be asked who a key belongs to, on a worker and back.
class GatewayService
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker; false when its queue is full

    struct Parts
    {
        GatewayKeyBook &keys;
        CredentialBook &credentials;
        ProviderThreads &providers;
        CallLedger &ledger;
    };
    GatewayService(Parts parts, Work work, GatewayOptions options)
        : m_parts(parts),
          m_work(std::move(work)),
          m_options(options)
    {
    }

    // Who asks, and all that is needed to answer them, on the I/O thread of the exchange.
    struct Request
    {
        const http::Router &router;
        std::shared_ptr<http::Exchange> exchange;
        http::Call call; // with its caller
        GatewayKeyBook::Found caller;
        CredentialBook::Access access;
    };
    using Operation = void (GatewayService::*)(const Request &);
    // On the I/O thread; what goes wrong is told in the dialect.
    void serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
               gateway::Dialect dialect, Operation operation);

    void chatCompletions(const Request &request) { answer(request, gateway::openAiChat()); }
    void messages(const Request &request) { answer(request, gateway::anthropicMessages()); }
    void embeddings(const Request &request);
    void countTokens(const Request &request); // of a request in Anthropic's format; estimated, and not billed

private:
    struct Route
    {
        QString model; // provider/model-name
        providers::Target target;
    };
    // Where the model of that name leads, if the key may call it. Fills in how to reach it.
    Route route(const Request &request, QLatin1StringView home, providers::ModelRequest &access);
    void answer(const Request &request, const gateway::Format &format);
    void proceed(Request request, Operation operation);

    const Parts m_parts;
    const Work m_work;
    const GatewayOptions m_options;
};
