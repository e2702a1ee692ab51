// SPDX-License-Identifier: GPL-3.0-or-later
// Patio's side of permissions.py: reads the setup, then answers each line "SECONDS" of its input with a line "DECISIONS
// SECONDS YES", where YES counts the yes of one round through all that is asked. A decision is Policy::may() of a
// record that was laid out before, as CASL's is ability.can() of an object that was made before. The line "route
// SECONDS" counts what a route does more: the question before there is a record, laying the record out, the question
// about it.
#include "shared/permissions/policy.h"
#include "shared/permissions/records.h"

#include <QFile>
#include <QJsonDocument>

#include <chrono>
#include <iostream>

using namespace Qt::StringLiterals;
using namespace permissions;

namespace {

Ability abilityOf(const QString &name)
{
    return json::fromValue<Ability>(QJsonValue(name), json::UnknownMembers::Reject);
}

struct Question
{
    Ability ability;
    const Attributes *record;
};

class Bench
{
public:
    explicit Bench(const QJsonObject &setup) : m_policy(source(setup), m_principal)
    {
        for (const QJsonValue &one : setup.value(u"records"_s).toArray()) {
            const Subject &subject = *findSubject(one[u"type"_s].toString());
            m_types.append(subject.name);
            m_records.push_back(std::make_unique<Attributes>(subject, one[u"record"_s].toObject()));
            if (subject.name == u"templates")
                m_templates.append(json::fromValue<PromptTemplate>(one[u"record"_s], json::UnknownMembers::Reject));
        }
        for (const QJsonValue &one : setup.value(u"questions"_s).toArray()) {
            const int record = one[1].toInt();
            m_questions.push_back(
                {abilityOf(m_types[record] + u'.' + one[0].toString()), m_records[std::size_t(record)].get()});
        }
    }

    std::size_t decide(int &yes) const
    {
        const Moment now = Moment::current();
        yes = 0;
        for (const Question &one : m_questions)
            yes += m_policy.may(one.ability, *one.record, now);
        return m_questions.size();
    }

    std::size_t route(int &yes) const
    {
        yes = 0;
        for (const PromptTemplate &record : m_templates) {
            const Moment now = Moment::current();
            yes += m_policy.mayAny(Ability::TemplatesUpdate, now)
                && m_policy.may(Ability::TemplatesUpdate, Attributes(record), now);
        }
        return std::size_t(m_templates.size());
    }

private:
    // Also makes the person.
    PolicySource source(const QJsonObject &setup)
    {
        m_principal.userId = QUuid::fromString(setup.value(u"variables"_s)[u"${user.id}"_s].toString());
        PolicySource source;
        for (const QJsonValue &abilities : setup.value(u"roles"_s).toArray()) {
            CustomRoleAbilities role{QUuid::createUuid(), u"role %1"_s.arg(source.customRoles.size()), {}};
            for (const QJsonValue &ability : abilities.toArray())
                role.abilities.set(bit(abilityOf(ability.toString())));
            m_principal.customRoles.append(role.id);
            source.customRoles.append(role);
        }
        for (const QJsonValue &rule : setup.value(u"rules"_s).toArray())
            source.rules.append(ruleOf(json::fromValue<RuleInput>(rule, json::UnknownMembers::Reject)));
        return source;
    }

    Principal m_principal;
    Policy m_policy;
    QStringList m_types;
    std::vector<std::unique_ptr<Attributes>> m_records;
    QList<PromptTemplate> m_templates;
    std::vector<Question> m_questions;
};

} // namespace

int main(int argc, char **argv)
{
    using Clock = std::chrono::steady_clock;
    QFile file(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (!file.open(QIODevice::ReadOnly)) {
        std::cerr << "bench_permissions SETUP.json: see permissions.py\n";
        return 1;
    }
    const Bench bench(json::object(file.readAll()));
    for (std::string word; std::cin >> word;) {
        const bool isRoute = word == "route";
        if (isRoute)
            std::cin >> word;
        const auto begun = Clock::now();
        const auto until = begun + std::chrono::duration<double>(std::stod(word));
        std::size_t decisions = 0;
        int yes = 0;
        auto now = begun;
        for (; now < until; now = Clock::now())
            decisions += isRoute ? bench.route(yes) : bench.decide(yes);
        std::cout << decisions << ' ' << std::chrono::duration<double>(now - begun).count() << ' ' << yes << std::endl;
    }
    return 0;
}
