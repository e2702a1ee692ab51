// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/live/live_reader.h"
#include "tests/permissions/rule_json.h"
#include "tests/support/test_server.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds
constexpr int soon = 1000; // within which a change counts everywhere
const QString acme = u"acme"_s;

} // namespace

// Rules and custom roles over HTTP, and what they change in two processes on one database.
class TestPermissionRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rulesLive();
    void rolesLive();
    void badRules_data();
    void badRules();
    void badRoles();
    void aRuleCountsInTheOtherProcess_data();
    void aRuleCountsInTheOtherProcess();
    void whatATenantNotesAboutAPersonCounts();
    void aRuleCountsOnOpenSockets();
    void aRuleCountsForItsTime();
    void nobodyGivesMoreThanTheyHold();
    void nobodyGivesMoreThroughARoleOrAnAttribute();
    void someOwnerKeepsTheRules();
    void otherTenantsAreApart();
    void effectivePermissions();
    void explained();
    void simulated();

private:
    HttpAnswer owner(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                     const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = m_first->token(acme, u"owner"_s)};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return m_first->send(method, path, body, headers);
    }
    QString addRule(const QJsonObject &rule)
    {
        const HttpAnswer made = owner("POST", u"/api/v1/rules"_s, rule);
        if (made.status != 201)
            QTest::qFail(made.body.constData(), __FILE__, __LINE__);
        return made.json()[u"id"_s].toString();
    }
    void removeRule(const QString &id) { QCOMPARE(owner("DELETE", u"/api/v1/rules/"_s + id).status, 204); }
    // The status that the second process answers with, once it is the wanted one or its time is over.
    int statusThere(const QByteArray &method, const QString &path, const QByteArray &token, int wanted,
                    const QJsonObject &body = {})
    {
        QElapsedTimer timer;
        timer.start();
        int status = 0;
        do
            status = m_second->send(method, path, body, {.token = token}).status;
        while (status != wanted && timer.elapsed() < soon);
        return status;
    }
    QByteArray viewer() { return m_first->token(acme, u"viewer"_s); }

    std::optional<TestServer> m_first;
    std::optional<TestServer> m_second;
};

void TestPermissionRoutes::initTestCase()
{
    const QByteArray key(64, 'a');
    m_first.emplace([&](Config &config) { config.masterKey = key; });
    m_second.emplace([&](Config &config) {
        config.masterKey = key;
        config.demo = false;
        config.roles.worker = false;
        const QString url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_first->folder());
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
    QVERIFY(!viewer().isEmpty());
}

void TestPermissionRoutes::rulesLive()
{
    QJsonObject rule = ofRole(everyone("deny", u"templates"_s, u"delete"_s), u"viewer"_s);
    const HttpAnswer made = owner("POST", u"/api/v1/rules"_s, rule);
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("etag"), QByteArray("\"1\""));
    const QString path = u"/api/v1/rules/"_s + made.json()[u"id"_s].toString();
    QCOMPARE(made.json()[u"authorName"_s],
             m_first->get(u"/api/v1/me"_s, m_first->token(acme, u"owner"_s)).json()[u"displayName"_s]);
    QCOMPARE(owner("GET", path).json(), made.json());

    rule[u"reason"_s] = u"Legal keeps its own."_s;
    QCOMPARE(owner("PUT", path, rule).status, 428);
    QCOMPARE(owner("PUT", path, rule, "\"7\"").status, 412);
    const HttpAnswer replaced = owner("PUT", path, rule, "\"1\"");
    QCOMPARE(replaced.status, 200);
    QCOMPARE(replaced.json()[u"revision"_s], 2);

    const auto listed = [&](const QString &query) {
        return owner("GET", u"/api/v1/rules?"_s + query).json()[u"items"_s].toArray().size();
    };
    QCOMPARE(listed(u"search=legal"_s), 1);
    QCOMPARE(listed(u"subject=templates&effect=deny"_s), 1);
    QCOMPARE(listed(u"subject=jobs"_s), 0);
    QCOMPARE(listed(u"effect=allow"_s), 0);

    QCOMPARE(owner("DELETE", path).status, 204);
    QCOMPARE(owner("GET", path).status, 404);
    QCOMPARE(owner("DELETE", path).status, 404);
}

void TestPermissionRoutes::rolesLive()
{
    const HttpAnswer made = owner("POST", u"/api/v1/roles"_s,
                                  {{u"name"_s, u"Reviewer"_s},
                                   {u"description"_s, u"Reads prompts."_s},
                                   {u"abilities"_s, QJsonArray{u"templates.read"_s, u"jobs.read"_s}}});
    QCOMPARE(made.status, 201);
    const QString path = u"/api/v1/roles/"_s + made.json()[u"id"_s].toString();
    QCOMPARE(made.json()[u"people"_s], 0);
    QCOMPARE(owner("GET", path).json(), made.json());
    QCOMPARE(owner("GET", u"/api/v1/roles?search=REVIEW"_s).json()[u"items"_s].toArray().size(), 1);

    const HttpAnswer again =
        owner("POST", u"/api/v1/roles"_s, {{u"name"_s, u" reviewer "_s}, {u"abilities"_s, QJsonArray{u"jobs.read"_s}}});
    QCOMPARE(again.status, 409);
    QCOMPARE(again.json()[u"errors"_s][0][u"pointer"_s], u"/name"_s);

    const HttpAnswer changed = owner("PATCH", path, {{u"name"_s, u"Auditor"_s}}, "\"1\"");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json()[u"name"_s], u"Auditor"_s);
    QCOMPARE(changed.json()[u"abilities"_s], made.json()[u"abilities"_s]);
    QCOMPARE(owner("PATCH", path, {{u"name"_s, u"Late"_s}}, "\"1\"").status, 412);
    QCOMPARE(owner("DELETE", path).status, 204);
    QCOMPARE(owner("GET", path).status, 404);
}

void TestPermissionRoutes::badRules_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const QString &member, const QJsonValue &value, const QString &pointer) {
        QTest::newRow(name) << member << value << pointer;
    };
    row("no effect", u"effect"_s, QJsonValue::Undefined, u"/effect"_s);
    row("nobody", u"who"_s, QJsonArray{}, u"/who"_s);
    row("unknown role", u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"boss"_s}}},
        u"/who/0/value"_s);
    row("unknown person", u"who"_s,
        QJsonArray{QJsonObject{{u"kind"_s, u"user"_s}, {u"value"_s, newId().toString(QUuid::WithoutBraces)}}},
        u"/who/0/value"_s);
    row("unknown custom role", u"who"_s,
        QJsonArray{QJsonObject{{u"kind"_s, u"customRole"_s}, {u"value"_s, newId().toString(QUuid::WithoutBraces)}}},
        u"/who/0/value"_s);
    row("unknown subject", u"subject"_s, u"invoices"_s, u"/subject"_s);
    row("a subject of operators", u"subject"_s, u"tenants"_s, u"/subject"_s);
    row("unknown action", u"actions"_s, QJsonArray{u"read"_s, u"burn"_s}, u"/actions/1"_s);
    row("unknown attribute", u"conditions"_s, QJsonObject{{u"colour"_s, 1}}, u"/conditions/colour"_s);
    row("unknown operator", u"conditions"_s, QJsonObject{{u"folder"_s, QJsonObject{{u"$near"_s, 1}}}},
        u"/conditions/folder/$near"_s);
    row("unknown field", u"fields"_s, QJsonArray{u"colour"_s}, u"/fields/0"_s);
    row("a condition that lists cannot follow", u"conditions"_s, QJsonObject{{u"name"_s, QJsonObject{{u"$lt"_s, 3}}}},
        u"/conditions/name/$lt"_s);
    row("unknown member", u"strength"_s, 1, u"/strength"_s);
}

void TestPermissionRoutes::badRules()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QString, pointer);
    QJsonObject rule = ofRole(everyone("deny", u"templates"_s, u"read"_s), u"viewer"_s);
    if (value.isUndefined())
        rule.remove(member);
    else
        rule[member] = value;
    const HttpAnswer answer = owner("POST", u"/api/v1/rules"_s, rule);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s].toString(), pointer);
}

void TestPermissionRoutes::badRoles()
{
    const auto pointer = [&](const QJsonObject &role) {
        const HttpAnswer answer = owner("POST", u"/api/v1/roles"_s, role);
        return QString::number(answer.status) + answer.json()[u"errors"_s][0][u"pointer"_s].toString();
    };
    const QJsonArray reads{u"jobs.read"_s};
    QCOMPARE(pointer({{u"name"_s, u" "_s}, {u"abilities"_s, reads}}), u"422/name"_s);
    QCOMPARE(pointer({{u"name"_s, u"Empty"_s}, {u"abilities"_s, QJsonArray{}}}), u"422/abilities"_s);
    QCOMPARE(pointer({{u"name"_s, u"Odd"_s}, {u"abilities"_s, QJsonArray{u"jobs.read"_s, u"jobs.burn"_s}}}),
             u"422/abilities/1"_s);
    QCOMPARE(pointer({{u"name"_s, u"Odd"_s}, {u"abilities"_s, QJsonArray{u"public"_s}}}), u"422/abilities/0"_s);
    QCOMPARE(pointer({{u"name"_s, u"Odd"_s}, {u"abilities"_s, QJsonArray{u"tenants.create"_s}}}), u"422/abilities/0"_s);
    QCOMPARE(pointer({{u"name"_s, u"Odd"_s}, {u"abilities"_s, QJsonArray{u"jobs.read"_s, u"jobs.read"_s}}}),
             u"422/abilities/1"_s);
}

void TestPermissionRoutes::aRuleCountsInTheOtherProcess_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("without");
    QTest::addColumn<int>("with");
    const QString templates = u"/api/v1/templates"_s;
    QTest::newRow("deny to everyone") << everyone("deny", u"templates"_s, u"read"_s) << QByteArray("GET") << templates
                                      << 200 << 403;
    QTest::newRow("deny to a role") << ofRole(everyone("deny", u"jobs"_s, u"*"_s), u"viewer"_s) << QByteArray("GET")
                                    << u"/api/v1/jobs"_s << 200 << 403;
    QTest::newRow("allow to a role") << ofRole(everyone("allow", u"users"_s, u"read"_s), u"viewer"_s)
                                     << QByteArray("GET") << u"/api/v1/users"_s << 403 << 200;
    QTest::newRow("allow a change") << ofRole(everyone("allow", u"templates"_s, u"create"_s), u"viewer"_s)
                                    << QByteArray("POST") << templates << 403 << 422;
}

void TestPermissionRoutes::aRuleCountsInTheOtherProcess()
{
    QFETCH(QJsonObject, rule);
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(int, without);
    QFETCH(int, with);
    const QByteArray token = viewer();
    QCOMPARE(statusThere(method, path, token, without), without);
    const QString id = addRule(rule);
    QCOMPARE(statusThere(method, path, token, with), with);
    removeRule(id);
    QCOMPARE(statusThere(method, path, token, without), without);
}

// Attributes and custom roles of a person, changed while they are signed in to the other process.
void TestPermissionRoutes::whatATenantNotesAboutAPersonCounts()
{
    const QString path = u"/api/v1/users/"_s + m_first->get(u"/api/v1/me"_s, viewer()).json()[u"userId"_s].toString();
    const auto change = [&](const QJsonObject &members) {
        const QByteArray revision = owner("GET", path).headers.value("etag");
        const HttpAnswer answer = owner("PATCH", path, members, revision);
        QCOMPARE(answer.status, 200);
        for (auto it = members.begin(); it != members.end(); ++it)
            QCOMPARE(answer.json()[it.key()], it.value());
        QCOMPARE(owner("GET", path).json(), answer.json());
    };
    const QString rule = addRule(where(ofRole(everyone("allow", u"users"_s, u"read"_s), u"viewer"_s),
                                       {{u"roles"_s, u"${user.attributes.looksAfter}"_s}}));
    const auto seen = [&] { return m_second->get(u"/api/v1/users"_s, viewer()).json()[u"items"_s].toArray().size(); };
    QTRY_COMPARE_WITH_TIMEOUT(seen(), 0, soon); // they have no such attribute
    change({{u"attributes"_s, QJsonObject{{u"looksAfter"_s, u"owner"_s}, {u"teams"_s, QJsonArray{u"a"_s, u"b"_s}}}}});
    QTRY_COMPARE_WITH_TIMEOUT(seen(), 1, soon);
    removeRule(rule);
    QTRY_COMPARE_WITH_TIMEOUT(m_second->get(u"/api/v1/users"_s, viewer()).status, 403, soon);

    const HttpAnswer role =
        owner("POST", u"/api/v1/roles"_s, {{u"name"_s, u"Reception"_s}, {u"abilities"_s, QJsonArray{u"users.read"_s}}});
    const QString roleId = role.json()[u"id"_s].toString();
    change({{u"customRoles"_s, QJsonArray{roleId}}});
    QTRY_VERIFY_WITH_TIMEOUT(seen() >= 3, soon);
    QCOMPARE(owner("GET", u"/api/v1/users?customRole="_s + roleId).json()[u"items"_s].toArray().size(), 1);
    QCOMPARE(owner("GET", u"/api/v1/users?role=owner"_s).json()[u"items"_s].toArray().size(), 1);
    change({{u"customRoles"_s, QJsonArray{}}, {u"attributes"_s, QJsonObject{}}});
    QTRY_COMPARE_WITH_TIMEOUT(m_second->get(u"/api/v1/users"_s, viewer()).status, 403, soon);
    QCOMPARE(owner("DELETE", u"/api/v1/roles/"_s + roleId).status, 204);

    const auto refused = [&](const QJsonObject &members) {
        const HttpAnswer answer = owner("PATCH", path, members, owner("GET", path).headers.value("etag"));
        return QString::number(answer.status) + answer.json()[u"errors"_s][0][u"pointer"_s].toString();
    };
    QCOMPARE(refused({{u"customRoles"_s, QJsonArray{roleId}}}), u"422/customRoles"_s);
    QCOMPARE(refused({{u"attributes"_s, QJsonObject{{u"a b"_s, 1}}}}), u"422/attributes"_s);
    QCOMPARE(refused({{u"attributes"_s, QJsonObject{{u"team"_s, QJsonObject{}}}}}), u"422/attributes/team"_s);
    QCOMPARE(refused({{u"attributes"_s, QJsonObject{{u"text"_s, QString(9000, u'x')}}}}), u"422/attributes"_s);
}

void TestPermissionRoutes::aRuleCountsOnOpenSockets()
{
    QUrl address = m_second->url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    LiveReader reader(address);
    QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
    reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(viewer())}});
    const QJsonObject subscribe{{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"jobs"_s}}};
    reader.say(subscribe);
    QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"subscribed"_s).size(), 1, patience);
    const auto generate = [&](const QString &text) {
        return owner("POST", u"/api/v1/generate?wait=20"_s,
                     {{u"model"_s, u"demo/fast"_s},
                      {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}}})
            .json()[u"state"_s]
            .toString();
    };

    const QString id = addRule(ofRole(everyone("deny", u"jobs"_s, u"read"_s), u"viewer"_s));
    QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"permissions"_s).size(), 1, soon);
    QCOMPARE(reader.of(u"permissions"_s).first()[u"topics"_s].toArray(), (QJsonArray{u"jobs"_s}));
    QCOMPARE(generate(u"Not for viewers"_s), u"completed"_s);
    reader.say(subscribe);
    QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"error"_s).size(), 1, patience);
    QCOMPARE(reader.of(u"error"_s).first()[u"code"_s].toString(), u"forbidden"_s);
    QVERIFY(reader.of(u"event"_s).isEmpty()); // and what was on its way came before that answer
    QVERIFY(reader.isOpen());

    removeRule(id);
    QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"permissions"_s).size(), 2, soon);
    reader.say(subscribe);
    QTRY_COMPARE_WITH_TIMEOUT(reader.of(u"subscribed"_s).size(), 2, patience);
    QCOMPARE(generate(u"For viewers again"_s), u"completed"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        !reader.of(u"event"_s).isEmpty() && reader.of(u"event"_s).last()[u"name"_s] == u"job.completed"_s, patience);
}

void TestPermissionRoutes::aRuleCountsForItsTime()
{
    QJsonObject rule = everyone("deny", u"templates"_s, u"read"_s);
    const QDateTime until = QDateTime::currentDateTimeUtc().addMSecs(1500);
    rule[u"validUntil"_s] = until.toString(Qt::ISODateWithMs);
    const QString id = addRule(rule);
    QCOMPARE(statusThere("GET", u"/api/v1/templates"_s, viewer(), 403), 403);
    // Nobody changes anything: it ends by itself.
    QTRY_COMPARE_WITH_TIMEOUT(m_second->get(u"/api/v1/templates"_s, viewer()).status, 200, patience);
    QVERIFY(QDateTime::currentDateTimeUtc() >= until);
    removeRule(id);
}

void TestPermissionRoutes::nobodyGivesMoreThanTheyHold()
{
    // Viewers may write rules for now; they hold little themselves.
    const QString writes = addRule(ofRole(everyone("allow", u"rules"_s, u"*"_s), u"viewer"_s));
    const auto asViewer = [&](const QJsonObject &rule) {
        return m_first->post(u"/api/v1/rules"_s, rule, viewer()).status;
    };
    QCOMPARE(asViewer(everyone("allow", u"users"_s, u"delete"_s)), 403);
    QCOMPARE(asViewer(everyone("allow", u"templates"_s, u"*"_s)), 403);
    QCOMPARE(asViewer(everyone("deny", u"users"_s, u"read"_s)), 403); // nor take
    const HttpAnswer held =
        m_first->post(u"/api/v1/rules"_s, ofRole(everyone("allow", u"templates"_s, u"read"_s), u"finance"_s), viewer());
    QCOMPARE(held.status, 201);
    // Nor by undoing what somebody else has forbidden.
    const QString denied = addRule(ofRole(everyone("deny", u"templates"_s, u"read"_s), u"viewer"_s));
    QCOMPARE(m_first->send("DELETE", u"/api/v1/rules/"_s + denied, {}, {.token = viewer()}).status, 403);
    removeRule(denied);
    removeRule(held.json()[u"id"_s].toString());
    removeRule(writes);
    QCOMPARE(asViewer(everyone("allow", u"templates"_s, u"read"_s)), 403);
}

// Who manages people without being an administrator cannot make themselves or a friend one in a roundabout way.
void TestPermissionRoutes::nobodyGivesMoreThroughARoleOrAnAttribute()
{
    const HttpAnswer role = owner("POST", u"/api/v1/roles"_s,
                                  {{u"name"_s, u"Friends"_s}, {u"abilities"_s, QJsonArray{u"templates.read"_s}}});
    const QString roleId = role.json()[u"id"_s].toString();
    const QString manages = addRule(ofRole(everyone("allow", u"users"_s, u"*"_s), u"viewer"_s));
    const auto change = [&](const QJsonObject &members) {
        const QString path =
            u"/api/v1/users/"_s + m_first->get(u"/api/v1/me"_s, viewer()).json()[u"userId"_s].toString();
        const QByteArray revision = owner("GET", path).headers.value("etag");
        return m_first->send("PATCH", path, members, {.token = viewer(), .more = {{"If-Match", revision}}});
    };
    const QJsonObject befriended{{u"customRoles"_s, QJsonArray{roleId}}};
    QCOMPARE(change({{u"roles"_s, QJsonArray{u"admin"_s}}}).status, 403);
    QCOMPARE(change(befriended).status, 200); // what it allows they hold
    QCOMPARE(change({{u"customRoles"_s, QJsonArray{}}}).status, 200);

    // The role comes to more by a rule.
    QJsonObject more = everyone("allow", u"templates"_s, u"delete"_s);
    more[u"who"_s] = QJsonArray{QJsonObject{{u"kind"_s, u"customRole"_s}, {u"value"_s, roleId}}};
    const QString rule = addRule(more);
    const HttpAnswer refused = change(befriended);
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.body.contains("For a test."));
    const HttpAnswer attributes = change({{u"attributes"_s, QJsonObject{{u"team"_s, u"legal"_s}}}});
    QCOMPARE(attributes.status, 403);
    QCOMPARE(attributes.json()[u"errors"_s][0][u"pointer"_s], u"/attributes"_s);
    removeRule(rule);
    removeRule(manages);
    QCOMPARE(owner("DELETE", u"/api/v1/roles/"_s + roleId).status, 204);
}

void TestPermissionRoutes::someOwnerKeepsTheRules()
{
    for (const auto &action : {u"*"_s, u"delete"_s, u"update"_s, u"read"_s}) {
        const HttpAnswer answer = owner("POST", u"/api/v1/rules"_s, everyone("deny", u"rules"_s, action));
        QCOMPARE(answer.status, 409);
    }
    const QString others = addRule(ofRole(everyone("deny", u"rules"_s, u"*"_s), u"admin"_s));
    removeRule(others);
    // What everyone has lost an owner can give back.
    const QString all = addRule(everyone("deny", u"templates"_s, u"*"_s));
    QCOMPARE(owner("GET", u"/api/v1/templates"_s).status, 403);
    removeRule(all);
    QCOMPARE(owner("GET", u"/api/v1/templates"_s).status, 200);
}

void TestPermissionRoutes::otherTenantsAreApart()
{
    const QByteArray stranger = m_first->token(u"northwind"_s, u"owner"_s);
    const QString id = addRule(everyone("deny", u"templates"_s, u"create"_s));
    QCOMPARE(m_first->get(u"/api/v1/rules/"_s + id, stranger).status, 404);
    QCOMPARE(m_first->get(u"/api/v1/rules"_s, stranger).json()[u"items"_s].toArray().size(), 0);
    QCOMPARE(m_first->send("DELETE", u"/api/v1/rules/"_s + id, {}, {.token = stranger}).status, 404);
    QCOMPARE(m_first->post(u"/api/v1/templates"_s, {}, stranger).status, 422); // their owner still may
    removeRule(id);
}

void TestPermissionRoutes::effectivePermissions()
{
    const auto mine = [&] { return m_first->get(u"/api/v1/tenants/permissions"_s, viewer()).json(); };
    QVERIFY(mine()[u"rules"_s].toArray().isEmpty());
    QVERIFY(mine()[u"abilities"_s].toArray().contains(u"templates.read"_s));
    QVERIFY(!mine()[u"abilities"_s].toArray().contains(u"users.read"_s));
    QCOMPARE(mine()[u"roles"_s].toArray(), (QJsonArray{u"viewer"_s}));
    const QString id = addRule(ofRole(everyone("allow", u"users"_s, u"read"_s), u"viewer"_s));
    const QString other = addRule(ofRole(everyone("allow", u"users"_s, u"read"_s), u"finance"_s));
    QTRY_VERIFY_WITH_TIMEOUT(mine()[u"abilities"_s].toArray().contains(u"users.read"_s), soon);
    QCOMPARE(mine()[u"rules"_s].toArray().size(), 1); // not those of others
    QCOMPARE(mine()[u"rules"_s][0][u"id"_s].toString(), id);
    removeRule(id);
    removeRule(other);
}

void TestPermissionRoutes::explained()
{
    const QString viewerId = m_first->get(u"/api/v1/me"_s, viewer()).json()[u"userId"_s].toString();
    QJsonObject rule = where(ofRole(everyone("deny", u"templates"_s, u"read"_s), u"viewer"_s),
                             {{u"folder"_s, QJsonObject{{u"$in"_s, QJsonArray{u"legal"_s, u"hr"_s}}}}});
    rule[u"reason"_s] = u"Legal keeps its own."_s;
    const QString id = addRule(rule);
    const auto explain = [&](QJsonObject question) {
        question[u"userId"_s] = viewerId;
        question[u"ability"_s] = u"templates.read"_s;
        const HttpAnswer answer = owner("POST", u"/api/v1/permissions/explain"_s, question);
        return answer.status == 200 ? answer.json() : QJsonObject{{u"status"_s, answer.status}};
    };
    const auto stepOf = [&](const QJsonObject &decision) {
        for (const QJsonValue step : decision[u"trace"_s].toArray())
            if (step[u"id"_s] == id)
                return step.toObject();
        return QJsonObject();
    };
    const QJsonObject legal = explain({{u"attributes"_s, QJsonObject{{u"folder"_s, u"legal"_s}}}});
    QCOMPARE(legal[u"allowed"_s], false);
    QCOMPARE(stepOf(legal)[u"decided"_s], true);
    QCOMPARE(stepOf(legal)[u"name"_s], rule[u"reason"_s]);
    const QJsonObject other = explain({{u"attributes"_s, QJsonObject{{u"folder"_s, u"sales"_s}}}});
    QCOMPARE(other[u"allowed"_s], true);
    QCOMPARE(stepOf(other)[u"matched"_s], false);
    const QJsonValue failed = stepOf(other)[u"failed"_s][0];
    QCOMPARE(failed[u"path"_s], u"folder"_s);
    QCOMPARE(failed[u"operator"_s], u"$in"_s);
    QCOMPARE(failed[u"actual"_s], u"sales"_s);
    QCOMPARE(failed[u"expected"_s], (QJsonArray{u"legal"_s, u"hr"_s}));
    const QJsonValue real = owner("GET", u"/api/v1/templates?limit=1"_s).json()[u"items"_s][0][u"id"_s];
    QCOMPARE(explain({{u"subjectId"_s, real}})[u"allowed"_s], true);
    QCOMPARE(explain({{u"subjectId"_s, newId().toString(QUuid::WithoutBraces)}})[u"status"_s], 404);
    QCOMPARE(explain({})[u"allowed"_s], true); // there are some that they may
    removeRule(id);
    QCOMPARE(explain({{u"subjectId"_s, real}})[u"allowed"_s], true);
    QCOMPARE(explain({})[u"allowed"_s], true);
}

void TestPermissionRoutes::simulated()
{
    const auto simulate = [&](const QJsonObject &request) {
        return owner("POST", u"/api/v1/permissions/simulate"_s, request).json();
    };
    const QJsonObject lockOut = simulate({{u"rule"_s, everyone("deny", u"templates"_s, u"read"_s)}});
    QVERIFY(lockOut[u"people"_s].toInt() >= 3);
    QCOMPARE(lockOut[u"affected"_s], lockOut[u"people"_s]);
    QCOMPARE(lockOut[u"changes"_s][0][u"before"_s], u"all"_s);
    QCOMPARE(lockOut[u"changes"_s][0][u"after"_s], u"none"_s);
    const QJsonObject ofViewers = ofRole(everyone("deny", u"templates"_s, u"read"_s), u"viewer"_s);
    QCOMPARE(simulate({{u"rule"_s, ofViewers}})[u"affected"_s], 1);
    const QJsonObject some = simulate({{u"rule"_s, where(ofViewers, {{u"folder"_s, u"legal"_s}})}});
    QCOMPARE(some[u"affected"_s], 1);
    QCOMPARE(some[u"changes"_s][0][u"before"_s], u"all"_s);
    QCOMPARE(some[u"changes"_s][0][u"after"_s], u"some"_s);
    QCOMPARE(owner("GET", u"/api/v1/rules"_s).json()[u"items"_s].toArray().size(), 0); // nothing was saved

    const QString id = addRule(ofViewers);
    const QJsonObject removal = simulate({{u"replaces"_s, id}});
    QCOMPARE(removal[u"changes"_s][0][u"before"_s], u"none"_s);
    QCOMPARE(removal[u"changes"_s][0][u"after"_s], u"all"_s);
    removeRule(id);
    QCOMPARE(owner("POST", u"/api/v1/permissions/simulate"_s, {}).status, 422);
}

QTEST_GUILESS_MAIN(TestPermissionRoutes)
#include "tst_permission_routes.moc"
