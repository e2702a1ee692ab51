// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/permission_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/permissions/access.h"
#include "server/permissions/permission_rules.h"
#include "server/permissions/record_finder.h"
#include "server/permissions/role_store.h"
#include "server/permissions/rule_store.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;
using permissions::Attributes;
using permissions::Policy;
using permissions::PolicySource;

namespace {

constexpr int pageSize = 50;
constexpr int mostSimulated = 5000; // people
constexpr qsizetype mostChanges = 500; // listed

ApiError noRule() { return ApiError::notFound(u"The rule"_s); }
ApiError noRole() { return ApiError::notFound(u"The role"_s); }

Abilities setOf(const QList<Ability> &list)
{
    Abilities set;
    for (const Ability ability : list)
        set.set(bit(ability));
    return set;
}

QList<Ability> listOf(const Abilities &set)
{
    QList<Ability> list;
    for (std::size_t i = bit(Ability::SignedIn) + 1; i < set.size(); ++i)
        if (set.test(i))
            list.append(Ability(i));
    return list;
}

Abilities abilitiesOf(const RuleInput &rule) { return abilitiesOf(rule.actions, rule.subject); }
Abilities abilitiesOf(const Rule &rule) { return abilitiesOf(rule.actions, rule.subject); }

bool speaksOf(const Rule &rule, const permissions::Principal &person)
{
    return std::any_of(rule.who.begin(), rule.who.end(), [&](const RuleWho &who) {
        switch (who.kind) {
        case RuleWhoKind::Everyone:
            return true;
        case RuleWhoKind::User:
            return QUuid::fromString(who.value) == person.userId;
        case RuleWhoKind::Role:
            return std::any_of(person.roles.begin(), person.roles.end(),
                               [&](Role role) { return json::name(role) == who.value; });
        case RuleWhoKind::CustomRole:
            return person.customRoles.contains(QUuid::fromString(who.value));
        case RuleWhoKind::GatewayKey:
            return false;
        }
        return false;
    });
}

QString labelOf(const Rule &rule) { return rule.reason.isEmpty() ? rule.subject : rule.reason; }
QString labelOf(const CustomRole &role) { return role.name; }

template<class Thing>
void audit(Transaction &tx, const Caller &caller, Ability ability, const std::optional<Thing> &before,
           const std::optional<Thing> &after)
{
    const Thing &subject = after ? *after : *before;
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {subject.id, labelOf(subject)}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, event);
}

RuleStore::Author author(const Caller &caller) { return {caller.userId, caller.displayName}; }

std::optional<QList<QString>> planOf(Transaction &tx)
{
    return tx.one<std::optional<QList<QString>>>("SELECT platform.plan_subjects()");
}

struct Person
{
    QUuid id;
    QString displayName;
    QList<Role> roles;
    QList<QUuid> customRoles;
    QJsonObject attributes;

    static constexpr auto fields()
    {
        using T = Person;
        return std::tuple{Field{"id", &T::id}, Field{"displayName", &T::displayName}, Field{"roles", &T::roles},
                          Field{"customRoles", &T::customRoles}, Field{"attributes", &T::attributes}};
    }
    permissions::Principal principal() const { return {id, roles, customRoles, attributes, {}}; }
};

QList<Person> activePeople(Transaction &tx, int limit)
{
    return tx.all<Person>(R"(
        SELECT id, display_name, roles, attributes,
               ARRAY(SELECT role_id FROM user_roles WHERE user_id = users.id ORDER BY role_id) AS custom_roles
        FROM users
        WHERE status = 'active'
        ORDER BY search_text, id
        LIMIT $1)",
                          limit);
}

template<class Row> bool cut(QList<Row> &rows, int limit)
{
    const bool hasMore = rows.size() > limit;
    if (hasMore)
        rows.removeLast();
    return hasMore;
}

} // namespace

PermissionService::PermissionService(Database &database, PolicyBook &book, PermissionWatch &watch)
    : m_database(database),
      m_book(book),
      m_watch(watch)
{
}

template<class Work> auto PermissionService::change(const Caller &caller, Work work)
{
    const auto result = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        auto made = work(tx, PermissionRules::heldBy(tx, caller));
        PermissionRules::keepAnOwner(tx);
        PermissionWatch::announce(tx, caller.tenantId);
        return made;
    });
    m_watch.apply({caller.tenantId});
    return result;
}

EffectivePermissions PermissionService::mine(const Caller &caller)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto user = UserStore::find(tx, caller.userId);
        if (!user)
            throw ApiError::unauthenticated();
        const auto person = PolicyBook::principalOf(tx, user->id, user->roles);
        EffectivePermissions mine;
        mine.userId = user->id;
        mine.roles = user->roles;
        mine.customRoles = RoleStore::rolesOf(tx, user->id);
        mine.attributes = person.attributes;
        mine.plan = planOf(tx);
        for (const Rule &rule : RuleStore::all(tx))
            if (rule.enabled && speaksOf(rule, person))
                mine.rules.append(rule);
        mine.abilities = listOf(m_book.policyOf(tx, caller.tenantId, person)->abilities());
        return mine;
    });
}

PermissionCatalogue PermissionService::catalogue(const Caller &caller)
{
    PermissionCatalogue catalogue;
    catalogue.subjects = subjects();
    for (std::size_t i = 0; i < enumNames<Role>.size(); ++i)
        if (Role(i) != Role::Operator)
            catalogue.roles.append({Role(i), listOf(::abilitiesOf(Role(i)))});
    catalogue.plan = m_database.transaction(caller.scope(), planOf);
    return catalogue;
}

Decision PermissionService::explain(const Caller &caller, const ExplainRequest &request)
{
    const Subject *subject = subjectOf(request.ability);
    if (!subject)
        throw ApiError::invalid(u"/ability"_s, u"is one that everybody has"_s);
    if (request.subjectId && request.attributes)
        throw ApiError::invalid(u"/attributes"_s, u"must not stand beside /subjectId: give one of them"_s);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto user = UserStore::find(tx, request.userId.value_or(caller.userId));
        if (!user)
            throw ApiError::notFound(u"The user"_s);
        std::optional<QJsonObject> record = request.attributes;
        if (request.subjectId) {
            record = findRecord(tx, subject->name, *request.subjectId);
            const auto read = abilitiesOf(QList<QString>{u"read"_s}, subject->name);
            for (std::size_t i = 0; record && caller.policy && i < read.size(); ++i)
                if (read.test(i) && !caller.policy->may(Ability(i), Attributes(*subject, *record)))
                    record.reset();
            if (!record)
                throw ApiError::notFound(u"The record"_s);
        }
        const auto policy = m_book.policyOf(tx, caller.tenantId, PolicyBook::principalOf(tx, user->id, user->roles));
        if (!record)
            return policy->explain(request.ability, nullptr);
        const Attributes attributes(*subject, *record);
        return policy->explain(request.ability, &attributes);
    });
}

Simulation PermissionService::simulate(const Caller &caller, const SimulateRequest &request)
{
    if (!request.rule && !request.replaces)
        throw ApiError::invalid(u"/rule"_s, u"is missing: give a draft, or name the rule whose removal to look at"_s);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PolicySource before = PolicyBook::read(tx);
        PolicySource after = before;
        Abilities touched;
        if (request.replaces) {
            const auto replaced = RuleStore::find(tx, *request.replaces);
            if (!replaced)
                throw noRule();
            touched |= abilitiesOf(*replaced);
            after.rules.removeIf([&](const Rule &rule) { return rule.id == replaced->id; });
        }
        if (request.rule) {
            PermissionRules::check(tx, *request.rule);
            touched |= abilitiesOf(*request.rule);
            after.rules.append(ruleOf(*request.rule));
        }
        Simulation simulation;
        QList<Person> people = activePeople(tx, mostSimulated + 1);
        simulation.truncated = cut(people, mostSimulated);
        simulation.people = int(people.size());
        for (const Person &person : std::as_const(people)) {
            const Policy old(before, person.principal());
            const Policy made(after, person.principal());
            bool affected = false;
            for (const Ability ability : listOf(touched)) {
                const Reach was = PermissionRules::reachOf(old, ability);
                const Reach is = PermissionRules::reachOf(made, ability);
                if (was == is)
                    continue;
                affected = true;
                if (simulation.changes.size() < mostChanges)
                    simulation.changes.append({person.id, person.displayName, ability, was, is});
                else
                    simulation.truncated = true;
            }
            simulation.affected += affected;
        }
        return simulation;
    });
}

Page<CustomRole> PermissionService::roles(const Caller &caller, const CustomRoleFilter &filter)
{
    const int limit = filter.limit.value_or(pageSize);
    std::optional<RoleStore::Position> after;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        after = {keys->at(0), QUuid::fromString(keys->at(1))};
        if (after->id.isNull())
            cursor::refuse();
    }
    Page<CustomRole> page;
    page.items = m_database.transaction(caller.scope(),
                                        [&](Transaction &tx) { return RoleStore::list(tx, filter, after, limit + 1); });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({RoleStore::folded(page.items.last().name), page.items.last().id.toString()});
    return page;
}

CustomRole PermissionService::role(const Caller &caller, const QUuid &id)
{
    const auto role = m_database.transaction(caller.scope(), [&](Transaction &tx) { return RoleStore::find(tx, id); });
    return role ? *role : throw noRole();
}

CustomRole PermissionService::createRole(const Caller &caller, const NewCustomRole &input)
{
    PermissionRules::checkRole(input.abilities);
    if (input.name.trimmed().isEmpty())
        throw ApiError::invalid(u"/name"_s, u"must not be blank"_s);
    return change(caller, [&](Transaction &tx, const Abilities &held) {
        PermissionRules::checkHolds(held, setOf(input.abilities));
        if (RoleStore::all(tx).size() >= RoleStore::most)
            throw ApiError::conflict(
                u"A tenant may have %1 roles of its own. Remove one first."_s.arg(RoleStore::most));
        const CustomRole made = RoleStore::insert(tx, input);
        audit<CustomRole>(tx, caller, Ability::RolesCreate, std::nullopt, made);
        return made;
    });
}

CustomRole PermissionService::updateRole(const Caller &caller, const QUuid &id, qint64 revision,
                                         const CustomRoleChange &input)
{
    if (input.abilities)
        PermissionRules::checkRole(*input.abilities);
    if (input.name && input.name->trimmed().isEmpty())
        throw ApiError::invalid(u"/name"_s, u"must not be blank"_s);
    return change(caller, [&](Transaction &tx, const Abilities &held) {
        const auto before = RoleStore::find(tx, id);
        if (!before)
            throw noRole();
        if (before->revision != revision)
            throw ApiError::changed(u"The role"_s);
        // What changes hands: added and taken alike.
        PermissionRules::checkHolds(held,
                                    setOf(before->abilities) ^ setOf(input.abilities.value_or(before->abilities)));
        const auto after = RoleStore::update(tx, *before, input);
        if (!after)
            throw ApiError::changed(u"The role"_s);
        audit<CustomRole>(tx, caller, Ability::RolesUpdate, before, after);
        return *after;
    });
}

void PermissionService::removeRole(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    change(caller, [&](Transaction &tx, const Abilities &held) {
        const auto before = RoleStore::find(tx, id);
        if (!before)
            throw noRole();
        PermissionRules::checkHolds(held, setOf(before->abilities));
        if (!RoleStore::remove(tx, id, revision))
            throw ApiError::changed(u"The role"_s);
        audit<CustomRole>(tx, caller, Ability::RolesDelete, before, std::nullopt);
        return *before;
    });
}

Page<Rule> PermissionService::rules(const Caller &caller, const RuleFilter &filter)
{
    const int limit = filter.limit.value_or(pageSize);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1)) {
        before = QUuid::fromString(keys->first());
        if (before->isNull())
            cursor::refuse();
    }
    Page<Rule> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return RuleStore::list(tx, filter, before, limit + 1); });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().id.toString()});
    return page;
}

Rule PermissionService::rule(const Caller &caller, const QUuid &id)
{
    const auto rule = m_database.transaction(caller.scope(), [&](Transaction &tx) { return RuleStore::find(tx, id); });
    return rule ? *rule : throw noRule();
}

Rule PermissionService::createRule(const Caller &caller, const RuleInput &input)
{
    return change(caller, [&](Transaction &tx, const Abilities &held) {
        PermissionRules::check(tx, input);
        PermissionRules::checkHolds(held, abilitiesOf(input));
        if (RuleStore::count(tx) >= RuleStore::most)
            throw ApiError::conflict(u"A tenant may have %1 rules. Remove one first."_s.arg(RuleStore::most));
        const Rule made = RuleStore::insert(tx, input, author(caller));
        audit<Rule>(tx, caller, Ability::RulesCreate, std::nullopt, made);
        return made;
    });
}

Rule PermissionService::replaceRule(const Caller &caller, const QUuid &id, qint64 revision, const RuleInput &input)
{
    return change(caller, [&](Transaction &tx, const Abilities &held) {
        const auto before = RuleStore::find(tx, id);
        if (!before)
            throw noRule();
        PermissionRules::check(tx, input);
        PermissionRules::checkHolds(held, abilitiesOf(*before) | abilitiesOf(input));
        const auto after = RuleStore::replace(tx, id, revision, input, author(caller));
        if (!after)
            throw ApiError::changed(u"The rule"_s);
        audit<Rule>(tx, caller, Ability::RulesUpdate, before, after);
        return *after;
    });
}

void PermissionService::removeRule(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    change(caller, [&](Transaction &tx, const Abilities &held) {
        const auto before = RuleStore::find(tx, id);
        if (!before)
            throw noRule();
        PermissionRules::checkHolds(held, abilitiesOf(*before));
        if (!RuleStore::remove(tx, id, revision))
            throw ApiError::changed(u"The rule"_s);
        audit<Rule>(tx, caller, Ability::RulesDelete, before, std::nullopt);
        return *before;
    });
}
