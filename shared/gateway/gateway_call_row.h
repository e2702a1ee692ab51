// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// One call of a provider, or an answer from the cache, as the ledger has it.
struct GatewayCallRow
{
    QUuid id; // as in the header x-patio-call
    QDateTime calledAt;
    QString model;
    QString status; // succeeded, failed, canceled, lost
    std::optional<QUuid> keyId; // absent: of a job
    QString keyName;
    std::optional<QUuid> userId;
    QString userName;
    qint64 inputTokens = 0;
    qint64 cachedInputTokens = 0;
    qint64 outputTokens = 0;
    std::optional<qint64> costNanos; // absent: the model has no price
    bool isEstimated = false;
    bool isCacheHit = false;
    std::optional<qint64> firstTokenMs;
    qint64 totalMs = 0;
    bool hasBodies = false; // request and answer are stored

    static constexpr auto fields()
    {
        using T = GatewayCallRow;
        return std::tuple{Field{"id", &T::id, {.doc = "As in the header x-patio-call"}},
                          Field{"calledAt", &T::calledAt},
                          Field{"model", &T::model},
                          Field{"status", &T::status, {.doc = "succeeded, failed, canceled or lost"}},
                          Field{"keyId", &T::keyId, {.doc = "Absent: a call of a job"}},
                          Field{"keyName", &T::keyName},
                          Field{"userId", &T::userId},
                          Field{"userName", &T::userName},
                          Field{"inputTokens", &T::inputTokens},
                          Field{"cachedInputTokens", &T::cachedInputTokens},
                          Field{"outputTokens", &T::outputTokens},
                          Field{"costNanos", &T::costNanos, {.doc = "Absent: the model has no price"}},
                          Field{"isEstimated", &T::isEstimated},
                          Field{"isCacheHit", &T::isCacheHit},
                          Field{"firstTokenMs", &T::firstTokenMs},
                          Field{"totalMs", &T::totalMs},
                          Field{"hasBodies", &T::hasBodies, {.doc = "Request and answer are stored"}}};
    }
};

struct GatewayCallFilter
{
    std::optional<QDateTime> from;
    std::optional<QDateTime> to;
    std::optional<QString> model;
    std::optional<QString> status;
    std::optional<QUuid> keyId;
    std::optional<QUuid> userId;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GatewayCallFilter;
        return std::tuple{Field{"from", &T::from},
                          Field{"to", &T::to},
                          Field{"model", &T::model, {.maxLength = 200}},
                          Field{"status", &T::status, {.doc = "succeeded, failed, canceled or lost", .maxLength = 20}},
                          Field{"keyId", &T::keyId},
                          Field{"userId", &T::userId},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &T::cursor}};
    }
};

// What a program sent and got, where its tenant keeps that.
struct GatewayCallBodies
{
    QString request;
    QString answer;
    bool requestIsCut = false; // only the beginning is stored, and a word of how long it was
    bool answerIsCut = false;
    QDateTime deletedAt;

    static constexpr auto fields()
    {
        using T = GatewayCallBodies;
        return std::tuple{Field{"request", &T::request, {.doc = "JSON as it came, personal data masked"}},
                          Field{"answer", &T::answer, {.doc = "JSON; of a stream, the whole answer"}},
                          Field{"requestIsCut", &T::requestIsCut, {.doc = "It was too long; the beginning is stored"}},
                          Field{"answerIsCut", &T::answerIsCut, {.doc = "The same"}},
                          Field{"deletedAt", &T::deletedAt, {.doc = "When it will be deleted"}}};
    }
};

WIRE_TYPE(GatewayCallRow)
WIRE_TYPE(GatewayCallFilter)
WIRE_TYPE(GatewayCallBodies)
