// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/gateway/gateway_settings.h"

class GatewaySettingsBook;

// What a tenant lets its gateway do beside passing calls on. Any thread; blocks on the database.
class GatewaySettingsService
{
public:
    GatewaySettingsService(Database &database, GatewaySettingsBook &book) : m_database(database), m_book(book) { }

    GatewaySettings get(const Caller &caller);
    // Throws ApiError::invalid with the place in each pattern that cannot be used. Holds for calls from now on, in this
    // process; in others within moments. Where bodies are not stored any more, those that there are will be deleted.
    GatewaySettings put(const Caller &caller, qint64 revision, const GatewaySettings &settings);

private:
    Database &m_database;
    GatewaySettingsBook &m_book;
};
