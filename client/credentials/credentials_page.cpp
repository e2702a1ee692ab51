// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/credentials/credentials_page.h"

#include "client/credentials/credential_dialog.h"
#include "client/credentials/credential_looks.h"
#include "client/credentials/credential_pane.h"
#include "client/templates/template_library.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "client/widgets/page_parts.h"
#include "shared/credentials/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

CredentialsPage::CredentialsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_header(new PageHeader),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_table(new DataTable(tr("Provider keys"))),
      m_pane(new CredentialPane),
      m_split(new MasterDetail(m_table, m_pane)),
      m_footer(new Footer)
{
    build();
    connect(m_add, &QPushButton::clicked, this, &CredentialsPage::add);
    connect(m_banner, &Banner::actionRequested, this, &CredentialsPage::load);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this,
            [this] { m_isLoaded &&may(Ability::CredentialsCreate) ? add() : load(); });
    connect(m_table, &DataTable::currentRowChanged, this, &CredentialsPage::commandsChanged);
    connect(m_split, &MasterDetail::opened, this, &CredentialsPage::fillPane);
    connect(m_split, &MasterDetail::closed, this, [this] { m_shown = {}; });
    connect(m_pane, &CredentialPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (CredentialsPage::*action)(const Credential &)) {
        return [this, action] {
            if (const Credential *shown = m_model.find(m_shown))
                (this->*action)(Credential(*shown));
        };
    };
    connect(m_pane, &CredentialPane::testRequested, this, onShown(&CredentialsPage::test));
    connect(m_pane, &CredentialPane::replaceRequested, this, onShown(&CredentialsPage::replace));
    connect(m_pane, &CredentialPane::removeRequested, this, onShown(&CredentialsPage::remove));
    m_workspace.live().subscribe(u"credentials"_s, this, [this](const live::Event &) { load(); });
    connect(&m_workspace.live(), &LiveClient::reload, this, &CredentialsPage::load);
    retranslate();
}

void CredentialsPage::build()
{
    m_header->addAction(m_add);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"provider"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"credentials"_s);
    setLayout(layout::tight(
        layout::column({m_header, layout::line(), m_progress, m_banner, layout::wide(m_split), m_footer})));
}

QWidget *CredentialsPage::mainContent() { return m_table; }

void CredentialsPage::activated()
{
    m_add->setVisible(may(Ability::CredentialsCreate));
    m_pane->setAllowed(may(Ability::CredentialsUpdate), may(Ability::CredentialsDelete));
    load();
}

void CredentialsPage::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_progress->setActive(m_isLoaded);
    m_table->setLoading(!m_isLoaded);
    m_workspace.api().call(endpoints::credentials::list, {}, this, [this](const Result<Page<Credential>> &reply) {
        m_loading = false;
        m_progress->setActive(false);
        m_table->setLoading(false);
        if (reply)
            return loaded(reply->items);
        // A dead network is said once, above all pages.
        if (reply.error().status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"));
        renewEmpty();
    });
}

void CredentialsPage::loaded(const QList<Credential> &credentials)
{
    m_isLoaded = true;
    m_banner->hide();
    m_model.setRows(credentials);
    if (const Credential *shown = m_model.find(m_shown))
        m_pane->show(*shown);
    else
        m_split->close();
    renewEmpty();
}

void CredentialsPage::renewEmpty()
{
    const bool none = m_model.totalRows() == 0;
    m_table->emptyState()->setVisible(none);
    if (none && m_isLoaded)
        m_table->emptyState()->show(u"key-round"_s, tr("No provider keys yet"),
                                    tr("With a key of your own, your templates run on OpenAI, Anthropic, Google, or a "
                                       "server of yours. Until then there "
                                       "are the demo's models, and what the server's operator has set up."),
                                    may(Ability::CredentialsCreate) ? tr("Add key") : QString());
    else if (none)
        m_table->emptyState()->showError(tr("The provider keys are not known"),
                                         tr("They are kept on the server only, which cannot be reached."));
    m_footer->setText(tr("%n key(s)", nullptr, m_model.totalRows()));
}

const Credential *CredentialsPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void CredentialsPage::fillPane(const QModelIndex &index)
{
    const Credential &credential = m_model.row(index);
    m_shown = credential.id;
    m_pane->show(credential);
    m_pane->setTesting(m_testing.contains(credential.id));
}

void CredentialsPage::openObject(const QString &id) { m_split->open(m_model.indexOf(QUuid::fromString(id))); }

void CredentialsPage::put(const Credential &credential)
{
    m_model.put(credential);
    if (m_shown == credential.id)
        m_pane->show(credential);
    renewEmpty();
    m_library.reloadModels();
}

void CredentialsPage::forget(const QUuid &id)
{
    m_model.remove(id);
    if (m_shown == id)
        m_split->close();
    renewEmpty();
    m_library.reloadModels();
}

void CredentialsPage::add()
{
    auto *dialog = new CredentialDialog(m_workspace.api(), {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CredentialDialog::saved, this, [this](const Credential &credential) {
        put(credential);
        openObject(credential.id.toString());
        test(credential);
    });
    dialog->open();
}

void CredentialsPage::replace(const Credential &credential)
{
    auto *dialog = new CredentialDialog(m_workspace.api(), credential, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CredentialDialog::saved, this, [this](const Credential &saved) {
        put(saved);
        test(saved);
    });
    dialog->open();
}

void CredentialsPage::remove(const Credential &credential)
{
    auto *dialog =
        Dialog::question(tr("Remove the key of “%1”").arg(credential.provider),
                         tr("Jobs that ask for %1/… then fail, unless the server's operator has set up a key. The key "
                            "cannot be brought back: it would have to be given again.")
                             .arg(credential.provider),
                         tr("Remove key"), this);
    dialog->requireTyped(credential.provider);
    connect(dialog, &QDialog::accepted, this, [this, credential] {
        m_workspace.api().call(endpoints::credentials::remove.at(credential.id), {}, this,
                               [this, credential](const Result<Nothing> &reply) {
                                   if (!reply && reply.error().status != 404)
                                       return failed(tr("Could not remove the key of “%1”").arg(credential.provider),
                                                     reply.error(), {});
                                   forget(credential.id);
                                   Q_EMIT toastRequested({.title = tr("Key removed"), .text = credential.provider});
                               });
    });
    dialog->open();
}

void CredentialsPage::test(const Credential &credential)
{
    if (m_testing.contains(credential.id))
        return;
    m_testing.insert(credential.id);
    m_pane->setTesting(m_testing.contains(m_shown));
    m_workspace.api().call(endpoints::credentials::test.at(credential.id), {}, this,
                           [this, credential](const Result<CredentialCheck> &reply) { tested(credential, reply); });
}

void CredentialsPage::tested(const Credential &credential, const Result<CredentialCheck> &reply)
{
    m_testing.remove(credential.id);
    m_pane->setTesting(m_testing.contains(m_shown));
    if (!reply)
        return failed(tr("Could not test the key of “%1”").arg(credential.provider), reply.error(),
                      [this, credential] { test(credential); });
    if (const Credential *now = m_model.find(credential.id)) {
        Credential checked = *now;
        checked.lastCheck = *reply;
        put(checked);
    }
    Q_EMIT toastRequested({.tone = reply->works ? Tone::Success : Tone::Danger,
                           .title = reply->works ? tr("The key of “%1” works").arg(credential.provider)
                                                 : tr("The key of “%1” does not work").arg(credential.provider),
                           .text = explained(*reply),
                           .details = reply->works ? QString() : reply->message});
}

void CredentialsPage::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}

QList<Command> CredentialsPage::commands()
{
    const auto on = [this](void (CredentialsPage::*action)(const Credential &)) {
        return [this, action] {
            if (const Credential *credential = current())
                (this->*action)(Credential(*credential));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? current()->provider : QString();
    return {{u"credentials.add"_s,
             tr("Add provider key"),
             u"plus"_s,
             u"N"_s,
             Command::Scope::Page,
             [this] { add(); },
             [this] { return may(Ability::CredentialsCreate); },
             {},
             true},
            {u"credentials.test"_s, tr("Test key"), u"zap"_s, u"T"_s, Command::Scope::List, on(&CredentialsPage::test),
             mayOn(Ability::CredentialsUpdate), subject, true},
            {u"credentials.replace"_s, tr("Replace key"), u"key-round"_s, u"E"_s, Command::Scope::List,
             on(&CredentialsPage::replace), mayOn(Ability::CredentialsUpdate), subject, true},
            {u"credentials.remove"_s, tr("Remove key"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&CredentialsPage::remove), mayOn(Ability::CredentialsDelete), subject, true},
            {u"credentials.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { load(); },
             {},
             {},
             true}};
}

void CredentialsPage::retranslate()
{
    m_header->setTitle(tr("Provider keys"),
                       tr("This tenant's own access to language models. It goes before the server's."));
    m_add->setText(tr("Add key"));
    m_add->setHint(tr("Add a provider key"), u"N"_s);
    m_model.retranslate();
    renewEmpty();
    m_footer->setHints({{u"N"_s, tr("add")}, {u"T"_s, tr("test")}, {u"E"_s, tr("replace")}, {u"Del"_s, tr("remove")}});
}
