// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/plans_view.h"

#include "client/tenants/plan_dialog.h"
#include "client/widgets/banner.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

PlansView::PlansView(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_notice(new Banner),
      m_table(new DataTable(tr("Plans")))
{
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"plans"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index).plan); });
    setLayout(layout::tight(layout::column({m_notice, layout::wide(m_table)})));
    connect(m_table, &DataTable::currentRowChanged, this, &PlansView::commandsChanged);
    connect(m_table, &DataTable::openRequested, this, [this](const QModelIndex &index) {
        if (mayChange())
            change(Plan(m_model.row(index).plan));
    });
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        if (!mayChange())
            return;
        const Plan plan = m_model.row(index).plan;
        menu->addAction(tr("Change plan"), this, [this, plan] { change(plan); });
        menu->addAction(tr("Remove plan"), this, [this, plan] { remove(plan); });
    });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, &PlansView::load);
    connect(m_notice, &Banner::actionRequested, this, &PlansView::load);
    retranslate();
}

void PlansView::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_table->setLoading(m_model.totalRows() == 0);
    m_workspace.api().call(endpoints::tenants::listPlans, {}, this, [this](const Result<PlanList> &reply) {
        m_loading = false;
        m_table->setLoading(false);
        m_problem = reply ? std::nullopt : std::optional(reply.error());
        if (reply) {
            QList<PlanRow> rows;
            for (const Plan &plan : reply->items)
                rows.append({plan.name, plan});
            m_model.setRows(rows);
        }
        m_notice->hide();
        // A dead network is said once, above all pages.
        if (m_problem && m_problem->status != 0 && m_model.totalRows() > 0)
            m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
        renewEmpty();
        Q_EMIT changed();
    });
}

QList<Plan> PlansView::plans() const
{
    QList<Plan> plans;
    for (const PlanRow &row : m_model.rows())
        plans << row.plan;
    return plans;
}

void PlansView::renewEmpty()
{
    const bool none = m_model.rowCount() == 0 && !m_loading;
    m_table->emptyState()->setVisible(none);
    if (none)
        m_table->emptyState()->showError(tr("The plans are not known"),
                                         m_problem && m_problem->status != 0
                                             ? m_problem->detail
                                             : tr("They are kept on the server only, which cannot be reached."));
}

QString PlansView::shownCount() const { return tr("%n plan(s)", nullptr, m_model.totalRows()); }

void PlansView::put(const Plan &plan)
{
    m_model.put({plan.name, plan});
    m_model.resort();
    renewEmpty();
    Q_EMIT changed();
}

std::optional<Plan> PlansView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model.row(index).plan) : std::nullopt;
}

void PlansView::add()
{
    auto *dialog = new PlanDialog(m_workspace.api(), {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::saved, this, &PlansView::put);
    dialog->open();
}

void PlansView::change(const Plan &plan)
{
    auto *dialog = new PlanDialog(m_workspace.api(), plan, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::saved, this, &PlansView::put);
    dialog->open();
}

void PlansView::remove(const Plan &plan)
{
    m_workspace.api().call(
        endpoints::tenants::removePlan.at(plan.name), {}, this,
        [this, plan](const Result<Nothing> &reply) {
            if (!reply && reply.error().status != 404)
                return Q_EMIT toastRequested({.tone = Tone::Danger,
                                              .title = tr("Could not remove the plan %1").arg(plan.name),
                                              .text = reply.error().detail});
            m_model.remove(plan.name);
            renewEmpty();
            Q_EMIT changed();
            const NewPlan again{plan.name, plan.description, plan.subjects, plan.limits};
            const auto bringBack = [this, again] {
                m_workspace.api().call(endpoints::tenants::createPlan, again, this, [this](const Result<Plan> &made) {
                    if (made)
                        put(*made);
                });
            };
            Q_EMIT toastRequested({.title = tr("Plan removed"), .text = plan.name, .undo = bringBack});
        },
        {.revision = plan.revision});
}

QList<Command> PlansView::commands()
{
    const auto on = [this](void (PlansView::*action)(const Plan &)) {
        return [this, action] {
            if (const auto plan = current())
                (this->*action)(*plan);
        };
    };
    const auto enabled = [this] { return current() && mayChange(); };
    const QString subject = current() ? current()->name : QString();
    return {{u"plans.change"_s, tr("Change plan"), u"pencil"_s, u"E"_s, Command::Scope::List, on(&PlansView::change),
             enabled, subject, true},
            {u"plans.remove"_s, tr("Remove plan"), u"trash-2"_s, u"Del"_s, Command::Scope::List, on(&PlansView::remove),
             enabled, subject, true}};
}

void PlansView::retranslate()
{
    m_table->setAccessibleName(tr("Plans"));
    m_model.retranslate();
    renewEmpty();
}
