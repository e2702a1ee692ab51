// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budgets_view.h"

#include "client/gateway/budget_dialog.h"
#include "client/gateway/budget_looks.h"
#include "client/gateway/budget_notices.h"
#include "client/gateway/budget_pane.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int longestUsage = 366; // days that the page of usage can show
constexpr auto budgetsEvery = 5s; // money moves slower than requests, and what is reached is told at once

} // namespace

BudgetsView::BudgetsView(Workspace &workspace, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_list(workspace, endpoints::budgets::list, m_model, this, [this] { listRead(); }),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_subject(new Select(tr("Whose calls it pays"))),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_notice(new Banner),
      m_table(new DataTable(tr("Budgets"))),
      m_pane(new BudgetPane),
      m_split(new MasterDetail(m_table, m_pane))
{
    build();
    connectTable();
    m_list.setLeftOut([this](const Budget &budget) { return m_removals.isLeaving(budget.id); });
    connect(m_add, &QPushButton::clicked, this, &BudgetsView::add);
    connect(m_filters, &FilterBar::changed, this, &BudgetsView::filter);
    connect(m_subject, &Select::valueChosen, this, &BudgetsView::filter);
    connect(m_notice, &Banner::actionRequested, this, [this] { m_list.read(); });
    m_workspace.live().subscribe(BudgetNotices::topic(), this, [this](const live::Event &) {
        if (isVisible())
            m_list.readAgain();
    });
    new VisiblePoll(*this, budgetsEvery, [this] { m_list.read(); });
    retranslate();
}

void BudgetsView::build()
{
    m_filters->setCanAdd(false); // the choice beside it is all
    m_filters->addTool(m_subject);
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(m_columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"used"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"budgets"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(m_split)})));
}

void BudgetsView::connectTable()
{
    connect(m_table, &DataTable::currentRowChanged, this, &BudgetsView::commandsChanged);
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const Budget budget = m_model.row(index);
        if (may(Ability::BudgetsUpdate))
            menu->addAction(tr("Change budget"), this, [this, budget] { change(budget); });
        if (may(Ability::UsageRead))
            menu->addAction(tr("Show the usage it pays for"), this, [this, budget] { showUsage(budget); });
        if (may(Ability::GatewayCallsRead))
            menu->addAction(tr("Show what it refused"), this, [this, budget] { showRefusals(budget); });
        if (may(Ability::BudgetsDelete))
            menu->addAction(tr("Remove budget"), this, [this, budget] { remove(budget); });
    });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_list.problem())
            return m_list.read();
        isFiltering() ? restoreViewState({}) : add();
    });
    connect(m_split, &MasterDetail::opened, this, &BudgetsView::fillPane);
    connect(m_pane, &BudgetPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (BudgetsView::*action)(const Budget &)) {
        return [this, action] {
            if (const Budget *shown = m_model.find(m_pane->budgetId()))
                (this->*action)(Budget(*shown));
        };
    };
    connect(m_pane, &BudgetPane::changeRequested, this, onShown(&BudgetsView::change));
    connect(m_pane, &BudgetPane::removeRequested, this, onShown(&BudgetsView::remove));
    connect(m_pane, &BudgetPane::usageRequested, this, onShown(&BudgetsView::showUsage));
    connect(m_pane, &BudgetPane::refusalsRequested, this, onShown(&BudgetsView::showRefusals));
}

QWidget *BudgetsView::headerAction() { return m_add; }
QWidget *BudgetsView::mainContent() { return m_table; }

void BudgetsView::activated()
{
    m_add->setVisible(may(Ability::BudgetsCreate));
    m_table->setLoading(!m_list.isLoaded());
    m_list.read();
}

void BudgetsView::listRead()
{
    m_table->setLoading(false);
    const auto &problem = m_list.problem();
    if (!problem)
        m_notice->hide();
    // A dead network is said once, above all pages.
    if (problem && m_list.isLoaded() && problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, problem->detail, tr("Try again"));
    if (const QUuid wanted = m_wanted; !wanted.isNull() && !problem)
        openObject(wanted.toString());
    if (!problem)
        m_wanted = {}; // it is there, or gone
    renewPane();
    renewEmpty();
    Q_EMIT footerChanged();
}

void BudgetsView::fillPane(const QModelIndex &index)
{
    m_pane->show(m_model.row(index),
                 {.change = may(Ability::BudgetsUpdate),
                  .remove = may(Ability::BudgetsDelete),
                  .usage = may(Ability::UsageRead),
                  .refusals = may(Ability::GatewayCallsRead)});
}

void BudgetsView::renewPane()
{
    if (!m_split->isOpen())
        return;
    const QModelIndex shown = m_model.indexOf(m_pane->budgetId());
    shown.isValid() ? fillPane(shown) : m_split->close();
}

bool BudgetsView::isFiltering() const
{
    return !m_filters->search()->text().trimmed().isEmpty() || m_subject->value().toInt() >= 0;
}

void BudgetsView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const int subject = m_subject->value().toInt();
    m_model.setFilter([text, subject](const Budget &budget) {
        return (subject < 0 || budget.subject == BudgetSubject(subject))
            && (budget.name.contains(text, Qt::CaseInsensitive)
                || shownSubject(budget).contains(text, Qt::CaseInsensitive));
    });
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT viewChanged();
}

void BudgetsView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const auto &problem = m_list.problem();
    const bool none = m_model.rowCount() == 0 && (m_list.isLoaded() || problem);
    place->setVisible(none);
    if (none && problem && m_model.totalRows() == 0)
        place->showError(tr("The budgets are not known"),
                         problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                              : problem->detail);
    else if (none && m_model.totalRows() > 0)
        place->showFiltered(tr("No budget matches"));
    else if (none)
        place->show(u"coins"_s, tr("No budgets yet"),
                    tr("A budget says how much money calls may cost a day, a month or in all: those of the whole "
                       "tenant, a key, a person or a prompt template. The most that a call can cost is held before it "
                       "is made, so that nothing is overspent; what no longer fits is refused."),
                    may(Ability::BudgetsCreate) ? tr("Add budget") : QString());
}

QString BudgetsView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n budget(s)", nullptr, all)
                        : tr("%1 of %n budget(s)", nullptr, all).arg(amounts::count(shown));
}

QList<Footer::Hint> BudgetsView::keyHints() const
{
    QList<Footer::Hint> hints;
    if (may(Ability::BudgetsCreate))
        hints << Footer::Hint{u"N"_s, tr("add")};
    if (may(Ability::BudgetsUpdate))
        hints << Footer::Hint{u"E"_s, tr("change")};
    if (may(Ability::BudgetsDelete))
        hints << Footer::Hint{u"Del"_s, tr("remove")};
    if (may(Ability::UsageRead))
        hints << Footer::Hint{u"U"_s, tr("its usage")};
    if (may(Ability::GatewayCallsRead))
        hints << Footer::Hint{u"W"_s, tr("what it refused")};
    return hints;
}

QJsonObject BudgetsView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()}, {u"subject"_s, m_subject->value().toInt()}};
}

void BudgetsView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_subject->setValue(state.value(u"subject"_s).toInt(-1));
    filter();
    if (const QString open = state.value(u"open"_s).toString(); !open.isEmpty())
        openObject(open);
}

void BudgetsView::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    const QModelIndex index = m_model.indexOf(m_wanted);
    if (!index.isValid())
        return;
    m_wanted = {};
    m_split->open(index);
}

// ---- what can be done

std::optional<Budget> BudgetsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model.row(index)) : std::nullopt;
}

void BudgetsView::put(const Budget &budget)
{
    m_list.forgetReading();
    m_model.put(budget);
    m_model.releaseHeldRows();
    m_model.resort();
    renewEmpty();
    openObject(budget.id.toString());
    m_wanted = {}; // a filter may hide it
    renewPane();
    Q_EMIT footerChanged();
}

void BudgetsView::add()
{
    auto *dialog = new BudgetDialog(m_workspace, {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BudgetDialog::saved, this, &BudgetsView::put);
    dialog->open();
}

void BudgetsView::change(const Budget &budget)
{
    auto *dialog = new BudgetDialog(m_workspace, budget, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BudgetDialog::saved, this, &BudgetsView::put);
    dialog->open();
}

void BudgetsView::remove(const Budget &budget)
{
    m_list.forgetReading();
    m_removals.begin(budget.id, [this, budget] { removeNow(budget); });
    m_model.remove(budget.id);
    renewPane();
    renewEmpty();
    Q_EMIT footerChanged();
    const auto takeBack = [self = QPointer(this), budget] {
        if (self && self->m_removals.takeBack(budget.id))
            self->put(budget);
    };
    Q_EMIT toastRequested(
        {.title = tr("Budget removed"), .text = u"%1 · %2"_s.arg(budget.name, shownAmount(budget)), .undo = takeBack});
}

void BudgetsView::removeNow(const Budget &budget)
{
    m_workspace.api().call(endpoints::budgets::remove.at(budget.id), {}, this,
                           [this, budget](const Result<Nothing> &reply) {
                               m_removals.ended(budget.id);
                               if (reply || reply.error().status == 404)
                                   return;
                               m_list.readAgain();
                               Q_EMIT toastRequested(
                                   {.tone = Tone::Danger,
                                    .title = tr("The budget “%1” could not be removed").arg(budget.name),
                                    .text = reply.error().detail,
                                    .details = QString::fromUtf8(json::print(reply.error()))});
                           },
                           {.revision = budget.revision});
}

// Of whose calls it pays, in the days that it counts, so that both pages show the same sum.
void BudgetsView::showUsage(const Budget &budget)
{
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const int days = budget.period == BudgetPeriod::Day ? 1
        : budget.period == BudgetPeriod::Month          ? today.day()
                                                        : longestUsage;
    QJsonObject state{{u"days"_s, days}, {u"first"_s, today.addDays(1 - days).toString(Qt::ISODate)}};
    if (budget.subjectId)
        state.insert(u"filter"_s,
                     QJsonObject{{QString(json::name(budget.subject)),
                                  QJsonObject{{u"id"_s, budget.subjectId->toString(QUuid::WithoutBraces)},
                                              {u"name"_s, shownSubject(budget)}}}});
    Q_EMIT navigationRequested(u"usage"_s, state);
}

void BudgetsView::showRefusals(const Budget &budget)
{
    Q_EMIT navigationRequested(
        u"gateway"_s,
        {{u"tab"_s, u"refused"_s},
         {u"refused"_s,
          QJsonObject{{u"decidedBy"_s, budget.id.toString(QUuid::WithoutBraces)}, {u"decidedByName"_s, budget.name}}}});
}

QList<Command> BudgetsView::commands()
{
    const auto on = [this](void (BudgetsView::*action)(const Budget &)) {
        return [this, action] {
            if (const auto budget = current())
                (this->*action)(*budget);
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? current()->name : QString();
    return {{u"budgets.add"_s,
             tr("Add budget"),
             u"plus"_s,
             u"N"_s,
             Command::Scope::Page,
             [this] { add(); },
             [this] { return may(Ability::BudgetsCreate); },
             {},
             true},
            {u"budgets.change"_s, tr("Change budget"), u"pencil"_s, u"E"_s, Command::Scope::List,
             on(&BudgetsView::change), mayOn(Ability::BudgetsUpdate), subject, true},
            {u"budgets.usage"_s, tr("Show the usage of the budget"), u"chart-column"_s, u"U"_s, Command::Scope::List,
             on(&BudgetsView::showUsage), mayOn(Ability::UsageRead), subject, true},
            {u"budgets.refusals"_s, tr("Show what the budget refused"), u"ban"_s, u"W"_s, Command::Scope::List,
             on(&BudgetsView::showRefusals), mayOn(Ability::GatewayCallsRead), subject, true},
            {u"budgets.remove"_s, tr("Remove budget"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&BudgetsView::remove), mayOn(Ability::BudgetsDelete), subject, true},
            {u"budgets.search"_s,
             tr("Search budgets"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"budgets.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { m_list.read(); },
             {},
             {},
             true}};
}

void BudgetsView::retranslate()
{
    m_add->setText(tr("New budget"));
    m_add->setHint(tr("Make a budget"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search budgets"));
    m_columns->setName(tr("Columns"));
    m_subject->setAccessibleName(tr("Whose calls it pays"));
    const int subject = m_subject->count() > 0 ? m_subject->value().toInt() : -1;
    m_subject->setChoices({{-1, tr("All budgets")},
                           {int(BudgetSubject::Tenant), tr("Of the whole tenant")},
                           {int(BudgetSubject::Key), tr("Of keys")},
                           {int(BudgetSubject::User), tr("Of people")},
                           {int(BudgetSubject::Template), tr("Of prompt templates")}});
    m_subject->setValue(subject);
    m_table->setAccessibleName(tr("Budgets"));
    m_model.retranslate();
    renewEmpty();
    Q_EMIT footerChanged();
}
