// SPDX-License-Identifier: GPL-3.0-or-later
// Who uses the client: signing in and out, and one account after another.
#include "client/client_application.h"

#include "client/chat/chat_account.h"
#include "client/gateway/budget_notices.h"
#include "client/security/one_time_link_dialog.h"
#include "client/shell/connection_notice.h"
#include "client/shell/main_window.h"
#include "client/templates/template_library.h"
#include "client/tenants/tenant_looks.h"
#include "client/widgets/toast.h"

using namespace Qt::StringLiterals;

// ---- signing in

void ClientApplication::showSignIn(const Account &account, const QString &note)
{
    m_signingIn = account;
    m_atDesk = false;
    QStringList servers, tenants;
    for (const Account &known : m_accounts.accounts()) {
        servers << known.server;
        tenants << known.tenant;
    }
    servers.removeDuplicates();
    tenants.removeDuplicates();
    SignInPage &page = m_window.signIn();
    page.setServers(servers);
    page.setTenants(tenants);
    page.setBusy(false);
    const Workspace *other = signedInBeside(account);
    page.setBack(other ? other->session().profile().tenantName : QString());
    page.setNote(note);
    page.setError(SignInPage::Place::Form, {});
    page.setInput({account.server, account.tenant, account.email, {}, true});
    page.setServerFacts(account.server.isEmpty() ? QString() : QUrl(account.server).host());
    m_window.showSignIn();
}

// What one can go back to instead of signing in to an account: the one in the window, or else one that is parked.
const Workspace *ClientApplication::signedInBeside(const Account &account) const
{
    const auto fits = [&](const Workspace *workspace) {
        return workspace && workspace->session().isSignedIn() && workspace->session().account().key() != account.key();
    };
    if (fits(m_workspace.get()))
        return m_workspace.get();
    for (const auto &[key, parked] : m_parked)
        if (fits(parked.get()))
            return parked.get();
    return nullptr;
}

void ClientApplication::submitted(const SignInPage::Input &input)
{
    const QUrl server = serverAddress(input.server);
    if (server.isEmpty())
        return m_window.signIn().setError(SignInPage::Place::Server, tr("This is not an address such as ops.example"));
    Account account{.server = server.toString(), .tenant = input.tenant.trimmed(), .email = input.email.trimmed()};
    account.staysSignedIn = input.staysSignedIn;
    m_window.signIn().setBusy(true);
    m_window.signIn().setServerFacts(server.scheme() == u"https"_s ? tr("%1 · TLS").arg(server.host()) : server.host());
    m_signIn.start(account, input.password, input.code);
}

// With a link of somebody who has been invited, say; without one, it is asked for.
void ClientApplication::takeOneTimeLink(const std::optional<OneTimeLink> &link)
{
    auto *dialog = new OneTimeLinkDialog(link, &m_window);
    connect(dialog, &OneTimeLinkDialog::taken, this,
            [this](const Account &account, const QString &password, const std::optional<SignedIn> &already) {
                if (already)
                    return signedIn(account, *already);
                showSignIn(account, {});
                if (account.tenant.isEmpty() || account.email.isEmpty())
                    return; // the link did not say for whom it was
                m_window.signIn().setBusy(true);
                m_signIn.start(account, password);
            });
    dialog->open();
}

void ClientApplication::signInFailed(const SignInProblem &problem)
{
    using From = SignInProblem::Place;
    using To = SignInPage::Place;
    const To place = problem.place == From::Server ? To::Server
        : problem.place == From::Tenant            ? To::Tenant
        : problem.place == From::Email             ? To::Email
        : problem.place == From::Code              ? To::Code
                                                   : To::Password;
    m_window.signIn().setBusy(false);
    if (problem.asksForCode)
        return m_window.signIn().askForCode(problem.text);
    m_window.signIn().setError(place, problem.text);
}

void ClientApplication::signedIn(const Account &account, const SignedIn &signedIn)
{
    m_window.signIn().setBusy(false);
    const bool same = m_workspace && m_workspace->session().account().key() == account.key();
    if (!same)
        openAccount(account);
    m_workspace->session().setStaysSignedIn(account.staysSignedIn);
    m_workspace->session().begin(signedIn);
    m_accounts.put(account);
    renewTenants();
    showDesk();
}

// ---- accounts

void ClientApplication::openAccount(const Account &account, const QString &demoPassword)
{
    parkAccount();
    if (const auto parked = m_parked.find(account.key()); parked != m_parked.end()) {
        m_workspace = std::move(parked->second);
        m_parked.erase(parked);
        m_workspace->session().reload(); // what has changed meanwhile
    } else {
        m_workspace = std::make_unique<Workspace>(account, m_folder);
    }
    m_library = std::make_unique<TemplateLibrary>(*m_workspace);
    AccountSession &session = m_workspace->session();
    m_notice = std::make_unique<ConnectionNotice>(m_window, *m_workspace);
    m_budgetNotices = std::make_unique<BudgetNotices>(m_window, *m_workspace);
    connect(m_budgetNotices.get(), &BudgetNotices::toastRequested, &m_window.toasts(), &ToastHost::show);

    openChat();

    connect(&session, &AccountSession::profileChanged, this, [this] {
        renewIdentity();
        Q_EMIT m_window.navigation().availableChanged();
        if (!m_atDesk && m_signingIn.key() == m_workspace->session().account().key())
            showDesk();
    });
    connect(&session, &AccountSession::abilitiesChanged, this, [this] {
        if (m_atDesk)
            m_window.navigation().renewAllowed();
    });
    connect(&session, &AccountSession::passwordNeeded, this,
            [this](const QString &reason) { showSignIn(m_workspace->session().account(), reason); });
    connect(&session, &AccountSession::keychainUnavailable, this, [this](const QString &problem) {
        m_window.toasts().show({.tone = Tone::Warning,
                                .title = tr("You will be asked again next time"),
                                .text = tr("The system's keychain cannot be used, and nothing is kept elsewhere."),
                                .details = problem});
    });
    connect(&m_workspace->store(), &LocalStore::damaged, this, [this](const QString &setAside) {
        m_window.toasts().show(
            {.tone = Tone::Warning, .title = tr("The saved data was damaged and starts anew"), .text = setAside});
    });
    m_signingIn = account;
    renewIdentity();
    renewTenants();
    if (!demoPassword.isEmpty())
        session.setDemoPassword(demoPassword);
    if (session.hasProfile())
        showDesk(); // with what the cache knows
    else if (!demoPassword.isEmpty())
        showSignIn(account, tr("Signing in as %1 …").arg(account.displayName));
    // The first frame does not wait for the keychain or the network.
    QMetaObject::invokeMethod(
        m_workspace.get(),
        [this, isDemo = !demoPassword.isEmpty()] {
            m_workspace->open();
            if (!isDemo && m_workspace->session().account().staysSignedIn && m_workspace->api().accessToken().isEmpty())
                m_workspace->session().resume();
        },
        Qt::QueuedConnection);
}

// What of chat goes on whatever page is in front.
void ClientApplication::openChat()
{
    m_chat = std::make_unique<ChatAccount>(m_window, *m_workspace);
    const auto countUnread = [this] {
        m_window.navigation().setBadge(u"chat"_s, m_chat->channels().unread(), Tone::Accent);
    };
    connect(&m_chat->channels(), &ChannelBook::changed, this, countUnread);
    connect(&m_chat->notices(), &ChatNotices::toastRequested, &m_window.toasts(), &ToastHost::show);
    connect(&m_chat->notices(), &ChatNotices::openRequested, this, [this](const QUuid &channelId) {
        m_window.raise();
        m_window.activateWindow();
        m_window.navigation().openObject(u"chat"_s, channelId.toString(QUuid::WithoutBraces));
    });
    countUnread();
}

void ClientApplication::closeAccount()
{
    m_window.navigation().reset();
    m_chat.reset();
    m_budgetNotices.reset();
    m_notice.reset();
    m_library.reset();
    m_workspace.reset();
    m_atDesk = false;
}

// Takes the account off the window. Who is signed in stays so, without a live connection, until they come back to it.
void ClientApplication::parkAccount()
{
    std::unique_ptr<Workspace> parked;
    if (m_workspace && m_workspace->session().isSignedIn()) {
        disconnect(&m_workspace->session(), nullptr, this, nullptr);
        disconnect(&m_workspace->store(), nullptr, this, nullptr);
        m_workspace->live().close();
        m_window.navigation().reset(); // the pages go, what they look at stays
        m_chat.reset();
        m_budgetNotices.reset();
        m_notice.reset();
        m_library.reset();
        parked = std::move(m_workspace);
    }
    closeAccount();
    if (parked)
        m_parked[parked->session().account().key()] = std::move(parked);
}

void ClientApplication::showDesk()
{
    if (m_atDesk)
        return;
    m_atDesk = true;
    m_window.showDesk();
    openPendingLink();
}

void ClientApplication::openPendingLink()
{
    if (!m_link.isEmpty() && m_atDesk)
        m_window.openLink(std::exchange(m_link, {}));
}

void ClientApplication::renewIdentity()
{
    const Account &account = m_workspace->session().account();
    const Profile &profile = m_workspace->session().profile();
    Identity identity;
    identity.tenantName = profile.tenantName.isEmpty() ? account.tenantName : profile.tenantName;
    identity.productName = profile.theme.value(u"productName"_s).toString();
    identity.tenantDetail = !identity.productName.isEmpty() ? identity.productName
        : profile.plan.isEmpty()                            ? account.tenant
                                                            : profile.plan;
    identity.user = {profile.userId.toString(),
                     profile.displayName.isEmpty() ? account.displayName : profile.displayName};
    identity.email = account.email;
    identity.accent = QColor(profile.theme.value(u"accent"_s).toString());
    identity.logo = logoOf(profile.theme);
    m_window.setIdentity(identity);
}

void ClientApplication::renewTenants()
{
    QList<TenantChoice> choices;
    const QString open = m_workspace ? m_workspace->session().account().key() : QString();
    QList<Account> accounts = m_accounts.accounts();
    const auto isOpen = [&](const Account &account) { return account.key() == open; };
    if (m_workspace && std::none_of(accounts.begin(), accounts.end(), isOpen)) // the demo is not kept
        accounts.prepend(m_workspace->session().account());
    for (const Account &account : accounts)
        choices.append({account.key(), account.tenantName.isEmpty() ? account.tenant : account.tenantName,
                        u"%1 · %2"_s.arg(account.email, QUrl(account.server).host()), isOpen(account)});
    m_window.setTenants(choices);
}

void ClientApplication::switchTo(const QString &accountKey)
{
    for (const Account &account : m_accounts.accounts()) {
        if (account.key() != accountKey || (m_workspace && m_workspace->session().account().key() == accountKey))
            continue;
        const Account wanted = account; // put() moves the list
        m_accounts.put(wanted);
        const auto parked = m_parked.find(accountKey);
        const bool isSignedIn = parked != m_parked.end() && parked->second->session().isSignedIn();
        if (!isSignedIn && parked != m_parked.end())
            m_parked.erase(parked); // its session has ended meanwhile
        return isSignedIn || wanted.staysSignedIn ? openAccount(wanted) : showSignIn(wanted, {});
    }
}

void ClientApplication::signOut()
{
    if (!m_workspace)
        return;
    Account account = m_workspace->session().account();
    account.staysSignedIn = false;
    m_accounts.put(account);
    // Hidden at once; the server is told before the account closes. What still comes for it must not show it again.
    disconnect(&m_workspace->session(), nullptr, this, nullptr);
    showSignIn(account, {});
    m_workspace->live().close();
    connect(
        &m_workspace->session(), &AccountSession::signedOut, this,
        [this] {
            const QString left = m_workspace->session().account().key();
            closeAccount();
            renewTenants();
            if (const Workspace *other = signedInBeside(m_signingIn); other && m_signingIn.key() == left)
                openAccount(Account(other->session().account())); // the others go on
        },
        Qt::QueuedConnection);
    m_workspace->session().signOut();
}
