// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/setup_error.h"
#include "server/demo/demo_data.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDemoData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everybodySignsIn();
    void templatesAreThere();
    void onlyTheOwnerReadsTheFile();
    void restartKeepsPasswordsAndTakesTheNewAddress();
    void lostFileMakesNewPasswords();
    void brokenFileMakesNewPasswords();
    void fileOfAnotherDatabase();
    void cutOffStartIsCompleted();
    void unwritableFileIsSaid();

private:
    void removeTenants();
    QJsonObject make(const QString &baseUrl = u"http://127.0.0.1:1"_s)
    {
        DemoData(m_database->database(), m_identity->identity, *m_templates, file()).make(baseUrl);
        return content();
    }
    QString file() const { return m_folder->filePath(u"demo.json"_s); }
    QJsonObject content() const
    {
        QFile file(this->file());
        return file.open(QIODevice::ReadOnly) ? json::object(file.readAll()) : QJsonObject();
    }
    // How many of the people in the file can sign in with what stands there.
    int signIns(const QJsonObject &demo)
    {
        int count = 0;
        const QJsonArray tenants = demo[u"tenants"_s].toArray();
        for (const QJsonValue tenant : tenants) {
            const QJsonArray users = tenant[u"users"_s].toArray();
            for (const QJsonValue user : users) {
                const SignIn input{
                    tenant[u"slug"_s].toString(), user[u"email"_s].toString(), user[u"password"_s].toString(), {}};
                count += refusalOf([&] {
                             const auto signedIn = m_identity->auth.login(input, "192.0.2.1");
                             QCOMPARE(json::name(signedIn.profile.roles.first()), user[u"role"_s].toString());
                         }).status
                    == 0;
            }
        }
        return count;
    }

    std::optional<QTemporaryDir> m_folder;
    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
    std::optional<TemplateService> m_templates;
};

void TestDemoData::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
    m_templates.emplace(m_database->database());
}

void TestDemoData::init()
{
    m_folder.emplace();
    removeTenants();
}

void TestDemoData::removeTenants()
{
    for (const QString &slug : {u"acme"_s, u"northwind"_s}) {
        const auto id = m_database->database().platform(
            [&](Transaction &tx) { return tx.maybe<QUuid>("DELETE FROM tenants WHERE slug = $1 RETURNING id", slug); });
        if (id)
            m_database->migrations().dropTenantSchema(*id);
    }
}

void TestDemoData::everybodySignsIn()
{
    const QJsonObject demo = make();
    QCOMPARE(demo[u"baseUrl"_s], u"http://127.0.0.1:1"_s);
    const QJsonArray tenants = demo[u"tenants"_s].toArray();
    QCOMPARE(tenants.size(), 2);
    QCOMPARE(tenants[0][u"slug"_s], u"acme"_s);
    QCOMPARE(tenants[0][u"name"_s], u"Acme Retail"_s);
    QCOMPARE(tenants[1][u"slug"_s], u"northwind"_s);
    QCOMPARE(tenants[1][u"name"_s], u"Northwind Traders"_s);
    QSet<QString> passwords;
    for (const QJsonValue tenant : tenants) {
        QStringList roles;
        const QJsonArray users = tenant[u"users"_s].toArray();
        for (const QJsonValue user : users) {
            roles.append(user[u"role"_s].toString());
            passwords.insert(user[u"password"_s].toString());
        }
        QCOMPARE(roles, (QStringList{u"owner"_s, u"prompt-engineer"_s, u"viewer"_s}));
    }
    QCOMPARE(passwords.size(), 6);
    QVERIFY(passwords.begin()->size() >= 20);
    QCOMPARE(signIns(demo), 6);
}

void TestDemoData::templatesAreThere()
{
    make();
    for (const QString &slug : {u"acme"_s, u"northwind"_s}) {
        const auto scope = m_database->database().platform([&](Transaction &tx) {
            return TenantScope{tx.one<QUuid>("SELECT id FROM tenants WHERE slug = $1", slug)};
        });
        const Caller caller{.userId = {},
                            .tenantId = scope.tenantId,
                            .sessionId = {},
                            .abilities = Abilities().set(),
                            .displayName = {},
                            .address = {}};
        const auto page = m_templates->list(caller, {});
        QVERIFY(page.items.size() >= 2);
        for (const PromptTemplate &sample : page.items)
            QVERIFY(!sample.authorName.isEmpty());
    }
}

void TestDemoData::onlyTheOwnerReadsTheFile()
{
    make();
    QCOMPARE(QFile::permissions(file()) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"demo.json"_s});
}

void TestDemoData::restartKeepsPasswordsAndTakesTheNewAddress()
{
    const QJsonObject first = make();
    const quint64 hashes = m_identity->passwords.computations();
    const QJsonObject second = make(u"http://127.0.0.1:2"_s);
    QCOMPARE(m_identity->passwords.computations(), hashes); // a second start is quick
    QCOMPARE(second[u"tenants"_s], first[u"tenants"_s]);
    QCOMPARE(second[u"baseUrl"_s], u"http://127.0.0.1:2"_s);
}

void TestDemoData::lostFileMakesNewPasswords()
{
    const QJsonObject first = make();
    QVERIFY(QFile::remove(file()));
    const QJsonObject second = make();
    QCOMPARE(signIns(second), 6);
    QCOMPARE(signIns(first), 0);
}

void TestDemoData::brokenFileMakesNewPasswords()
{
    make();
    QFile::resize(file(), 40);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"made anew"_s));
    QCOMPARE(signIns(make()), 6);
}

void TestDemoData::fileOfAnotherDatabase()
{
    make();
    removeTenants();
    QCOMPARE(signIns(make()), 6);
}

void TestDemoData::cutOffStartIsCompleted()
{
    m_identity->tenants.create({},
                               {u"acme"_s,
                                u"Acme Retail"_s,
                                std::nullopt,
                                {u"ana@acme.example"_s, u"Ana"_s, u"of a start that was cut off"_s, {Role::Owner}}});
    QCOMPARE(signIns(make()), 6);
}

void TestDemoData::unwritableFileIsSaid()
{
    QVERIFY(QDir().mkpath(file())); // a folder stands where the file should
    QVERIFY_EXCEPTION_THROWN(make(), SetupError);
}

QTEST_GUILESS_MAIN(TestDemoData)
#include "tst_demo_data.moc"
