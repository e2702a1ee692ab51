// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString path = u"/api/v1/datasets"_s;

QJsonObject equalsOne() { return {{u"kind"_s, u"equals"_s}}; }

QJsonObject caseOf(const QString &input, const QString &expected = {})
{
    QJsonObject one{{u"variables"_s, QJsonObject{{u"input"_s, input}}}};
    if (!expected.isNull())
        one.insert(u"expected"_s, expected);
    return one;
}

} // namespace

// Datasets and their cases over HTTP.
class TestDatasets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_owner = m_server.token(u"acme"_s, u"owner"_s); }

    void madeChangedRemoved()
    {
        const HttpAnswer made = m_server.post(path,
                                              {{u"name"_s, u" Refunds "_s},
                                               {u"tags"_s, QJsonArray{u"a"_s, u"a"_s}},
                                               {u"assertions"_s, QJsonArray{equalsOne()}}},
                                              m_owner);
        QVERIFY2(made.status == 201, made.body);
        QCOMPARE(made.json()[u"name"_s], u"Refunds"_s);
        QCOMPARE(made.json()[u"tags"_s].toArray().size(), 1);
        QCOMPARE(made.json()[u"caseCount"_s], 0);
        const QString one = path + u'/' + made.json()[u"id"_s].toString();
        const QJsonObject change{{u"name"_s, u"All refunds"_s}, {u"passScore"_s, 0.8}};
        QCOMPARE(m_server.send("PATCH", one, change, {.token = m_owner}).status, 428);
        QCOMPARE(patch(one, change, "\"7\"").status, 412);
        const HttpAnswer changed = patch(one, change, "\"1\"");
        QVERIFY2(changed.status == 200, changed.body);
        QCOMPARE(changed.json()[u"passScore"_s], 0.8);
        QCOMPARE(changed.json()[u"assertions"_s].toArray().size(), 1);
        QCOMPARE(patch(one, {{u"clearPassScore"_s, true}}, "\"2\"").json()[u"passScore"_s], QJsonValue::Null);
        const HttpAnswer twin = m_server.post(path, {{u"name"_s, u"all REFUNDS"_s}}, m_owner);
        QCOMPARE(twin.status, 409);
        QCOMPARE(twin.json()[u"errors"_s][0][u"pointer"_s], u"/name"_s);
        QCOMPARE(m_server.get(path + u"?search=refund"_s, m_owner).json()[u"items"_s].toArray().size(), 1);
        QCOMPARE(m_server.get(path + u"?tag=b"_s, m_owner).json()[u"items"_s].toArray().size(), 0);
        QCOMPARE(m_server.send("DELETE", one, {}, {.token = m_owner}).status, 204);
        QCOMPARE(m_server.get(one, m_owner).status, 404);
        QCOMPARE(m_server.get(one + u"/cases"_s, m_owner).status, 404);
    }

    void wrongDatasetsAreRefused_data()
    {
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("blank") << QJsonObject{{u"name"_s, u"  "_s}} << u"/name"_s;
        QTest::newRow("a tag") << QJsonObject{{u"name"_s, u"x"_s}, {u"tags"_s, QJsonArray{u" "_s}}} << u"/tags/0"_s;
        QTest::newRow("an assertion") << QJsonObject{{u"name"_s, u"x"_s},
                                                     {u"assertions"_s,
                                                      QJsonArray{equalsOne(), QJsonObject{{u"kind"_s, u"contains"_s}}}}}
                                      << u"/assertions/1/values"_s;
        QTest::newRow("a score") << QJsonObject{{u"name"_s, u"x"_s}, {u"passScore"_s, 2}} << u"/passScore"_s;
    }
    void wrongDatasetsAreRefused()
    {
        QFETCH(const QJsonObject, body);
        QFETCH(const QString, pointer);
        const HttpAnswer answer = m_server.post(path, body, m_owner);
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
    }

    void casesAreEditedTogether()
    {
        const QString cases = newDataset(u"Grid"_s) + u"/cases"_s;
        const HttpAnswer added =
            patch(cases, {{u"added"_s, QJsonArray{caseOf(u"a"_s, u"A"_s), caseOf(u"b"_s), caseOf(u"c"_s)}}});
        QVERIFY2(added.status == 200, added.body);
        const QJsonArray there = added.json()[u"added"_s].toArray();
        QCOMPARE(there.size(), 3);
        QCOMPARE(there[2][u"number"_s], 3);

        const QJsonObject edit{
            {u"added"_s, QJsonArray{caseOf(u"d"_s)}},
            {u"changed"_s,
             QJsonArray{QJsonObject{{u"id"_s, there[1][u"id"_s]},
                                    {u"revision"_s, 1},
                                    {u"variables"_s, QJsonObject{{u"more"_s, 7}}},
                                    {u"expected"_s, u"B"_s},
                                    {u"tags"_s, QJsonArray{u"x"_s}}},
                        QJsonObject{{u"id"_s, there[0][u"id"_s]},
                                    {u"revision"_s, 1},
                                    {u"variables"_s, QJsonObject{{u"input"_s, QJsonValue::Null}, {u"other"_s, u"o"_s}}},
                                    {u"clearExpected"_s, true}}}},
            {u"removed"_s, QJsonArray{QJsonObject{{u"id"_s, there[2][u"id"_s]}, {u"revision"_s, 1}}}}};
        const HttpAnswer edited = patch(cases, edit);
        QVERIFY2(edited.status == 200, edited.body);
        QCOMPARE(edited.json()[u"removed"_s], 1);
        const QJsonArray changed = edited.json()[u"changed"_s].toArray();
        QCOMPARE(changed[0][u"variables"_s].toObject(), (QJsonObject{{u"input"_s, u"b"_s}, {u"more"_s, 7}}));
        QCOMPARE(changed[0][u"revision"_s], 2);
        QCOMPARE(changed[1][u"variables"_s].toObject(), (QJsonObject{{u"other"_s, u"o"_s}}));
        QVERIFY(changed[1][u"expected"_s].isNull());

        // Somebody else has changed one of them: nothing happens, and it is named.
        const HttpAnswer late =
            patch(cases,
                  {{u"added"_s, QJsonArray{caseOf(u"e"_s)}},
                   {u"changed"_s,
                    QJsonArray{QJsonObject{{u"id"_s, there[0][u"id"_s]}, {u"revision"_s, 2}, {u"expected"_s, u"1"_s}},
                               QJsonObject{{u"id"_s, there[1][u"id"_s]}, {u"revision"_s, 1}, {u"expected"_s, u"2"_s}}}},
                   {u"removed"_s, QJsonArray{QJsonObject{{u"id"_s, there[2][u"id"_s]}, {u"revision"_s, 1}}}}});
        QCOMPARE(late.status, 412);
        QCOMPARE(late.json()[u"errors"_s].toArray().size(), 1);
        QCOMPARE(late.json()[u"errors"_s][0][u"pointer"_s], u"/changed/1"_s);
        const QJsonArray now = m_server.get(cases, m_owner).json()[u"items"_s].toArray();
        QCOMPARE(now.size(), 3);
        QVERIFY(now[0][u"expected"_s].isNull());

        QCOMPARE(m_server.get(cases + u"?search=more"_s, m_owner).json()[u"items"_s].toArray().size(), 1);
        QCOMPARE(m_server.get(cases + u"?tag=x"_s, m_owner).json()[u"items"_s].toArray().size(), 1);
        const QJsonObject first = m_server.get(cases + u"?limit=2"_s, m_owner).json();
        QCOMPARE(first[u"items"_s].toArray().size(), 2);
        const QJsonArray rest = m_server.get(cases + u"?limit=2&cursor="_s + first[u"nextCursor"_s].toString(), m_owner)
                                    .json()[u"items"_s]
                                    .toArray();
        QCOMPARE(rest.size(), 1);
        QCOMPARE(rest[0][u"variables"_s][u"input"_s], u"d"_s);
    }

    void wrongEditsAreRefused()
    {
        const QString cases = newDataset(u"Wrong edits"_s) + u"/cases"_s;
        const QJsonObject broken{{u"variables"_s, QJsonObject()},
                                 {u"assertions"_s, QJsonArray{QJsonObject{{u"kind"_s, u"toolCall"_s}}}}};
        const HttpAnswer answer = patch(cases, {{u"added"_s, QJsonArray{caseOf(u"a"_s), broken}}});
        QCOMPARE(answer.status, 422);
        QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], u"/added/1/assertions/0/tool"_s);
        QCOMPARE(m_server.get(cases, m_owner).json()[u"items"_s].toArray().size(), 0);
    }

    void imported()
    {
        const QString dataset = newDataset(u"Imported"_s);
        const QJsonObject table{{u"format"_s, u"csv"_s},
                                {u"text"_s, u"input,n:json,expected\nWhat?,3,Fine\nWhy?,,\n"_s},
                                {u"isDryRun"_s, true}};
        const QJsonObject dry = m_server.post(dataset + u"/import"_s, table, m_owner).json();
        QCOMPARE(dry[u"rows"_s], 2);
        QCOMPARE(dry[u"added"_s], 0);
        QCOMPARE(dry[u"variables"_s].toArray(), (QJsonArray{u"input"_s, u"n"_s}));
        QCOMPARE(dry[u"sample"_s][1][u"variables"_s].toObject(), (QJsonObject{{u"input"_s, u"Why?"_s}}));
        QCOMPARE(m_server.get(dataset, m_owner).json()[u"caseCount"_s], 0);
        QJsonObject wet = table;
        wet[u"isDryRun"_s] = false;
        QCOMPARE(m_server.post(dataset + u"/import"_s, wet, m_owner).json()[u"added"_s], 2);
        const QJsonObject lines{{u"format"_s, u"jsonLines"_s},
                                {u"text"_s, u"{\"variables\":{\"input\":\"x\"}}\n{\"tags\":[1]}\nnonsense\n"_s}};
        const QJsonObject refused = m_server.post(dataset + u"/import"_s, lines, m_owner).json();
        QCOMPARE(refused[u"added"_s], 0);
        QCOMPARE(refused[u"problems"_s].toArray().size(), 2);
        QCOMPARE(refused[u"problems"_s][0][u"row"_s], 2);
        QCOMPARE(refused[u"problems"_s][0][u"column"_s], u"/tags/0"_s);
        QCOMPARE(refused[u"problems"_s][1][u"row"_s], 3);
        QCOMPARE(m_server.get(dataset, m_owner).json()[u"caseCount"_s], 2);
    }

    // What is exported is what was there, also over several pages.
    void exportedAndImportedAgain()
    {
        const QString dataset = newDataset(u"Exported"_s), copy = newDataset(u"Copy"_s);
        QJsonArray added;
        for (int i = 0; i < 57; ++i) {
            QJsonObject one = caseOf(u"=formula %1, \"quoted\"\nand more"_s.arg(i), u"'yes"_s);
            if (i % 3 == 0)
                one.insert(u"variables"_s, QJsonObject{{u"list"_s, QJsonArray{i, u"x"_s}}});
            one.insert(u"tags"_s, QJsonArray{u"t%1"_s.arg(i % 2)});
            added.append(one);
        }
        QCOMPARE(patch(dataset + u"/cases"_s, {{u"added"_s, added}}).status, 200);
        for (const QString &format : {u"csv"_s, u"jsonLines"_s}) {
            const HttpAnswer file = m_server.get(dataset + u"/export?format="_s + format, m_owner);
            QCOMPARE(file.status, 200);
            QVERIFY(file.headers["content-disposition"].startsWith("attachment"));
            const QJsonObject back{{u"format"_s, format}, {u"text"_s, QString::fromUtf8(file.body)}};
            const HttpAnswer report = m_server.post(copy + u"/import"_s, back, m_owner);
            QVERIFY2(report.json()[u"added"_s] == 57, report.body);
        }
        const QJsonArray before = m_server.get(dataset + u"/cases?limit=200"_s, m_owner).json()[u"items"_s].toArray();
        const QJsonArray after = m_server.get(copy + u"/cases?limit=200"_s, m_owner).json()[u"items"_s].toArray();
        QCOMPARE(after.size(), 114);
        for (int i = 0; i < 114; ++i)
            for (const QString &member : {u"variables"_s, u"expected"_s, u"tags"_s})
                QCOMPARE(after[i][member], before[i % 57][member]);
        QCOMPARE(m_server.get(copy + u"/export?format=xml"_s, m_owner).status, 422);
    }

    void pickedFromJobs()
    {
        const QJsonObject made{
            {u"name"_s, u"Picked"_s},
            {u"slug"_s, u"picked"_s},
            {u"version"_s, QJsonObject{{u"userPrompt"_s, u"Say {{input}}"_s}, {u"defaultModel"_s, u"demo/fast"_s}}}};
        QCOMPARE(m_server.post(u"/api/v1/templates"_s, made, m_owner).status, 201);
        const auto job = [&](const QJsonObject &ask) {
            return m_server.post(u"/api/v1/generate?wait=20"_s, ask, m_owner).json();
        };
        const QJsonObject good =
            job({{u"template"_s, u"picked"_s}, {u"variables"_s, QJsonObject{{u"input"_s, u"hello"_s}}}});
        const QJsonObject raw =
            job({{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"x"_s}}}},
                 {u"model"_s, u"demo/fast"_s}});
        const QString pick = newDataset(u"From jobs"_s) + u"/cases/from-jobs"_s;
        const HttpAnswer picked = m_server.post(
            pick, {{u"jobIds"_s, QJsonArray{good[u"id"_s]}}, {u"tags"_s, QJsonArray{u"real"_s}}}, m_owner);
        QVERIFY2(picked.status == 200, picked.body);
        const QJsonValue one = picked.json()[u"added"_s][0];
        QCOMPARE(one[u"variables"_s][u"input"_s], u"hello"_s);
        QCOMPARE(one[u"expected"_s], good[u"output"_s]);
        QCOMPARE(one[u"jobId"_s], good[u"id"_s]);
        const HttpAnswer refused = m_server.post(
            pick, {{u"jobIds"_s, QJsonArray{good[u"id"_s], raw[u"id"_s], u"0192f0c1-0000-7000-8000-000000000000"_s}}},
            m_owner);
        QCOMPARE(refused.status, 422);
        QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/jobIds/1"_s);
        QCOMPARE(refused.json()[u"errors"_s][1][u"pointer"_s], u"/jobIds/2"_s);
    }

private:
    HttpAnswer patch(const QString &where, const QJsonObject &body, const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = m_owner};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return m_server.send("PATCH", where, body, headers);
    }
    QString newDataset(const QString &name)
    {
        return path + u'/' + m_server.post(path, {{u"name"_s, name}}, m_owner).json()[u"id"_s].toString();
    }

    TestServer m_server{[](Config &config) { config.demoHistory = false; }};
    QByteArray m_owner;
};

QTEST_GUILESS_MAIN(TestDatasets)
#include "tst_datasets.moc"
