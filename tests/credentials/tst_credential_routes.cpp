// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/credentials/credential_rules.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr const char *privateOrOdd[] = {"models.example.org",
                                        "ftp://models.example.org",
                                        "file:///etc/passwd",
                                        "https://",
                                        "https://me:pw@example.org",
                                        "https://example.org/?a=b",
                                        "https://example.org/#a",
                                        "http://models.example.org/v1",
                                        "https://127.0.0.1/v1",
                                        "https://10.1.2.3",
                                        "https://192.168.1.1:8080/v1",
                                        "https://169.254.169.254/latest",
                                        "https://[::1]/v1",
                                        "https://[::ffff:127.0.0.1]/v1",
                                        "https://[fe80::1]",
                                        "https://[fd00::1]/v1",
                                        "https://0.0.0.0",
                                        "https://localhost:8443/v1",
                                        "https://db.localhost",
                                        "https://0x7f000001/",
                                        "https://2130706433/",
                                        "https://127.1/"};

} // namespace

// Provider keys as programs manage them: who may, what is refused and where it points, what is shown.
class TestCredentialRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(u"acme"_s, u"owner"_s);
        QVERIFY(!m_owner.isEmpty());
    }

    void cleanup()
    {
        const QJsonArray all = m_server.get(path, m_owner).json()[u"items"_s].toArray();
        for (const QJsonValue one : all)
            QCOMPARE(m_server.send("DELETE", path + u'/' + one[u"id"_s].toString(), {}, {.token = m_owner}).status,
                     204);
    }

    void setShownReplacedRemoved()
    {
        const HttpAnswer made =
            create({{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, u"sk-proj-0123456789-wxyz"_s}});
        QCOMPARE(made.status, 201);
        QCOMPARE(made.headers.value("etag"), "\"1\"");
        QCOMPARE(made.json()[u"keyHint"_s], u"sk-…wxyz"_s);
        QCOMPARE(made.json()[u"setByName"_s], u"Ana Souza"_s);
        QVERIFY(!made.json().contains(u"key"_s));
        QVERIFY(made.json()[u"lastCheck"_s].isNull());
        QVERIFY(!made.body.contains("0123456789"));

        const QString one = path + u'/' + made.json()[u"id"_s].toString();
        QCOMPARE(m_server.get(one, m_owner).json(), made.json());
        QCOMPARE(m_server.get(path, m_owner).json()[u"items"_s].toArray().size(), 1);

        const QJsonObject change{{u"key"_s, u"sk-proj-9876543210-abcd"_s}};
        QCOMPARE(m_server.send("PATCH", one, change, {.token = m_owner}).status, 428);
        const HttpAnswer changed = patch(one, change, "\"1\"");
        QCOMPARE(changed.status, 200);
        QCOMPARE(changed.headers.value("etag"), "\"2\"");
        QCOMPARE(changed.json()[u"keyHint"_s], u"sk-…abcd"_s);
        QCOMPARE(patch(one, change, "\"1\"").status, 412);
        QCOMPARE(m_server.send("DELETE", one, {}, {.token = m_owner, .more = {{"If-Match", "\"1\""}}}).status, 412);

        QCOMPARE(m_server.send("DELETE", one, {}, {.token = m_owner, .more = {{"If-Match", "\"2\""}}}).status, 204);
        QCOMPARE(m_server.get(one, m_owner).status, 404);
        QCOMPARE(patch(one, change, "\"2\"").status, 404);
    }

    void oneForEachProvider()
    {
        const QJsonObject key{{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, u"sk-1"_s}};
        QCOMPARE(create(key).status, 201);
        const HttpAnswer again = create(key);
        QCOMPARE(again.status, 409);
        QCOMPARE(again.json()[u"errors"_s][0][u"pointer"_s], u"/provider"_s);
        // Northwind has its own.
        QCOMPARE(m_server.post(path, key, m_server.token(u"northwind"_s, u"owner"_s)).status, 201);
    }

    void refusals_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("pointer");
        const auto row = [](const char *name, const QString &pointer, const QString &provider, const QString &kind,
                            const QString &key, const QString &url = {}) {
            QJsonObject body{{u"kind"_s, kind}};
            if (!provider.isEmpty())
                body.insert(u"provider"_s, provider);
            if (!key.isNull())
                body.insert(u"key"_s, key);
            if (!url.isEmpty())
                body.insert(u"baseUrl"_s, url);
            QTest::newRow(name) << body << pointer;
        };
        const QString openAi = u"openai"_s, key = u"sk-1"_s;
        row("no provider", u"/provider"_s, {}, openAi, key);
        row("odd provider", u"/provider"_s, u"My server"_s, openAi, key);
        row("a slash", u"/provider"_s, u"a/b"_s, openAi, key);
        row("the demo", u"/provider"_s, u"demo"_s, openAi, key);
        row("unknown kind", u"/kind"_s, openAi, u"gopher"_s, key);
        row("other kind", u"/kind"_s, openAi, u"anthropic"_s, key);
        row("other kind than Google's", u"/kind"_s, u"google"_s, openAi, key);
        row("no key", u"/key"_s, openAi, openAi, {});
        row("empty key", u"/key"_s, openAi, openAi, u""_s);
        row("two lines", u"/key"_s, openAi, openAi, u"sk-1\r\nX-Evil: 1"_s);
        row("with a space", u"/key"_s, openAi, openAi, u"sk-1 "_s);
        row("not ASCII", u"/key"_s, openAi, openAi, u"sk-é"_s);
        row("no address", u"/baseUrl"_s, u"vllm"_s, openAi, key);
        for (const char *url : privateOrOdd)
            row(url, u"/baseUrl"_s, u"vllm"_s, openAi, key, QString::fromLatin1(url));
    }

    void refusals()
    {
        QFETCH(const QJsonObject, body);
        QFETCH(const QString, pointer);
        const HttpAnswer refused = create(body);
        QCOMPARE(refused.status, 422);
        QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], pointer);
        QVERIFY(!refused.json()[u"errors"_s][0][u"message"_s].toString().isEmpty());
        QVERIFY2(!refused.body.contains("sk-1"), refused.body.constData());
    }

    // Google has an address of its own, as the two others.
    void googleNeedsNoAddress()
    {
        const HttpAnswer made = create(
            {{u"provider"_s, u"google"_s}, {u"kind"_s, u"google"_s}, {u"key"_s, u"AIzaSy0123456789abcdefghij-wxyz"_s}});
        QCOMPARE(made.status, 201);
        QCOMPARE(made.json()[u"kind"_s], u"google"_s);
        QCOMPARE(made.json()[u"keyHint"_s], u"…wxyz"_s);
    }

    // Whoever may change the address but does not know the key must not be able to send it to themselves.
    void theKeyDoesNotFollowAnotherAddress()
    {
        const HttpAnswer made = create({{u"provider"_s, u"vllm"_s},
                                        {u"kind"_s, u"openai"_s},
                                        {u"key"_s, u"sk-1"_s},
                                        {u"baseUrl"_s, u"https://models.example.org/v1"_s}});
        QCOMPARE(made.status, 201);
        const QString one = path + u'/' + made.json()[u"id"_s].toString();
        const HttpAnswer moved = patch(one, {{u"baseUrl"_s, u"https://evil.example.org/v1"_s}}, "\"1\"");
        QCOMPARE(moved.status, 422);
        QCOMPARE(moved.json()[u"errors"_s][0][u"pointer"_s], u"/key"_s);
        const HttpAnswer emptied = patch(one, {{u"baseUrl"_s, u""_s}, {u"key"_s, u"sk-2"_s}}, "\"1\"");
        QCOMPARE(emptied.json()[u"errors"_s][0][u"pointer"_s], u"/baseUrl"_s);
        QCOMPARE(patch(one, {{u"baseUrl"_s, u"https://models.example.org/v1"_s}}, "\"1\"").status, 200);
        QCOMPARE(patch(one, {{u"baseUrl"_s, u"https://other.example.org/v1"_s}, {u"key"_s, u"sk-2"_s}}, "\"2\"").status,
                 200);
    }

    void onlyWhoManagesTheTenant_data()
    {
        QTest::addColumn<QString>("role");
        QTest::newRow("prompt engineer") << u"prompt-engineer"_s;
        QTest::newRow("viewer") << u"viewer"_s;
    }
    void onlyWhoManagesTheTenant()
    {
        QFETCH(const QString, role);
        const QByteArray token = m_server.token(u"acme"_s, role);
        const QJsonObject key{{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, u"sk-secret"_s}};
        const QString one = path + u'/' + create(key).json()[u"id"_s].toString();
        QCOMPARE(m_server.get(path, token).code(), u"forbidden"_s);
        QCOMPARE(m_server.get(one, token).code(), u"forbidden"_s);
        QCOMPARE(m_server.post(path, key, token).code(), u"forbidden"_s);
        QCOMPARE(m_server.post(one + u"/test"_s, {}, token).code(), u"forbidden"_s);
        QCOMPARE(m_server.send("DELETE", one, {}, {.token = token}).code(), u"forbidden"_s);
        QCOMPARE(m_server.get(path, {}).status, 401);
    }

    void notWithoutEnd()
    {
        int made = 0;
        HttpAnswer last;
        do {
            last = create({{u"provider"_s, u"server-%1"_s.arg(made)},
                           {u"kind"_s, u"openai"_s},
                           {u"baseUrl"_s, u"https://models.example.org/v1"_s}});
        } while (last.status == 201 && ++made < 100);
        QCOMPARE(last.status, 409);
        QCOMPARE(made, 20);
    }

    void hints_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("shown");
        QTest::newRow("OpenAI") << u"sk-0123456789abcdefwxyz"_s << u"sk-…wxyz"_s;
        QTest::newRow("no beginning") << u"0123456789abcdef-0123wxyz"_s << u"…wxyz"_s;
        QTest::newRow("short") << u"sk-0123456789"_s << u"…"_s;
        QTest::newRow("one") << u"x"_s << u"…"_s;
    }
    void hints()
    {
        QFETCH(const QString, key);
        QTEST(CredentialRules::hint(key), "shown");
    }

private:
    HttpAnswer create(const QJsonObject &body) { return m_server.post(path, body, m_owner); }
    HttpAnswer patch(const QString &one, const QJsonObject &change, const QByteArray &revision)
    {
        return m_server.send("PATCH", one, change, {.token = m_owner, .more = {{"If-Match", revision}}});
    }

    const QString path = u"/api/v1/credentials"_s;
    TestServer m_server;
    QByteArray m_owner;
};

QTEST_GUILESS_MAIN(TestCredentialRoutes)
#include "tst_credential_routes.moc"
