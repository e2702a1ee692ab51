// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_transport.h"
#include "server/providers/provider.h"

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
    QList<CompatibleProvider> compatible;

    // OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL.
    static ProviderSettings fromEnvironment(const QProcessEnvironment &environment);
};

// What a model's full name leads to. Copy model, apiKey, baseUrl and addresses into the ModelRequest.
struct Target
{
    Provider *provider;
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

// The providers of one event-loop thread: "anthropic", "openai", "demo" and the compatible ones.
class Registry
{
public:
    // Throws ApiError for a base URL that is none, and for a compatible provider without a usable name.
    Registry(HttpTransport &transport, ProviderSettings settings);

    // "provider/model-name"; the model's name may hold further slashes. A tenant's own credentials go before the
    // operator's, and its base URL never gets the operator's key and may reach public addresses only.
    // Throws ApiError 422 naming /model: no such form, no such provider, or no key for it.
    Target resolve(const QString &fullName, const std::optional<Credentials> &tenant = {}) const;

    QList<ProviderState> providers() const;

private:
    struct Entry
    {
        std::unique_ptr<Provider> provider;
        Credentials credentials;
        bool isConfigured;
        QString hint; // what to set when it is not
    };

    std::map<QString, Entry> m_entries;
};

} // namespace providers
