// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/gateway_key_book.h"
#include "server/gateway/gateway_key_service.h"

class UsageService;
namespace http {
class Router;
}

// The gateway, put together: the keys by which programs call it. Making it touches nothing outside.
class Gateway
{
public:
    Gateway(Database &database, const SecretBox &box, PolicyBook &policies)
        : m_tokens(box),
          book(database, m_tokens, policies),
          keys(database, m_tokens, book)
    {
    }

    void addRoutes(http::Router &router, UsageService &usage);

private:
    GatewayTokens m_tokens;

public:
    GatewayKeyBook book;
    GatewayKeyService keys;
};
