// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_rules.h"

#include "server/providers/registry.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;
using providers::AddressPolicy;

namespace CredentialRules {
namespace {

using Problems = QList<json::Problem>;

void refuse(const Problems &problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

// What can stand in a header, and nothing that was pasted with it.
void checkKey(const QString &key, Problems &problems)
{
    const bool isPlain = std::all_of(key.begin(), key.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!isPlain)
        problems.append({u"/key"_s, u"must be one word of plain characters, without spaces and line breaks"_s});
}

// A name may lead anywhere, and elsewhere tomorrow: the address that it leads to is looked at in each connection. Here
// is only refused early what is plain to see.
void checkUrl(const QString &text, AddressPolicy addresses, Problems &problems)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !isHttp || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery()
        || url.hasFragment()) {
        problems.append({u"/baseUrl"_s,
                         u"must be an https address without user, query and fragment, such as "
                         "https://models.example.com/v1"_s});
        return;
    }
    if (addresses == AddressPolicy::Any)
        return;
    const QHostAddress literal(url.host());
    if (url.scheme() != u"https")
        problems.append({u"/baseUrl"_s, u"must begin with https: the key would travel in the open"_s});
    else if (url.host() == u"localhost" || url.host().endsWith(u".localhost")
             || (!literal.isNull() && !providers::isPublicAddress(literal)))
        problems.append({u"/baseUrl"_s,
                         u"must lead to a public address; the server's operator can allow private ones "
                         "(private-provider-addresses)"_s});
}

bool isBuiltIn(const QString &provider)
{
    return provider == u"openai" || provider == u"anthropic" || provider == u"google";
}

} // namespace

void check(const NewCredential &input, AddressPolicy addresses)
{
    Problems problems;
    const QString url = input.baseUrl.value_or(QString());
    if (!providers::isProviderName(input.provider))
        problems.append({u"/provider"_s, u"must be small letters, digits and dashes, such as vllm"_s});
    else if (input.provider == u"demo")
        problems.append({u"/provider"_s, u"must be another: the demo's models need no key"_s});
    else if (isBuiltIn(input.provider) && input.provider != json::name(input.kind))
        problems.append(
            {u"/kind"_s, u"must be %1 for this provider; give the server a name of your own"_s.arg(input.provider)});
    else if (!isBuiltIn(input.provider) && url.isEmpty())
        problems.append(
            {u"/baseUrl"_s, u"is missing: only openai, anthropic and google have an address of their own"_s});
    if (!input.key && url.isEmpty())
        problems.append({u"/key"_s, u"is missing"_s});
    if (input.key)
        checkKey(*input.key, problems);
    if (!url.isEmpty())
        checkUrl(url, addresses, problems);
    refuse(problems);
}

void check(const CredentialChange &change, const CredentialStore::Row &before, AddressPolicy addresses)
{
    Problems problems;
    if (change.key)
        checkKey(*change.key, problems);
    if (change.baseUrl) {
        if (!change.baseUrl->isEmpty())
            checkUrl(*change.baseUrl, addresses, problems);
        else if (!isBuiltIn(before.provider))
            problems.append({u"/baseUrl"_s,
                             u"must not be empty: only openai, anthropic and google have an address of their own"_s});
        if (before.sealedKey && !change.key && *change.baseUrl != before.baseUrl.value_or(QString()))
            problems.append({u"/key"_s, u"must be given again when the address changes: it would be sent there"_s});
        else if (!before.sealedKey && !change.key && change.baseUrl->isEmpty())
            problems.append({u"/key"_s, u"is missing"_s});
    }
    refuse(problems);
}

QString hint(const QString &key)
{
    constexpr qsizetype shown = 4;
    if (key.size() < 5 * shown)
        return u"…"_s;
    const qsizetype dash = key.indexOf(u'-');
    const QString start = dash > 0 && dash <= shown ? key.first(dash + 1) : QString();
    return start + u'…' + key.last(shown);
}

} // namespace CredentialRules
