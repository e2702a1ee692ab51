// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/gateway/gateway_key_store.h"
#include "server/gateway/gateway_tokens.h"
#include "shared/http/page.h"

class GatewayKeyBook;

// Keys of the gateway: made, changed, rotated, revoked. Any thread; blocks on the database.
class GatewayKeyService
{
public:
    static constexpr int most = 1000; // of a tenant that are not revoked

    GatewayKeyService(Database &database, const GatewayTokens &tokens, GatewayKeyBook &book)
        : m_database(database),
          m_tokens(tokens),
          m_book(book)
    {
    }

    Page<GatewayKey> list(const Caller &caller, const GatewayKeyFilter &filter);
    GatewayKey get(const Caller &caller, const QUuid &id);
    // Only for oneself, or for somebody whom the caller may change and who has no right that the caller has not.
    MadeGatewayKey create(const Caller &caller, const NewGatewayKey &input);
    GatewayKey update(const Caller &caller, const QUuid &id, qint64 revision, const GatewayKeyChange &change);
    MadeGatewayKey rotate(const Caller &caller, const QUuid &id, const GatewayKeyRotation &input);
    void revoke(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    struct Made
    {
        GatewayKeyStore::Secret stored;
        QString text;
    };
    Made makeSecret(const QUuid &tenantId, const QUuid &keyId) const;

    Database &m_database;
    const GatewayTokens &m_tokens;
    GatewayKeyBook &m_book;
};
