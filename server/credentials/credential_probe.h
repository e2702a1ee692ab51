// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/registry.h"

#include <functional>
#include <memory>

// Tries the access of tenants to providers, on an event-loop thread of its own that starts with the first question and
// ends with the probe. Any thread.
class CredentialProbe
{
public:
    explicit CredentialProbe(providers::ProviderSettings settings);
    ~CredentialProbe(); // what is under way is dropped without an answer

    // Asks for the list of models; `done` comes once, on the probe's thread, within a quarter of a minute. Throws
    // ApiError 429 when this tenant, or all of them together, ask too much at once.
    using Done = std::function<void(const providers::ModelListing &)>;
    void ask(const QUuid &tenantId, const providers::TenantProvider &access, Done done);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};
