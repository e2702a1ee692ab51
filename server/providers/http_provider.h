// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/answer_draft.h"
#include "server/providers/http_transport.h"
#include "server/providers/provider.h"
#include "server/providers/sse_parser.h"

namespace providers {

// A provider that is asked by HTTP. What all have in common is here: the transfer, statuses and retry rules, streams
// and whole answers, time, and the count of tokens when the provider gave none. A subclass knows one wire format.
//
// Its read functions throw CallError for an error that the provider reports inside an answer with status 200, and
// json::SyntaxError for what is not the format.
class HttpProvider : public Provider
{
public:
    explicit HttpProvider(HttpTransport &transport) : m_transport(transport) { }

    [[nodiscard]] std::unique_ptr<Call> start(const ModelRequest &request, CallEvents events) final;
    [[nodiscard]] std::shared_ptr<void> list(const ModelRequest &request,
                                             std::function<void(const ModelListing &)> done) final;
    [[nodiscard]] std::shared_ptr<void> embed(const EmbeddingRequest &request,
                                              std::function<void(const EmbeddingAnswer &)> done) final;

    virtual QString title() const = 0; // for messages: "OpenAI"

protected:
    friend class Exchange;

    // URL, headers and body. Throws CallError for what cannot be sent. Times and limits are set by the caller.
    virtual HttpRequest prepare(const ModelRequest &request) const = 0;
    virtual HttpRequest prepareListing(const ModelRequest &request) const = 0;
    // The names in an answer to that; as given, they are cut to what is sensible elsewhere.
    virtual QStringList readListing(const QJsonObject &answer) const;
    // What makes vectors, and what came of it: vectors in the order of the texts, model, and usage, with
    // `usageEstimated` taken back where there is one. Throw as the others.
    virtual HttpRequest prepareEmbedding(const EmbeddingRequest &request) const = 0;
    virtual void readEmbeddings(const QJsonObject &object, EmbeddingAnswer &answer) const = 0;
    virtual void readWhole(const QJsonObject &answer, const ModelRequest &request, AnswerDraft &draft) const = 0;
    virtual void readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const = 0;
    // Whether a stream that has ended has brought all of the answer.
    virtual bool isWhole(const AnswerDraft &draft) const = 0;

private:
    HttpTransport &m_transport;
};

// `path` below a base URL. `version` ("/v1") is added where the base does not end in it and has no path of its own, or,
// with `always`, wherever it does not end in it.
enum class VersionSegment { WhenBare, Always };
QUrl endpointUrl(const QUrl &base, const QString &path, VersionSegment version);

// A member that counts tokens: 0 when it is absent, negative or no number, and at most a billion, so that sums of what
// a provider makes up cannot overflow.
qint64 count(const QJsonObject &object, QLatin1StringView name);

// A vector as numbers, or as the base64 of 32-bit floats. Throws json::SyntaxError for what is none.
QList<float> readVector(const QJsonValue &value);

// A name or a reason: at most 200 characters of it.
QString shortText(const QJsonObject &object, QLatin1StringView name);

} // namespace providers
