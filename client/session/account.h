// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUrl>

// Who signs in where. Holds nothing secret.
struct Account
{
    QString server; // "https://ops.example", without a path
    QString tenant;
    QString email;
    QString displayName;
    QString tenantName;
    QString accent; // of the tenant's theme, "#3A5BD9" or empty
    bool staysSignedIn = false; // there should be a refresh token in the keychain
    std::optional<QDateTime> lastUsedAt;

    static constexpr auto fields()
    {
        using T = Account;
        return std::tuple{Field{"server", &T::server},
                          Field{"tenant", &T::tenant},
                          Field{"email", &T::email},
                          Field{"displayName", &T::displayName, {.hasDefault = true}},
                          Field{"tenantName", &T::tenantName, {.hasDefault = true}},
                          Field{"accent", &T::accent, {.hasDefault = true}},
                          Field{"staysSignedIn", &T::staysSignedIn, {.hasDefault = true}},
                          Field{"lastUsedAt", &T::lastUsedAt}};
    }

    // "https://ops.example|acme|ana@acme.example": the name of its secret in the keychain.
    QString key() const { return server + u'|' + tenant + u'|' + email; }
    QString folderName() const; // a name for its files, the same at every start
};

// What a person types as a server's address: "ops.example" means https, "localhost:8080" http. Empty when it is none.
QUrl serverAddress(const QString &typed);

// The accounts of this computer, last used first, kept in one small file.
class AccountList
{
public:
    explicit AccountList(const QString &file);

    const QList<Account> &accounts() const { return m_accounts; }
    std::optional<Account> lastUsed() const;
    void put(const Account &account); // becomes the first
    void remove(const Account &account);

private:
    void save() const;

    QString m_file;
    QList<Account> m_accounts;
};
