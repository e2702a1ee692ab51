// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/session/account.h"
#include "client/session/keychain.h"
#include "client/session/sign_in_attempt.h"

class LocalStore;

// One signed-in account while the client runs: who it is, what they may do, and how the tokens come and go. The refresh
// token goes to the keychain, when the person wants to stay signed in, and nowhere else; without a keychain the session
// works all the same and ends with the program.
class AccountSession : public QObject
{
    Q_OBJECT

public:
    AccountSession(const Account &account, ApiClient &api, LocalStore &store, QObject *parent = nullptr);

    const Account &account() const { return m_account; }
    const Profile &profile() const { return m_profile; } // the last known one, also while offline
    bool hasProfile() const { return !m_profile.userId.isNull(); }
    bool isSignedIn() const { return m_hasTokens; }
    bool can(Ability ability) const { return m_profile.abilities.contains(ability); }

    void begin(const SignedIn &signedIn); // fresh from the sign-in page
    void resume(); // with the refresh token in the keychain
    void setDemoPassword(const QString &password); // signs in by itself, now and again
    void renew(); // whatever gets a new access token: refresh, or the demo's password
    void reload(); // what the server says of them now: what they may do, how their tenant looks
    void setStaysSignedIn(bool stays) { m_account.staysSignedIn = stays; }
    void signOut(); // also ends the session on the server, as far as it can be reached; then signedOut()

Q_SIGNALS:
    void profileChanged();
    void abilitiesChanged(); // after profileChanged(), when they may do something else than before
    void tokenRenewed(const QByteArray &accessToken);
    void keychainUnavailable(const QString &problem); // signing in will be needed at the next start
    void signedOut();
    void passwordNeeded(const QString &reason); // translated; the session is over, data on screen may stay

private:
    void renewed(const SignedIn &signedIn);
    void take(const Profile &profile);
    void keepRefreshToken(const QString &refreshToken);
    void forgetRefreshToken();
    void signInForDemo();

    Account m_account;
    ApiClient &m_api;
    LocalStore &m_store;
    Keychain m_keychain;
    Profile m_profile;
    SignInAttempt m_demoSignIn;
    QString m_demoPassword;
    CallHandle m_reloadCall;
    bool m_hasTokens = false;
    bool m_resuming = false;
    bool m_keychainWorks = true;
};
