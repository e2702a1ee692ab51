// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/refusals_view.h"

#include "client/design/icon.h"
#include "client/gateway/refusal_looks.h"
#include "client/gateway/refusal_pane.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QMap>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Condition = FilterBar::Condition;

namespace {

constexpr auto refusalsEvery = 5s;
constexpr int refusalsAtOnce = 100;

// What can be filtered by, and how a view's state names it.
const QString byField = u"by"_s, keyField = u"key"_s, deciderField = u"decidedBy"_s;

QString idOf(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

QString titleOf(const QString &field)
{
    return field == byField ? RefusalsView::tr("Refused by")
        : field == keyField ? RefusalsView::tr("Key")
                            : RefusalsView::tr("What decided");
}

Condition conditionOf(const QString &field, const QString &value, const QString &shown)
{
    return {field, titleOf(field), value, shown.isEmpty() ? value : shown};
}

Condition conditionOf(RefusedBy by) { return conditionOf(byField, QString(json::name(by)), lookOf(by).label); }

std::optional<RefusedBy> reasonNamed(const QString &name)
{
    for (std::size_t i = 0; i < enumNames<RefusedBy>.size(); ++i)
        if (name == QLatin1StringView(enumNames<RefusedBy>[i]))
            return RefusedBy(i);
    return {};
}

} // namespace

RefusalsView::RefusalsView(Workspace &workspace, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_filters(new FilterBar({})),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_notice(new Banner),
      m_table(new DataTable(tr("Refused calls"))),
      m_pane(new RefusalPane),
      m_split(new MasterDetail(m_table, m_pane))
{
    build();
    connectTable();
    connect(m_filters, &FilterBar::changed, this, &RefusalsView::filtered);
    connect(m_filters, &FilterBar::editRequested, this, &RefusalsView::edit);
    connect(m_filters->addMenu(), &QMenu::aboutToShow, this, &RefusalsView::offerAll);
    connect(m_notice, &Banner::actionRequested, this, [this] { load(Part::First); });
    new VisiblePoll(*this, refusalsEvery, [this] {
        if (m_isLoaded && !m_call.isPending())
            load(Part::Newer);
    });
    retranslate();
}

void RefusalsView::build()
{
    m_filters->search()->hide(); // the server finds by what decided, not by words
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(m_columns);
    m_table->setModel(&m_model);
    m_table->setStateKey(u"refusals"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index).refusal); });
    m_table->setNewRowsText([](int count) { return tr("%n newer refusal(s)", nullptr, count); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(m_split)})));
}

void RefusalsView::connectTable()
{
    connect(m_table, &DataTable::currentRowChanged, this, &RefusalsView::commandsChanged);
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const GatewayRefusal refusal = m_model.row(index).refusal;
        if (mayOpenDecider(refusal))
            menu->addAction(tr("Show what decided"), this, [this, refusal] { openDecider(refusal); });
        for (const Condition &condition : sameAs(refusal))
            menu->addAction(tr("Filter by %1: %2", "a field and its value").arg(condition.field, condition.shown), this,
                            [this, condition] { m_filters->setCondition(condition); });
    });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (!m_problem && !m_filters->conditions().isEmpty())
            return m_filters->clear();
        load(Part::First);
    });
    // They end with the rows: the table still scrolls while it is hidden for the last time.
    const auto more = [this] { loadMoreIfNear(); };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_model, more);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_model, more);
    connect(m_split, &MasterDetail::opened, this, &RefusalsView::fillPane);
    connect(m_pane, &RefusalPane::closed, m_split, &MasterDetail::close);
    connect(m_pane, &RefusalPane::deciderRequested, this, [this] {
        if (const auto row = m_pane->row())
            openDecider(row->refusal);
    });
}

QWidget *RefusalsView::mainContent() { return m_table; }

void RefusalsView::activated() { load(Part::First); }

// ---- loading

GatewayRefusalFilter RefusalsView::wanted() const
{
    GatewayRefusalFilter filter;
    filter.limit = refusalsAtOnce;
    for (const Condition &condition : m_filters->conditions()) {
        if (condition.id == byField)
            filter.by = reasonNamed(condition.value);
        else if (condition.id == keyField)
            filter.keyId = QUuid::fromString(condition.value);
        else
            filter.decidedById = QUuid::fromString(condition.value);
    }
    return filter;
}

void RefusalsView::load(Part part)
{
    m_call.cancel();
    GatewayRefusalFilter filter = wanted();
    if (part == Part::Older)
        filter.cursor = m_cursor;
    m_table->setLoading(!m_isLoaded);
    m_call = m_workspace.api().call(
        endpoints::gatewayCalls::refusals, filter, this, [this, part](const Result<Page<GatewayRefusal>> &page) {
            m_call = {};
            m_table->setLoading(false);
            m_problem = page ? std::nullopt : std::optional(page.error());
            if (!m_problem)
                m_notice->hide();
            // A dead network is said once, above all pages.
            if (m_problem && m_isLoaded && m_problem->status != 0)
                m_notice->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
            if (page)
                take(part, *page);
            renewEmpty();
            Q_EMIT footerChanged();
        });
}

void RefusalsView::take(Part part, const Page<GatewayRefusal> &page)
{
    QList<RefusalRow> rows;
    for (const GatewayRefusal &refusal : page.items)
        rows << RefusalRow::of(refusal);
    const bool joins = std::any_of(rows.begin(), rows.end(),
                                   [this](const RefusalRow &row) { return m_model.find(row.id) != nullptr; });
    // More was added than a page holds: what is between is not guessed at.
    const bool startsAnew = !m_isLoaded || part == Part::First || (part == Part::Newer && !joins && page.nextCursor);
    m_isLoaded = true;
    if (startsAnew) {
        const std::optional<RefusalRow> shown = m_split->isOpen() ? m_pane->row() : std::nullopt;
        m_model.setRows(rows);
        if (shown && m_model.indexOf(shown->id).isValid())
            m_split->open(m_model.indexOf(shown->id));
        else
            m_split->close();
    } else if (part == Part::Older) {
        m_model.append(rows);
    } else {
        for (qsizetype i = rows.size() - 1; i >= 0; --i) // the oldest first: each goes before the ones there
            m_model.put(rows[i]);
        if (const auto shown = m_pane->row(); shown && m_split->isOpen())
            if (const QModelIndex index = m_model.indexOf(shown->id); index.isValid())
                fillPane(index); // it may have refused more meanwhile
    }
    if (part != Part::Newer || startsAnew)
        m_cursor = page.nextCursor;
}

void RefusalsView::loadMoreIfNear()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (m_cursor && !m_call.isPending() && bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        load(Part::Older);
}

// ---- filters

QList<Condition> RefusalsView::sameAs(const GatewayRefusal &refusal) const
{
    QList<Condition> conditions{conditionOf(refusal.by)};
    if (!refusal.keyId.isNull())
        conditions << conditionOf(keyField, idOf(refusal.keyId), refusal.keyName);
    if (refusal.decidedById)
        conditions << conditionOf(deciderField, idOf(*refusal.decidedById), refusal.decidedByName);
    return conditions;
}

QList<Condition> RefusalsView::offered(const QString &field) const
{
    QList<Condition> choices;
    if (field == byField) {
        for (std::size_t i = 0; i < enumNames<RefusedBy>.size(); ++i)
            choices << conditionOf(RefusedBy(i));
        return choices;
    }
    QMap<QString, Condition> known; // by name, so that they stand in order
    for (const RefusalRow &row : m_model.rows())
        for (const Condition &condition : sameAs(row.refusal))
            if (condition.id == field)
                known.insert(condition.shown + condition.value, condition);
    return known.values();
}

void RefusalsView::offerAll()
{
    QMenu *menu = m_filters->addMenu();
    menu->clear();
    for (const QString &field : {byField, keyField, deciderField}) {
        QMenu *choices = menu->addMenu(titleOf(field));
        for (const Condition &choice : offered(field))
            choices->addAction(choice.shown, this, [this, choice] { m_filters->setCondition(choice); });
        choices->setEnabled(!choices->isEmpty());
    }
}

void RefusalsView::edit(const QString &field, const QPoint &at)
{
    auto *menu = new QMenu(m_filters);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Condition &choice : offered(field))
        menu->addAction(choice.shown, this, [this, choice] { m_filters->setCondition(choice); });
    menu->addSeparator();
    menu->addAction(themedIcon(u"x"_s), tr("Remove this filter"), this,
                    [this, field] { m_filters->removeCondition(field); });
    menu->popup(at);
}

void RefusalsView::filtered()
{
    m_isLoaded = false;
    m_cursor.reset();
    m_split->close();
    m_model.setRows(QList<RefusalRow>());
    renewEmpty();
    load(Part::First);
    Q_EMIT viewChanged();
}

QJsonObject RefusalsView::viewState() const
{
    QJsonObject state;
    for (const Condition &condition : m_filters->conditions()) {
        state.insert(condition.id, condition.value);
        state.insert(condition.id + u"Name"_s, condition.shown);
    }
    return state;
}

void RefusalsView::restoreViewState(const QJsonObject &state)
{
    QList<Condition> conditions;
    for (const QString &field : {byField, keyField, deciderField}) {
        const QString value = state.value(field).toString();
        if (value.isEmpty())
            continue;
        const auto reason = field == byField ? reasonNamed(value) : std::nullopt;
        conditions << (reason ? conditionOf(*reason)
                              : conditionOf(field, value, state.value(field + u"Name"_s).toString()));
    }
    if (conditions == m_filters->conditions())
        return;
    m_filters->setConditions(conditions);
    filtered();
}

// ---- one of them

void RefusalsView::fillPane(const QModelIndex &index)
{
    const RefusalRow row = m_model.row(index);
    m_pane->show(row, mayOpenDecider(row.refusal));
}

bool RefusalsView::mayOpenDecider(const GatewayRefusal &refusal) const
{
    constexpr Ability needs[] = {Ability::GatewayLimitsRead, Ability::BudgetsRead, Ability::GatewayKeysRead,
                                 Ability::GatewaySettingsRead};
    return may(needs[std::size_t(refusal.by)]);
}

void RefusalsView::openDecider(const GatewayRefusal &refusal)
{
    const QString tabs[] = {u"limits"_s, u"budgets"_s, u"keys"_s, u"settings"_s};
    const QString tab = tabs[std::size_t(refusal.by)];
    QJsonObject state{{u"tab"_s, tab}};
    if (refusal.by == RefusedBy::Model)
        state.insert(tab, QJsonObject{{u"open"_s, idOf(refusal.keyId)}});
    else if (refusal.decidedById)
        state.insert(tab, QJsonObject{{u"open"_s, idOf(*refusal.decidedById)}});
    Q_EMIT navigationRequested(u"gateway"_s, state);
}

void RefusalsView::openCurrentDecider()
{
    if (const QModelIndex index = m_table->currentIndex(); index.isValid())
        openDecider(GatewayRefusal(m_model.row(index).refusal));
}

// ---- texts that follow the state

void RefusalsView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && (m_isLoaded || m_problem);
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem)
        place->showError(tr("What was refused is not known"),
                         m_problem->status == 0 ? tr("It is kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (!m_filters->conditions().isEmpty())
        place->showFiltered(tr("Nothing of this kind was refused"));
    else
        place->show(u"circle-check"_s, tr("Nothing was refused"),
                    tr("When a limit, a budget, the models of a key or a content rule refuses a call, it stands here: "
                       "what decided, why, and what helps."));
}

QString RefusalsView::shownCount() const
{
    return m_cursor ? tr("%1 refusals, more as you scroll").arg(amounts::count(m_model.totalRows()))
                    : tr("%n refusal(s)", nullptr, m_model.totalRows());
}

QList<Footer::Hint> RefusalsView::keyHints() const
{
    return {{u"J, K"_s, tr("move")}, {u"Return"_s, tr("why")}, {u"O"_s, tr("what decided")}, {u"F"_s, tr("filter")}};
}

QList<Command> RefusalsView::commands()
{
    const QModelIndex index = m_table->currentIndex();
    const QString subject = index.isValid() ? shownDecider(m_model.row(index).refusal) : QString();
    return {{u"refusals.decider"_s, tr("Show what refused it"), u"arrow-right"_s, u"O"_s, Command::Scope::List,
             [this] { openCurrentDecider(); },
             [this] {
                 const QModelIndex current = m_table->currentIndex();
                 return current.isValid() && mayOpenDecider(m_model.row(current).refusal);
             },
             subject, true},
            {u"refusals.filter"_s,
             tr("Filter refusals"),
             u"filter"_s,
             u"F"_s,
             Command::Scope::Page,
             [this] { m_filters->addMenu()->popup(m_filters->mapToGlobal(QPoint(0, m_filters->height()))); },
             {},
             {},
             true},
            {u"refusals.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { load(Part::First); },
             {},
             {},
             true}};
}

void RefusalsView::retranslate()
{
    m_columns->setName(tr("Columns"));
    m_table->setAccessibleName(tr("Refused calls"));
    m_model.retranslate();
    QList<Condition> conditions = m_filters->conditions();
    for (Condition &condition : conditions) {
        condition.field = titleOf(condition.id);
        if (const auto reason = reasonNamed(condition.value))
            condition.shown = lookOf(*reason).label;
    }
    m_filters->setConditions(conditions);
    renewEmpty();
    Q_EMIT footerChanged();
}
