// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/rules_model.h"

#include "client/permissions/permission_words.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

RuleState stateNow(const Rule &rule) { return stateOf(rule, QDateTime::currentDateTimeUtc()); }

TableColumn<Rule> timeColumn(const QString &id, std::optional<QDateTime> Rule::*time)
{
    return column<Rule>(
        id, {}, [time](const Rule &one) { return (one.*time).value_or(QDateTime()); },
        [time](const Rule &one) { return one.*time ? amounts::clock(*(one.*time)) : QString(); }, CellKind::Muted, 150);
}

QList<TableColumn<Rule>> makeColumns(const PermissionDirectory &directory)
{
    QList<TableColumn<Rule>> columns{
        column<Rule>(
            u"effect"_s, {}, [](const Rule &one) { return lookOf(one.effect).label; }, CellKind::Status, 100),
        column<Rule>(u"reason"_s, {}, &Rule::reason, CellKind::Strong, 190),
        column<Rule>(
            u"who"_s, {}, [&directory](const Rule &one) { return directory.shownWho(one.who); }, CellKind::Text, 150),
        column<Rule>(u"what"_s, {}, shownWhat, CellKind::Text, 190),
        column<Rule>(
            u"when"_s, {}, [](const Rule &one) { return shownCondition(one.conditions); }, CellKind::Muted, 190),
        column<Rule>(
            u"state"_s, {}, [](const Rule &one) { return lookOf(stateNow(one)).label; }, CellKind::Status, 110),
        column<Rule>(
            u"changed"_s, {}, [](const Rule &one) { return one.updatedAt; },
            [](const Rule &one) { return amounts::moment(one.updatedAt); }, CellKind::Muted, 130),
        column<Rule>(
            u"fields"_s, {},
            [](const Rule &one) { return one.onlyFields ? one.onlyFields->join(u", "_s) : RulesModel::tr("all"); },
            CellKind::Muted, 130),
        timeColumn(u"from"_s, &Rule::validFrom),
        timeColumn(u"until"_s, &Rule::validUntil)};
    columns[0].extra = [](const Rule &one) { return QVariant::fromValue(lookOf(one.effect)); };
    columns[0].choices = [] { return QList<StatusLook>{lookOf(RuleEffect::Allow), lookOf(RuleEffect::Deny)}; };
    columns[4].stretches = true;
    columns[5].extra = [](const Rule &one) { return QVariant::fromValue(lookOf(stateNow(one))); };
    columns[5].choices = [] {
        return QList<StatusLook>{lookOf(RuleState::Active), lookOf(RuleState::Off), lookOf(RuleState::Scheduled),
                                 lookOf(RuleState::Over)};
    };
    for (int i = 6; i < columns.size(); ++i)
        columns[i].hidden = true; // the pane says them too
    return columns;
}

} // namespace

QString shownWhat(const Rule &rule)
{
    QStringList actions;
    for (const QString &action : rule.actions)
        actions << shownAction(action);
    return RulesModel::tr("%1: %2", "a subject and its actions").arg(shownSubject(rule.subject), actions.join(u", "_s));
}

RulesModel::RulesModel(const PermissionDirectory &directory, QObject *parent)
    : TableModel(makeColumns(directory), parent)
{
    retranslate();
}

void RulesModel::retranslate()
{
    setTitles({tr("Effect"), tr("Reason"), tr("Who"), tr("What"), tr("Condition"), tr("State"), tr("Changed"),
               tr("Fields"), tr("Valid from"), tr("Valid until")});
}
