// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

#include <QJsonObject>

// OpenAI's POST /v1/embeddings, for every provider that makes vectors.
namespace gateway {

struct EmbeddingQuestion
{
    providers::EmbeddingRequest request; // the model as the program named it
    bool wantsBase64 = false; // little-endian float32: OpenAI's own library asks for it and reads nothing else
    QStringList unheard; // as in Incoming
};

// Throws ApiError 400 with a pointer to the member that is wrong. Tokens instead of texts are refused: each model has
// numbers of its own for them.
EmbeddingQuestion readEmbeddings(const QJsonObject &body);

QByteArray printEmbeddings(const EmbeddingQuestion &question, const QString &model,
                           const providers::EmbeddingAnswer &answer);

} // namespace gateway
