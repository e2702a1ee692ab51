// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/credentials/credential_looks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct CredentialLooks
{
    Q_DECLARE_TR_FUNCTIONS(CredentialLooks)
};

} // namespace

StatusLook lookOf(const std::optional<CredentialCheck> &check)
{
    if (!check)
        return {Tone::Neutral, u"circle"_s, CredentialLooks::tr("Not tested")};
    if (check->works)
        return {Tone::Success, u"circle-check"_s, CredentialLooks::tr("Works", "a provider key")};
    return {Tone::Danger, u"circle-x"_s, CredentialLooks::tr("Does not work", "a provider key")};
}

QString shownKind(ProviderKind kind)
{
    switch (kind) {
    case ProviderKind::Anthropic:
        return u"Anthropic"_s;
    case ProviderKind::Google:
        return u"Google"_s;
    case ProviderKind::OpenAi:
        break;
    }
    return u"OpenAI"_s;
}

QString shownKey(const Credential &credential)
{
    return credential.keyHint ? *credential.keyHint : CredentialLooks::tr("No key", "in a table");
}

QString shownAddress(const Credential &credential)
{
    return credential.baseUrl ? *credential.baseUrl : CredentialLooks::tr("The provider's own");
}

QString explained(const CredentialCheck &check)
{
    if (check.works)
        return CredentialLooks::tr("The key works. The provider names %n model(s).", nullptr, check.models);
    const std::pair<QLatin1StringView, QString> sentences[] = {
        {"authentication_failed"_L1,
         CredentialLooks::tr("The provider refuses this key. Copy it again, or make a new one there.")},
        {"permission_denied"_L1, CredentialLooks::tr("The provider knows the key but does not let it list models.")},
        {"not_found"_L1,
         CredentialLooks::tr("Nothing answers for models at this address. Most servers that speak OpenAI's format want "
                             "it to end in /v1.")},
        {"quota_exhausted"_L1, CredentialLooks::tr("The key is right, but its account has no money or quota left.")},
        {"rate_limited"_L1, CredentialLooks::tr("The provider limits the rate of requests. Try again in a moment.")},
        {"overloaded"_L1, CredentialLooks::tr("The provider is overloaded. Try again in a moment.")},
        {"timeout"_L1, CredentialLooks::tr("The provider did not answer in time. Check the address.")},
        {"connection_failed"_L1, CredentialLooks::tr("The address cannot be reached. Check its name and port.")},
        {"certificate_refused"_L1, CredentialLooks::tr("The certificate of this address is not trusted.")},
        {"address_refused"_L1,
         CredentialLooks::tr("The address leads into a private network, which the server's operator has not allowed.")},
        {"malformed_answer"_L1,
         CredentialLooks::tr("What answers there is not a provider of this kind. Check the address and the kind.")}};
    for (const auto &[code, sentence] : sentences)
        if (check.code == code)
            return sentence;
    return check.message;
}
