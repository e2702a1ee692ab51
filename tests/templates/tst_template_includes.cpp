// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/templates/template_desk.h"

using namespace Qt::StringLiterals;

// Templates that include others, over HTTP.
class TestTemplateIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_desk.emplace(); }
    void rendersWhatLabelsSay();
    void jobsRecordWhatTheyUsed();
    void theHashHoldsWhatIsIncluded();
    void refusals_data();
    void refusals();
    void circles();
    void aLabelDoesNotCloseACircle();
    void depthIsLimited();
    void variablesAreCheckedByTheIncludingSchema();
    void aRunSaysWhatHasBroken();
    void usedBy();
    void whatIsIncludedStays();
    void onlyReadableOnesAreIncluded();

private:
    QString userMessage(const HttpAnswer &answer)
    {
        const QJsonArray messages = answer.json()[u"messages"_s].toArray();
        return messages.isEmpty() ? QString::fromUtf8(answer.body) : messages.last()[u"content"_s].toString();
    }
    QString rendered(const QString &path, const QJsonObject &more = {})
    {
        QJsonObject body{{u"variables"_s, QJsonObject{{u"input"_s, u"X"_s}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        return userMessage(m_desk->send("POST", path + u"/render"_s, body));
    }
    QJsonObject ask(const QString &slug)
    {
        return {{u"template"_s, slug}, {u"variables"_s, QJsonObject{{u"input"_s, u"X"_s}}}};
    }

    std::optional<TemplateDesk> m_desk;
};

void TestTemplateIncludes::rendersWhatLabelsSay()
{
    const QString tone = m_desk->make(u"tone"_s, u"Be kind.\nBe short.\n"_s);
    m_desk->save(tone, u"Be terse.\n"_s);
    QCOMPARE(m_desk->label(tone, u"production"_s, 1), 201);
    const QString path = m_desk->make(u"reply"_s, u"Rules:\n  {{> tone@production}}\nNow: {{> tone@2}}{{input}}"_s);
    QCOMPARE(rendered(path), u"Rules:\n  Be kind.\n  Be short.\nNow: Be terse.\nX"_s);
    QCOMPARE(m_desk->label(tone, u"production"_s, 2), 200);
    QCOMPARE(rendered(path), u"Rules:\n  Be terse.\nNow: Be terse.\nX"_s);
    const QString latest = m_desk->make(u"reply-latest"_s, u"{{> tone}}{{input}}"_s);
    QCOMPARE(rendered(latest), u"Be terse.\nX"_s);
    m_desk->save(tone, u"Third.\n"_s);
    QCOMPARE(rendered(latest), u"Third.\nX"_s);
}

void TestTemplateIncludes::jobsRecordWhatTheyUsed()
{
    const QString part = m_desk->make(u"part"_s, u"Part one"_s);
    m_desk->make(u"whole"_s, u"{{> part}} {{input}}"_s);
    const HttpAnswer job = m_desk->generate(ask(u"whole"_s));
    QCOMPARE(job.json()[u"state"_s], u"completed"_s);
    QCOMPARE(job.json()[u"output"_s].toString().contains(u"Part one X"_s), true);
    m_desk->save(part, u"Part two"_s);
    const HttpAnswer detail = m_desk->send("GET", u"/jobs/"_s + job.json()[u"id"_s].toString());
    const QJsonArray includes = detail.json()[u"includes"_s].toArray();
    QCOMPARE(includes.size(), 1);
    QCOMPARE(includes[0][u"slug"_s], u"part"_s);
    QCOMPARE(includes[0][u"version"_s], 1);
    QCOMPARE(includes[0][u"templateId"_s], TemplateDesk::idOf(part));
}

void TestTemplateIncludes::theHashHoldsWhatIsIncluded()
{
    const QString part = m_desk->make(u"hashed-part"_s, u"One"_s);
    m_desk->make(u"hashed"_s, u"{{> hashed-part}} {{input}}"_s);
    const QJsonValue first = m_desk->generate(ask(u"hashed"_s)).json()[u"id"_s];
    QCOMPARE(m_desk->generate(ask(u"hashed"_s)).json()[u"id"_s], first);
    QCOMPARE(m_desk->save(part, u"Two"_s), 201);
    const HttpAnswer second = m_desk->generate(ask(u"hashed"_s));
    QVERIFY(second.json()[u"id"_s] != first);
    QVERIFY(second.json()[u"output"_s].toString().contains(u"Two X"_s));
}

void TestTemplateIncludes::refusals_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("words");
    QTest::newRow("no template") << u"a\n {{> nowhere}}"_s << u"line 2, column 2: There is no template “nowhere”"_s;
    QTest::newRow("no label") << u"{{> base@live}}"_s << u"“base” has no label “live”"_s;
    QTest::newRow("no version") << u"{{> base@7}}"_s << u"“base@7” has no such version"_s;
    QTest::newRow("nothing behind the at") << u"{{> base@}}"_s << u"has no label"_s;
    QTest::newRow("no name") << u"{{> }}"_s << u"{{> slug}}"_s;
}

void TestTemplateIncludes::refusals()
{
    QFETCH(const QString, prompt);
    QFETCH(const QString, words);
    static const QString base = m_desk->make(u"base"_s, u"Base"_s);
    const QJsonObject input{{u"name"_s, u"Refused"_s}, {u"version"_s, TemplateDesk::version(prompt)}};
    const HttpAnswer refused = m_desk->send("POST", u"/templates"_s, input);
    QCOMPARE(refused.status, 422);
    QVERIFY2(problemAt(refused, u"/version/userPrompt"_s).contains(words), refused.body.constData());
    QVERIFY(m_desk->slugs(u"?search=refused"_s).isEmpty());
}

void TestTemplateIncludes::circles()
{
    const QString a = m_desk->make(u"circle-a"_s, u"A"_s);
    m_desk->make(u"circle-b"_s, u"B {{> circle-a}}"_s);
    m_desk->make(u"circle-c"_s, u"C {{> circle-b}}"_s);
    const auto problem = [&](const QString &prompt) {
        return problemAt(m_desk->send("POST", a + u"/versions"_s, TemplateDesk::version(prompt)), u"/userPrompt"_s);
    };
    QVERIFY(problem(u"{{> circle-a}}"_s).contains(u"cannot include itself"_s));
    const QString found = problem(u"{{> circle-c}}"_s);
    QVERIFY2(found.contains(u"circle-a → circle-c → circle-b → circle-a"_s), qPrintable(found));
}

void TestTemplateIncludes::aLabelDoesNotCloseACircle()
{
    const QString b = m_desk->make(u"turn-b"_s, u"B"_s);
    m_desk->label(b, u"live"_s, 1);
    m_desk->make(u"turn-a"_s, u"A {{> turn-b@live}}"_s);
    const QString c = m_desk->make(u"turn-c"_s, u"C"_s);
    QCOMPARE(m_desk->save(b, u"B {{> turn-c}}"_s), 201);
    QCOMPARE(m_desk->save(c, u"C {{> turn-a}}"_s), 201); // turn-b@live is still version 1
    const HttpAnswer refused = m_desk->send("PUT", b + u"/labels/live"_s, {{u"version"_s, 2}});
    QCOMPARE(refused.status, 422);
    QVERIFY2(problemAt(refused, u"/version"_s).contains(u"in a circle"_s), refused.body.constData());
    QCOMPARE(m_desk->send("GET", b).json()[u"template"_s][u"labels"_s][0][u"version"_s], 1);
}

void TestTemplateIncludes::depthIsLimited()
{
    m_desk->make(u"deep-0"_s, u"end"_s);
    for (int i = 1; i <= 8; ++i)
        m_desk->make(u"deep-%1"_s.arg(i), u"{{> deep-%1}}."_s.arg(i - 1));
    const QJsonObject input{{u"name"_s, u"Too deep"_s}, {u"version"_s, TemplateDesk::version(u"{{> deep-8}}"_s)}};
    const HttpAnswer refused = m_desk->send("POST", u"/templates"_s, input);
    QVERIFY2(problemAt(refused, u"/version/userPrompt"_s).contains(u"deeper than 8"_s), refused.body.constData());
}

void TestTemplateIncludes::variablesAreCheckedByTheIncludingSchema()
{
    const QJsonObject schema{{u"type"_s, u"object"_s},
                             {u"properties"_s, QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    const QJsonObject own{{u"version"_s, TemplateDesk::version(u"Dear {{name}},"_s, {{u"variablesSchema"_s, schema}})}};
    m_desk->make(u"salutation"_s, {}, own);
    QJsonObject input{{u"name"_s, u"Letter"_s}, {u"version"_s, TemplateDesk::version(u"{{> salutation}} {{input}}"_s)}};
    const HttpAnswer refused = m_desk->send("POST", u"/templates"_s, input);
    QVERIFY2(problemAt(refused, u"/version/userPrompt"_s).contains(u"In “salutation”: “name” is not known"_s),
             refused.body.constData());
    input.insert(u"version"_s, TemplateDesk::version(u"{{> salutation}} hello"_s, {{u"variablesSchema"_s, schema}}));
    QCOMPARE(m_desk->send("POST", u"/templates"_s, input).status, 201);
}

void TestTemplateIncludes::aRunSaysWhatHasBroken()
{
    const QString part = m_desk->make(u"changing"_s, u"fine"_s);
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"other"_s, true}}}};
    m_desk->make(u"relies"_s, u"{{> changing}} {{input}}"_s);
    QCOMPARE(m_desk->save(part, u"now {{other}}"_s, {{u"variablesSchema"_s, schema}}), 201);
    const HttpAnswer refused = m_desk->generate(ask(u"relies"_s));
    QCOMPARE(refused.status, 422);
    QVERIFY2(problemAt(refused, u"/template"_s).contains(u"In “changing”: “other” is not known"_s),
             refused.body.constData());
}

void TestTemplateIncludes::usedBy()
{
    const QString part = m_desk->make(u"used-part"_s, u"P"_s);
    const QString one = m_desk->make(u"user-one"_s, u"{{> used-part}}"_s);
    const QString two = m_desk->make(u"user-two"_s, u"{{> used-part@1}}"_s);
    m_desk->label(two, u"production"_s, 1);
    m_desk->save(two, u"no more"_s);
    m_desk->save(one, u"{{> used-part}} again"_s); // version 1 is neither the latest nor labelled
    const QJsonArray uses = m_desk->send("GET", part + u"/used-by"_s).json()[u"items"_s].toArray();
    QCOMPARE(uses.size(), 2);
    QCOMPARE(uses[0][u"slug"_s], u"user-one"_s);
    QCOMPARE(uses[0][u"version"_s], 2);
    QCOMPARE(uses[0][u"isLatest"_s], true);
    QCOMPARE(uses[1][u"reference"_s], u"used-part@1"_s);
    QCOMPARE(uses[1][u"labels"_s], QJsonValue(QJsonArray{u"production"_s}));
    const HttpAnswer page = m_desk->send("GET", part + u"/used-by?limit=1"_s);
    const QString cursor = page.json()[u"nextCursor"_s].toString();
    const HttpAnswer rest = m_desk->send("GET", part + u"/used-by?cursor="_s + cursor);
    QCOMPARE(rest.json()[u"items"_s], QJsonValue(QJsonArray{uses[1]}));
}

void TestTemplateIncludes::whatIsIncludedStays()
{
    const QString part = m_desk->make(u"held"_s, u"P"_s);
    m_desk->label(part, u"stable"_s, 1);
    const QString user = m_desk->make(u"holder"_s, u"{{> held@stable}}"_s);
    const HttpAnswer removal = m_desk->send("DELETE", part);
    QCOMPARE(removal.status, 409);
    QVERIFY(removal.json()[u"detail"_s].toString().contains(u"holder"_s));
    const HttpAnswer renaming =
        m_desk->send("PATCH", part, {{u"slug"_s, u"held-else"_s}}, m_desk->send("GET", part).headers.value("etag"));
    QCOMPARE(renaming.status, 409);
    const HttpAnswer label = m_desk->send("DELETE", part + u"/labels/stable"_s);
    QCOMPARE(label.status, 409);
    QVERIFY(label.json()[u"detail"_s].toString().contains(u"holder"_s));
    QCOMPARE(m_desk->save(user, u"free"_s), 201);
    QCOMPARE(m_desk->send("DELETE", part).status, 204);
}

void TestTemplateIncludes::onlyReadableOnesAreIncluded()
{
    m_desk->make(u"secret-part"_s, u"Secret"_s, {{u"folder"_s, u"secret"_s}});
    m_desk->make(u"open-whole"_s, u"{{> secret-part}} {{input}}"_s);
    const QJsonObject rule{
        {u"effect"_s, u"deny"_s},
        {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
        {u"subject"_s, u"templates"_s},
        {u"actions"_s, QJsonArray{u"*"_s}},
        {u"conditions"_s, QJsonObject{{u"folder"_s, u"secret"_s}}},
        {u"reason"_s, u"Not for all."_s}};
    QCOMPARE(m_desk->as(u"owner"_s, "POST", u"/rules"_s, rule).status, 201);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->slugs(u"?folder=secret"_s).isEmpty(), 5000);
    const QJsonObject input{{u"name"_s, u"Peek"_s}, {u"version"_s, TemplateDesk::version(u"{{> secret-part}}"_s)}};
    const HttpAnswer refused = m_desk->send("POST", u"/templates"_s, input);
    QVERIFY2(problemAt(refused, u"/version/userPrompt"_s).contains(u"There is no template “secret-part”"_s),
             refused.body.constData());
    // Whoever may read the including one may run it.
    QCOMPARE(m_desk->generate(ask(u"open-whole"_s)).json()[u"state"_s], u"completed"_s);
}

QTEST_GUILESS_MAIN(TestTemplateIncludes)
#include "tst_template_includes.moc"
