// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/dialect.h"
#include "server/providers/provider.h"

// The formats in which programs ask for vectors, for every provider that makes them. No state, any thread.
namespace gateway {

struct EmbeddingQuestion
{
    providers::EmbeddingRequest request; // the model as the program named it
    bool wantsBase64 = false; // OpenAI: little-endian float32; its own library asks for it and reads nothing else
    QStringList unheard; // as in Incoming
};

class EmbeddingFormat
{
public:
    EmbeddingFormat() = default;
    virtual ~EmbeddingFormat() = default;
    EmbeddingFormat(const EmbeddingFormat &) = delete;
    EmbeddingFormat &operator=(const EmbeddingFormat &) = delete;

    virtual Dialect dialect() const = 0; // of its errors
    virtual QLatin1StringView home() const = 0; // the provider of a model that is named without one
    // Throws ApiError 400 with a pointer to the member that is wrong.
    virtual EmbeddingQuestion read(const QJsonObject &body) const = 0;
    // `model` is the name that the program used.
    virtual QByteArray print(const EmbeddingQuestion &question, const QString &model,
                             const providers::EmbeddingAnswer &answer) const = 0;
};

// POST /v1/embeddings. Tokens instead of texts are refused: each model has numbers of its own for them.
const EmbeddingFormat &openAiEmbeddings();

// Google's MODEL:embedContent and MODEL:batchEmbedContents, whose body has got the address's model as its `model`.
const EmbeddingFormat &googleEmbedding();
const EmbeddingFormat &googleEmbeddings();

} // namespace gateway
