// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_failure.h"
#include "server/providers/http_provider.h"
#include "server/providers/http_question.h"
#include "server/providers/request_rules.h"
#include "shared/json/json.h"
#include "shared/usage/token_estimate.h"

#include <QElapsedTimer>
#include <QtEndian>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

using Done = std::function<void(const EmbeddingAnswer &)>;

constexpr qsizetype mostTexts = 2048; // what OpenAI takes at once
constexpr int mostDimensions = 65'536;

// The largest vectors in use have some 4,000 numbers of 20 characters, with spaces.
qsizetype longestAnswer(qsizetype texts)
{
    constexpr qsizetype frame = 1024 * 1024;
    constexpr qsizetype forEachText = 128 * 1024;
    return frame + texts * forEachText;
}

void checkTexts(const EmbeddingRequest &request)
{
    if (request.texts.isEmpty() || request.texts.size() > mostTexts)
        refuseField(u"texts"_s, u"must be one to %L1."_s.arg(mostTexts));
    if (request.dimensions && (*request.dimensions < 1 || *request.dimensions > mostDimensions))
        refuseField(u"dimensions"_s, u"must be 1 to %L1."_s.arg(mostDimensions));
}

void checkVectors(const EmbeddingAnswer &answer, qsizetype texts)
{
    const bool isComplete = answer.vectors.size() == texts
        && std::none_of(answer.vectors.cbegin(), answer.vectors.cend(),
                        [](const QList<float> &vector) { return vector.isEmpty(); });
    if (!isComplete)
        throw json::SyntaxError("The answer has not one vector for each text.", 0);
}

EmbeddingAnswer failed(CallError error, const HttpHead &head)
{
    EmbeddingAnswer answer;
    error.httpStatus = head.status;
    if (error.providerRequestId.isEmpty())
        error.providerRequestId = requestIdOf(head);
    answer.error = std::move(error);
    return answer;
}

} // namespace

QList<float> readVector(const QJsonValue &value)
{
    QList<float> vector;
    if (value.isString()) {
        // Four bytes each, the lowest first.
        const auto decoded =
            QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || (*decoded).size() % qsizetype(sizeof(float)) != 0)
            throw json::SyntaxError("A vector cannot be decoded.", 0);
        if ((*decoded).isEmpty())
            return {};
        vector.resize((*decoded).size() / qsizetype(sizeof(float)));
        qFromLittleEndian<float>((*decoded).constData(), vector.size(), vector.data());
    } else {
        const QJsonArray numbers = value.toArray();
        vector.reserve(numbers.size());
        for (const QJsonValue &number : numbers)
            vector.append(number.isDouble() ? float(number.toDouble()) : std::nanf(""));
    }
    if (std::any_of(vector.cbegin(), vector.cend(), [](float number) { return !std::isfinite(number); }))
        throw json::SyntaxError("A vector has something else than numbers.", 0);
    return vector;
}

std::shared_ptr<void> HttpProvider::embed(const EmbeddingRequest &request, Done done)
{
    QElapsedTimer clock;
    clock.start();
    const auto read = [this, request](const HttpReply &reply) -> EmbeddingAnswer {
        const QByteArray &apiKey = request.access.apiKey;
        if (reply.head.status != 0 && reply.head.status != 200)
            return failed(httpFailure(title(), reply.head, reply.body, apiKey), reply.head);
        if (reply.end.result != HttpEnd::Complete)
            return failed(transferFailure(title(), reply.end), reply.head);
        try {
            const QJsonObject object = json::object(reply.body);
            if (const QJsonValue inner = object.value("error"_L1); inner.isObject() || inner.isString())
                return failed(streamFailure(title(), *readErrorObject(object), apiKey), reply.head);
            EmbeddingAnswer answer;
            answer.usageEstimated = true; // until the answer says otherwise
            readEmbeddings(object, answer);
            checkVectors(answer, request.texts.size());
            if (answer.usageEstimated) {
                for (const QString &text : request.texts)
                    answer.usage.input += estimateTokens(text);
            }
            if (answer.model.isEmpty())
                answer.model = request.access.model;
            answer.providerRequestId = requestIdOf(reply.head);
            return answer;
        } catch (const json::SyntaxError &) {
            CallError error = CallError::make(
                CallError::MalformedAnswer,
                u"What %1 answered cannot be read: it has not one vector for each text."_s.arg(title()));
            error.reachedProvider = true;
            return failed(error, reply.head);
        }
    };
    try {
        checkTexts(request);
        HttpRequest prepared = prepareEmbedding(request);
        prepared.headers.emplaceBack("Content-Type", "application/json");
        prepared.headers.emplaceBack("Accept", "application/json");
        if (!request.access.callId.isEmpty())
            prepared.headers.emplaceBack("X-Client-Request-Id", request.access.callId);
        prepared.maxResponseBytes = longestAnswer(request.texts.size());
        allowTimes(prepared, request.access);
        return ask(m_transport, std::move(prepared), [read, clock, done = std::move(done)](const HttpReply &reply) {
            EmbeddingAnswer answer = read(reply);
            answer.totalMs = clock.elapsed();
            if (answer.error)
                answer.error->totalMs = answer.totalMs;
            done(answer);
        });
    } catch (const CallError &error) {
        return tellLater(m_transport, [error, done = std::move(done)] { done(failed(error, {})); });
    }
}

} // namespace providers
