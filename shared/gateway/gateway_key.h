// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

enum class GatewayKeyStatus { Active, Expired, Revoked };
template<> inline constexpr auto enumNames<GatewayKeyStatus> = std::to_array({"active", "expired", "revoked"});

// By which a program calls the gateway, in the name of its owner and with no more than the owner's rights. The secret
// itself is shown once and stored nowhere.
struct GatewayKey
{
    QUuid id;
    QString name;
    GatewayKeyStatus status = GatewayKeyStatus::Active;
    QUuid ownerId;
    QString ownerName;
    QString hint; // "patio_key_…x7Qa"
    QList<QString> models; // empty: all that the owner may use
    std::optional<QDateTime> expiresAt;
    std::optional<QDateTime> lastUsedAt;
    std::optional<QDateTime> formerUntil; // until then the secret before the last rotation is good too
    std::optional<QDateTime> revokedAt;
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = GatewayKey;
        return std::tuple{
            Field{"id", &T::id},
            Field{"name", &T::name},
            Field{"status", &T::status},
            Field{"ownerId", &T::ownerId, {.doc = "In whose name and with whose rights its calls are made"}},
            Field{"ownerName", &T::ownerName},
            Field{"hint", &T::hint, {.doc = "The secret's first and last characters; it is never shown again"}},
            Field{"models", &T::models, {.doc = "provider/model, or provider/* for all of one; empty: any"}},
            Field{"expiresAt", &T::expiresAt},
            Field{"lastUsedAt", &T::lastUsedAt, {.doc = "To the minute"}},
            Field{"formerUntil", &T::formerUntil, {.doc = "Until then the secret before the last one is good too"}},
            Field{"revokedAt", &T::revokedAt},
            Field{"createdAt", &T::createdAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewGatewayKey
{
    QString name;
    std::optional<QUuid> ownerId; // absent: whoever asks
    std::optional<QList<QString>> models;
    std::optional<QDateTime> expiresAt;

    static constexpr auto fields()
    {
        using T = NewGatewayKey;
        return std::tuple{
            Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
            Field{"ownerId", &T::ownerId, {.doc = "Whose rights it has; absent: yours"}},
            Field{"models", &T::models, {.doc = "provider/model, or provider/* for all of one", .maxLength = 100}},
            Field{"expiresAt", &T::expiresAt}};
    }
};

// What stays absent stays as it is.
struct GatewayKeyChange
{
    std::optional<QString> name;
    std::optional<QList<QString>> models;
    std::optional<QDateTime> expiresAt;
    std::optional<bool> neverExpires;

    static constexpr auto fields()
    {
        using T = GatewayKeyChange;
        return std::tuple{
            Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
            Field{"models", &T::models, {.doc = "Instead of those there are", .maxLength = 100}},
            Field{"expiresAt", &T::expiresAt},
            Field{"neverExpires", &T::neverExpires, {.doc = "true takes the date away; not beside expiresAt"}}};
    }
};

struct GatewayKeyRotation
{
    std::optional<int> overlapMinutes; // absent: a day

    static constexpr auto fields()
    {
        using T = GatewayKeyRotation;
        return std::tuple{Field{
            "overlapMinutes",
            &T::overlapMinutes,
            {.doc = "How long the secret before is good too; absent: 1440, a day", .minimum = 0, .maximum = 43'200}}};
    }
};

struct MadeGatewayKey
{
    GatewayKey key;
    QString secret;

    static constexpr auto fields()
    {
        using T = MadeGatewayKey;
        return std::tuple{Field{"key", &T::key},
                          Field{"secret", &T::secret, {.doc = "Keep it now: it is never shown again"}}};
    }
};

struct GatewayKeyFilter
{
    std::optional<QString> search;
    std::optional<GatewayKeyStatus> status;
    std::optional<QUuid> ownerId;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GatewayKeyFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name", .maxLength = 200}},
                          Field{"status", &T::status}, Field{"ownerId", &T::ownerId},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

// Whether a key with these models may call `fullModel`, "provider/model".
bool allowsModel(const QList<QString> &models, const QString &fullModel);

WIRE_TYPE(GatewayKey)
WIRE_TYPE(NewGatewayKey)
WIRE_TYPE(GatewayKeyChange)
WIRE_TYPE(GatewayKeyRotation)
WIRE_TYPE(MadeGatewayKey)
WIRE_TYPE(GatewayKeyFilter)
