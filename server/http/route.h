// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/http/exchange.h"
#include "server/idempotency/idempotency.h"
#include "shared/http/endpoint.h"
#include "shared/json/schema.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace http {

struct Route;

// One request on its way to a handler: who asks, and what stood in the address and the headers. The body has become the
// handler's input. Any thread; holds its bytes itself.
struct Call
{
    const Route *route = nullptr;
    Request request;
    Caller caller;
    std::map<QByteArray, QString, std::less<>> names; // {id} → what stood there
    QByteArray requestId;
    QByteArray traceId; // of the request's W3C trace context; made here where the caller brought none
    std::shared_ptr<Idempotency::Run> idempotent; // when the answer is to be kept under an Idempotency-Key
    bool isReplay = false; // answered before under the same Idempotency-Key: said in a header
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

    QUuid id(const char *name = "id") const;
    int number(const char *name) const;
    QString text(const char *name) const;

    // The revision in If-Match; throws 428 where the header is missing and 400 where it is not an ETag of ours.
    qint64 ifMatch() const;
    std::optional<qint64> optionalIfMatch() const;
    bool accepts(QByteArrayView mediaType) const;
};

// A value with a status other than the endpoint's own.
template<class Output> struct Reply
{
    Output output;
    int status = 200;
};

// One row of the route table: serves the request, checks the permission and makes the API document.
struct Route
{
    enum class Kind {
        Json, // a typed function on a database worker
        Exchange, // a function that answers by itself, now or later
        Plain, // a text without a wire type: health, metrics, documents
        Foreign, // bodies, errors and keys as somebody else has described them: the gateway's
        WebSocket, // taken over before routing
    };

    Method method = Method::Get;
    QString path;
    Ability needs = Ability::Public;
    QString summary;
    QString description;
    int status = 200;
    Kind kind = Kind::Json;
    json::Schema input; // of the query for a GET, otherwise of the body; empty: none
    json::Schema query;
    json::Schema output;
    QString inputName, outputName;
    QByteArray contentType = "application/json";
    bool versioned = false; // the output has a revision: sent as ETag
    bool checksRevision = false; // takes If-Match
    QList<const char *> streams; // the media types of an answer that is written piece by piece
    bool keepsAnswer = true; // under an Idempotency-Key; false where it holds a secret
    qint64 bodyLimit = 1024 * 1024; // bytes
    QList<const char *> takes; // media types of bodies beside JSON
    std::function<QByteArray(const Call &)> otherBody; // the JSON body that one of these stands for
    std::function<bool(std::function<void()>)> work; // empty: the database workers
    std::function<void(const std::shared_ptr<Exchange> &, Call)> handle; // on a worker; may throw
};

} // namespace http
