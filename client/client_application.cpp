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
#include "client/security/security_section.h"
#include "client/session/demo_file.h"
#include "client/shell/connection_notice.h"
#include "client/shell/main_window.h"
#include "client/templates/templates_page.h"
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
