// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/one_time_link.h"

#include "client/session/account.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

constexpr std::pair<OneTimeLink::Kind, QLatin1StringView> names[] = {
    {OneTimeLink::Kind::Invitation, "invitation"_L1},
    {OneTimeLink::Kind::PasswordReset, "password-reset"_L1},
    {OneTimeLink::Kind::Setup, "setup"_L1}};

} // namespace

std::optional<OneTimeLink> OneTimeLink::parse(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const QUrlQuery query(url);
    if (url.scheme() != u"patio")
        return {};
    const auto value = [&](const QString &name) { return query.queryItemValue(name, QUrl::FullyDecoded); };
    for (const auto &[kind, name] : names) {
        if (url.host() != name)
            continue;
        const OneTimeLink link{kind, serverAddress(value(u"server"_s)), value(u"tenant"_s), value(u"email"_s),
                               value(u"token"_s)};
        return link.server.isEmpty() || link.token.isEmpty() ? std::nullopt : std::optional(link);
    }
    return {};
}

QString OneTimeLink::print() const
{
    QUrl url;
    url.setScheme(u"patio"_s);
    for (const auto &[one, name] : names)
        if (one == kind)
            url.setHost(name);
    QUrlQuery query;
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add(u"server"_s, server.toString());
    add(u"tenant"_s, tenant);
    add(u"email"_s, email);
    add(u"token"_s, token);
    url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}
