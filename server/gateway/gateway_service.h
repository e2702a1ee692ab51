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

    // On the I/O thread of the exchange.
    void serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
               const gateway::Format &format);

private:
    struct Admitted
    {
        GatewayKeyBook::Found caller;
        CredentialBook::Access access;
    };
    void proceed(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, http::Call call,
                 const gateway::Format &format, const Admitted &admitted);

    const Parts m_parts;
    const Work m_work;
    const GatewayOptions m_options;
};
