// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_transport.h"
#include "server/providers/provider.h"
#include "shared/credentials/credential.h"

#include <map>

class QProcessEnvironment;

namespace providers {

// Where a provider is and what it asks for. An empty base URL is the provider's own.
struct Credentials
{
    QByteArray apiKey;
    QUrl baseUrl;
};

// A server that speaks OpenAI's Chat Completions, under a name of its own ("ollama", "vllm").
struct CompatibleProvider
{
    QString name;
    Credentials credentials; // with a base URL
};

// Which providers the operator has set up.
struct ProviderSettings
{
    Credentials openAi;
    Credentials anthropic;
    Credentials google;
    QList<CompatibleProvider> compatible;
    AddressPolicy tenantAddresses = AddressPolicy::PublicOnly; // where a tenant's base URL may lead

    // OPENAI_API_KEY, ANTHROPIC_API_KEY and GEMINI_API_KEY, and the same with _BASE_URL.
    static ProviderSettings fromEnvironment(const QProcessEnvironment &environment);
};

// Lower-case letters, digits and dashes, at most 40.
bool isProviderName(const QString &name);

// A tenant's own access to a provider, under the provider's name or one of its own.
struct TenantProvider
{
    QString name;
    ProviderKind kind = ProviderKind::OpenAi;
    Credentials credentials;
    QString problem; // why it cannot be used, as a sentence; usually empty
};

// What a model's full name leads to. Copy model, apiKey, baseUrl and addresses into the ModelRequest. The provider must
// outlive the call.
struct Target
{
    std::shared_ptr<Provider> provider;
    QString model; // the provider's own name of it
    QByteArray apiKey;
    QUrl baseUrl;
    AddressPolicy addresses;
};

struct ProviderState
{
    QString name;
    bool isConfigured; // by the operator; a tenant may bring a key of its own
};

// The providers of one event-loop thread: "anthropic", "openai", "google", "demo" and the compatible ones.
class Registry
{
public:
    // Throws ApiError for a base URL that is none, and for a compatible provider without a usable name.
    Registry(HttpTransport &transport, ProviderSettings settings);

    // "provider/model-name"; the model's name may hold further slashes. A tenant's own access goes before the
    // operator's, and its base URL never gets the operator's key and leads only where the settings let it.
    // Throws ApiError 422 naming /model: no such form, no such provider, or no key for it and who can add one.
    Target resolve(const QString &fullName, const QList<TenantProvider> &tenant = {}) const;
    // Where that access leads, for asking which models there are. Throws ApiError 422 when it leads nowhere.
    Target reach(const TenantProvider &tenant) const;

    QList<ProviderState> providers() const;
    bool isConfigured(const QString &provider) const; // by the operator

private:
    struct Entry
    {
        std::shared_ptr<Provider> provider;
        Credentials credentials;
        bool isConfigured;
        QString hint; // what to set when it is not
        std::optional<ProviderKind> kind = {}; // whose format it speaks; nothing: none
    };

    std::shared_ptr<Provider> make(const TenantProvider &tenant) const;

    HttpTransport &m_transport;
    const AddressPolicy m_tenantAddresses;
    std::map<QString, Entry> m_entries;
};

} // namespace providers
