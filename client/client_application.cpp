// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/client_application.h"

#include "client/audit/audit_page.h"
#include "client/batches/batches_page.h"
#include "client/chat/chat_account.h"
#include "client/chat/chat_page.h"
#include "client/credentials/credentials_page.h"
#include "client/evaluations/evaluations_page.h"
#include "client/gateway/budget_notices.h"
#include "client/gateway/gateway_page.h"
#include "client/jobs/job_looks.h"
#include "client/jobs/jobs_page.h"
#include "client/permissions/permissions_page.h"
#include "client/prices/prices_page.h"
#include "client/security/one_time_link_dialog.h"
#include "client/security/security_section.h"
#include "client/session/demo_file.h"
#include "client/shell/connection_notice.h"
#include "client/shell/main_window.h"
#include "client/templates/templates_page.h"
#include "client/tenants/tenant_looks.h"
#include "client/tenants/tenants_page.h"
#include "client/tenants/workspace_section.h"
#include "client/usage/usage_page.h"
#include "client/users/profile_section.h"
#include "client/users/users_page.h"
#include "client/widgets/amounts.h"
#include "client/widgets/layout.h"
#include "client/widgets/toast.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int offeredJobs = 200; // in the palette; reading them takes some milliseconds

} // namespace

ClientApplication::ClientApplication(MainWindow &window, const QString &folder, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_folder(folder),
      m_accounts(folder + u"/accounts.json"_s)
{
    addPages();
    connectWindow();
}

ClientApplication::~ClientApplication() { closeAccount(); }

void ClientApplication::addPages()
{
    Navigation &navigation = m_window.navigation();
    navigation.setAllowed([this](Ability ability) {
        return ability == Ability::SignedIn || !m_workspace || m_workspace->session().can(ability);
    });
    navigation.add({u"templates"_s, PageSpec::Group::Build, u"file-code-2"_s,
                    [] { return TemplatesPage::tr("Prompt templates"); }, u"T"_s, Ability::TemplatesRead,
                    [this]() -> PageWidget * {
                        auto *page = new TemplatesPage(*m_workspace, *m_library);
                        connect(page, &TemplatesPage::jobRequested, this, [this](const QUuid &id) {
                            m_window.navigation().openObject(u"jobs"_s, id.toString(QUuid::WithoutBraces));
                        });
                        return page;
                    }});
    navigation.add({u"evaluations"_s, PageSpec::Group::Build, u"flask-conical"_s,
                    [] { return EvaluationsPage::tr("Evaluations"); }, u"E"_s, Ability::EvaluationsRead,
                    [this]() -> PageWidget * {
                        auto *page = new EvaluationsPage(*m_workspace, *m_library);
                        connect(page, &EvaluationsPage::jobRequested, this, [this](const QUuid &id) {
                            m_window.navigation().openObject(u"jobs"_s, id.toString(QUuid::WithoutBraces));
                        });
                        return page;
                    }});
    navigation.add({u"jobs"_s, PageSpec::Group::Operate, u"list-checks"_s, [] { return JobsPage::tr("Jobs"); }, u"J"_s,
                    Ability::JobsRead,
                    [this]() -> PageWidget * {
                        auto *page = new JobsPage(*m_workspace, *m_library);
                        connect(page, &JobsPage::deadLettersCounted, this,
                                [this](int count) { m_window.navigation().setBadge(u"jobs"_s, count, Tone::Danger); });
                        return page;
                    }});
    navigation.add({u"batches"_s, PageSpec::Group::Operate, u"layers"_s, [] { return BatchesPage::tr("Batches"); },
                    u"B"_s, Ability::BatchesRead,
                    [this]() -> PageWidget * { return new BatchesPage(*m_workspace, *m_library); }});
    navigation.add({u"chat"_s, PageSpec::Group::Collaborate, u"messages-square"_s, [] { return ChatPage::tr("Chat"); },
                    u"C"_s, Ability::ChannelsRead,
                    [this]() -> PageWidget * { return new ChatPage(*m_workspace, *m_chat, *m_library); }});
    navigation.add({u"usage"_s, PageSpec::Group::Administer, u"chart-column"_s, [] { return UsagePage::tr("Usage"); },
                    u"U"_s, Ability::UsageRead, [this]() -> PageWidget * { return new UsagePage(*m_workspace); }});
    navigation.add({u"prices"_s, PageSpec::Group::Administer, u"tag"_s, [] { return PricesPage::tr("Prices"); }, u"I"_s,
                    Ability::PricesRead, [this]() -> PageWidget * { return new PricesPage(*m_workspace); }});
    navigation.add({.id = u"gateway"_s,
                    .group = PageSpec::Group::Administer,
                    .icon = u"waypoints"_s,
                    .title = [] { return GatewayPage::tr("Gateway"); },
                    .goKey = u"Y"_s,
                    .ability = Ability::GatewayCall,
                    .factory = [this]() -> PageWidget * { return new GatewayPage(*m_workspace, *m_library); },
                    .alsoFor = GatewayPage::abilities()});
    navigation.add({u"credentials"_s, PageSpec::Group::Administer, u"key-round"_s,
                    [] { return CredentialsPage::tr("Provider keys"); }, u"K"_s, Ability::CredentialsRead,
                    [this]() -> PageWidget * { return new CredentialsPage(*m_workspace, *m_library); }});
    navigation.add({u"users"_s, PageSpec::Group::Administer, u"users"_s, [] { return UsersPage::tr("People"); }, u"P"_s,
                    Ability::UsersRead, [this]() -> PageWidget * { return new UsersPage(*m_workspace); }});
    navigation.add({u"permissions"_s, PageSpec::Group::Administer, u"shield-check"_s,
                    [] { return PermissionsPage::tr("Permissions"); }, u"R"_s, Ability::RulesRead,
                    [this]() -> PageWidget * { return new PermissionsPage(*m_workspace); }});
    navigation.add({u"audit"_s, PageSpec::Group::Administer, u"scroll-text"_s,
                    [] { return AuditPage::tr("Audit log"); }, u"A"_s, Ability::AuditRead,
                    [this]() -> PageWidget * { return new AuditPage(*m_workspace); }});
    navigation.add({u"tenants"_s, PageSpec::Group::Administer, u"building-2"_s,
                    [] { return TenantsPage::tr("Tenants"); }, u"N"_s, Ability::TenantsRead,
                    [this]() -> PageWidget * { return new TenantsPage(*m_workspace); }});
    m_window.setAccountSettings([this] { return accountSettings(); });
    m_window.palette().addProvider([this] {
        QList<PaletteEntry> entries;
        if (!m_library || !m_window.navigation().find(u"templates"_s))
            return entries;
        for (const PromptTemplate &one : m_library->templates()) {
            const QString id = one.id.toString(QUuid::WithoutBraces);
            entries << PaletteEntry{
                u"template."_s + id, tr("Templates"), u"file-code-2"_s, one.name, one.folder, {}, [this, id] {
                    m_window.navigation().openObject(u"templates"_s, id);
                }};
        }
        return entries;
    });
    m_window.palette().addProvider([this] { return recentJobs(); });
}

// What the settings show of the account that is open.
QWidget *ClientApplication::accountSettings()
{
    if (!m_workspace)
        return nullptr;
    auto *security = new SecuritySection(*m_workspace);
    connect(security, &SecuritySection::toastRequested, &m_window.toasts(), &ToastHost::show);
    security->load();
    auto *profile = new ProfileSection(*m_workspace);
    connect(profile, &ProfileSection::toastRequested, &m_window.toasts(), &ToastHost::show);
    if (!m_workspace->session().can(Ability::SettingsRead))
        return layout::box(layout::column({profile, security}, Length::Space20));
    auto *workspace = new WorkspaceSection(*m_workspace);
    connect(workspace, &WorkspaceSection::toastRequested, &m_window.toasts(), &ToastHost::show);
    workspace->load();
    return layout::box(layout::column({profile, security, workspace}, Length::Space20));
}

// The newest jobs that are known here, by name or the end of their id.
QList<PaletteEntry> ClientApplication::recentJobs()
{
    QList<PaletteEntry> entries;
    if (!m_workspace || !m_window.navigation().find(u"jobs"_s))
        return entries;
    for (const Job &job : m_workspace->store().rows<Job>(u"job"_s, offeredJobs)) {
        const QString id = job.id.toString(QUuid::WithoutBraces);
        const StatusLook look = lookOf(job.state);
        const QString detail = u"%1 · %2 · %3"_s.arg(shortId(job.id), look.label, amounts::moment(job.createdAt));
        entries << PaletteEntry{.id = u"job."_s + id,
                                .section = tr("Jobs"),
                                .icon = look.icon,
                                .text = shownTemplate(job),
                                .detail = detail,
                                .keys = {},
                                .run = [this, id] { m_window.navigation().openObject(u"jobs"_s, id); },
                                .onlyWhenSearched = true};
    }
    return entries;
}

void ClientApplication::connectWindow()
{
    connect(&m_window.signIn(), &SignInPage::submitted, this, &ClientApplication::submitted);
    connect(&m_window.signIn(), &SignInPage::cancelled, this, [this] {
        m_signIn.cancel();
        m_window.signIn().setBusy(false);
        const bool isOver = m_workspace && !m_workspace->session().isSignedIn();
        if (const Workspace *other = signedInBeside(m_signingIn); other && (isOver || other != m_workspace.get()))
            openAccount(Account(other->session().account()));
        else if (m_workspace && m_workspace->session().hasProfile())
            showDesk(); // what was open stays readable
    });
    connect(&m_window.signIn(), &SignInPage::linkOffered, this, [this] { takeOneTimeLink({}); });
    connect(&m_signIn, &SignInAttempt::succeeded, this, &ClientApplication::signedIn);
    connect(&m_signIn, &SignInAttempt::failed, this, &ClientApplication::signInFailed);
    connect(&m_window, &MainWindow::signOutRequested, this, &ClientApplication::signOut);
    connect(&m_window, &MainWindow::tenantChosen, this, &ClientApplication::switchTo);
    connect(&m_window, &MainWindow::otherTenantRequested, this, [this] {
        Account blank;
        if (m_workspace)
            blank.server = m_workspace->session().account().server;
        showSignIn(blank, {});
    });
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive && m_workspace)
            m_workspace->live().retryNow(); // the network may be back: the person is
    });
}

void ClientApplication::start(const StartOptions &options)
{
    const auto oneTime = OneTimeLink::parse(options.link);
    if (!oneTime)
        m_link = options.link;
    if (!options.demoFile.isEmpty())
        return startDemo(options);
    if (oneTime) {
        showSignIn({.server = oneTime->server.toString(), .tenant = oneTime->tenant, .email = oneTime->email}, {});
        return takeOneTimeLink(oneTime);
    }
    for (const Account &account : m_accounts.accounts()) {
        const bool wanted = (options.server.isEmpty() || QUrl(account.server) == options.server)
            && (options.tenant.isEmpty() || account.tenant == options.tenant);
        if (wanted && account.staysSignedIn)
            return openAccount(account);
    }
    Account account = m_accounts.lastUsed().value_or(Account{});
    if (!options.server.isEmpty())
        account.server = options.server.toString();
    if (!options.tenant.isEmpty())
        account.tenant = options.tenant;
    showSignIn(account, {});
}

void ClientApplication::startDemo(const StartOptions &options)
{
    const auto demo = readDemoFile(options.demoFile);
    const auto person = demo ? demo->promptEngineer(options.tenant) : std::nullopt;
    if (!person) {
        showSignIn({.server = options.server.toString(), .tenant = options.tenant}, {});
        return m_window.signIn().setError(SignInPage::Place::Form,
                                          demo ? tr("%1 names no prompt engineer to sign in as.").arg(options.demoFile)
                                               : demo.error().detail);
    }
    const QUrl server = options.server.isEmpty() ? serverAddress(demo->baseUrl) : options.server;
    Account account{.server = server.toString(), .tenant = person->tenant.slug, .email = person->user.email};
    account.displayName = person->user.displayName;
    account.tenantName = person->tenant.name;
    openAccount(account, person->user.password);
}

void ClientApplication::handOver(const StartOptions &options)
{
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
    if (const auto oneTime = OneTimeLink::parse(options.link))
        return takeOneTimeLink(oneTime);
    m_link = options.link;
    openPendingLink();
}

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
