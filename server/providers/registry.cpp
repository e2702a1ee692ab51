// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/registry.h"

#include "server/providers/anthropic.h"
#include "server/providers/demo.h"
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

bool isConfigured(const Credentials &credentials)
{
    return !credentials.apiKey.isEmpty() || !credentials.baseUrl.isEmpty();
}

} // namespace

ProviderSettings ProviderSettings::fromEnvironment(const QProcessEnvironment &environment)
{
    const auto credentials = [&environment](const QString &prefix) {
        return Credentials{environment.value(prefix + u"_API_KEY"_s).trimmed().toLatin1(),
                           QUrl(environment.value(prefix + u"_BASE_URL"_s).trimmed(), QUrl::StrictMode)};
    };
    return {credentials(u"OPENAI"_s), credentials(u"ANTHROPIC"_s), {}};
}

Registry::Registry(HttpTransport &transport, ProviderSettings settings)
{
    requireUsable(settings.openAi.baseUrl, u"OPENAI_BASE_URL"_s);
    requireUsable(settings.anthropic.baseUrl, u"ANTHROPIC_BASE_URL"_s);
    m_entries.emplace(u"demo"_s, Entry{std::make_unique<Demo>(), {}, true, {}});
    m_entries.emplace(u"openai"_s,
                      Entry{std::make_unique<OpenAi>(transport), settings.openAi, isConfigured(settings.openAi),
                            u"set OPENAI_API_KEY (and OPENAI_BASE_URL for a compatible server)"_s});
    m_entries.emplace(u"anthropic"_s,
                      Entry{std::make_unique<Anthropic>(transport), settings.anthropic,
                            isConfigured(settings.anthropic), u"set ANTHROPIC_API_KEY"_s});

    static const QRegularExpression form(u"\\A[a-z][a-z0-9-]{0,39}\\z"_s);
    for (const CompatibleProvider &one : settings.compatible) {
        requireUsable(one.credentials.baseUrl, u"The base URL of “%1”"_s.arg(one.name));
        if (!form.match(one.name).hasMatch() || one.credentials.baseUrl.isEmpty() || m_entries.contains(one.name))
            throw ApiError::invalid(
                u"/name"_s,
                u"“%1” must be lower-case letters, digits and dashes, unused, and have a base URL."_s.arg(one.name));
        m_entries.emplace(one.name,
                          Entry{std::make_unique<OpenAi>(transport, one.name, one.name), one.credentials, true, {}});
    }
}

Target Registry::resolve(const QString &fullName, const std::optional<Credentials> &tenant) const
{
    const qsizetype slash = fullName.indexOf(u'/');
    if (slash <= 0 || slash + 1 == fullName.size())
        throw ApiError::invalid(u"/model"_s,
                                u"“%1” must be a provider, a slash and a model, such as “demo/echo”."_s.arg(fullName));
    const QString name = fullName.first(slash);
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) {
        QStringList known;
        for (const auto &[key, entry] : m_entries)
            known.append(key);
        throw ApiError::invalid(u"/model"_s,
                                u"There is no provider “%1” here; there are %2."_s.arg(name, known.join(u", "_s)));
    }
    const Entry &entry = found->second;
    const QString model = fullName.sliced(slash + 1);
    if (tenant && isConfigured(*tenant)) {
        requireUsable(tenant->baseUrl, u"The tenant's base URL of “%1”"_s.arg(name));
        if (tenant->baseUrl.isEmpty())
            return {entry.provider.get(), model, tenant->apiKey, entry.credentials.baseUrl, AddressPolicy::Any};
        return {entry.provider.get(), model, tenant->apiKey, tenant->baseUrl, AddressPolicy::PublicOnly};
    }
    if (!entry.isConfigured)
        throw ApiError::invalid(
            u"/model"_s,
            u"The provider “%1” has no API key here: %2, or give the tenant a key of its own."_s.arg(name, entry.hint));
    return {entry.provider.get(), model, entry.credentials.apiKey, entry.credentials.baseUrl, AddressPolicy::Any};
}

QList<ProviderState> Registry::providers() const
{
    QList<ProviderState> result;
    for (const auto &[name, entry] : m_entries)
        result.append({name, entry.isConfigured});
    return result;
}

} // namespace providers
