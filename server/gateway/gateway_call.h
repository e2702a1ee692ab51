// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/call_ledger.h"
#include "server/gateway/formats/format.h"
#include "server/gateway/gateway_key_book.h"
#include "server/http/router.h"
#include "server/providers/registry.h"

// One call of a program on its way through a provider, on the I/O thread of its connection. It is written down before
// the provider is asked and settled once, whatever ends it: the answer, a failure, or the program that leaves. Keeps
// itself alive until then. A program that reads slowly slows the provider down, so that memory stays bounded.
class GatewayCall : public std::enable_shared_from_this<GatewayCall>
{
public:
    struct Parts
    {
        const http::Router &router;
        CallLedger &ledger;
        std::shared_ptr<http::Exchange> exchange;
        http::Call call;
        const gateway::Format &format;
        GatewayKeyBook::Found caller;
        gateway::Incoming incoming; // ready to be sent to the target
        providers::Target target;
        QString model; // provider/model-name
    };
    explicit GatewayCall(Parts parts);

    void start(); // throws ApiError where it cannot be written down; then it is not made

    // Answers in the dialect with an error; for calls that were not begun as well.
    static void refuse(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                       const http::Call &call, gateway::Dialect dialect, const ApiError &error,
                       const http::HeaderList &headers = {});

private:
    void begin();
    void write(const QByteArray &bytes);
    void finish(const providers::ModelAnswer &answer);
    void fail(const providers::CallError &error);
    void leave(); // the program has gone
    void settle(const CallEnd &end);
    http::HeaderList headers() const;

    Parts m_parts;
    const QUuid m_id;
    std::unique_ptr<gateway::AnswerWriter> m_writer;
    std::unique_ptr<providers::Call> m_call;
    std::chrono::steady_clock::time_point m_calledAt;
    std::shared_ptr<GatewayCall> m_self; // until it is settled
    bool m_isStreaming = false;
    bool m_isPaused = false;
};
