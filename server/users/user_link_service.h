// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_opener.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "server/security/passwords.h"
#include "server/users/user_link_store.h"
#include "shared/users/user_link.h"

// One-time links by which somebody chooses a password: an invitation, or a reset by an admin. No mail is sent: whoever
// makes the link passes it on. Taking one computes an Argon2id hash and belongs on the threads for that. Any thread.
class UserLinkService
{
public:
    struct Parts
    {
        Database &database;
        const Passwords &passwords;
        const LinkTokens &tokens;
        const SessionOpener &opener;
        SessionWatch &watch;
    };
    explicit UserLinkService(Parts parts) : m_parts(parts) { }

    UserLink invite(const Caller &caller, const NewInvitation &input);
    UserLink renewInvitation(const Caller &caller, const QUuid &userId); // the earlier link is no longer good
    void revokeInvitation(const Caller &caller, const QUuid &userId); // the person is removed again
    // `where`: a caller who is not signed in yet.
    ::SignedIn accept(const AcceptInvitation &input, const Caller &where);

    UserLink offerReset(const Caller &caller, const QUuid &userId);
    void reset(const PasswordReset &input, const Caller &where); // ends all sessions of the person

private:
    template<class Change>
    auto withLink(const QString &token, UserLinkStore::Purpose purpose, const QString &password, Caller where,
                  Change &&change);
    UserLink made(Transaction &tx, const QUuid &tenantId, const User &user, UserLinkStore::Purpose purpose) const;

    Parts m_parts;
};
