// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenants_view.h"

#include "client/tenants/receipt_dialog.h"
#include "client/tenants/tenant_dialog.h"
#include "client/tenants/tenant_looks.h"
#include "client/tenants/tenant_pane.h"
#include "client/tenants/theme_dialog.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLocale>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace at = endpoints::tenants;

TenantsView::TenantsView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_filters(new FilterBar({})),
      m_status(new Select(tr("Status"))),
      m_exporting(new Banner),
      m_table(new DataTable(tr("Tenants"))),
      m_pane(new TenantPane),
      m_split(new MasterDetail(m_table, m_pane))
{
    m_filters->setCanAdd(false); // the choice beside it is all
    m_filters->addTool(m_status);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"tenants"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    m_progress.setInterval(500ms);
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_exporting, layout::wide(m_split)})));
    connect(m_filters, &FilterBar::changed, this, &TenantsView::filter);
    connect(m_status, &Select::valueChosen, this, &TenantsView::filter);
    connect(m_table, &DataTable::currentRowChanged, this, &TenantsView::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this,
            [this] { m_problem ? load() : restoreViewState({}); });
    connect(m_exporting, &Banner::actionRequested, this, [this] {
        m_export.cancel(); // and with it the file, which appears whole or not at all
        m_progress.stop();
        m_exporting->hide();
    });
    connect(m_split, &MasterDetail::opened, this, [this](const QModelIndex &index) {
        const Tenant &tenant = m_model.row(index);
        m_pane->show(tenant,
                     {.change = may(Ability::TenantsUpdate),
                      .suspend = may(Ability::TenantsUpdate) && !isOwn(tenant),
                      .exports = may(Ability::TenantsExport),
                      .erase = may(Ability::TenantsDelete) && !isOwn(tenant)});
    });
    connect(m_pane, &TenantPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (TenantsView::*action)(const Tenant &)) {
        return [this, action] {
            if (const Tenant *shown = m_model.find(m_pane->tenantId()))
                (this->*action)(Tenant(*shown));
        };
    };
    connect(m_pane, &TenantPane::changeRequested, this, onShown(&TenantsView::change));
    connect(m_pane, &TenantPane::themeRequested, this, onShown(&TenantsView::changeTheme));
    connect(m_pane, &TenantPane::suspendRequested, this, onShown(&TenantsView::suspend));
    connect(m_pane, &TenantPane::exportRequested, this, onShown(&TenantsView::askWhereTo));
    connect(m_pane, &TenantPane::eraseRequested, this, onShown(&TenantsView::erase));
    retranslate();
}

// ---- loading

void TenantsView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(!m_isLoaded);
    loadMore({}, {});
}

// All of them, page by page: they are few beside what is in them.
void TenantsView::loadMore(const std::optional<QString> &cursor, QList<Tenant> before)
{
    TenantFilter all;
    all.limit = 200;
    all.cursor = cursor;
    m_workspace.api().call(at::list, all, this, [this, before](const Result<Page<Tenant>> &reply) {
        if (reply && reply->nextCursor)
            return loadMore(reply->nextCursor, before + reply->items);
        loaded(reply, reply ? before + reply->items : QList<Tenant>());
    });
}

void TenantsView::loaded(const Result<Page<Tenant>> &reply, const QList<Tenant> &all)
{
    m_loading = false;
    m_table->setLoading(false);
    m_problem = reply ? std::nullopt : std::optional(reply.error());
    if (reply) {
        m_isLoaded = true;
        m_model.setRows(all);
        if (const QModelIndex shown = m_model.indexOf(m_pane->tenantId()); m_split->isOpen() && shown.isValid())
            m_split->open(shown);
        else
            m_split->close();
    }
    renewEmpty();
    Q_EMIT changed();
}

void TenantsView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const QString status = m_status->value().toString();
    m_model.setFilter([text, status](const Tenant &tenant) {
        return (tenant.name.contains(text, Qt::CaseInsensitive) || tenant.slug.contains(text, Qt::CaseInsensitive))
            && (status.isEmpty() || status == json::name(tenant.status));
    });
    renewEmpty();
    Q_EMIT changed();
    Q_EMIT viewChanged();
}

void TenantsView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (none && m_problem)
        place->showError(tr("The tenants are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (none)
        place->showFiltered(tr("No tenant matches"));
}

QString TenantsView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n tenant(s)", nullptr, all)
                        : tr("%1 of %n tenant(s)", nullptr, all).arg(amounts::count(shown));
}

QJsonObject TenantsView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()}, {u"status"_s, m_status->value().toString()}};
}

void TenantsView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_status->setValue(state.value(u"status"_s).toString());
    filter();
}

void TenantsView::put(const Tenant &tenant)
{
    m_model.put(tenant);
    m_model.resort();
    if (m_split->isOpen() && m_pane->tenantId() == tenant.id)
        m_split->open(m_model.indexOf(tenant.id));
    renewEmpty();
    Q_EMIT changed();
    Q_EMIT commandsChanged();
}

// ---- what can be done

const Tenant *TenantsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

// That of the operators: it can be neither suspended nor erased.
bool TenantsView::isOwn(const Tenant &tenant) const { return tenant.slug == m_workspace.session().account().tenant; }

void TenantsView::open(const QUuid &id) { m_split->open(m_model.indexOf(id)); }

void TenantsView::add()
{
    auto *dialog = new TenantDialog(m_workspace.api(), {}, m_plans, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TenantDialog::saved, this, [this](const Tenant &tenant) {
        put(tenant);
        open(tenant.id);
        Q_EMIT toastRequested(
            {.tone = Tone::Success, .title = tr("%1 was made").arg(tenant.name), .text = tenant.slug});
    });
    dialog->open();
}

void TenantsView::change(const Tenant &tenant)
{
    auto *dialog = new TenantDialog(m_workspace.api(), tenant, m_plans, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TenantDialog::saved, this, &TenantsView::put);
    dialog->open();
}

// The list leaves logos out, so that the tenant is asked for first.
void TenantsView::changeTheme(const Tenant &tenant)
{
    m_workspace.api().call(at::get.at(tenant.id), {}, this, [this, tenant](const Result<Tenant> &reply) {
        if (!reply)
            return failed(tr("Could not read the theme of %1").arg(tenant.name), reply.error());
        auto *dialog = new ThemeDialog(m_workspace.api(), *reply, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ThemeDialog::saved, this, &TenantsView::put);
        dialog->open();
    });
}

void TenantsView::suspend(const Tenant &tenant)
{
    if (tenant.status == TenantStatus::Suspended)
        return setStatus(tenant, TenantStatus::Active);
    auto *dialog = Dialog::question(tr("Suspend %1").arg(tenant.name),
                                    tr("All of its people are signed out at once and cannot sign in, and its jobs "
                                       "wait. Nothing is lost: let it in again whenever you like."),
                                    tr("Suspend"), this);
    connect(dialog, &QDialog::accepted, this, [this, tenant] { setStatus(tenant, TenantStatus::Suspended); });
    dialog->open();
}

void TenantsView::setStatus(const Tenant &tenant, TenantStatus status)
{
    TenantChange change;
    change.status = status;
    m_workspace.api().call(at::update.at(tenant.id), change, this,
                           [this, tenant](const Result<Tenant> &reply) {
                               reply ? put(*reply) : failed(tr("Could not change %1").arg(tenant.name), reply.error());
                           },
                           {.revision = tenant.revision});
}

void TenantsView::askWhereTo(const Tenant &tenant)
{
    auto *dialog =
        new QFileDialog(this, tr("Export %1").arg(tenant.name), tenant.slug + u".jsonl"_s, tr("JSON Lines (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"jsonl"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, tenant](const QString &path) { exportTo(tenant, path); });
    dialog->open();
}

// Goes to the disk as it comes; the file appears whole or not at all.
void TenantsView::exportTo(const Tenant &tenant, const QString &path)
{
    if (m_export.isPending())
        return Q_EMIT toastRequested({.title = tr("One export at a time"), .text = tr("Another one is under way.")});
    const auto file = std::make_shared<QSaveFile>(path);
    const auto fail = [this, path](const QString &problem) {
        m_progress.stop();
        m_exporting->hide();
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
    };
    if (!file->open(QFile::WriteOnly))
        return fail(file->errorString());
    const auto showProgress = [this, name = tenant.name, weak = std::weak_ptr(file)] {
        const auto open = weak.lock();
        m_exporting->show(Tone::Info, u"download"_s,
                          tr("Exporting %1: %2", "a tenant and a size")
                              .arg(name, QLocale().formattedDataSize(open ? open->pos() : 0)),
                          tr("Cancel"));
    };
    showProgress();
    m_progress.disconnect();
    connect(&m_progress, &QTimer::timeout, this, showProgress);
    m_progress.start();
    m_export = m_workspace.api().call(
        at::exported.at(tenant.id), {}, this,
        [this, file, path, fail](const Result<Nothing> &reply) {
            if (!reply)
                return fail(reply.error().detail); // without commit() nothing is left of the file
            if (!file->commit())
                return fail(file->errorString());
            m_progress.stop();
            m_exporting->hide();
            Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("The tenant was exported"), .text = path});
        },
        {.sink = file.get()});
}

void TenantsView::erase(const Tenant &tenant)
{
    if (tenant.status != TenantStatus::Suspended)
        return Q_EMIT toastRequested({.title = tr("Suspend it first"), .text = tr("Then it can be erased.")});
    auto *dialog = Dialog::question(tr("Erase %1").arg(tenant.name),
                                    tr("Its people, templates, jobs, usage and audit log are removed for good. This "
                                       "cannot be undone: export it first if anybody may ask for it."),
                                    tr("Erase tenant"), this);
    dialog->requireTyped(tenant.slug);
    connect(dialog, &QDialog::accepted, this, [this, tenant] {
        m_workspace.api().call(at::erase.at(tenant.id).with({tenant.slug}), {}, this,
                               [this, tenant](const Result<Erasure> &reply) {
                                   if (!reply)
                                       return failed(tr("Could not erase %1").arg(tenant.name), reply.error());
                                   m_model.remove(tenant.id);
                                   if (m_pane->tenantId() == tenant.id)
                                       m_split->close();
                                   renewEmpty();
                                   Q_EMIT changed();
                                   Q_EMIT erased();
                                   (new ReceiptDialog(*reply, this))->open();
                               });
    });
    dialog->open();
}

void TenantsView::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412 || error.status == 404)
        load();
}

QList<Command> TenantsView::commands()
{
    const auto on = [this](void (TenantsView::*action)(const Tenant &)) {
        return [this, action] {
            if (const Tenant *tenant = current())
                (this->*action)(Tenant(*tenant));
        };
    };
    const auto mayOn = [this](Ability ability, bool alsoOwn) {
        return [this, ability, alsoOwn] { return current() && may(ability) && (alsoOwn || !isOwn(*current())); };
    };
    const QString subject = current() ? current()->name : QString();
    const bool isSuspended = current() && current()->status == TenantStatus::Suspended;
    return {{u"tenants.search"_s,
             tr("Search tenants"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"tenants.change"_s, tr("Change tenant"), u"pencil"_s, u"E"_s, Command::Scope::List,
             on(&TenantsView::change), mayOn(Ability::TenantsUpdate, true), subject, true},
            {u"tenants.theme"_s, tr("Change theme of tenant"), u"palette"_s, u"L"_s, Command::Scope::List,
             on(&TenantsView::changeTheme), mayOn(Ability::TenantsUpdate, true), subject, true},
            {u"tenants.suspend"_s, isSuspended ? tr("Let tenant in again") : tr("Suspend tenant"), u"ban"_s, u"S"_s,
             Command::Scope::List, on(&TenantsView::suspend), mayOn(Ability::TenantsUpdate, false), subject, true},
            {u"tenants.export"_s, tr("Export tenant"), u"download"_s, u"Shift+E"_s, Command::Scope::List,
             on(&TenantsView::askWhereTo), mayOn(Ability::TenantsExport, true), subject, true},
            {u"tenants.erase"_s, tr("Erase tenant"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&TenantsView::erase), mayOn(Ability::TenantsDelete, false), subject, true}};
}

void TenantsView::retranslate()
{
    m_filters->search()->setPlaceholder(tr("Search by name or slug"));
    m_status->setChoices({{QString(), tr("Any status")},
                          {QString(json::name(TenantStatus::Active)), lookOf(TenantStatus::Active).label},
                          {QString(json::name(TenantStatus::Suspended)), lookOf(TenantStatus::Suspended).label}});
    m_status->setAccessibleName(tr("Status"));
    m_table->setAccessibleName(tr("Tenants"));
    m_model.retranslate();
    renewEmpty();
}
