// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenants_view.h"

#include "client/tenants/export_banner.h"
#include "client/tenants/tenant_looks.h"
#include "client/tenants/tenant_pane.h"
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

using namespace Qt::StringLiterals;

namespace at = endpoints::tenants;

TenantsView::TenantsView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_filters(new FilterBar({})),
      m_status(new Select(tr("Status"))),
      m_plan(new Select(tr("Plan"))),
      m_notice(new Banner),
      m_exporting(new ExportBanner(workspace.api())),
      m_table(new DataTable(tr("Tenants"))),
      m_pane(new TenantPane),
      m_split(new MasterDetail(m_table, m_pane))
{
    m_filters->setCanAdd(false); // the choices beside it are all
    m_filters->addTool(m_plan);
    m_filters->addTool(m_status);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"tenants"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, m_exporting, layout::wide(m_split)})));
    connect(m_filters, &FilterBar::changed, this, &TenantsView::filter);
    connect(m_status, &Select::valueChosen, this, &TenantsView::filter);
    connect(m_plan, &Select::valueChosen, this, [this](const QVariant &plan) {
        m_wantedPlan = plan.toString();
        filter();
    });
    connect(m_notice, &Banner::actionRequested, this, &TenantsView::load);
    connect(m_table, &DataTable::currentRowChanged, this, &TenantsView::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this,
            [this] { m_problem ? load() : restoreViewState({}); });
    connect(m_exporting, &ExportBanner::finished, this, [this](const QString &path) {
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("The tenant was exported"), .text = path});
    });
    connect(m_exporting, &ExportBanner::failed, this, [this](const QString &path, const QString &problem) {
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
    });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { fillPane(Tenant(m_model.row(index))); });
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
    m_notice->hide();
    // A dead network is said once, above all pages.
    if (m_problem && m_isLoaded && m_problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
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

void TenantsView::setPlans(const QList<Plan> &plans)
{
    m_plans = plans;
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("Any plan")}};
    for (const Plan &plan : plans)
        choices.append({plan.name, plan.name});
    m_plan->setChoices(choices);
    const bool isGone = !plans.isEmpty() && m_plan->findData(m_wantedPlan) < 0;
    if (isGone)
        m_wantedPlan.clear();
    m_plan->setValue(m_wantedPlan);
    if (isGone)
        filter();
    if (const Tenant *shown = m_model.find(m_pane->tenantId()); shown && m_split->isOpen())
        fillPane(Tenant(*shown)); // its limits may be the plan's
}

// What the list leaves out is asked for: the logo, and how much there is.
void TenantsView::fillPane(const Tenant &tenant)
{
    const auto plan =
        std::find_if(m_plans.begin(), m_plans.end(), [&](const Plan &one) { return one.name == tenant.plan; });
    m_pane->show(tenant, plan == m_plans.end() ? std::nullopt : std::optional(*plan),
                 {.change = may(Ability::TenantsUpdate),
                  .suspend = may(Ability::TenantsUpdate) && !isOwn(tenant),
                  .exports = may(Ability::TenantsExport),
                  .erase = may(Ability::TenantsDelete) && !isOwn(tenant)});
    m_looks.cancel();
    m_use.cancel();
    m_looks = m_workspace.api().call(at::get.at(tenant.id), {}, this, [this](const Result<Tenant> &reply) {
        if (reply)
            m_pane->setLooks(reply->theme);
    });
    m_use = m_workspace.api().call(at::use.at(tenant.id), {}, this, [this](const Result<TenantUse> &reply) {
        if (reply)
            m_pane->setUse(*reply);
    });
}

void TenantsView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const QString status = m_status->value().toString();
    m_model.setFilter([text, status, plan = m_wantedPlan](const Tenant &tenant) {
        return (tenant.name.contains(text, Qt::CaseInsensitive) || tenant.slug.contains(text, Qt::CaseInsensitive))
            && (status.isEmpty() || status == json::name(tenant.status)) && (plan.isEmpty() || plan == tenant.plan);
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
    return {{u"search"_s, m_filters->search()->text()},
            {u"status"_s, m_status->value().toString()},
            {u"plan"_s, m_wantedPlan}};
}

void TenantsView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_status->setValue(state.value(u"status"_s).toString());
    m_wantedPlan = state.value(u"plan"_s).toString();
    m_plan->setValue(m_wantedPlan);
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

void TenantsView::retranslate()
{
    m_filters->search()->setPlaceholder(tr("Search by name or slug"));
    m_status->setChoices({{QString(), tr("Any status")},
                          {QString(json::name(TenantStatus::Active)), lookOf(TenantStatus::Active).label},
                          {QString(json::name(TenantStatus::Suspended)), lookOf(TenantStatus::Suspended).label}});
    m_status->setAccessibleName(tr("Status"));
    m_plan->setAccessibleName(tr("Plan"));
    setPlans(m_plans);
    m_table->setAccessibleName(tr("Tenants"));
    m_model.retranslate();
    renewEmpty();
}
