// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/call_filters.h"

#include "client/design/icon.h"
#include "client/gateway/gateway_looks.h"

#include <QMenu>

using namespace Qt::StringLiterals;

CallFilters::CallFilters(FilterBar *bar, const CallsModel &model, QObject *parent)
    : QObject(parent),
      m_bar(bar),
      m_model(model)
{
    connect(bar, &FilterBar::changed, this, &CallFilters::changed);
    connect(bar, &FilterBar::editRequested, this, &CallFilters::edit);
    connect(bar->addMenu(), &QMenu::aboutToShow, this, &CallFilters::offerAll);
}

FilterBar::Condition CallFilters::within(int hours) const
{
    const bool inDays = hours % 24 == 0 && hours > 24;
    return {u"within"_s, tr("When"), QString::number(hours),
            inDays ? tr("last %n day(s)", nullptr, hours / 24) : tr("last %n hour(s)", nullptr, hours)};
}

FilterBar::Condition CallFilters::model(const QString &name) const { return {u"model"_s, tr("Model"), name, name}; }

FilterBar::Condition CallFilters::status(const QString &name) const
{
    return {u"status"_s, tr("Status"), name, lookOfCall(name, false).label};
}

FilterBar::Condition CallFilters::key(const QUuid &id, const QString &name) const
{
    const QString text = id.toString(QUuid::WithoutBraces);
    return {u"key"_s, tr("Key"), text, name.isEmpty() ? text : name};
}

FilterBar::Condition CallFilters::person(const QUuid &id, const QString &name) const
{
    const QString text = id.toString(QUuid::WithoutBraces);
    return {u"person"_s, tr("Person"), text, name.isEmpty() ? text : name};
}

void CallFilters::show(const CallQuery &query)
{
    QList<FilterBar::Condition> conditions;
    if (query.withinHours > 0)
        conditions << within(query.withinHours);
    if (!query.model.isEmpty())
        conditions << model(query.model);
    if (!query.status.isEmpty())
        conditions << status(query.status);
    if (!query.keyId.isNull())
        conditions << key(query.keyId, query.keyName);
    if (!query.userId.isNull())
        conditions << person(query.userId, query.userName);
    const QSignalBlocker quiet(m_bar);
    m_bar->setConditions(conditions);
}

CallQuery CallFilters::read() const
{
    CallQuery query;
    for (const FilterBar::Condition &condition : m_bar->conditions()) {
        if (condition.id == u"within"_s) {
            query.withinHours = condition.value.toInt();
        } else if (condition.id == u"model"_s) {
            query.model = condition.value;
        } else if (condition.id == u"status"_s) {
            query.status = condition.value;
        } else if (condition.id == u"key"_s) {
            query.keyId = QUuid::fromString(condition.value);
            query.keyName = condition.shown;
        } else if (condition.id == u"person"_s) {
            query.userId = QUuid::fromString(condition.value);
            query.userName = condition.shown;
        }
    }
    return query;
}

QList<FilterBar::Condition> CallFilters::sameAs(const GatewayCallRow &call) const
{
    QList<FilterBar::Condition> conditions{model(call.model), status(call.status)};
    if (call.keyId)
        conditions << key(*call.keyId, call.keyName);
    if (call.userId)
        conditions << person(*call.userId, call.userName);
    return conditions;
}

QList<CallFilters::Field> CallFilters::fields() const
{
    QStringList models = m_models;
    QMap<QString, QUuid> keys = m_keys, people = m_people;
    for (const GatewayCallRow &call : m_model.rows()) {
        models << call.model;
        if (call.keyId)
            keys.insert(call.keyName, *call.keyId);
        if (call.userId)
            people.insert(call.userName, *call.userId);
    }
    models.removeDuplicates();
    models.sort();
    Field times{u"within"_s, tr("When"), {}}, names{u"model"_s, tr("Model"), {}}, states{u"status"_s, tr("Status"), {}},
        withKeys{u"key"_s, tr("Key"), {}}, byPeople{u"person"_s, tr("Person"), {}};
    for (const int hours : {1, 24, 7 * 24, 30 * 24})
        times.choices << within(hours);
    for (const QString &name : std::as_const(models))
        names.choices << model(name);
    for (const char *name : {"succeeded", "failed", "canceled", "lost"})
        states.choices << status(QString::fromLatin1(name));
    for (auto it = keys.cbegin(); it != keys.cend(); ++it)
        withKeys.choices << key(it.value(), it.key());
    for (auto it = people.cbegin(); it != people.cend(); ++it)
        byPeople.choices << person(it.value(), it.key());
    return {times, names, states, withKeys, byPeople};
}

void CallFilters::offer(QMenu *menu, const Field &field) const
{
    for (const FilterBar::Condition &choice : field.choices)
        menu->addAction(choice.shown, this, [this, choice] { m_bar->setCondition(choice); });
}

void CallFilters::offerAll()
{
    QMenu *menu = m_bar->addMenu();
    menu->clear();
    for (const Field &field : fields()) {
        QMenu *choices = menu->addMenu(field.title);
        choices->setEnabled(!field.choices.isEmpty());
        offer(choices, field);
    }
}

void CallFilters::edit(const QString &id, const QPoint &at)
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
