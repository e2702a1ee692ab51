// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/call_ledger.h"
#include "server/gateway/formats/openai_embeddings.h"
#include "server/gateway/gateway_key_book.h"
#include "server/http/router.h"
#include "server/providers/registry.h"

// One call for vectors, on the I/O thread of its connection; written down and settled as GatewayCall is.
class GatewayEmbedding : public std::enable_shared_from_this<GatewayEmbedding>
{
public:
    struct Parts
    {
        const http::Router &router;
        CallLedger &ledger;
        std::shared_ptr<http::Exchange> exchange;
        http::Call call;
        GatewayKeyBook::Found caller;
        gateway::EmbeddingQuestion question; // ready to be sent to the target
        providers::Target target;
        QString model; // provider/model-name
    };
    explicit GatewayEmbedding(Parts parts);

    void start(); // throws ApiError where it cannot be written down; then it is not made

private:
    void finish(const providers::EmbeddingAnswer &answer);
    void leave();

    Parts m_parts;
    const QUuid m_id;
    QString m_named; // the model, as the program named it
    qint64 m_promptTokens = 0;
    std::shared_ptr<void> m_handle;
    std::shared_ptr<GatewayEmbedding> m_self; // until it is settled
};
