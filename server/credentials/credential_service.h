// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/credentials/credential_book.h"
#include "server/credentials/credential_store.h"
#include "shared/http/page.h"

// The rules of a tenant's provider credentials. No state, any thread.
class CredentialService
{
public:
    // Told after each commit that wrote events.
    using Changed = std::function<void()>;

    CredentialService(Database &database, const SecretBox &box, CredentialBook &book,
                      providers::AddressPolicy addresses, Changed changed);

    Page<Credential> list(const Caller &caller);
    Credential get(const Caller &caller, const QUuid &id);
    Credential create(const Caller &caller, const NewCredential &input);
    Credential update(const Caller &caller, const QUuid &id, qint64 revision, const CredentialChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

    // A test has two halves, with a wait for the provider between them.
    struct Question
    {
        CredentialStore::Row row;
        providers::TenantProvider access;
    };
    Question question(const Caller &caller, const QUuid &id);
    CredentialCheck answer(const Caller &caller, const Question &question, const providers::ModelListing &listing);

private:
    template<class Change> Credential changed(const Caller &caller, const char *name, Ability ability, Change &&change);
    void setKey(CredentialStore::Row &row, const QUuid &tenantId, const QString &key) const;

    Database &m_database;
    const SecretBox &m_box;
    CredentialBook &m_book;
    const providers::AddressPolicy m_addresses;
    const Changed m_changed;
};
