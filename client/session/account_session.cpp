// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/account_session.h"

#include "client/cache/local_store.h"
#include "shared/auth/endpoints.h"

namespace {

const auto profileKind = QStringLiteral("profile");
const auto profileKey = QStringLiteral("me");

} // namespace

AccountSession::AccountSession(const Account &account, ApiClient &api, LocalStore &store, QObject *parent)
    : QObject(parent),
      m_account(account),
      m_api(api),
      m_store(store)
{
    m_api.setServer(QUrl(account.server));
    if (const auto known = m_store.row<Profile>(profileKind, profileKey))
        m_profile = *known;
    if (m_account.staysSignedIn)
        m_api.expectTokens(); // from the keychain
    connect(&m_api, &ApiClient::renewed, this, &AccountSession::renewed);
    connect(&m_api, &ApiClient::signedOut, this, [this] {
        m_hasTokens = false;
        forgetRefreshToken();
        if (m_demoPassword.isEmpty())
            Q_EMIT passwordNeeded(tr("Your session has ended. Sign in again to go on."));
        else
            signInForDemo();
    });
    connect(&m_demoSignIn, &SignInAttempt::succeeded, this,
            [this](const Account &, const SignedIn &signedIn) { begin(signedIn); });
    connect(&m_demoSignIn, &SignInAttempt::failed, this, [this](const SignInProblem &problem) {
        m_api.noTokens(problem.error);
        if (problem.error.status == 401) {
            m_demoPassword.clear();
            Q_EMIT passwordNeeded(problem.text);
        }
    });
}

void AccountSession::begin(const SignedIn &signedIn) { m_api.setTokens(signedIn); }

void AccountSession::resume()
{
    if (m_resuming)
        return;
    m_resuming = true;
    m_keychain.read(m_account.key(), this, [this](const Keychain::Answer &answer) {
        m_resuming = false;
        if (answer.status == Keychain::Status::Done && !answer.secret.isEmpty()) {
            m_hasTokens = true;
            m_api.setRefreshToken(answer.secret);
            return m_api.renew();
        }
        if (!m_demoPassword.isEmpty())
            return signInForDemo();
        if (answer.status == Keychain::Status::Unavailable) {
            m_keychainWorks = false;
            Q_EMIT keychainUnavailable(answer.problem);
        }
        m_api.noTokens(ApiError::unauthenticated());
        Q_EMIT passwordNeeded(tr("Sign in to see what is new."));
    });
}

void AccountSession::setDemoPassword(const QString &password)
{
    m_demoPassword = password;
    if (!password.isEmpty())
        m_api.expectTokens();
}

void AccountSession::renew()
{
    if (m_hasTokens)
        m_api.renew();
    else if (!m_demoPassword.isEmpty())
        signInForDemo();
}

void AccountSession::signInForDemo()
{
    m_api.expectTokens();
    m_demoSignIn.start(m_account, m_demoPassword);
}

void AccountSession::renewed(const SignedIn &signedIn)
{
    m_hasTokens = true;
    if (m_account.staysSignedIn)
        keepRefreshToken(signedIn.refreshToken);
    Q_EMIT tokenRenewed(signedIn.accessToken.toLatin1());
    take(signedIn.profile);
}

void AccountSession::reload()
{
    m_reloadCall.cancel(); // its answer would be of an earlier moment
    m_reloadCall = m_api.call(endpoints::auth::me, {}, this, [this](const Result<Profile> &reply) {
        if (reply) // else they stay as they were known, and the server has the last word anyway
            take(*reply);
    });
}

void AccountSession::take(const Profile &profile)
{
    const bool mayOther = profile.abilities != m_profile.abilities;
    m_profile = profile;
    m_store.put<Profile>(profileKind, {{profileKey, 0, m_profile}});
    Q_EMIT profileChanged();
    if (mayOther)
        Q_EMIT abilitiesChanged();
}

void AccountSession::keepRefreshToken(const QString &refreshToken)
{
    m_keychain.write(m_account.key(), refreshToken, this, [this](const Keychain::Answer &answer) {
        const bool works = answer.status == Keychain::Status::Done;
        if (!works && std::exchange(m_keychainWorks, false))
            Q_EMIT keychainUnavailable(answer.problem);
        m_keychainWorks = works;
    });
}

void AccountSession::forgetRefreshToken()
{
    if (m_account.staysSignedIn)
        m_keychain.remove(m_account.key());
}

void AccountSession::signOut()
{
    m_demoPassword.clear();
    m_hasTokens = false;
    m_account.staysSignedIn = false;
    m_keychain.remove(m_account.key());
    m_api.noTokens(ApiError::unauthenticated()); // nothing is to wait for a sign-in any more
    m_api.call(endpoints::auth::logout, {}, this, [this](const Result<Nothing> &) {
        m_api.clearTokens();
        Q_EMIT signedOut();
    });
}
