// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/rule.h"

#include "shared/permissions/condition.h"
#include "shared/permissions/role.h"
#include "shared/permissions/subject.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const QString everyAction = u"*"_s;

class RuleCheck
{
public:
    explicit RuleCheck(const RuleInput &rule) : m_rule(rule), m_subject(findSubject(rule.subject)) { }

    QList<json::Problem> run()
    {
        for (qsizetype i = 0; i < m_rule.who.size(); ++i)
            who(m_rule.who[i], u"/who/%1/value"_s.arg(i));
        if (m_rule.validFrom && m_rule.validUntil && *m_rule.validFrom >= *m_rule.validUntil)
            fail(u"/validUntil"_s, u"must be later than validFrom"_s);
        if (m_rule.hours)
            m_problems += checkHours(*m_rule.hours, u"/hours"_s);
        if (!m_subject) {
            QStringList names;
            for (const Subject &subject : subjects())
                names.append(subject.name);
            fail(u"/subject"_s, u"is no subject; these are: %1"_s.arg(names.join(u", ")));
            return m_problems;
        }
        for (qsizetype i = 0; i < m_rule.actions.size(); ++i)
            if (m_rule.actions[i] != everyAction && !m_subject->actions.contains(m_rule.actions[i]))
                fail(u"/actions/%1"_s.arg(i),
                     u"is no action of %1; these are: %2, or * for all"_s.arg(m_subject->name,
                                                                              m_subject->actions.join(u", ")));
        fields();
        if (m_rule.conditions)
            conditions(*m_rule.conditions);
        return m_problems;
    }

private:
    void who(const RuleWho &who, const QString &pointer)
    {
        switch (who.kind) {
        case RuleWhoKind::Everyone:
            if (!who.value.isEmpty())
                fail(pointer, u"must be empty for everyone"_s);
            return;
        case RuleWhoKind::Role:
            if (std::none_of(enumNames<Role>.begin(), enumNames<Role>.end(),
                             [&](const char *name) { return who.value == QLatin1StringView(name); }))
                fail(pointer, u"is no built-in role; a role of your own has the kind customRole"_s);
            return;
        case RuleWhoKind::User:
        case RuleWhoKind::CustomRole:
        case RuleWhoKind::GatewayKey:
            if (QUuid::fromString(who.value).isNull())
                fail(pointer, u"must be the id of a %1"_s.arg(json::name(who.kind)));
            return;
        }
    }

    void fields()
    {
        const auto names = m_rule.onlyFields.value_or(QList<QString>());
        QStringList known;
        for (const SubjectAttribute &attribute : m_subject->attributes)
            known.append(attribute.name);
        for (qsizetype i = 0; i < names.size(); ++i)
            if (!known.contains(names[i]))
                fail(u"/fields/%1"_s.arg(i),
                     known.isEmpty() ? u"is no field: %1 have none; leave fields out"_s.arg(m_subject->name)
                                     : u"is no field of %1; these are: %2"_s.arg(m_subject->name, known.join(u", ")));
    }

    // Beyond what can be evaluated: paths must lead to where something can be.
    void conditions(const QJsonObject &json)
    {
        const auto condition = permissions::Condition::compile(json, *m_subject, nullptr, m_problems);
        if (!condition)
            return;
        for (std::size_t i = 0; i < condition->nodes().size(); ++i) {
            const auto &node = condition->nodes()[i];
            if (node.slot < 0 || node.keyCount == 0)
                continue;
            const SubjectAttribute &attribute = m_subject->attributes[node.slot];
            if (attribute.type != AttributeType::Object)
                fail(condition->origin(i).pointer,
                     u"asks for a member of %1, which has none: it is of the type %2"_s.arg(
                         attribute.name, json::name(attribute.type)));
        }
    }

    void fail(const QString &pointer, const QString &message) { m_problems.append({pointer, message}); }

    const RuleInput &m_rule;
    const Subject *m_subject;
    QList<json::Problem> m_problems;
};

} // namespace

Abilities abilitiesOf(const QList<QString> &actions, const QString &subject)
{
    Abilities abilities;
    for (std::size_t i = 0; i < enumNames<Ability>.size(); ++i) {
        const QString name = QString::fromLatin1(enumNames<Ability>[i]);
        const bool isOfSubject = name.startsWith(subject + u'.') && !subject.isEmpty();
        abilities.set(
            i, isOfSubject && (actions.contains(everyAction) || actions.contains(name.sliced(subject.size() + 1))));
    }
    return abilities;
}

Rule ruleOf(const RuleInput &input)
{
    Rule rule;
    rule.effect = input.effect;
    rule.who = input.who;
    rule.actions = input.actions;
    rule.subject = input.subject;
    rule.conditions = input.conditions;
    rule.onlyFields = input.onlyFields;
    rule.validFrom = input.validFrom;
    rule.validUntil = input.validUntil;
    rule.reason = input.reason;
    rule.enabled = input.enabled;
    rule.hours = input.hours;
    return rule;
}

RuleInput inputOf(const Rule &rule)
{
    return {rule.effect,    rule.who,        rule.actions, rule.subject, rule.conditions, rule.onlyFields,
            rule.validFrom, rule.validUntil, rule.reason,  rule.enabled, rule.hours};
}

QList<json::Problem> checkRule(const RuleInput &rule) { return RuleCheck(rule).run(); }

WIRE_CODE(RuleWho)
WIRE_CODE(RuleInput)
WIRE_CODE(Rule)
