// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "shared/permissions/ability.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString password = u"correct horse battery"_s;
const QStringList roles{u"owner"_s,   u"admin"_s,  u"prompt-engineer"_s, u"agent"_s,
                        u"finance"_s, u"viewer"_s, u"service"_s,         u"operator"_s};

// Which roles have which ability: written down here a second time, so that neither changes unnoticed.
struct Row
{
    const char *abilities;
    const char *roles;
};
constexpr Row matrix[] = {
    {"public signedIn", "owner admin prompt-engineer agent finance viewer service operator"},
    {"templates.read jobs.read batches.read evaluations.read", "owner admin prompt-engineer agent viewer service"},
    {"channels.read chat.read assistants.read", "owner admin prompt-engineer agent finance viewer service"},
    {"chat.post", "owner admin prompt-engineer agent finance service"},
    {"channels.create channels.update", "owner admin prompt-engineer agent finance"},
    {"usage.read", "owner admin prompt-engineer agent finance viewer"},
    {"prices.read", "owner admin prompt-engineer finance operator"},
    {"jobs.create jobs.update jobs.cancel gateway.call", "owner admin prompt-engineer agent service"},
    {"evaluations.run", "owner admin prompt-engineer service"},
    {"evaluations.create evaluations.update evaluations.delete assistants.create assistants.update assistants.delete",
     "owner admin prompt-engineer"},
    {"templates.create templates.update templates.delete templates.publish jobs.replay jobs.discard",
     "owner admin prompt-engineer"},
    {"batches.create batches.update", "owner admin prompt-engineer service"},
    {"gatewayLimits.read gatewayRoutes.read", "owner admin prompt-engineer"},
    {"budgets.read", "owner admin prompt-engineer finance"},
    {"budgets.create budgets.update budgets.delete", "owner admin finance"},
    {"users.read users.create users.update users.delete sessions.read sessions.delete settings.read settings.update "
     "audit.read audit.export",
     "owner admin operator"},
    {"credentials.read credentials.create credentials.update credentials.delete roles.read roles.create roles.update "
     "roles.delete rules.read rules.create rules.update rules.delete gatewayKeys.read gatewayKeys.create "
     "gatewayKeys.update gatewayKeys.delete gatewayLimits.create gatewayLimits.update gatewayLimits.delete "
     "gatewayRoutes.create gatewayRoutes.update gatewayRoutes.delete gatewaySettings.read gatewaySettings.update "
     "gatewayCalls.read gatewayCalls.bodies channels.delete chat.moderate",
     "owner admin"},
    {"tenants.read tenants.create tenants.update tenants.export tenants.delete prices.update", "operator"},
};

QStringList rolesWith(const QString &ability)
{
    for (const Row &row : matrix)
        if (QString::fromLatin1(row.abilities).split(u' ').contains(ability))
            return QString::fromLatin1(row.roles).split(u' ');
    return {};
}

} // namespace

// Every route of the API document with a token of every built-in role: who may not is told so, who may is not.
class TestRouteMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyAbilityStandsOnce();
    void everyRoleOnEveryRoute_data();
    void everyRoleOnEveryRoute();

private:
    QByteArray signIn(const QString &tenant, const QString &email)
    {
        return m_server
            .post(u"/api/v1/auth/login"_s, {{u"tenant"_s, tenant}, {u"email"_s, email}, {u"password"_s, password}}, {})
            .json()[u"accessToken"_s]
            .toString()
            .toLatin1();
    }

    TestServer m_server;
    QHash<QString, QString> m_emails; // by role
    QHash<QString, QByteArray> m_tokens;
    QHash<QString, QByteArray> m_keys; // of the gateway, which takes nothing else; operators have none
};

void TestRouteMatrix::initTestCase()
{
    const QByteArray owner = m_server.token(u"acme"_s, u"owner"_s);
    for (const QString &role : roles) {
        if (role == u"operator") {
            m_tokens[role] = m_server.operatorToken();
        } else {
            const QString email = role + u"@matrix.example.com"_s;
            const HttpAnswer made = m_server.post(u"/api/v1/users"_s,
                                                  {{u"email"_s, email},
                                                   {u"displayName"_s, role},
                                                   {u"password"_s, password},
                                                   {u"roles"_s, QJsonArray{role}}},
                                                  owner);
            QCOMPARE(made.status, 201);
            m_tokens[role] = signIn(u"acme"_s, email);
            m_keys[role] =
                m_server
                    .post(u"/api/v1/gateway-keys"_s, {{u"name"_s, role}, {u"ownerId"_s, made.json()[u"id"_s]}}, owner)
                    .json()[u"secret"_s]
                    .toString()
                    .toLatin1();
            QVERIFY(!m_keys[role].isEmpty());
        }
        QVERIFY(!m_tokens[role].isEmpty());
    }
}

void TestRouteMatrix::everyAbilityStandsOnce()
{
    QStringList all;
    for (const Row &row : matrix)
        all += QString::fromLatin1(row.abilities).split(u' ');
    all.sort();
    QStringList known;
    for (const char *name : enumNames<Ability>)
        known.append(QString::fromLatin1(name));
    known.sort();
    QCOMPARE(all, known);
}

void TestRouteMatrix::everyRoleOnEveryRoute_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("ability");
    const QJsonObject paths = m_server.get(u"/openapi.json"_s, {}).json()[u"paths"_s].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        QString filled = path.key();
        filled.replace(u"{version}"_s, u"1"_s);
        while (filled.contains(u'{')) {
            const auto open = filled.indexOf(u'{');
            filled.replace(open, filled.indexOf(u'}') - open + 1, newId().toString(QUuid::WithoutBraces));
        }
        const QJsonObject operations = path->toObject();
        for (auto operation = operations.begin(); operation != operations.end(); ++operation)
            QTest::addRow("%s %s", qPrintable(operation.key()), qPrintable(path.key()))
                << operation.key().toUpper() << filled << (*operation)[u"x-ability"_s].toString();
    }
}

void TestRouteMatrix::everyRoleOnEveryRoute()
{
    QFETCH(const QString, method);
    QFETCH(const QString, path);
    QFETCH(const QString, ability);
    const QStringList allowed = rolesWith(ability);
    QVERIFY2(!allowed.isEmpty(), qPrintable(u"the route names the ability “%1”"_s.arg(ability)));
    for (const QString &role : roles) {
        QByteArray token = m_tokens[role];
        if (path.endsWith(u"/auth/logout")) // ends the session that it comes with
            token = role == u"operator" ? token : signIn(u"acme"_s, role + u"@matrix.example.com"_s);
        if (path.endsWith(u"/auth/logout") && role == u"operator")
            continue;
        if (path.startsWith(u"/v1"))
            token = m_keys.value(role, m_tokens[role]);
        const HttpAnswer answer =
            m_server.send(method.toLatin1(), path, {}, {.token = token, .more = {{"If-Match", "\"1\""}}});
        const QByteArray where = method.toLatin1() + ' ' + path.toLatin1() + " as " + role.toLatin1() + ": "
            + QByteArray::number(answer.status) + ' ' + answer.body.left(300);
        const bool isRefused = answer.status == 403 || answer.status == 401;
        // What only operators may is not even there for others.
        const bool isHidden = allowed == QStringList{u"operator"_s} && answer.status == 404;
        if (allowed.contains(role))
            QVERIFY2(!isRefused || ability == u"public", where);
        else
            QVERIFY2(answer.status == 403 || isHidden || (answer.status == 401 && !m_keys.contains(role)), where);
    }
}

QTEST_GUILESS_MAIN(TestRouteMatrix)
#include "tst_route_matrix.moc"
