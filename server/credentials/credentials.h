// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/credentials/credential_probe.h"
#include "server/credentials/credential_service.h"

namespace http {
class Router;
}

// The tenants' own access to providers, put together: setting it, using it, testing it. Making it touches nothing
// outside.
class Credentials
{
public:
    using Work = std::function<bool(std::function<void()>)>; // on a database worker

    Credentials(Database &database, const SecretBox &box, const providers::ProviderSettings &settings, Work work,
                std::function<void()> changed);

    void addRoutes(http::Router &router);
    void stop(); // tests that are under way get no answer

    CredentialBook book;
    CredentialService service;

private:
    const Work m_work;
    std::unique_ptr<CredentialProbe> m_probe;
};
