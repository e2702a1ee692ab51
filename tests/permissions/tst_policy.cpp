// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/policy.h"
#include "shared/permissions/records.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

using namespace Qt::StringLiterals;
using namespace permissions;

namespace {

std::atomic<qint64> allocations = 0;

const Moment now(1'769'853'600'000); // 2026-01-31T10:00:00.000Z

Rule rule(RuleEffect effect, const QString &action, const QByteArray &conditions = {},
          const QList<QString> &fields = {})
{
    Rule rule;
    rule.id = QUuid::createUuid();
    rule.effect = effect;
    rule.who = {{RuleWhoKind::Everyone, {}}};
    rule.actions = {action};
    rule.subject = u"templates"_s;
    if (!conditions.isEmpty())
        rule.conditions = json::object(conditions);
    if (!fields.isEmpty())
        rule.onlyFields = fields;
    return rule;
}
Rule allow(const QString &action, const QByteArray &conditions = {}, const QList<QString> &fields = {})
{
    return rule(RuleEffect::Allow, action, conditions, fields);
}
Rule deny(const QString &action, const QByteArray &conditions = {}, const QList<QString> &fields = {})
{
    return rule(RuleEffect::Deny, action, conditions, fields);
}

Principal viewer()
{
    Principal principal;
    principal.userId = QUuid::fromString(u"11111111-1111-4111-8111-111111111111"_s);
    principal.roles = {Role::Viewer};
    return principal;
}

Policy policyOf(const QList<Rule> &rules, const Principal &principal = viewer())
{
    PolicySource source;
    source.rules = rules;
    return Policy(source, principal);
}

PromptTemplate in(const QString &folder)
{
    PromptTemplate record;
    record.folder = folder;
    record.createdAt = record.updatedAt = QDateTime::fromMSecsSinceEpoch(now.msecs(), Qt::UTC);
    return record;
}

QStringList messages(const RuleInput &input)
{
    QStringList lines;
    for (const auto &problem : checkRule(input))
        lines.append(problem.pointer + u' ' + problem.message);
    return lines;
}

} // namespace

// Counts what the program asks of the heap.
void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

class TestPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rolesAllow();
    void rulesAllowAndForbid();
    void orderDoesNotMatter();
    void unconditionalDenyClosesTheRoute();
    void ceilingIsAboveAll();
    void rulesSpeakOfSome_data();
    void rulesSpeakOfSome();
    void rulesHaveTheirTime();
    void fieldsAreForbidden();
    void failsClosed();
    void decidesWithoutAllocating();
    void explains();
    void explainsTheCeiling();
    void knowsItsSubjects();
    void checksRules_data();
    void checksRules();
};

void TestPolicy::rolesAllow()
{
    const Policy policy = policyOf({});
    QVERIFY(policy.mayAny(Ability::TemplatesRead, now));
    QVERIFY(!policy.mayAny(Ability::TemplatesUpdate, now));
    QVERIFY(policy.mayAny(Ability::SignedIn, now));
    QCOMPARE(policy.abilities(now), abilitiesOf(Role::Viewer));

    PolicySource source;
    source.customRoles = {{QUuid::createUuid(), u"Night shift"_s, Abilities().set(bit(Ability::JobsCancel))}};
    Principal principal = viewer();
    QVERIFY(!Policy(source, principal).mayAny(Ability::JobsCancel, now));
    principal.customRoles = {source.customRoles[0].id};
    QVERIFY(Policy(source, principal).mayAny(Ability::JobsCancel, now));
}

void TestPolicy::rulesAllowAndForbid()
{
    const Policy policy =
        policyOf({allow(u"update"_s, R"({"folder":"support"})"), deny(u"read"_s, R"({"folder":"hr"})")});
    const PromptTemplate support = in(u"support"_s), hr = in(u"hr"_s);
    QVERIFY(policy.mayAny(Ability::TemplatesUpdate, now));
    QVERIFY(policy.may(Ability::TemplatesUpdate, Attributes(support), now));
    QVERIFY(!policy.may(Ability::TemplatesUpdate, Attributes(hr), now));
    QVERIFY(policy.mayAny(Ability::TemplatesRead, now));
    QVERIFY(policy.may(Ability::TemplatesRead, Attributes(support), now));
    QVERIFY(!policy.may(Ability::TemplatesRead, Attributes(hr), now));
    QVERIFY(!policy.mayAny(Ability::TemplatesDelete, now));
    const Job job;
    QVERIFY(!policy.may(Ability::TemplatesRead, Attributes(job), now)); // a record of something else
}

void TestPolicy::orderDoesNotMatter()
{
    QList<Rule> rules{allow(u"update"_s), deny(u"update"_s, R"({"folder":"hr"})"), allow(u"*"_s, R"({"folder":"hr"})")};
    std::sort(rules.begin(), rules.end(), [](const Rule &a, const Rule &b) { return a.id < b.id; });
    const PromptTemplate support = in(u"support"_s), hr = in(u"hr"_s);
    do {
        const Policy policy = policyOf(rules);
        QVERIFY(policy.may(Ability::TemplatesUpdate, Attributes(support), now));
        QVERIFY(!policy.may(Ability::TemplatesUpdate, Attributes(hr), now));
        QVERIFY(policy.may(Ability::TemplatesDelete, Attributes(hr), now));
    } while (
        std::next_permutation(rules.begin(), rules.end(), [](const Rule &a, const Rule &b) { return a.id < b.id; }));
}

void TestPolicy::unconditionalDenyClosesTheRoute()
{
    QVERIFY(!policyOf({deny(u"read"_s)}).mayAny(Ability::TemplatesRead, now));
    QVERIFY(!policyOf({deny(u"read"_s, "{}")}).mayAny(Ability::TemplatesRead, now));
    QVERIFY(policyOf({deny(u"read"_s, R"({"folder":"hr"})")}).mayAny(Ability::TemplatesRead, now));
    QVERIFY(policyOf({deny(u"read"_s, {}, {u"name"_s})}).mayAny(Ability::TemplatesRead, now));
}

void TestPolicy::ceilingIsAboveAll()
{
    PolicySource source;
    source.ceiling = ceilingOf({u"jobs"_s});
    source.rules = {allow(u"*"_s)};
    const Policy policy(source, viewer());
    const PromptTemplate record = in(u"support"_s);
    QVERIFY(!policy.mayAny(Ability::TemplatesRead, now));
    QVERIFY(!policy.may(Ability::TemplatesRead, Attributes(record), now));
    QVERIFY(policy.mayAny(Ability::JobsRead, now));
    QVERIFY(policy.mayAny(Ability::SignedIn, now));
    QVERIFY(policy.mayAny(Ability::Public, now));
}

void TestPolicy::rulesSpeakOfSome_data()
{
    QTest::addColumn<RuleWho>("who");
    QTest::addColumn<bool>("speaks");
    const QString id = u"22222222-2222-4222-8222-222222222222"_s;
    QTest::newRow("everyone") << RuleWho{RuleWhoKind::Everyone, {}} << true;
    QTest::newRow("them") << RuleWho{RuleWhoKind::User, viewer().userId.toString(QUuid::WithoutBraces)} << true;
    QTest::newRow("another") << RuleWho{RuleWhoKind::User, id} << false;
    QTest::newRow("their role") << RuleWho{RuleWhoKind::Role, u"viewer"_s} << true;
    QTest::newRow("another role") << RuleWho{RuleWhoKind::Role, u"admin"_s} << false;
    QTest::newRow("their own role") << RuleWho{RuleWhoKind::CustomRole, id} << true;
    QTest::newRow("a key") << RuleWho{RuleWhoKind::GatewayKey, id} << false;
    QTest::newRow("nobody") << RuleWho{RuleWhoKind::User, {}} << false;
}

void TestPolicy::rulesSpeakOfSome()
{
    QFETCH(RuleWho, who);
    Principal principal = viewer();
    principal.customRoles = {QUuid::fromString(u"22222222-2222-4222-8222-222222222222"_s)};
    Rule update = allow(u"update"_s);
    update.who = {{RuleWhoKind::Role, u"finance"_s}, who};
    QTEST(policyOf({update}, principal).mayAny(Ability::TemplatesUpdate, now), "speaks");
    update.enabled = false;
    QVERIFY(!policyOf({update}, principal).mayAny(Ability::TemplatesUpdate, now));

    Principal key; // a gateway key is no user
    key.gatewayKeyId = principal.customRoles.first();
    update.enabled = true;
    update.who = {{RuleWhoKind::User, {}}};
    QVERIFY(!policyOf({update}, key).mayAny(Ability::TemplatesUpdate, now));
    update.who = {{RuleWhoKind::GatewayKey, key.gatewayKeyId->toString()}};
    QVERIFY(policyOf({update}, key).mayAny(Ability::TemplatesUpdate, now));
}

void TestPolicy::rulesHaveTheirTime()
{
    Rule update = allow(u"update"_s);
    update.validFrom = QDateTime::fromMSecsSinceEpoch(now.msecs(), Qt::UTC);
    update.validUntil = QDateTime::fromMSecsSinceEpoch(now.msecs() + 10, Qt::UTC);
    Rule ban = deny(u"read"_s);
    ban.validUntil = update.validUntil;
    const Policy policy = policyOf({update, ban});
    const PromptTemplate record = in(u"support"_s);
    for (const auto &[msecs, isValid] : {std::pair{-1, false}, {0, true}, {9, true}, {10, false}}) {
        const Moment then(now.msecs() + msecs);
        QCOMPARE(policy.mayAny(Ability::TemplatesUpdate, then), isValid);
        QCOMPARE(policy.may(Ability::TemplatesUpdate, Attributes(record), then), isValid);
        QCOMPARE(policy.mayAny(Ability::TemplatesRead, then), msecs == 10);
        QCOMPARE(policy.may(Ability::TemplatesRead, Attributes(record), then), msecs == 10);
    }
}

void TestPolicy::fieldsAreForbidden()
{
    const Policy policy = policyOf(
        {deny(u"read"_s, R"({"folder":"hr"})", {u"authorName"_s, u"tags"_s}), allow(u"update"_s, {}, {u"name"_s})});
    const PromptTemplate support = in(u"support"_s), hr = in(u"hr"_s);
    QVERIFY(policy.may(Ability::TemplatesRead, Attributes(hr), now));
    QCOMPARE(policy.forbiddenFields(Ability::TemplatesRead, Attributes(hr), now),
             (QStringList{u"tags"_s, u"authorName"_s}));
    QCOMPARE(policy.forbiddenFields(Ability::TemplatesRead, Attributes(support), now), QStringList());
    QVERIFY(policy.may(Ability::TemplatesUpdate, Attributes(hr), now));
    QVERIFY(policy.mayField(Ability::TemplatesUpdate, u"name", Attributes(hr), now));
    QVERIFY(!policy.mayField(Ability::TemplatesUpdate, u"slug", Attributes(hr), now));
    QVERIFY(!policy.mayField(Ability::TemplatesUpdate, u"nothing", Attributes(hr), now));
    QCOMPARE(policy.forbiddenFields(Ability::TemplatesDelete, Attributes(hr), now).size(),
             findSubject(u"templates")->attributes.size());
}

void TestPolicy::failsClosed()
{
    const QByteArray lacks = R"({"folder":"${user.attributes.team}"})";
    const PromptTemplate record = in({});
    const Policy policy = policyOf({allow(u"update"_s, lacks), deny(u"read"_s, lacks)});
    QVERIFY(!policy.mayAny(Ability::TemplatesUpdate, now));
    QVERIFY(!policy.may(Ability::TemplatesRead, Attributes(record), now));
    const Decision decision = policy.explain(Ability::TemplatesRead, nullptr, now);
    QVERIFY(!decision.allowed);
    QVERIFY(decision.trace.last().decided);
    QVERIFY2(decision.trace.last().why.contains(u"user.attributes.team"), qPrintable(decision.trace.last().why));
    QVERIFY(!policyOf({allow(u"update"_s, R"({"colour":1})")}).mayAny(Ability::TemplatesUpdate, now));
}

void TestPolicy::decidesWithoutAllocating()
{
    Principal principal = viewer();
    principal.roles = {Role::Viewer, Role::Agent, Role::Finance};
    const Policy policy = policyOf(
        {allow(u"update"_s,
               R"({"$or":[{"authorId":"${user.id}"},{"tags":{"$all":["a","b"]}},{"slug":{"$regex":"^a+b"}}]})"),
         allow(u"update"_s,
               R"({"createdAt":{"$lt":"${now}"},"tags":{"$elemMatch":{"$gt":"x"}},"name":{"$regex":"\\bx"}})"),
         deny(u"update"_s, R"({"latestVersion":{"$in":[1,2,3]},"folder":{"$nin":["a","b"]}})"),
         deny(u"*"_s, R"({"folder":"hr"})", {u"name"_s})},
        principal);
    PromptTemplate record = in(u"support"_s);
    record.tags = {u"a"_s, u"c"_s};
    record.slug = u"aaac"_s;
    record.name = u"a name"_s;
    const auto decide = [&](const Attributes &attributes) {
        bool any = false;
        for (const Ability ability : {Ability::TemplatesUpdate, Ability::TemplatesRead, Ability::TemplatesDelete})
            any |= policy.mayAny(ability, now) | policy.may(ability, attributes, now)
                | policy.mayField(ability, u"name", attributes, now);
        return any;
    };
    const Attributes attributes(record);
    QVERIFY(decide(attributes)); // a thread's first look at a pattern makes its sets
    const qint64 before = allocations;
    for (int i = 0; i < 100; ++i)
        decide(attributes);
    QCOMPARE(allocations - before, 0);
    const qint64 beforeRecord = allocations;
    const Attributes laidOut(record);
    QVERIFY(allocations - beforeRecord <= 8); // the bytes of ids
}

void TestPolicy::explains()
{
    const Policy policy = policyOf({allow(u"update"_s, R"({"folder":"support","latestVersion":{"$gt":3}})"),
                                    deny(u"update"_s, R"({"slug":"x"})"), deny(u"update"_s, {}, {u"tags"_s})});
    PromptTemplate record = in(u"sales"_s);
    Attributes sales(record);
    Decision decision = policy.explain(Ability::TemplatesUpdate, &sales, now);
    QVERIFY(!decision.allowed);
    QCOMPARE(decision.why, u"No role and no rule allows “templates.update” here."_s);
    QCOMPARE(decision.trace.size(), 4); // the plan and three rules; no role has it
    QVERIFY(!decision.trace[1].matched);
    QCOMPARE(decision.trace[1].failed.size(), 2);
    QCOMPARE(decision.trace[1].failed[0].path, u"folder"_s);
    QCOMPARE(decision.trace[1].failed[0].test, u"$eq"_s);
    QCOMPARE(decision.trace[1].failed[0].expected, QJsonValue(u"support"_s));
    QCOMPARE(decision.trace[1].failed[0].actual, QJsonValue(u"sales"_s));

    PromptTemplate newer = in(u"support"_s);
    newer.latestVersion = 4;
    Attributes support(newer);
    decision = policy.explain(Ability::TemplatesUpdate, &support, now);
    QVERIFY(decision.allowed);
    QVERIFY(decision.trace[1].decided);
    QCOMPARE(decision.forbiddenFields, QStringList{u"tags"_s});

    newer.slug = u"x"_s;
    Attributes denied(newer);
    decision = policy.explain(Ability::TemplatesUpdate, &denied, now);
    QVERIFY(!decision.allowed);
    QVERIFY(decision.trace[1].matched && !decision.trace[1].decided);
    QVERIFY(decision.trace[2].decided);

    decision = policy.explain(Ability::TemplatesRead, nullptr, now);
    QVERIFY(decision.allowed);
    QCOMPARE(decision.why, u"The role “viewer” allows it."_s);
}

void TestPolicy::explainsTheCeiling()
{
    PolicySource source;
    source.ceiling = ceilingOf({u"jobs"_s});
    const Decision decision = Policy(source, viewer()).explain(Ability::TemplatesRead, nullptr, now);
    QVERIFY(!decision.allowed);
    QCOMPARE(decision.why, u"The plan does not include templates."_s);
    QVERIFY(decision.trace.first().decided);
}

void TestPolicy::knowsItsSubjects()
{
    const Subject *jobs = findSubject(u"jobs");
    QVERIFY(jobs);
    QCOMPARE(jobs->actions, (QStringList{u"read"_s, u"create"_s, u"update"_s, u"cancel"_s, u"replay"_s, u"discard"_s}));
    const auto typeOf = [&](QStringView name) { return jobs->attributes[jobs->indexOf(name)].type; };
    QCOMPARE(typeOf(u"state"), AttributeType::Text);
    QVERIFY(jobs->attributes[jobs->indexOf(u"state")].values.contains(u"failed"_s));
    QCOMPARE(typeOf(u"metadata"), AttributeType::Object);
    QCOMPARE(typeOf(u"costNanos"), AttributeType::Number);
    QCOMPARE(typeOf(u"startedAt"), AttributeType::Time);
    QCOMPARE(typeOf(u"templateId"), AttributeType::Id);
    QCOMPARE(typeOf(u"cacheHit"), AttributeType::Boolean);
    QCOMPARE(findSubject(u"users")->attributes[4].type, AttributeType::TextList); // roles
    QVERIFY(findSubject(u"settings")->attributes.isEmpty());
    QVERIFY(!findSubject(u"public"));
    QCOMPARE(subjectOf(Ability::JobsCancel), jobs);
    QCOMPARE(abilitiesOf({u"cancel"_s, u"fly"_s}, u"jobs"_s), Abilities().set(bit(Ability::JobsCancel)));
    QCOMPARE(abilitiesOf({u"*"_s}, u"usage"_s), Abilities().set(bit(Ability::UsageRead)));
    QVERIFY(abilitiesOf({u"*"_s}, QString()).none());
}

void TestPolicy::checksRules_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QString>("problem"); // empty: none
    const auto row = [](const char *name, const QByteArray &members, const QString &problem) {
        QTest::newRow(name) << R"({"effect":"allow","who":[{"kind":"everyone"}],"actions":["read"],"subject":"jobs")"
                + members
                + '}' << problem;
    };
    row("good", R"(,"conditions":{"metadata.team":"${user.attributes.team}"},"fields":["output"])", {});
    row("attribute", R"(,"conditions":{"colour":1})",
        u"/conditions/colour is no attribute of jobs; these are: id, state"_s);
    row("member", R"(,"conditions":{"$or":[{"model.name":1}]})",
        u"/conditions/$or/0/model.name asks for a member of model"_s);
    row("operator", R"(,"conditions":{"model":{"$like":1}})", u"/conditions/model/$like is no operator"_s);
    row("field", R"(,"fields":["colour"])", u"/fields/0 is no field of jobs; these are: id"_s);
    row("period", R"(,"validFrom":"2026-01-02T00:00:00Z","validUntil":"2026-01-01T00:00:00Z")",
        u"/validUntil must be later"_s);
    const auto rule = [](const char *name, const QByteArray &json, const QString &problem) {
        QTest::newRow(name) << json << problem;
    };
    rule("subject", R"({"effect":"deny","who":[{"kind":"everyone"}],"actions":["*"],"subject":"cars"})",
         u"/subject is no subject; these are: tenants, users"_s);
    rule("action", R"({"effect":"deny","who":[{"kind":"everyone"}],"actions":["*","fly"],"subject":"jobs"})",
         u"/actions/1 is no action of jobs; these are: read"_s);
    rule("nothing to ask",
         R"({"effect":"deny","who":[{"kind":"everyone"}],"actions":["read"],"subject":"audit","conditions":{"x":1}})",
         u"/conditions/x cannot be asked: audit have no attributes"_s);
    rule("role", R"({"effect":"deny","who":[{"kind":"role","value":"boss"}],"actions":["read"],"subject":"jobs"})",
         u"/who/0/value is no built-in role"_s);
    rule("user", R"({"effect":"deny","who":[{"kind":"user","value":"ana"}],"actions":["read"],"subject":"jobs"})",
         u"/who/0/value must be the id of a user"_s);
    rule("everyone", R"({"effect":"deny","who":[{"kind":"everyone","value":"x"}],"actions":["read"],"subject":"jobs"})",
         u"/who/0/value must be empty"_s);
}

void TestPolicy::checksRules()
{
    QFETCH(QByteArray, rule);
    QFETCH(QString, problem);
    const auto input = json::parse<RuleInput>(rule, json::UnknownMembers::Reject);
    const QStringList found = messages(input);
    if (problem.isEmpty())
        QCOMPARE(found, QStringList());
    else
        QVERIFY2(found.value(0).startsWith(problem), qPrintable(found.join(u'\n')));
    QCOMPARE(json::print(inputOf(ruleOf(input))), json::print(input));
}

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
