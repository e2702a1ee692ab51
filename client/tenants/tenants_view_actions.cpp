// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator can do with a tenant.
#include "client/tenants/export_banner.h"
#include "client/tenants/receipt_dialog.h"
#include "client/tenants/tenant_dialog.h"
#include "client/tenants/tenant_pane.h"
#include "client/tenants/tenants_view.h"
#include "client/tenants/theme_dialog.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/master_detail.h"
#include "shared/tenants/endpoints.h"

#include <QFileDialog>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace at = endpoints::tenants;

namespace {

constexpr auto longestErasure = 30min; // of a tenant with much in it, without a byte of an answer

} // namespace

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
    const bool isSuspended = tenant.status == TenantStatus::Suspended;
    auto *dialog = isSuspended
        ? Dialog::question(tr("Let %1 in again").arg(tenant.name),
                           tr("Its people can sign in again from now on. Everything is as they left it; the sessions "
                              "that were ended stay ended."),
                           tr("Let it in"), this)
        : Dialog::question(tr("Suspend %1").arg(tenant.name),
                           tr("All of its people are signed out at once and cannot sign in. Jobs that it has made "
                              "already still run. Nothing is lost: let it in again whenever you like."),
                           tr("Suspend"), this);
    connect(dialog, &QDialog::accepted, this, [this, tenant, isSuspended] {
        setStatus(tenant, isSuspended ? TenantStatus::Active : TenantStatus::Suspended);
    });
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
    if (m_exporting->isBusy())
        return Q_EMIT toastRequested({.title = tr("One export at a time"), .text = tr("Another one is under way.")});
    m_exporting->start(tenant, path);
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
    connect(dialog, &QDialog::accepted, this, [this, tenant] { eraseNow(tenant); });
    dialog->open();
}

void TenantsView::eraseNow(const Tenant &tenant)
{
    m_notice->show(Tone::Info, u"trash-2"_s, tr("Erasing %1. This may take a while.").arg(tenant.name));
    m_workspace.api().call(at::erase.at(tenant.id).with({tenant.slug}), {}, this,
                           [this, tenant](const Result<Erasure> &reply) {
                               m_notice->hide();
                               Q_EMIT erased();
                               if (!reply) {
                                   failed(tr("Could not erase %1").arg(tenant.name), reply.error());
                                   return load(); // it may be half erased, or gone
                               }
                               m_model.remove(tenant.id);
                               if (m_pane->tenantId() == tenant.id)
                                   m_split->close();
                               renewEmpty();
                               Q_EMIT changed();
                               (new ReceiptDialog(*reply, this))->open();
                           },
                           {.timeout = longestErasure});
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
