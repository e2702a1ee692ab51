// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/live_reader.h"
#include "tests/templates/template_desk.h"

using namespace Qt::StringLiterals;

// Labels as a program sees them: over HTTP, in the audit log and live.
class TestTemplateLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_desk.emplace(); }
    void life();
    void goesBackStepByStep();
    void badNamesAndVersions_data();
    void badNamesAndVersions();
    void onlyWithTheAbility();
    void movesThatMissOneAnother();
    void listsCarryThem();
    void isAuditedAndTold();
    void generateTakesALabel();
    void aMovedLabelLeavesQueuedJobs();
    void rulesNarrowThem();

private:
    QJsonObject ask(const QString &slug, const QString &key, const QJsonValue &value)
    {
        return {{u"template"_s, slug},
                {key, value},
                {u"variables"_s, QJsonObject{{u"input"_s, newId().toString()}}},
                {u"model"_s, u"demo/echo"_s}};
    }

    std::optional<TemplateDesk> m_desk;
};

void TestTemplateLabels::life()
{
    const QString path = m_desk->make(u"life"_s);
    QCOMPARE(m_desk->save(path, u"Two {{input}}"_s), 201);
    const QString label = path + u"/labels/production"_s;
    const HttpAnswer set = m_desk->send("PUT", label, {{u"version"_s, 1}, {u"note"_s, u"first"_s}});
    QCOMPARE(set.status, 201);
    QCOMPARE(set.headers.value("etag"), QByteArray("\"1\""));
    QCOMPARE(set.json()[u"version"_s], 1);
    QVERIFY(set.json()[u"previousVersion"_s].isNull());
    QVERIFY(!set.json()[u"authorName"_s].toString().isEmpty());

    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 1}}).json(), set.json()); // it stands there already
    const HttpAnswer moved = m_desk->send("PUT", label, {{u"version"_s, 2}, {u"note"_s, u"better"_s}});
    QCOMPARE(moved.status, 200);
    QCOMPARE(moved.json()[u"previousVersion"_s], 1);
    QCOMPARE(moved.json()[u"note"_s], u"better"_s);

    QCOMPARE(m_desk->label(path, u"staging"_s, 2), 201);
    const QJsonArray labels = m_desk->send("GET", path + u"/labels"_s).json()[u"items"_s].toArray();
    QCOMPARE(labels.size(), 2);
    QCOMPARE(labels[0], QJsonValue(moved.json()));

    const HttpAnswer back = m_desk->send("POST", label + u"/rollback"_s, {{u"note"_s, u"worse"_s}});
    QCOMPARE(back.status, 200);
    QCOMPARE(back.json()[u"version"_s], 1);
    QCOMPARE(m_desk->send("DELETE", label).status, 204);
    QCOMPARE(m_desk->send("DELETE", label).status, 404);
    QCOMPARE(m_desk->send("POST", label + u"/rollback"_s).status, 404);

    QStringList actions;
    const QJsonArray history = m_desk->send("GET", label + u"/history"_s).json()[u"items"_s].toArray();
    for (const QJsonValue change : history)
        actions.append(change[u"action"_s].toString() + u' ' + QString::number(change[u"version"_s].toInt()) + u' '
                       + change[u"note"_s].toString());
    QCOMPARE(actions, QStringList({u"removed 0 "_s, u"rolledBack 1 worse"_s, u"moved 2 better"_s, u"set 1 first"_s}));
    const HttpAnswer page = m_desk->send("GET", label + u"/history?limit=3"_s);
    const QString cursor = page.json()[u"nextCursor"_s].toString();
    const QJsonArray rest = m_desk->send("GET", label + u"/history?cursor="_s + cursor).json()[u"items"_s].toArray();
    QCOMPARE(rest.size(), 1);
    QCOMPARE(rest[0], history[3]);
    QCOMPARE(m_desk->send("GET", path + u"/labels/never/history"_s).status, 404);
}

void TestTemplateLabels::goesBackStepByStep()
{
    const QString path = m_desk->make(u"steps"_s);
    for (int i = 2; i <= 4; ++i)
        QCOMPARE(m_desk->save(path, u"%1 {{input}}"_s.arg(i)), 201);
    const QString label = path + u"/labels/live"_s;
    for (const int version : {2, 1, 4})
        m_desk->label(path, u"live"_s, version);
    const auto rollBack = [&] { return m_desk->send("POST", label + u"/rollback"_s); };
    QCOMPARE(rollBack().json()[u"version"_s], 1);
    QCOMPARE(m_desk->label(path, u"live"_s, 3), 200);
    QCOMPARE(rollBack().json()[u"version"_s], 1);
    QCOMPARE(rollBack().json()[u"version"_s], 2);
    const HttpAnswer none = rollBack();
    QCOMPARE(none.status, 409);
    QVERIFY(none.json()[u"detail"_s].toString().contains(u"version 2"_s));
}

void TestTemplateLabels::badNamesAndVersions_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("capitals") << u"Production"_s << 1 << u"/label"_s;
    QTest::newRow("a number is a version") << u"3"_s << 1 << u"/label"_s;
    QTest::newRow("the newest needs none") << u"latest"_s << 1 << u"/label"_s;
    QTest::newRow("too long") << QString(61, u'a') << 1 << u"/label"_s;
    QTest::newRow("no such version") << u"staging"_s << 2 << u"/version"_s;
    QTest::newRow("no version") << u"staging"_s << 0 << u"/version"_s;
}

void TestTemplateLabels::badNamesAndVersions()
{
    QFETCH(const QString, label);
    QFETCH(const int, version);
    QFETCH(const QString, pointer);
    static const QString path = m_desk->make(u"bad-names"_s);
    const HttpAnswer refused = m_desk->send("PUT", path + u"/labels/"_s + label, {{u"version"_s, version}});
    QCOMPARE(refused.status, 422);
    QVERIFY2(!problemAt(refused, pointer).isEmpty(), refused.body.constData());
    QVERIFY(m_desk->send("GET", path + u"/labels"_s).json()[u"items"_s].toArray().isEmpty());
}

void TestTemplateLabels::onlyWithTheAbility()
{
    const QString label = m_desk->make(u"guarded"_s) + u"/labels/production"_s;
    QCOMPARE(m_desk->as(u"viewer"_s, "PUT", label, {{u"version"_s, 1}}).status, 403);
    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 1}}).status, 201);
    QCOMPARE(m_desk->as(u"viewer"_s, "POST", label + u"/rollback"_s).status, 403);
    QCOMPARE(m_desk->as(u"viewer"_s, "DELETE", label).status, 403);
    QCOMPARE(m_desk->as(u"viewer"_s, "GET", label + u"/history"_s).status, 200);
}

void TestTemplateLabels::movesThatMissOneAnother()
{
    const QString path = m_desk->make(u"race"_s);
    QCOMPARE(m_desk->save(path, u"Two {{input}}"_s), 201);
    const QString label = path + u"/labels/production"_s;
    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 1}}, "\"1\"").status, 412); // there was none
    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 1}}).status, 201);
    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 2}}, "\"1\"").headers.value("etag"), QByteArray("\"2\""));
    QCOMPARE(m_desk->send("PUT", label, {{u"version"_s, 1}}, "\"1\"").status, 412);
    QCOMPARE(m_desk->send("POST", label + u"/rollback"_s, {}, "\"1\"").status, 412);
    QCOMPARE(m_desk->send("DELETE", label, {}, "\"1\"").status, 412);
    QCOMPARE(m_desk->send("POST", label + u"/rollback"_s, {}, "\"2\"").status, 200);
}

void TestTemplateLabels::listsCarryThem()
{
    const QString path = m_desk->make(u"carries"_s, u"{{input}}"_s, {{u"folder"_s, u"carried"_s}});
    m_desk->save(path, u"Two {{input}}"_s);
    m_desk->label(path, u"staging"_s, 2);
    m_desk->label(path, u"production"_s, 1);
    const QJsonArray expected{QJsonObject{{u"label"_s, u"production"_s}, {u"version"_s, 1}},
                              QJsonObject{{u"label"_s, u"staging"_s}, {u"version"_s, 2}}};
    QCOMPARE(m_desk->send("GET", path).json()[u"template"_s][u"labels"_s].toArray(), expected);
    const HttpAnswer list = m_desk->send("GET", u"/templates?folder=carried"_s);
    QCOMPARE(list.json()[u"items"_s][0][u"labels"_s].toArray(), expected);
    QVERIFY(m_desk->slugs(u"?label=staging&folder=carried"_s) == QStringList{u"carries"_s});
    m_desk->send("DELETE", path + u"/labels/staging"_s);
    QVERIFY(m_desk->slugs(u"?label=staging&folder=carried"_s).isEmpty());
}

void TestTemplateLabels::isAuditedAndTold()
{
    QUrl address = m_desk->server.url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    const QString path = m_desk->make(u"told"_s);
    const QString topic = u"template/"_s + TemplateDesk::idOf(path);
    LiveReader reader(address);
    QTRY_VERIFY(reader.isOpen());
    reader.say({{u"type"_s, u"authenticate"_s},
                {u"token"_s, QString::fromLatin1(m_desk->server.token(u"acme"_s, u"viewer"_s))}});
    reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{topic}}});
    QTRY_COMPARE(reader.of(u"subscribed"_s).size(), 1);
    QCOMPARE(m_desk->send("PUT", path + u"/labels/production"_s, {{u"version"_s, 1}, {u"note"_s, u"go"_s}}).status,
             201);
    const auto moves = [&] {
        QList<QJsonObject> moves; // that the template was made may be told only now as well
        for (const QJsonObject &event : reader.of(u"event"_s))
            if (event[u"name"_s] == u"template.labelMoved"_s)
                moves << event;
        return moves;
    };
    QTRY_COMPARE(moves().size(), 1);
    const QJsonObject event = moves().first();
    QCOMPARE(event[u"topic"_s], topic);
    QCOMPARE(event[u"data"_s][u"labels"_s][0][u"label"_s], u"production"_s);

    const HttpAnswer log =
        m_desk->as(u"owner"_s, "GET", u"/audit?action=templates.publish&subjectId="_s + TemplateDesk::idOf(path));
    const QJsonArray entries = log.json()[u"items"_s].toArray();
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0][u"reason"_s], u"go"_s);
    const HttpAnswer entry = m_desk->as(u"owner"_s, "GET", u"/audit/"_s + entries[0][u"id"_s].toString());
    QCOMPARE(entry.json()[u"after"_s], QJsonValue(QJsonObject{{u"label"_s, u"production"_s}, {u"version"_s, 1}}));
}

void TestTemplateLabels::generateTakesALabel()
{
    const QString path = m_desk->make(u"asked"_s, u"One {{input}}"_s);
    m_desk->save(path, u"Two {{input}}"_s);
    m_desk->label(path, u"production"_s, 1);
    QCOMPARE(m_desk->generate(ask(u"asked"_s, u"label"_s, u"production"_s)).json()[u"templateVersion"_s], 1);
    QCOMPARE(m_desk->generate(ask(u"asked"_s, u"version"_s, 2)).json()[u"templateVersion"_s], 2);
    const HttpAnswer missing = m_desk->generate(ask(u"asked"_s, u"label"_s, u"staging"_s));
    QCOMPARE(missing.status, 422);
    QVERIFY2(problemAt(missing, u"/label"_s).contains(u"production"_s), missing.body.constData());
    QJsonObject both = ask(u"asked"_s, u"label"_s, u"production"_s);
    both.insert(u"version"_s, 1);
    QVERIFY(problemAt(m_desk->generate(both), u"/label"_s).contains(u"beside"_s));
    QCOMPARE(problemAt(m_desk->generate(ask(u"no-such"_s, u"label"_s, u"x"_s)), u"/template"_s).isEmpty(), false);
    // The same input by label and by version is the same job.
    QJsonObject byLabel = ask(u"asked"_s, u"label"_s, u"production"_s);
    const QString first = m_desk->generate(byLabel).json()[u"id"_s].toString();
    byLabel.remove(u"label"_s);
    byLabel.insert(u"version"_s, 1);
    QCOMPARE(m_desk->generate(byLabel).json()[u"id"_s], first);
}

void TestTemplateLabels::aMovedLabelLeavesQueuedJobs()
{
    const QString path = m_desk->make(u"queued"_s, u"One {{input}}"_s);
    m_desk->save(path, u"Two {{input}}"_s);
    m_desk->label(path, u"production"_s, 1);
    QJsonObject later = ask(u"queued"_s, u"label"_s, u"production"_s);
    later.insert(u"runAt"_s, QDateTime::currentDateTimeUtc().addMSecs(1500).toString(Qt::ISODateWithMs));
    const HttpAnswer made = m_desk->generate(later, {});
    QCOMPARE(made.json()[u"state"_s], u"queued"_s);
    QCOMPARE(m_desk->label(path, u"production"_s, 2), 200);
    const QString job = u"/jobs/"_s + made.json()[u"id"_s].toString();
    QJsonObject detail;
    QTRY_VERIFY_WITH_TIMEOUT(
        (detail = m_desk->send("GET", job).json())[u"job"_s][u"state"_s] == QJsonValue(u"completed"_s), 20'000);
    QCOMPARE(detail[u"job"_s][u"templateVersion"_s], 1);
    QVERIFY(detail[u"messages"_s][0][u"content"_s].toString().startsWith(u"One "_s));
}

void TestTemplateLabels::rulesNarrowThem()
{
    const QString path = m_desk->make(u"ruled"_s, u"{{input}}"_s, {{u"folder"_s, u"legal"_s}});
    const QJsonObject rule{
        {u"effect"_s, u"deny"_s},
        {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
        {u"subject"_s, u"templates"_s},
        {u"actions"_s, QJsonArray{u"publish"_s}},
        {u"conditions"_s, QJsonObject{{u"folder"_s, u"legal"_s}}},
        {u"reason"_s, u"Legal publishes its own."_s}};
    const HttpAnswer made = m_desk->as(u"owner"_s, "POST", u"/rules"_s, rule);
    QCOMPARE(made.status, 201);
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->send("PUT", path + u"/labels/production"_s, {{u"version"_s, 1}}).status, 403,
                              5000);
    const QString other = m_desk->make(u"unruled"_s);
    QCOMPARE(m_desk->label(other, u"production"_s, 1), 201);
}

QTEST_GUILESS_MAIN(TestTemplateLabels)
#include "tst_template_labels.moc"
