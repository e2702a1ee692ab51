// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/credentials/credential.h"

// SQL of provider credentials, in a transaction of the tenant.
namespace CredentialStore {

// The row with what never leaves the server.
struct Row
{
    QUuid id;
    QString provider;
    ProviderKind kind = ProviderKind::OpenAi;
    std::optional<QString> baseUrl;
    std::optional<QByteArray> sealedKey;
    std::optional<QString> keyHint;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Row;
        return std::tuple{Field{"id", &T::id},
                          Field{"provider", &T::provider},
                          Field{"kind", &T::kind},
                          Field{"baseUrl", &T::baseUrl},
                          Field{"sealedKey", &T::sealedKey},
                          Field{"keyHint", &T::keyHint},
                          Field{"revision", &T::revision}};
    }
};

struct Author
{
    QUuid id;
    QString name;
};

// What may be asked of a provider.
struct Offer
{
    QString provider;
    bool hasAddress = false; // of its own
    QList<QString> models; // that it named when it was tested

    static constexpr auto fields()
    {
        using T = Offer;
        return std::tuple{Field{"provider", &T::provider}, Field{"hasAddress", &T::hasAddress},
                          Field{"models", &T::models}};
    }
};

QList<Credential> list(Transaction &tx, const database::Fragment &rows); // of all, those that are to be seen
std::optional<Credential> find(Transaction &tx, const QUuid &id);
QList<Row> rows(Transaction &tx);
std::optional<Row> row(Transaction &tx, const QUuid &id);
std::optional<Row> lock(Transaction &tx, const QUuid &id);
QList<Offer> offers(Transaction &tx);

void insert(Transaction &tx, const Row &row, const Author &author); // throws 409 when the provider has one
void update(Transaction &tx, const Row &row, const Author &author); // forgets the last check
void remove(Transaction &tx, const QUuid &id);
// Does nothing when the credential has been changed or removed since that revision.
void saveCheck(Transaction &tx, const Row &tested, const CredentialCheck &check, const QList<QString> &models);

} // namespace CredentialStore
