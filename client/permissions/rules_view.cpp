// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rules_view.h"

#include "client/permissions/permission_words.h"
#include "client/permissions/rule_pane.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace at = endpoints::permissions;

namespace {

constexpr int anyState = -1;

} // namespace

RulesView::RulesView(PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_model(directory),
      m_filters(new FilterBar({})),
      m_effect(new Select(tr("Effect"))),
      m_subject(new Select(tr("Subject"))),
      m_state(new Select(tr("State"))),
      m_table(new DataTable(tr("Rules"))),
      m_pane(new RulePane(directory)),
      m_split(new MasterDetail(m_table, m_pane))
{
    m_filters->setCanAdd(false); // the choices beside it are all
    m_filters->addTool(m_effect);
    m_filters->addTool(m_subject);
    m_filters->addTool(m_state);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_table->setModel(&m_model);
    m_table->setStateKey(u"rules"_s, 2);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), layout::wide(m_split)})));

    connect(m_filters, &FilterBar::changed, this, &RulesView::filter);
    connect(m_effect, &Select::valueChosen, this, &RulesView::filter);
    connect(m_subject, &Select::valueChosen, this, &RulesView::filter);
    connect(m_state, &Select::valueChosen, this, &RulesView::filter);
    connect(m_table, &DataTable::currentRowChanged, this, &RulesView::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_directory.problem())
            return reloadRequested();
        if (m_model.totalRows() == 0)
            return editRequested({});
        restoreViewState({});
    });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { m_pane->show(m_model.row(index)); });
    connect(m_pane, &RulePane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (RulesView::*action)(const Rule &)) {
        return [this, action] {
            if (const Rule *shown = m_model.find(m_pane->ruleId()))
                (this->*action)(Rule(*shown));
        };
    };
    connect(m_pane, &RulePane::changeRequested, this, onShown(&RulesView::change));
    connect(m_pane, &RulePane::switchRequested, this, onShown(&RulesView::flip));
    connect(m_pane, &RulePane::duplicateRequested, this, onShown(&RulesView::duplicate));
    connect(m_pane, &RulePane::removeRequested, this, onShown(&RulesView::remove));
    connect(&m_directory, &PermissionDirectory::changed, this, &RulesView::renew);
    retranslate();
}

QJsonObject RulesView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()},
            {u"effect"_s, m_effect->value().toString()},
            {u"subject"_s, m_subject->value().toString()},
            {u"state"_s, m_state->value().toInt()}};
}

void RulesView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_effect->setValue(state.value(u"effect"_s).toString());
    m_subject->setValue(state.value(u"subject"_s).toString());
    m_state->setValue(state.value(u"state"_s).toInt(anyState));
    filter();
}

void RulesView::renew()
{
    m_table->setLoading(!m_directory.isLoaded() && !m_directory.problem());
    const QUuid currentId = current() ? current()->id : QUuid();
    const int currentRow = m_table->currentIndex().row();
    m_model.setRows(m_directory.rules());
    if (const QModelIndex shown = m_model.indexOf(m_pane->ruleId()); m_split->isOpen() && shown.isValid()) {
        m_split->open(shown);
    } else {
        m_split->close();
        // The keys go on where they were: at the same rule, or at the one that took its place.
        const QModelIndex same = m_model.indexOf(currentId);
        if (same.isValid() || currentRow >= 0)
            m_table->setCurrentIndex(same.isValid() ? same
                                                    : m_model.index(std::min(currentRow, m_model.rowCount() - 1), 0));
    }
    renewEmpty();
}

void RulesView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const QString effect = m_effect->value().toString();
    const QString subject = m_subject->value().toString();
    const int state = m_state->value().toInt();
    m_model.setFilter([this, text, effect, subject, state](const Rule &rule) {
        const auto has = [&](const QString &where) { return where.contains(text, Qt::CaseInsensitive); };
        return (effect.isEmpty() || effect == json::name(rule.effect)) && (subject.isEmpty() || subject == rule.subject)
            && (state == anyState || state == int(stateOf(rule, QDateTime::currentDateTimeUtc())))
            && (has(rule.reason) || has(m_directory.shownWho(rule.who)) || has(shownWhat(rule))
                || has(shownCondition(rule.conditions)));
    });
    renewEmpty();
    Q_EMIT viewChanged();
}

void RulesView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_directory.isLoading();
    place->setVisible(none);
    if (!none)
        return;
    const auto &problem = m_directory.problem();
    if (problem)
        place->showError(tr("The rules are not known"),
                         problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                              : problem->detail);
    else if (m_model.totalRows() == 0)
        place->show(u"shield-check"_s, tr("No rules yet"),
                    tr("Roles say what people may do. A rule allows more or forbids some of it, for certain people, "
                       "records, fields or times, and takes effect within a second."),
                    may(Ability::RulesCreate) ? tr("Add rule") : QString());
    else
        place->showFiltered(tr("No rule matches"));
}

QString RulesView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n rule(s)", nullptr, all)
                        : tr("%1 of %n rule(s)", nullptr, all).arg(amounts::count(shown));
}

// ---- what can be done

const Rule *RulesView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void RulesView::open(const QUuid &id) { m_split->open(m_model.indexOf(id)); }

void RulesView::change(const Rule &rule) { Q_EMIT editRequested(rule); }

void RulesView::duplicate(const Rule &rule)
{
    Rule copy = rule;
    copy.id = {};
    Q_EMIT editRequested(copy);
}

bool RulesView::begin(const QUuid &id)
{
    const bool isFirst = !m_changing.contains(id);
    m_changing.insert(id);
    return isFirst;
}

void RulesView::flip(const Rule &rule)
{
    if (!begin(rule.id))
        return;
    RuleInput input = inputOf(rule);
    input.enabled = !rule.enabled;
    m_directory.workspace().api().call(at::replaceRule.at(rule.id), input, this,
                                       [this, id = rule.id](const Result<Rule> &reply) {
                                           m_changing.remove(id);
                                           reply ? m_directory.put(*reply)
                                                 : failed(tr("Could not change the rule"), reply.error());
                                       },
                                       {.revision = rule.revision});
}

void RulesView::remove(const Rule &rule)
{
    if (!begin(rule.id))
        return;
    m_directory.workspace().api().call(at::removeRule.at(rule.id), {}, this,
                                       [this, rule](const Result<Nothing> &reply) {
                                           m_changing.remove(rule.id);
                                           if (!reply && reply.error().status != 404)
                                               return failed(tr("Could not remove the rule"), reply.error());
                                           m_directory.removeRule(rule.id);
                                           Q_EMIT toastRequested({.title = tr("Rule removed"),
                                                                  .text = rule.reason,
                                                                  .undo = [this, rule] { bringBack(rule); }});
                                       },
                                       {.revision = rule.revision});
}

// As a new rule that says the same: the old one is gone.
void RulesView::bringBack(const Rule &rule)
{
    m_directory.workspace().api().call(at::createRule, inputOf(rule), this, [this](const Result<Rule> &reply) {
        reply ? m_directory.put(*reply) : failed(tr("Could not bring the rule back"), reply.error());
    });
}

void RulesView::showSaved(const Rule &rule, const std::optional<Rule> &before)
{
    m_directory.put(rule);
    open(rule.id);
    Q_EMIT toastRequested({.tone = Tone::Success,
                           .title = before ? tr("Rule changed") : tr("Rule added"),
                           .text = tr("It takes effect everywhere within a second."),
                           .undo = [this, rule, before] { undo(rule, before); }});
}

// What was saved since then is not undone with it: the server refuses an older revision.
void RulesView::undo(const Rule &saved, const std::optional<Rule> &before)
{
    ApiClient &api = m_directory.workspace().api();
    const QString title = tr("Could not undo the change of the rule");
    if (before)
        api.call(at::replaceRule.at(saved.id), inputOf(*before), this,
                 [this, title](const Result<Rule> &reply) {
                     reply ? m_directory.put(*reply) : failed(title, reply.error());
                 },
                 {.revision = saved.revision});
    else
        api.call(at::removeRule.at(saved.id), {}, this,
                 [this, title, id = saved.id](const Result<Nothing> &reply) {
                     reply || reply.error().status == 404 ? m_directory.removeRule(id) : failed(title, reply.error());
                 },
                 {.revision = saved.revision});
}

void RulesView::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412 || error.status == 404)
        Q_EMIT reloadRequested();
}

QList<Command> RulesView::commands()
{
    const auto on = [this](void (RulesView::*action)(const Rule &)) {
        return [this, action] {
            if (const Rule *rule = current())
                (this->*action)(Rule(*rule));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = !current() ? QString()
        : current()->reason.isEmpty()  ? shownWhat(*current())
                                       : current()->reason;
    const bool isOn = current() && current()->enabled;
    return {{u"rules.search"_s,
             tr("Search rules"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"rules.change"_s, tr("Change rule"), u"pencil"_s, u"E"_s, Command::Scope::List, on(&RulesView::change),
             mayOn(Ability::RulesUpdate), subject, true},
            {u"rules.switch"_s, isOn ? tr("Turn rule off") : tr("Turn rule on"), isOn ? u"pause"_s : u"play"_s, u"S"_s,
             Command::Scope::List, on(&RulesView::flip), mayOn(Ability::RulesUpdate), subject, true},
            {u"rules.duplicate"_s, tr("Duplicate rule"), u"copy"_s, u"D"_s, Command::Scope::List,
             on(&RulesView::duplicate), mayOn(Ability::RulesCreate), subject, true},
            {u"rules.remove"_s, tr("Remove rule"), u"trash-2"_s, u"Del"_s, Command::Scope::List, on(&RulesView::remove),
             mayOn(Ability::RulesDelete), subject, true}};
}

void RulesView::retranslate()
{
    m_filters->search()->setPlaceholder(tr("Search by reason, person or condition"));
    m_effect->setChoices({{QString(), tr("Any effect")},
                          {QString(json::name(RuleEffect::Allow)), lookOf(RuleEffect::Allow).label},
                          {QString(json::name(RuleEffect::Deny)), lookOf(RuleEffect::Deny).label}});
    QList<std::pair<QVariant, QString>> choices{{QString(), tr("All subjects")}};
    for (const Subject &one : subjects())
        choices.append({one.name, shownSubject(one.name)});
    m_subject->setChoices(choices);
    QList<std::pair<QVariant, QString>> states{{anyState, tr("Any state")}};
    for (const RuleState state : {RuleState::Active, RuleState::Off, RuleState::Scheduled, RuleState::Over})
        states.append({int(state), lookOf(state).label});
    m_state->setChoices(states);
    m_state->setAccessibleName(tr("State"));
    m_effect->setAccessibleName(tr("Effect"));
    m_subject->setAccessibleName(tr("Subject"));
    m_table->setAccessibleName(tr("Rules"));
    m_model.retranslate();
    renewEmpty();
}
