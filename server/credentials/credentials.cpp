// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credentials.h"

#include "server/credentials/credential_routes.h"

Credentials::Credentials(Database &database, const SecretBox &box, const providers::ProviderSettings &settings,
                         Work work, std::function<void()> changed)
    : book(database, box),
      service(database, box, book, settings.tenantAddresses, std::move(changed)),
      m_work(std::move(work)),
      m_probe(std::make_unique<CredentialProbe>(settings))
{
}

void Credentials::addRoutes(http::Router &router) { addCredentialRoutes(router, service, *m_probe, m_work); }

void Credentials::stop() { m_probe.reset(); }
