// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_json.h"
#include "server/audit/audit_log.h"
#include "shared/auth/auth.h"
#include "shared/credentials/credential.h"
#include "shared/tenants/tenant.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Crowd
{
    QList<NewUser> people;
    std::optional<NewUser> guest;

    static constexpr auto fields()
    {
        return std::tuple{Field{"people", &Crowd::people}, Field{"guest", &Crowd::guest}};
    }
};

const NewUser ana{u"ana@example.com"_s, u"Ana"_s, u"correct horse battery"_s, {Role::Viewer}};

} // namespace

// What the audit log keeps of a thing.
class TestAuditJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsAreLeftOut_data()
    {
        QTest::addColumn<QJsonObject>("json");
        QTest::addColumn<QStringList>("members");
        QTest::newRow("a password") << AuditJson::of(
            ana) << QStringList{u"attributes"_s, u"customRoles"_s, u"displayName"_s, u"email"_s, u"roles"_s};
        QTest::newRow("a key") << AuditJson::of(NewCredential{u"openai"_s, ProviderKind::OpenAi, ana.password, {}})
                               << QStringList{u"baseUrl"_s, u"kind"_s, u"provider"_s};
        QTest::newRow("a token") << AuditJson::of(Refresh{ana.password}) << QStringList{};
        QTest::newRow("within a member") << AuditJson::of(NewTenant{u"acme"_s, u"Acme"_s, {}, ana})
                                         << QStringList{u"name"_s, u"owner"_s, u"plan"_s, u"slug"_s};
        QTest::newRow("within a list and an optional")
            << AuditJson::of(Crowd{{ana, ana}, ana}) << QStringList{u"guest"_s, u"people"_s};
    }
    void secretsAreLeftOut()
    {
        QFETCH(const QJsonObject, json);
        QFETCH(const QStringList, members);
        QCOMPARE(json.keys(), members);
        const QByteArray text = json::print(json);
        QVERIFY2(!text.contains("correct horse") && !text.contains("password"), text.constData());
    }

    void theRestOfAListStays()
    {
        const QJsonObject json = AuditJson::of(Crowd{{ana}, std::nullopt});
        QCOMPARE(json[u"people"_s].toArray().first()[u"email"_s].toString(), ana.email);
        QVERIFY(json[u"guest"_s].isNull());
    }

    void longTextsAreShortened()
    {
        const QString longText = QString(7'999, u'a') + u"😀"_s + QString(5'000, u'b');
        const QJsonObject json = AuditJson::bounded({{u"text"_s, longText}, {u"short"_s, QString(8'000, u'c')}});
        QCOMPARE(json[u"short"_s].toString().size(), 8'000);
        const QString text = json[u"text"_s].toString();
        QVERIFY(text.startsWith(QString(2'000, u'a') + u"… (13001 characters, SHA-256 "_s));
        QVERIFY(text.isValidUtf16());
        QVERIFY(json != AuditJson::bounded({{u"text"_s, longText + u'c'}}));
    }

    void largeThingsAreNamedByTheirHash()
    {
        QJsonArray list;
        for (int i = 0; i < 10'000; ++i)
            list.append(u"an item of a list"_s);
        const QJsonObject json = AuditJson::bounded({{u"list"_s, list}});
        QCOMPARE(json.keys(), (QStringList{u"bytes"_s, u"sha256"_s, u"tooLarge"_s}));
        QCOMPARE(json[u"sha256"_s].toString().size(), 64);
    }

    void words()
    {
        QCOMPARE(AuditLog::wordsOf(u"Ána.MÜLLER@grün.example, “Ana”: 12-34"_s),
                 (QStringList{u"ana"_s, u"muller"_s, u"grun"_s, u"example"_s, u"12"_s, u"34"_s}));
        QCOMPARE(AuditLog::wordsOf(u"' | & ! <-> :* \\ ()"_s), QStringList{});
    }
};

QTEST_GUILESS_MAIN(TestAuditJson)
#include "tst_audit_json.moc"
