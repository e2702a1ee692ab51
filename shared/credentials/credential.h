// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QString>
#include <QUuid>

// The wire format that a provider's server speaks.
enum class ProviderKind { Anthropic, OpenAi, Google };
template<> inline constexpr auto enumNames<ProviderKind> = std::to_array({"anthropic", "openai", "google"});

// What came of asking a provider which models it has, with the tenant's key.
struct CredentialCheck
{
    bool works = false;
    QString code; // "ok", or as an attempt's error: "authentication_failed"
    QString message; // a sentence that a person can act on
    int models = 0;
    QDateTime checkedAt;

    static constexpr auto fields()
    {
        using T = CredentialCheck;
        return std::tuple{Field{"works", &T::works},
                          Field{"code", &T::code, {.doc = "ok, or why not: as in the errors of attempts"}},
                          Field{"message", &T::message}, Field{"models", &T::models, {.doc = "How many it has"}},
                          Field{"checkedAt", &T::checkedAt}};
    }
};

// A tenant's access to a provider. The key itself never travels to a client.
struct Credential
{
    QUuid id;
    QString provider; // what stands before the slash in a model's name
    ProviderKind kind = ProviderKind::OpenAi;
    std::optional<QString> keyHint; // "sk-…a91c"; absent: the server asks for no key
    std::optional<QString> baseUrl; // absent: the provider's own
    QString setByName;
    QDateTime setAt; // the key, or the address where there is no key
    std::optional<CredentialCheck> lastCheck; // absent: not tested since it was set
    QDateTime createdAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Credential;
        return std::tuple{
            Field{"id", &T::id},
            Field{"provider", &T::provider, {.doc = "What stands before the slash in a model's name"}},
            Field{"kind", &T::kind},
            Field{"keyHint", &T::keyHint, {.doc = "The key's first and last characters; the key is never shown"}},
            Field{"baseUrl", &T::baseUrl},
            Field{"setByName", &T::setByName},
            Field{"setAt", &T::setAt},
            Field{"lastCheck", &T::lastCheck, {.doc = "Absent when it was not tested since it was set"}},
            Field{"createdAt", &T::createdAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewCredential
{
    QString provider;
    ProviderKind kind = ProviderKind::OpenAi;
    std::optional<QString> key;
    std::optional<QString> baseUrl;

    static constexpr auto fields()
    {
        using T = NewCredential;
        return std::tuple{
            Field{"provider",
                  &T::provider,
                  {.doc = "openai, anthropic, google, or a name of your own for a server with a base URL, such as "
                          "vllm: its models are then vllm/…",
                   .minLength = 1,
                   .maxLength = 40}},
            Field{"kind", &T::kind, {.doc = "Whose wire format the server speaks"}},
            Field{"key", &T::key, {.minLength = 1, .maxLength = 512, .secret = true}},
            Field{"baseUrl", &T::baseUrl, {.maxLength = 300, .format = "uri"}}};
    }
};

// What stays absent stays as it is.
struct CredentialChange
{
    std::optional<QString> key;
    std::optional<QString> baseUrl; // empty: the provider's own

    static constexpr auto fields()
    {
        using T = CredentialChange;
        return std::tuple{Field{"key",
                                &T::key,
                                {.doc = "Must be given again when the address changes",
                                 .minLength = 1,
                                 .maxLength = 512,
                                 .secret = true}},
                          Field{"baseUrl", &T::baseUrl, {.doc = "Empty: the provider's own", .maxLength = 300}}};
    }
};

WIRE_TYPE(Credential)
WIRE_TYPE(CredentialCheck)
WIRE_TYPE(NewCredential)
WIRE_TYPE(CredentialChange)
