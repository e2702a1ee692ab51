// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/registry.h"

#include "server/providers/anthropic.h"
#include "server/providers/demo.h"
#include "server/providers/google.h"
#include "server/providers/openai.h"
#include "shared/error.h"

#include <QProcessEnvironment>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

void requireUsable(const QUrl &url, const QString &what)
{
    const bool usable = url.isEmpty()
        || (url.isValid() && (url.scheme() == u"http" || url.scheme() == u"https") && !url.host().isEmpty()
            && url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment());
    if (!usable)
        throw ApiError::invalid(u"/baseUrl"_s,
                                u"%1 must be an http or https URL without user, query and fragment."_s.arg(what));
}

bool hasAccess(const Credentials &credentials)
{
    return !credentials.apiKey.isEmpty() || !credentials.baseUrl.isEmpty();
}

} // namespace

bool isProviderName(const QString &name)
{
    static const QRegularExpression form(u"\\A[a-z][a-z0-9-]{0,39}\\z"_s);
    return form.match(name).hasMatch();
}

ProviderSettings ProviderSettings::fromEnvironment(const QProcessEnvironment &environment)
{
    const auto credentials = [&environment](const QString &prefix) {
        return Credentials{environment.value(prefix + u"_API_KEY"_s).trimmed().toLatin1(),
                           QUrl(environment.value(prefix + u"_BASE_URL"_s).trimmed(), QUrl::StrictMode)};
    };
    return {.openAi = credentials(u"OPENAI"_s),
            .anthropic = credentials(u"ANTHROPIC"_s),
            .google = credentials(u"GEMINI"_s),
            .compatible = {}};
}

Registry::Registry(HttpTransport &transport, ProviderSettings settings)
    : m_transport(transport),
      m_tenantAddresses(settings.tenantAddresses)
{
    requireUsable(settings.openAi.baseUrl, u"OPENAI_BASE_URL"_s);
    requireUsable(settings.anthropic.baseUrl, u"ANTHROPIC_BASE_URL"_s);
    requireUsable(settings.google.baseUrl, u"GEMINI_BASE_URL"_s);
    m_entries.emplace(u"demo"_s, Entry{std::make_shared<Demo>(), {}, true, {}});
    m_entries.emplace(u"openai"_s,
                      Entry{std::make_shared<OpenAi>(transport), settings.openAi, hasAccess(settings.openAi),
                            u"set OPENAI_API_KEY (and OPENAI_BASE_URL for a compatible server)"_s,
                            ProviderKind::OpenAi});
    m_entries.emplace(u"anthropic"_s,
                      Entry{std::make_shared<Anthropic>(transport), settings.anthropic, hasAccess(settings.anthropic),
                            u"set ANTHROPIC_API_KEY"_s, ProviderKind::Anthropic});
    m_entries.emplace(u"google"_s,
                      Entry{std::make_shared<Google>(transport), settings.google, hasAccess(settings.google),
                            u"set GEMINI_API_KEY"_s, ProviderKind::Google});

    for (const CompatibleProvider &one : settings.compatible) {
        requireUsable(one.credentials.baseUrl, u"The base URL of “%1”"_s.arg(one.name));
        if (!isProviderName(one.name) || one.credentials.baseUrl.isEmpty() || m_entries.contains(one.name))
            throw ApiError::invalid(
                u"/name"_s,
                u"“%1” must be lower-case letters, digits and dashes, unused, and have a base URL."_s.arg(one.name));
        m_entries.emplace(one.name,
                          Entry{std::make_shared<OpenAi>(transport, one.name, one.name),
                                one.credentials,
                                true,
                                {},
                                ProviderKind::OpenAi});
    }
}

Target Registry::resolve(const QString &fullName, const QList<TenantProvider> &tenant) const
{
    const qsizetype slash = fullName.indexOf(u'/');
    if (slash <= 0 || slash + 1 == fullName.size())
        throw ApiError::invalid(u"/model"_s,
                                u"“%1” must be a provider, a slash and a model, such as “demo/echo”."_s.arg(fullName));
    const QString name = fullName.first(slash);
    const QString model = fullName.sliced(slash + 1);
    for (const TenantProvider &own : tenant) {
        if (own.name != name)
            continue;
        Target target = reach(own);
        target.model = model;
        return target;
    }
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) {
        QStringList known;
        for (const auto &[key, entry] : m_entries)
            known.append(key);
        for (const TenantProvider &own : tenant)
            if (!known.contains(own.name))
                known.append(own.name);
        throw ApiError::invalid(u"/model"_s,
                                u"There is no provider “%1” here; there are %2. An owner or administrator can add one "
                                "under Provider keys."_s.arg(name, known.join(u", "_s)));
    }
    const Entry &entry = found->second;
    if (!entry.isConfigured)
        throw ApiError::invalid(
            u"/model"_s,
            u"The provider “%1” has no API key here. An owner or administrator of the tenant can "
            "add one under Provider keys, or the server's operator can %2."_s.arg(name, entry.hint));
    return {entry.provider, model, entry.credentials.apiKey, entry.credentials.baseUrl, AddressPolicy::Any};
}

Target Registry::reach(const TenantProvider &tenant) const
{
    if (!tenant.problem.isEmpty())
        throw ApiError::invalid(u"/model"_s, tenant.problem);
    const Credentials &own = tenant.credentials;
    requireUsable(own.baseUrl, u"The tenant's base URL of “%1”"_s.arg(tenant.name));
    const auto found = m_entries.find(tenant.name);
    const bool isKnown = found != m_entries.end();
    if (own.baseUrl.isEmpty() && (!isKnown || own.apiKey.isEmpty()))
        throw ApiError::invalid(u"/model"_s, u"The provider “%1” needs a base URL."_s.arg(tenant.name));
    // A name may be the tenant's from before it became a provider's: its server goes on speaking what it spoke.
    const bool isSame = isKnown && found->second.kind == tenant.kind;
    const auto provider = isSame ? found->second.provider : make(tenant);
    if (own.baseUrl.isEmpty())
        return {provider, {}, own.apiKey, found->second.credentials.baseUrl, AddressPolicy::Any};
    return {provider, {}, own.apiKey, own.baseUrl, m_tenantAddresses};
}

std::shared_ptr<Provider> Registry::make(const TenantProvider &tenant) const
{
    switch (tenant.kind) {
    case ProviderKind::Anthropic:
        return std::make_shared<Anthropic>(m_transport, tenant.name, tenant.name);
    case ProviderKind::Google:
        return std::make_shared<Google>(m_transport, tenant.name, tenant.name);
    case ProviderKind::OpenAi:
        break;
    }
    return std::make_shared<OpenAi>(m_transport, tenant.name, tenant.name);
}

QList<ProviderState> Registry::providers() const
{
    QList<ProviderState> result;
    for (const auto &[name, entry] : m_entries)
        result.append({name, entry.isConfigured});
    return result;
}

bool Registry::isConfigured(const QString &provider) const
{
    const auto found = m_entries.find(provider);
    return found != m_entries.end() && found->second.isConfigured;
}

} // namespace providers
