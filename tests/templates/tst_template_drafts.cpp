// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/templates/template_desk.h"

using namespace Qt::StringLiterals;

// What people type and have not saved, who else does, and two who save at once. With two servers on one database.
class TestTemplateDrafts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keepsADraft();
    void ofNothingYet();
    void draftsAreOnesOwn();
    void sizesAreLimited();
    void savingEndsTheDraft();
    void theSecondSaveGetsBothSides();
    void presenceIsSeenAndEnds();
    void presenceAcrossProcesses();
    void presenceIsForReaders();

private:
    std::unique_ptr<LiveReader> follow(TestServer &server, const QByteArray &token, const QString &topic);
    static QStringList people(const LiveReader &reader);
    static QJsonObject content(const QString &prompt)
    {
        return {{u"userPrompt"_s, prompt}, {u"schemaText"_s, u"{\"a"_s}};
    }

    std::optional<TemplateDesk> m_desk;
    std::optional<TestServer> m_second;
};

void TestTemplateDrafts::initTestCase()
{
    const QByteArray key(64, 'a');
    m_desk.emplace([&](Config &config) { config.masterKey = key; });
    m_second.emplace([&](Config &config) {
        config.masterKey = key;
        config.demo = false;
        config.roles.worker = false;
        const QString url =
            u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_desk->server.folder());
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
}

void TestTemplateDrafts::keepsADraft()
{
    const QString path = m_desk->make(u"drafted"_s) + u"/draft"_s;
    QCOMPARE(m_desk->send("GET", path).status, 404);
    const HttpAnswer kept = m_desk->send("PUT", path, {{u"content"_s, content(u"Dear {{"_s)}, {u"baseVersion"_s, 1}});
    QCOMPARE(kept.status, 200);
    QCOMPARE(kept.headers.value("etag"), QByteArray("\"1\""));
    QCOMPARE(m_desk->send("GET", path).json(), kept.json());
    QCOMPARE(kept.json()[u"content"_s], QJsonValue(content(u"Dear {{"_s)));
    const QJsonObject later{{u"content"_s, content(u"Dear {{input}}"_s)}, {u"baseVersion"_s, 1}};
    QCOMPARE(m_desk->send("PUT", path, later, "\"1\"").status, 200);
    QCOMPARE(m_desk->send("PUT", path, later, "\"1\"").status, 412); // another window was faster
    QCOMPARE(m_desk->send("GET", path).json()[u"content"_s], later[u"content"_s]);
    const QJsonArray list = m_desk->send("GET", u"/template-drafts"_s).json()[u"items"_s].toArray();
    QCOMPARE(list.size(), 1);
    QCOMPARE(list[0][u"title"_s], u"drafted"_s);
    QVERIFY(list[0][u"content"_s].isNull());
    QCOMPARE(m_desk->send("DELETE", path).status, 204);
    QCOMPARE(m_desk->send("DELETE", path).status, 404);
}

void TestTemplateDrafts::ofNothingYet()
{
    const QString id = newId().toString(QUuid::WithoutBraces);
    const QString path = u"/template-drafts/"_s + id;
    const QJsonObject draft{{u"title"_s, u"An idea"_s}, {u"content"_s, content(u"x"_s)}};
    QCOMPARE(m_desk->send("PUT", path, draft).status, 200);
    QCOMPARE(m_desk->send("GET", path).json()[u"title"_s], u"An idea"_s);
    QVERIFY(m_desk->send("GET", path).json()[u"templateId"_s].isNull());
    const QString made = m_desk->make(u"taken-id"_s);
    QCOMPARE(m_desk->send("PUT", u"/template-drafts/"_s + TemplateDesk::idOf(made), draft).status, 409);
    // Newest first, page by page.
    QCOMPARE(m_desk->send("PUT", made + u"/draft"_s, {{u"content"_s, content(u"y"_s)}}).status, 200);
    const HttpAnswer page = m_desk->send("GET", u"/template-drafts?limit=1"_s);
    QCOMPARE(page.json()[u"items"_s][0][u"templateId"_s], TemplateDesk::idOf(made));
    const HttpAnswer rest =
        m_desk->send("GET", u"/template-drafts?cursor="_s + page.json()[u"nextCursor"_s].toString());
    QCOMPARE(rest.json()[u"items"_s][0][u"id"_s], id);
    QCOMPARE(m_desk->send("DELETE", path).status, 204);
    QCOMPARE(m_desk->send("DELETE", made + u"/draft"_s).status, 204);
}

void TestTemplateDrafts::draftsAreOnesOwn()
{
    const QString path = m_desk->make(u"private"_s);
    QCOMPARE(m_desk->send("PUT", path + u"/draft"_s, {{u"content"_s, content(u"mine"_s)}}).status, 200);
    QCOMPARE(m_desk->as(u"owner"_s, "GET", path + u"/draft"_s).status, 404);
    QVERIFY(m_desk->as(u"owner"_s, "GET", u"/template-drafts"_s).json()[u"items"_s].toArray().isEmpty());
    QCOMPARE(m_desk->as(u"owner"_s, "PUT", path + u"/draft"_s, {{u"content"_s, content(u"theirs"_s)}}).status, 200);
    QCOMPARE(m_desk->send("GET", path + u"/draft"_s).json()[u"content"_s], QJsonValue(content(u"mine"_s)));
    QCOMPARE(m_desk->as(u"viewer"_s, "PUT", path + u"/draft"_s, {{u"content"_s, content(u"no"_s)}}).status, 403);
    // The same id of another person, and of another tenant, is another draft.
    const QString id = u"/api/v1/template-drafts/"_s + newId().toString(QUuid::WithoutBraces);
    const QJsonObject body{{u"content"_s, content(u"a"_s)}};
    for (const QString &tenant : {u"acme"_s, u"northwind"_s})
        QCOMPARE(m_desk->server.send("PUT", id, body, {.token = m_desk->server.token(tenant, u"owner"_s)})
                     .json()[u"revision"_s],
                 1);
    QCOMPARE(m_desk->server.get(id, m_desk->server.token(u"acme"_s, u"prompt-engineer"_s)).status, 404);
}

void TestTemplateDrafts::sizesAreLimited()
{
    const QString path = m_desk->make(u"large-draft"_s) + u"/draft"_s;
    QCOMPARE(m_desk->send("PUT", path, {{u"content"_s, content(QString(1'000'000, u'x'))}}).status, 200);
    const HttpAnswer refused = m_desk->send("PUT", path, {{u"content"_s, content(QString(1'100'000, u'x'))}});
    QCOMPARE(refused.status, 422);
    QVERIFY(!problemAt(refused, u"/content"_s).isEmpty());
}

void TestTemplateDrafts::savingEndsTheDraft()
{
    const QString path = m_desk->make(u"finished"_s);
    const QJsonObject draft{{u"content"_s, content(u"new"_s)}};
    QCOMPARE(m_desk->send("PUT", path + u"/draft"_s, draft).status, 200);
    QCOMPARE(m_desk->as(u"owner"_s, "PUT", path + u"/draft"_s, draft).status, 200);
    QCOMPARE(m_desk->save(path, u"new {{input}}"_s), 201);
    QCOMPARE(m_desk->send("GET", path + u"/draft"_s).status, 404);
    QCOMPARE(m_desk->as(u"owner"_s, "GET", path + u"/draft"_s).status, 200);
}

void TestTemplateDrafts::theSecondSaveGetsBothSides()
{
    const QString path = m_desk->make(u"contested"_s, u"Base {{input}}"_s);
    const QString versions = path + u"/versions"_s;
    QCOMPARE(m_desk->as(u"owner"_s, "POST", versions, TemplateDesk::version(u"Theirs {{input}}"_s), "\"1\"").status,
             201);
    const HttpAnswer refused = m_desk->send("POST", versions, TemplateDesk::version(u"Mine {{input}}"_s), "\"1\"");
    QCOMPARE(refused.status, 412);
    const QJsonObject conflict = refused.json()[u"conflict"_s].toObject();
    QCOMPARE(conflict[u"base"_s][u"userPrompt"_s], u"Base {{input}}"_s);
    QCOMPARE(conflict[u"latest"_s][u"userPrompt"_s], u"Theirs {{input}}"_s);
    QCOMPARE(conflict[u"latest"_s][u"version"_s], 2);
    QVERIFY(!conflict[u"latest"_s][u"authorName"_s].toString().isEmpty());
    QVERIFY(!conflict[u"latest"_s][u"createdAt"_s].toString().isEmpty());
    QJsonObject body = TemplateDesk::version(u"Mine {{input}}"_s);
    body.insert(u"baseVersion"_s, 1);
    QCOMPARE(m_desk->send("POST", versions, body).json()[u"conflict"_s].toObject(), conflict); // said in the body
    QCOMPARE(m_desk->send("POST", versions, TemplateDesk::version(u"Merged {{input}}"_s), "\"2\"").status, 201);
}

std::unique_ptr<LiveReader> TestTemplateDrafts::follow(TestServer &server, const QByteArray &token,
                                                       const QString &topic)
{
    QUrl address = server.url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    auto reader = std::make_unique<LiveReader>(address);
    if (!QTest::qWaitFor([&] { return reader->isOpen(); }))
        return {};
    reader->say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(token)}});
    reader->say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{topic}}});
    return QTest::qWaitFor([&] { return !reader->of(u"presence"_s).isEmpty(); }) ? std::move(reader) : nullptr;
}

QStringList TestTemplateDrafts::people(const LiveReader &reader)
{
    QStringList list;
    const QJsonArray last = reader.of(u"presence"_s).value(reader.of(u"presence"_s).size() - 1)[u"people"_s].toArray();
    for (const QJsonValue person : last)
        list.append(person[u"activity"_s].toString());
    return list;
}

void TestTemplateDrafts::presenceIsSeenAndEnds()
{
    const QString topic = u"template/"_s + TemplateDesk::idOf(m_desk->make(u"watched"_s));
    auto owner = follow(m_desk->server, m_desk->server.token(u"acme"_s, u"owner"_s), topic);
    auto engineer = follow(m_desk->server, m_desk->server.token(u"acme"_s, u"prompt-engineer"_s), topic);
    QVERIFY(owner && engineer);
    const auto say = [&](LiveReader &reader, const QString &activity) {
        reader.say({{u"type"_s, u"presence"_s}, {u"topic"_s, topic}, {u"activity"_s, activity}});
    };
    say(*owner, u"viewing"_s);
    QTRY_COMPARE(people(*engineer), QStringList{u"viewing"_s});
    say(*engineer, u"typing"_s);
    QTRY_COMPARE(people(*owner).size(), 2);
    QVERIFY(people(*owner).contains(u"typing"_s));
    const QJsonArray both = owner->of(u"presence"_s).last()[u"people"_s].toArray();
    QVERIFY(!both[0][u"name"_s].toString().isEmpty());
    say(*owner, u"gone"_s);
    QTRY_COMPARE(people(*owner), QStringList{u"typing"_s});
    engineer->abort(); // without a word
    QTRY_COMPARE(people(*owner), QStringList());
}

void TestTemplateDrafts::presenceAcrossProcesses()
{
    const QString topic = u"template/"_s + TemplateDesk::idOf(m_desk->make(u"watched-afar"_s));
    auto here = follow(m_desk->server, m_desk->server.token(u"acme"_s, u"owner"_s), topic);
    auto there = follow(*m_second, m_desk->server.token(u"acme"_s, u"prompt-engineer"_s), topic);
    QVERIFY(here && there);
    there->say({{u"type"_s, u"presence"_s}, {u"topic"_s, topic}, {u"activity"_s, u"typing"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(people(*here), QStringList{u"typing"_s}, 10'000);
    auto late = follow(m_desk->server, m_desk->server.token(u"acme"_s, u"viewer"_s), topic);
    QVERIFY(late);
    QTRY_COMPARE(people(*late), QStringList{u"typing"_s});
    there->abort();
    QTRY_COMPARE_WITH_TIMEOUT(people(*here), QStringList(), 10'000);
}

void TestTemplateDrafts::presenceIsForReaders()
{
    const QString topic = u"template/"_s + TemplateDesk::idOf(m_desk->make(u"unseen"_s));
    auto owner = follow(m_desk->server, m_desk->server.token(u"acme"_s, u"owner"_s), topic);
    auto stranger = follow(m_desk->server, m_desk->server.token(u"northwind"_s, u"owner"_s), topic);
    QVERIFY(owner && stranger);
    const auto say = [&](LiveReader &reader, const QString &to) {
        reader.say({{u"type"_s, u"presence"_s}, {u"topic"_s, to}, {u"activity"_s, u"viewing"_s}});
    };
    say(*stranger, topic);
    QTRY_COMPARE(people(*stranger).size(), 1); // in their own tenant, where there is no such template
    say(*owner, topic);
    QTRY_COMPARE(people(*owner).size(), 1);
    QCOMPARE(people(*stranger).size(), 1);
    say(*owner, u"template/"_s + newId().toString(QUuid::WithoutBraces)); // not followed
    QTRY_COMPARE(owner->of(u"error"_s).size(), 1);
    QCOMPARE(owner->of(u"error"_s).first()[u"code"_s], u"forbidden"_s);
}

QTEST_GUILESS_MAIN(TestTemplateDrafts)
#include "tst_template_drafts.moc"
