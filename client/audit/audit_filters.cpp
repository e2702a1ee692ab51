// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_filters.h"

#include "client/audit/audit_looks.h"
#include "client/design/icon.h"
#include "client/widgets/controls.h"

#include <QMap>
#include <QMenu>

using namespace Qt::StringLiterals;
using Condition = FilterBar::Condition;

AuditFilters::AuditFilters(FilterBar *bar, const AuditModel &model, QObject *parent)
    : QObject(parent),
      m_bar(bar),
      m_model(model)
{
    connect(bar, &FilterBar::changed, this, &AuditFilters::changed);
    connect(bar, &FilterBar::editRequested, this, &AuditFilters::edit);
    connect(bar->addMenu(), &QMenu::aboutToShow, this, &AuditFilters::offerAll);
}

Condition AuditFilters::who(const QUuid &id, const QString &name) const
{
    const QString text = id.toString(QUuid::WithoutBraces);
    return {u"who"_s, tr("Who"), text, name.isEmpty() ? text : name};
}

Condition AuditFilters::kind(const QString &type) const { return {u"kind"_s, tr("Kind"), type, shownKind(type)}; }

Condition AuditFilters::subject(const QString &id, const QString &label) const
{
    return {u"subject"_s, tr("Subject"), id, label.isEmpty() ? id : label};
}

Condition AuditFilters::action(const QString &name) const
{
    const QString shown = tr("%1 · %2", "kind and action").arg(shownKind(name.section(u'.', 0, 0)), shownVerb(name));
    return {u"action"_s, tr("Action"), name, shown};
}

Condition AuditFilters::within(int hours) const
{
    const bool inDays = hours % 24 == 0 && hours > 24;
    return {u"within"_s, tr("When"), QString::number(hours),
            inDays ? tr("last %n day(s)", nullptr, hours / 24) : tr("last %n hour(s)", nullptr, hours)};
}

void AuditFilters::show(const AuditView &view)
{
    QList<Condition> conditions;
    if (!view.actorId.isNull())
        conditions << who(view.actorId, view.actorName);
    if (!view.subjectType.isEmpty())
        conditions << kind(view.subjectType);
    if (!view.subjectId.isEmpty())
        conditions << subject(view.subjectId, view.subjectLabel);
    if (!view.action.isEmpty())
        conditions << action(view.action);
    if (view.withinHours > 0)
        conditions << within(view.withinHours);
    const QSignalBlocker quiet(m_bar);
    m_bar->setConditions(conditions);
    if (m_bar->search()->text().trimmed() != view.search)
        m_bar->search()->setText(view.search);
}

AuditView AuditFilters::read(AuditView::Tab tab) const
{
    AuditView view{.tab = tab, .search = m_bar->search()->text().trimmed()};
    for (const Condition &condition : m_bar->conditions()) {
        if (condition.id == u"who"_s) {
            view.actorId = QUuid::fromString(condition.value);
            view.actorName = condition.shown;
        } else if (condition.id == u"kind"_s) {
            view.subjectType = condition.value;
        } else if (condition.id == u"subject"_s) {
            view.subjectId = condition.value;
            view.subjectLabel = condition.shown;
        } else if (condition.id == u"action"_s) {
            view.action = condition.value;
        } else if (condition.id == u"within"_s) {
            view.withinHours = condition.value.toInt();
        }
    }
    return view;
}

QList<Condition> AuditFilters::sameAs(const AuditEntry &entry) const
{
    QList<Condition> conditions;
    if (entry.actorId)
        conditions << who(*entry.actorId, entry.actorName);
    conditions << action(entry.action);
    if (!entry.subjectId.isEmpty())
        conditions << subject(entry.subjectId, entry.subjectLabel);
    return conditions;
}

QList<AuditFilters::Field> AuditFilters::fields() const
{
    Field people{u"who"_s, tr("Who"), {}}, kinds{u"kind"_s, tr("Kind"), {}}, actions{u"action"_s, tr("Action"), {}},
        times{u"within"_s, tr("When"), {}};
    QMap<QString, QUuid> known; // who is in the list; there may be too many others
    for (const AuditEntry &entry : m_model.rows())
        if (entry.actorId)
            known.insert(entry.actorName, *entry.actorId);
    for (auto it = known.begin(); it != known.end(); ++it)
        people.choices << who(it.value(), it.key());
    for (const QString &type : knownKinds())
        kinds.choices << kind(type);
    for (const QString &name : knownActions())
        actions.choices << action(name);
    for (const int hours : {1, 24, 7 * 24, 30 * 24})
        times.choices << within(hours);
    return {people, kinds, actions, times};
}

void AuditFilters::offer(QMenu *menu, const Field &field)
{
    for (const Condition &choice : field.choices)
        menu->addAction(choice.shown, this, [this, choice] { m_bar->setCondition(choice); });
}

void AuditFilters::offerAll()
{
    QMenu *menu = m_bar->addMenu();
    menu->clear();
    for (const Field &field : fields()) {
        QMenu *choices = menu->addMenu(field.title);
        choices->setEnabled(!field.choices.isEmpty());
        offer(choices, field);
    }
}

void AuditFilters::edit(const QString &id, const QPoint &at)
{
    auto *menu = new QMenu(m_bar);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Field &field : fields())
        if (field.id == id)
            offer(menu, field);
    menu->addSeparator();
    menu->addAction(themedIcon(u"x"_s), tr("Remove this filter"), this, [this, id] { m_bar->removeCondition(id); });
    menu->popup(at);
}
