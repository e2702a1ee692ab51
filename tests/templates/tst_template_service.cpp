// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_checks.h"
#include "server/templates/template_service.h"
#include "shared/id.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

NewTemplate letter(const QString &name)
{
    NewTemplate input;
    input.name = name;
    input.version.userPrompt = u"Write to {{name}}."_s;
    input.version.variablesSchema = json::object(R"({"type":"object","properties":{"name":{"type":"string"}}})");
    input.version.defaultModel = u"demo/fast"_s;
    input.version.parameters.temperature = 1.0;
    return input;
}

template<class T> T from(const char *text) { return json::parse<T>(text, json::UnknownMembers::Reject); }

// The problem that the work is refused with; a status of 0 when it is not.
template<class Work> ApiError refusal(Work &&work)
{
    try {
        work();
    } catch (const ApiError &error) {
        return error;
    }
    ApiError none;
    none.status = 0;
    return none;
}

QStringList pointers(const ApiError &error)
{
    QStringList list;
    for (const auto &problem : error.errors)
        list.append(problem.pointer);
    return list;
}

} // namespace

class TestTemplateService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_caller = caller(); }

    void createsAndFinds();
    void slugs_data();
    void slugs();
    void takenSlugNamesTheField();
    void refusesBadVersions_data();
    void refusesBadVersions();
    void updateChecksTheRevision();
    void savesVersionsOnce();
    void parallelSavesMakeEachVersionOnce();
    void versionsCannotChange();
    void removedTemplatesFreeTheirSlug();
    void pagesMeetEachTemplateOnce();
    void filters();
    void tenantsDoNotMeet();

private:
    Caller caller()
    {
        return {.userId = newId(),
                .tenantId = m_database.makeTenant().tenantId,
                .sessionId = {},
                .abilities = Abilities().set(),
                .displayName = u"Ana Souza"_s,
                .address = {}};
    }

    TestDatabase m_database;
    TemplateService m_service{m_database.database()};
    Caller m_caller;
};

void TestTemplateService::createsAndFinds()
{
    NewTemplate input = letter(u"  Résumé of a Chat "_s);
    input.folder = u"/support//chat/"_s;
    input.tags = {u" short "_s, u"short"_s, u"pt"_s};
    input.version.examples = {{u"Hello {{name}}"_s, u"Hi"_s}};
    const TemplateDetail created = m_service.create(m_caller, input);
    QCOMPARE(created.promptTemplate.slug, u"resume-of-a-chat"_s);
    QCOMPARE(created.promptTemplate.name, u"Résumé of a Chat"_s);
    QCOMPARE(created.promptTemplate.folder, u"support/chat"_s);
    QCOMPARE(created.promptTemplate.tags, (QList<QString>{u"short"_s, u"pt"_s}));
    QCOMPARE(created.promptTemplate.authorName, u"Ana Souza"_s);
    QCOMPARE(created.version.version, 1);
    const TemplateDetail found = m_service.get(m_caller, created.promptTemplate.id);
    QCOMPARE(json::print(found), json::print(created));
    QCOMPARE(found.version.examples.first().user, u"Hello {{name}}"_s);
}

void TestTemplateService::slugs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("slug");
    QTest::newRow("accents") << u"Ação já!"_s << u"acao-ja"_s;
    QTest::newRow("many signs") << u"--A  &  B--"_s << u"a-b"_s;
    QTest::newRow("ligatures") << u"ﬁne"_s << u"fine"_s;
    QTest::newRow("no letters of ours") << u"手紙"_s << QString();
    QTest::newRow("long") << QString(300, u'a') << QString(120, u'a');
}

void TestTemplateService::slugs()
{
    QFETCH(QString, name);
    QTEST(TemplateChecks::slugFrom(name), "slug");
    QFETCH(QString, slug);
    QCOMPARE(TemplateChecks::isSlug(slug), !slug.isEmpty());
}

void TestTemplateService::takenSlugNamesTheField()
{
    m_service.create(m_caller, letter(u"Letter"_s));
    const auto byName = refusal([&] { m_service.create(m_caller, letter(u"Letter!"_s)); });
    QCOMPARE(byName.status, 409);
    QCOMPARE(pointers(byName), QStringList{u"/name"_s});
    NewTemplate named = letter(u"Other"_s);
    named.slug = u"letter"_s;
    QCOMPARE(pointers(refusal([&] { m_service.create(m_caller, named); })), QStringList{u"/slug"_s});
    const auto other = m_service.create(m_caller, letter(u"Other"_s)).promptTemplate;
    const auto renamed = refusal(
        [&] { m_service.update(m_caller, other.id, from<TemplateChange>(R"({"slug":"letter"})"), other.revision); });
    QCOMPARE(renamed.status, 409);
    QCOMPARE(pointers(renamed), QStringList{u"/slug"_s});
}

void TestTemplateService::refusesBadVersions_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char *name, const char *change, const QStringList &pointers) {
        QTest::newRow(name) << QByteArray(change) << pointers;
    };
    row("unknown name", R"({"userPrompt":"{{nmae}}"})", {u"/version/userPrompt"_s});
    row("unclosed section", R"({"systemPrompt":"{{#name}}"})", {u"/version/systemPrompt"_s});
    row("example", R"({"examples":[{"user":"a","assistant":"{{x}}"}]})", {u"/version/examples/0/assistant"_s});
    row("schema", R"({"variablesSchema":{"properties":{"name":{"oneOf":[]}}}})",
        {u"/version/variablesSchema/properties/name/oneOf"_s});
    row("model", R"({"defaultModel":"gpt"})", {u"/version/defaultModel"_s});
    row("stop", R"({"parameters":{"stop":[""]}})", {u"/version/parameters/stop/0"_s});
    row("response format", R"({"parameters":{"responseFormat":{"type":"xml"}}})",
        {u"/version/parameters/responseFormat/type"_s});
    row("all at once", R"({"userPrompt":"{{a}}{{b}}","defaultModel":"openai/"})",
        {u"/version/userPrompt"_s, u"/version/userPrompt"_s, u"/version/defaultModel"_s});
}

void TestTemplateService::refusesBadVersions()
{
    QFETCH(QByteArray, change);
    QJsonObject version = json::object(json::print(letter(u"x"_s).version));
    const QJsonObject changes = json::object(change);
    for (auto it = changes.begin(); it != changes.end(); ++it)
        version.insert(it.key(), *it);
    NewTemplate input = letter(u"Letter"_s);
    input.version = json::fromValue<NewTemplateVersion>(version, json::UnknownMembers::Reject);
    const auto error = refusal([&] { m_service.create(m_caller, input); });
    QCOMPARE(error.status, 422);
    QTEST(pointers(error), "pointers");
    QCOMPARE(m_service.list(m_caller, {}).items.size(), 0);
}

void TestTemplateService::updateChecksTheRevision()
{
    const auto made = m_service.create(m_caller, letter(u"Letter"_s)).promptTemplate;
    const auto changed = m_service.update(m_caller, made.id, from<TemplateChange>(R"({"name":"Card"})"), made.revision);
    QCOMPARE(changed.promptTemplate.name, u"Card"_s);
    QCOMPARE(changed.promptTemplate.slug, u"letter"_s);
    QVERIFY(changed.revision > made.revision);
    QCOMPARE(refusal([&] {
                 m_service.update(m_caller, made.id, from<TemplateChange>(R"({"name":"X"})"), made.revision);
             }).status,
             412);
    QCOMPARE(refusal([&] { m_service.remove(m_caller, made.id, made.revision); }).status, 412);
    QCOMPARE(refusal([&] { m_service.update(m_caller, newId(), from<TemplateChange>(R"({"name":"X"})"), 1); }).status,
             404);
    TemplateChange blank;
    blank.name = u" "_s;
    QCOMPARE(pointers(refusal([&] { m_service.update(m_caller, made.id, blank, {}); })), QStringList{u"/name"_s});
}

void TestTemplateService::savesVersionsOnce()
{
    const NewTemplate first = letter(u"Letter"_s);
    const QUuid id = m_service.create(m_caller, first).promptTemplate.id;
    QVERIFY(!m_service.saveVersion(m_caller, id, first.version).isNew);
    NewTemplateVersion second = first.version;
    second.userPrompt = u"Dear {{name}}"_s;
    second.baseVersion = 1;
    const auto saved = m_service.saveVersion(m_caller, id, second);
    QVERIFY(saved.isNew);
    QCOMPARE(saved.version.version, 2);
    // Sent again because the answer was lost: the same version, no refusal.
    const auto again = m_service.saveVersion(m_caller, id, second);
    QVERIFY(!again.isNew);
    QCOMPARE(again.version.version, 2);
    NewTemplateVersion stale = first.version;
    stale.note = u"on top of what was"_s;
    stale.baseVersion = 1;
    QCOMPARE(refusal([&] { m_service.saveVersion(m_caller, id, stale); }).status, 412);
    QCOMPARE(m_service.version(m_caller, id, 1).userPrompt, first.version.userPrompt);
    QCOMPARE(refusal([&] { m_service.version(m_caller, id, 3); }).status, 404);
    QCOMPARE(m_service.get(m_caller, id).version.version, 2);
    const auto page = m_service.versions(m_caller, id, {.limit = 1, .cursor = {}});
    QCOMPARE(page.items.first().version, 2);
    QCOMPARE(m_service.versions(m_caller, id, {.limit = 1, .cursor = page.nextCursor}).items.first().version, 1);
}

void TestTemplateService::parallelSavesMakeEachVersionOnce()
{
    const NewTemplate first = letter(u"Letter"_s);
    const QUuid id = m_service.create(m_caller, first).promptTemplate.id;
    std::atomic<int> saved = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            NewTemplateVersion version = first.version;
            version.note = QString::number(i);
            version.baseVersion = 1;
            try {
                saved += m_service.saveVersion(m_caller, id, version).isNew;
            } catch (const ApiError &error) {
                refused += error.status == 412;
            }
        });
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(saved.load(), 1);
    QCOMPARE(refused.load(), 7);
}

void TestTemplateService::versionsCannotChange()
{
    const QUuid id = m_service.create(m_caller, letter(u"Letter"_s)).promptTemplate.id;
    auto &database = m_database.database();
    QVERIFY_EXCEPTION_THROWN(
        database.transaction(m_caller.scope(),
                             [&](Transaction &tx) { tx.run("UPDATE template_versions SET note = 'x'"); }),
        pqxx::sql_error);
    QVERIFY_EXCEPTION_THROWN(
        database.transaction(m_caller.scope(), [&](Transaction &tx) { tx.run("DELETE FROM template_versions"); }),
        pqxx::sql_error);
    QCOMPARE(m_service.version(m_caller, id, 1).note, QString());
}

void TestTemplateService::removedTemplatesFreeTheirSlug()
{
    const auto made = m_service.create(m_caller, letter(u"Letter"_s)).promptTemplate;
    m_service.remove(m_caller, made.id, made.revision);
    QCOMPARE(refusal([&] { m_service.get(m_caller, made.id); }).status, 404);
    QCOMPARE(refusal([&] { m_service.remove(m_caller, made.id, {}); }).status, 404);
    QCOMPARE(refusal([&] { m_service.versions(m_caller, made.id, {}); }).status, 404);
    QCOMPARE(m_service.list(m_caller, {}).items.size(), 0);
    QCOMPARE(m_service.create(m_caller, letter(u"Letter"_s)).promptTemplate.slug, u"letter"_s);
}

void TestTemplateService::pagesMeetEachTemplateOnce()
{
    QStringList names{u"Zebra"_s, u"écrit"_s, u"Éclair"_s, u"apple"_s, u"Apple 2"_s, u"bread"_s, u"Österreich"_s};
    for (const QString &name : std::as_const(names))
        m_service.create(m_caller, letter(name));
    QStringList seen;
    TemplateFilter filter;
    filter.limit = 2;
    do {
        const auto page = m_service.list(m_caller, filter);
        QVERIFY(page.items.size() <= 2);
        for (const auto &item : page.items)
            seen.append(item.name);
        filter.cursor = page.nextCursor;
    } while (filter.cursor);
    QCOMPARE(seen,
             (QStringList{u"apple"_s, u"Apple 2"_s, u"bread"_s, u"Éclair"_s, u"écrit"_s, u"Österreich"_s, u"Zebra"_s}));
    filter.cursor = u"nonsense"_s;
    QCOMPARE(pointers(refusal([&] { m_service.list(m_caller, filter); })), QStringList{u"/cursor"_s});
}

void TestTemplateService::filters()
{
    NewTemplate refund = letter(u"Réfund 100%"_s);
    refund.folder = u"support/refunds"_s;
    refund.tags = {u"money"_s};
    m_service.create(m_caller, refund);
    m_service.create(m_caller, letter(u"Other"_s));
    const auto count = [&](const TemplateFilter &filter) { return m_service.list(m_caller, filter).items.size(); };
    QCOMPARE(count(from<TemplateFilter>(R"({"search":"REFUND"})")), 1);
    QCOMPARE(count(from<TemplateFilter>(R"({"search":"0%"})")), 1);
    QCOMPARE(count(from<TemplateFilter>(R"({"search":"%"})")), 1); // no wildcard
    QCOMPARE(count(from<TemplateFilter>(R"({"search":"_"})")), 0);
    QCOMPARE(count(from<TemplateFilter>(R"({"folder":"support"})")), 1);
    QCOMPARE(count(from<TemplateFilter>(R"({"folder":"supp"})")), 0);
    QCOMPARE(count(from<TemplateFilter>(R"({"tag":["money"]})")), 1);
    QCOMPARE(count(from<TemplateFilter>(R"({"tag":["mon"]})")), 0);
}

void TestTemplateService::tenantsDoNotMeet()
{
    const QUuid id = m_service.create(m_caller, letter(u"Letter"_s)).promptTemplate.id;
    const Caller other = caller();
    QCOMPARE(m_service.list(other, {}).items.size(), 0);
    QCOMPARE(refusal([&] { m_service.get(other, id); }).status, 404);
    QCOMPARE(refusal([&] { m_service.update(other, id, from<TemplateChange>(R"({"name":"x"})"), {}); }).status, 404);
    QCOMPARE(refusal([&] { m_service.remove(other, id, {}); }).status, 404);
    QCOMPARE(refusal([&] { m_service.saveVersion(other, id, letter(u"x"_s).version); }).status, 404);
    QCOMPARE(m_service.get(m_caller, id).promptTemplate.name, u"Letter"_s);
}

QTEST_GUILESS_MAIN(TestTemplateService)
#include "tst_template_service.moc"
