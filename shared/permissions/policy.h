// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/attributes.h"
#include "shared/permissions/condition.h"
#include "shared/permissions/decision.h"
#include "shared/permissions/role.h"
#include "shared/permissions/rule.h"
#include "shared/permissions/subject.h"

#include <array>
#include <limits>
#include <memory>
#include <vector>

namespace permissions {

// A role that a tenant made: a named set of abilities.
struct CustomRoleAbilities
{
    QUuid id;
    QString name;
    Abilities abilities;
};

// What a tenant says about permissions; the same for all of its people.
struct PolicySource
{
    Abilities ceiling = Abilities().set(); // the plan's, see ceilingOf()
    QList<CustomRoleAbilities> customRoles;
    QList<Rule> rules;
};

// Whom a policy is for.
struct Principal
{
    QUuid userId; // null: a gateway key
    QList<Role> roles;
    QList<QUuid> customRoles;
    QJsonObject attributes; // ${user.attributes.X}
    std::optional<QUuid> gatewayKeyId;
};

// All abilities of these subjects, and those that have none.
Abilities ceilingOf(const QList<QString> &subjects);

// What one person may do, compiled once and never changed: shared by threads and by the decisions of a session.
//
// Outside the plan's ceiling → no. Else any matching deny → no. Else any matching allow, of a role or a rule → yes.
// Else no. The order of rules never matters. An allow with fields counts for the ability, but for these fields only; a
// deny with fields forbids only these.
//
// A rule that cannot be evaluated for this person (it asks for an attribute that they do not have) fails closed: an
// allow does not match, a deny matches.
class Policy
{
public:
    Policy(const PolicySource &source, const Principal &principal);

    // Whether there is anything that they may do so: at a route, before a record is known. False when no allow exists
    // or a deny without conditions cancels them all.
    bool mayAny(Ability ability, const Moment &now = Moment::current()) const;
    Abilities abilities(const Moment &now = Moment::current()) const; // all of which mayAny() says yes

    // About one record of the ability's subject; no to a record of another one. Does not allocate, but for what
    // Condition::matches() says.
    bool may(Ability ability, const Attributes &record, const Moment &now = Moment::current()) const;
    bool mayField(Ability ability, QStringView field, const Attributes &record,
                  const Moment &now = Moment::current()) const;
    // The fields of the subject that mayField() refuses, in the subject's order.
    QStringList forbiddenFields(Ability ability, const Attributes &record, const Moment &now = Moment::current()) const;

    // What of a record to leave out for whom it is shown to, whatever lets them see it: what a deny hides, and where
    // allows speak of certain fields, the others.
    QStringList hiddenFields(Ability ability, const Attributes &record, const Moment &now = Moment::current()) const;
    // Whether there may be a record of which this field is forbidden: then lists must not be searched or sorted by it.
    bool mayHide(Ability ability, QStringView field) const;
    bool speaksOfFields() const { return m_speaksOfFields; } // of any ability: else no field is ever hidden

    // The answer of may() with all that was looked at. Without a record: that of mayAny().
    Decision explain(Ability ability, const Attributes *record, const Moment &now = Moment::current()) const;

    static constexpr quint64 allFields = ~quint64(0);

    // One rule or role as it applies to an ability; also for who compiles a policy into something else, such as SQL.
    struct Clause
    {
        std::shared_ptr<const Condition> condition; // null: always
        quint64 fields = allFields; // a bit for each attribute of the subject
        qint64 validFrom = std::numeric_limits<qint64>::min(); // milliseconds since 1970
        qint64 validUntil = std::numeric_limits<qint64>::max();
        std::shared_ptr<const HourSpan> hours = {}; // null: the whole day
        bool isPlain() const { return !condition && fields == allFields && isForever(); }
        bool isForever() const
        {
            return validFrom == std::numeric_limits<qint64>::min() && validUntil == std::numeric_limits<qint64>::max()
                && !hours;
        }
        bool appliesAt(const Moment &now) const
        {
            return validFrom <= now.msecs() && now.msecs() < validUntil && (!hours || hours->holds(now.msecs()));
        }
        bool matches(const Attributes &record, const Moment &now) const;
    };
    // In the order in which they are looked at; within the ceiling only.
    const std::vector<Clause> &denies(Ability ability) const { return m_clauses[bit(ability)].denies; }
    const std::vector<Clause> &allows(Ability ability) const { return m_clauses[bit(ability)].allows; }
    bool allowsAlways(Ability ability) const { return m_clauses[bit(ability)].allowedAlways; }
    // Whether they may to every record and all of its fields, at any time: then no record need be looked at.
    bool allowsAll(Ability ability) const
    {
        return m_clauses[bit(ability)].allowedAlways && m_clauses[bit(ability)].denies.empty();
    }
    // The same but for fields: then lists are shown whole.
    bool allowsEveryRecord(Ability ability) const
    {
        return m_clauses[bit(ability)].allowedAlways && m_clauses[bit(ability)].plainDenies == 0;
    }
    bool inCeiling(Ability ability) const { return m_ceiling.test(bit(ability)); }

private:
    struct Clauses
    {
        std::vector<Clause> denies; // those with fields last
        std::vector<Clause> allows; // where one is plain, only such
        std::size_t plainDenies = 0; // of denies, without fields
        const Subject *subject = nullptr; // of the records; null: Public and SignedIn
        bool deniedAlways = false;
        bool allowedAlways = false;
    };
    // A role or rule, also one that does not apply to this person: what explain() tells of it.
    struct Source
    {
        TraceStep step; // of why it never or always matches, when that is known beforehand
        Abilities abilities;
        bool applies = true;
        Clause clause;
    };

    void addRoles(const PolicySource &source, const Principal &principal);
    void addRules(const PolicySource &source, const Principal &principal);
    static void compile(Source &source, const QJsonObject &json, const Subject &subject, const Variables &variables);
    static void arrange(Clauses &clauses);
    struct FieldSets // a bit for each field of the subject
    {
        quint64 denied = 0;
        quint64 allowed = 0;
    };
    FieldSets fieldSets(Ability ability, const Attributes &record, const Moment &now) const;
    static QStringList namesOf(const Subject &subject, quint64 fields);
    TraceStep traceOf(const Source &source, const Attributes *record, const Moment &now) const;

    static bool speaksOf(const Clauses &clauses, const Attributes &record)
    {
        return !clauses.subject || clauses.subject == &record.subject();
    }

    Abilities m_ceiling;
    std::array<Clauses, std::size_t(Ability::Count_)> m_clauses;
    std::vector<Source> m_sources;
    bool m_speaksOfFields = false;
};

} // namespace permissions
