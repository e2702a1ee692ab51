// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "tests/templates/template_desk.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

// Folders, tags, search, order, copies and the way back from removal, over HTTP.
class TestTemplateShelf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_desk.emplace(); }
    void folders();
    void movesAFolder();
    void aFolderMovesWholeOrNotAtAll();
    void tags();
    void searchesEverything_data();
    void searchesEverything();
    void sortsAndPages_data();
    void sortsAndPages();
    void copies();
    void comesBack();
    void tenThousandAreFoundByTheIndex();

private:
    QHash<QString, QPair<int, int>> counts()
    {
        QHash<QString, QPair<int, int>> all;
        const QJsonArray items = m_desk->send("GET", u"/templates/folders"_s).json()[u"items"_s].toArray();
        for (const QJsonValue one : items)
            all.insert(one[u"folder"_s].toString(), {one[u"templates"_s].toInt(), one[u"total"_s].toInt()});
        return all;
    }
    QString inFolder(const QString &slug, const QString &folder)
    {
        return m_desk->make(slug, u"{{input}}"_s, {{u"folder"_s, folder}});
    }

    std::optional<TemplateDesk> m_desk;
};

void TestTemplateShelf::folders()
{
    inFolder(u"f1"_s, u"care/email"_s);
    inFolder(u"f2"_s, u"care/email"_s);
    inFolder(u"f3"_s, u"care/chat/live"_s);
    const auto all = counts();
    QCOMPARE(all.value(u"care/email"_s), qMakePair(2, 2));
    QCOMPARE(all.value(u"care"_s), qMakePair(0, 3));
    QCOMPARE(all.value(u"care/chat"_s), qMakePair(0, 1));
    const int total = m_desk->send("GET", u"/templates?limit=200"_s).json()[u"items"_s].toArray().size();
    QCOMPARE(all.value(QString()).second, total);
    // Page by page the same.
    QStringList paged;
    QString cursor;
    do {
        const HttpAnswer page =
            m_desk->send("GET", u"/templates/folders?limit=2"_s + (cursor.isEmpty() ? cursor : u"&cursor="_s + cursor));
        const QJsonArray items = page.json()[u"items"_s].toArray();
        for (const QJsonValue one : items)
            paged.append(one[u"folder"_s].toString());
        cursor = page.json()[u"nextCursor"_s].toString();
    } while (!cursor.isEmpty());
    QCOMPARE(paged.size(), all.size());
    QCOMPARE(QSet<QString>(paged.begin(), paged.end()).size(), all.size());
}

void TestTemplateShelf::movesAFolder()
{
    inFolder(u"m1"_s, u"old"_s);
    inFolder(u"m2"_s, u"old/deep"_s);
    inFolder(u"m3"_s, u"older"_s);
    const HttpAnswer moved =
        m_desk->send("POST", u"/templates/folders/move"_s, {{u"from"_s, u"/old/"_s}, {u"to"_s, u"new/place"_s}});
    QCOMPARE(moved.status, 200);
    QCOMPARE(moved.json()[u"templates"_s], 2);
    QCOMPARE(m_desk->slugs(u"?folder=new"_s), QStringList({u"m1"_s, u"m2"_s}));
    QCOMPARE(m_desk->slugs(u"?folder=new/place/deep"_s), QStringList{u"m2"_s});
    QCOMPARE(m_desk->slugs(u"?folder=older"_s), QStringList{u"m3"_s});
    const auto move = [&](const QString &from, const QString &to) {
        return m_desk->send("POST", u"/templates/folders/move"_s, {{u"from"_s, from}, {u"to"_s, to}});
    };
    QCOMPARE(move(u"old"_s, u"x"_s).status, 404);
    QVERIFY(!problemAt(move(u"new"_s, u"new/within"_s), u"/to"_s).isEmpty());
    QVERIFY(!problemAt(move(u"new"_s, QString(199, u'x')), u"/to"_s).isEmpty()); // too long with what is within
    QCOMPARE(move(u"new/place"_s, QString()).status, 200);
    QCOMPARE(m_desk->slugs(u"?folder=deep"_s), QStringList{u"m2"_s});
    QCOMPARE(
        m_desk->as(u"viewer"_s, "POST", u"/templates/folders/move"_s, {{u"from"_s, u"a"_s}, {u"to"_s, u"b"_s}}).status,
        403);
}

void TestTemplateShelf::aFolderMovesWholeOrNotAtAll()
{
    inFolder(u"w1"_s, u"whole"_s);
    inFolder(u"w2"_s, u"whole/locked"_s);
    const QJsonObject rule{
        {u"effect"_s, u"deny"_s},
        {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
        {u"subject"_s, u"templates"_s},
        {u"actions"_s, QJsonArray{u"update"_s}},
        {u"conditions"_s, QJsonObject{{u"folder"_s, u"whole/locked"_s}}},
        {u"reason"_s, u"Locked."_s}};
    QCOMPARE(m_desk->as(u"owner"_s, "POST", u"/rules"_s, rule).status, 201);
    const QJsonObject move{{u"from"_s, u"whole"_s}, {u"to"_s, u"part"_s}};
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->send("POST", u"/templates/folders/move"_s, move).status, 403, 5000);
    QCOMPARE(m_desk->slugs(u"?folder=part"_s), QStringList());
}

void TestTemplateShelf::tags()
{
    m_desk->make(u"t1"_s, u"{{input}}"_s, {{u"tags"_s, QJsonArray{u"red"_s, u"round"_s}}});
    m_desk->make(u"t2"_s, u"{{input}}"_s, {{u"tags"_s, QJsonArray{u"red"_s}}});
    QCOMPARE(m_desk->slugs(u"?tag=red"_s), QStringList({u"t1"_s, u"t2"_s}));
    QCOMPARE(m_desk->slugs(u"?tag=red&tag=round"_s), QStringList{u"t1"_s});
    QCOMPARE(m_desk->slugs(u"?tag=red&tag=square"_s), QStringList());
    QHash<QString, int> counted;
    const QJsonArray items = m_desk->send("GET", u"/templates/tags"_s).json()[u"items"_s].toArray();
    for (const QJsonValue one : items)
        counted.insert(one[u"tag"_s].toString(), one[u"templates"_s].toInt());
    QCOMPARE(counted.value(u"red"_s), 2);
    QCOMPARE(counted.value(u"round"_s), 1);
}

void TestTemplateShelf::searchesEverything_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QStringList>("found");
    const QStringList one{u"zebra-crossing"_s};
    QTest::newRow("slug") << u"ebra-cro"_s << one;
    QTest::newRow("description, without accents and case") << u"RESUME"_s << one;
    QTest::newRow("tag") << u"quagga"_s << one;
    QTest::newRow("prompt") << u"okapi eats"_s << one;
    QTest::newRow("system prompt") << u"gnu whisperer"_s << one;
    QTest::newRow("two letters") << u"qx"_s << one;
    QTest::newRow("of an earlier version") << u"giraffe"_s << QStringList();
    QTest::newRow("its parts, but not together") << u"okapi quagga"_s << QStringList();
}

void TestTemplateShelf::searchesEverything()
{
    static const QString path = [this] {
        const QString made =
            m_desk->make(u"zebra-crossing"_s, u"giraffe {{input}}"_s,
                         {{u"description"_s, u"A résumé with qx"_s}, {u"tags"_s, QJsonArray{u"Quagga"_s}}});
        m_desk->save(made, u"The okapi eats {{input}}"_s, {{u"systemPrompt"_s, u"You are a gnu whisperer."_s}});
        return made;
    }();
    QFETCH(const QString, search);
    QTEST(m_desk->slugs(u"?search="_s + QString::fromLatin1(QUrl::toPercentEncoding(search))), "found");
}

void TestTemplateShelf::sortsAndPages_data()
{
    QTest::addColumn<QString>("sort");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("name") << u"name"_s << QStringList({u"s1"_s, u"s2"_s, u"s3"_s});
    QTest::newRow("created") << u"created"_s << QStringList({u"s2"_s, u"s1"_s, u"s3"_s});
    QTest::newRow("updated") << u"updated"_s << QStringList({u"s3"_s, u"s2"_s, u"s1"_s});
}

void TestTemplateShelf::sortsAndPages()
{
    static const bool isMade = [this] {
        const QString third = inFolder(u"s3"_s, u"sorted"_s);
        inFolder(u"s1"_s, u"sorted"_s);
        inFolder(u"s2"_s, u"sorted"_s);
        return m_desk->save(third, u"New {{input}}"_s) == 201;
    }();
    QVERIFY(isMade);
    QFETCH(const QString, sort);
    QStringList paged;
    QString cursor;
    do {
        const HttpAnswer page = m_desk->send("GET",
                                             u"/templates?folder=sorted&limit=1&sort="_s + sort
                                                 + (cursor.isEmpty() ? cursor : u"&cursor="_s + cursor));
        QCOMPARE(page.status, 200);
        paged.append(page.json()[u"items"_s][0][u"slug"_s].toString());
        cursor = page.json()[u"nextCursor"_s].toString();
    } while (!cursor.isEmpty());
    QTEST(paged, "expected");
}

void TestTemplateShelf::copies()
{
    const QString path =
        m_desk->make(u"original"_s, u"One {{input}}"_s, {{u"folder"_s, u"f"_s}, {u"tags"_s, QJsonArray{u"kept"_s}}});
    m_desk->save(path, u"Two {{input}}"_s);
    m_desk->label(path, u"production"_s, 1);
    const HttpAnswer copy = m_desk->send("POST", path + u"/duplicate"_s, {{u"name"_s, u"The twin"_s}});
    QCOMPARE(copy.status, 201);
    const QJsonValue twin = copy.json()[u"template"_s];
    QCOMPARE(twin[u"slug"_s], u"the-twin"_s);
    QCOMPARE(twin[u"folder"_s], u"f"_s);
    QCOMPARE(twin[u"tags"_s], QJsonValue(QJsonArray{u"kept"_s}));
    QCOMPARE(twin[u"labels"_s].toArray().size(), 0);
    QCOMPARE(copy.json()[u"version"_s][u"version"_s], 1);
    QCOMPARE(copy.json()[u"version"_s][u"userPrompt"_s], u"Two {{input}}"_s);
    const HttpAnswer first = m_desk->send("POST", path + u"/duplicate"_s,
                                          {{u"name"_s, u"Older"_s}, {u"version"_s, 1}, {u"folder"_s, u"g"_s}});
    QCOMPARE(first.json()[u"version"_s][u"userPrompt"_s], u"One {{input}}"_s);
    QCOMPARE(m_desk->send("POST", path + u"/duplicate"_s, {{u"name"_s, u"Older"_s}}).status, 409);
    QVERIFY(!problemAt(m_desk->send("POST", path + u"/duplicate"_s, {{u"name"_s, u"None"_s}, {u"version"_s, 9}}),
                       u"/version"_s)
                 .isEmpty());
}

void TestTemplateShelf::comesBack()
{
    const QString path = m_desk->make(u"phoenix"_s, u"Two {{input}}"_s);
    QCOMPARE(m_desk->send("DELETE", path).status, 204);
    QCOMPARE(m_desk->slugs(u"?removed=true&search=phoenix"_s), QStringList{u"phoenix"_s});
    QCOMPARE(m_desk->as(u"viewer"_s, "GET", u"/templates?removed=true"_s).status, 403);
    QCOMPARE(m_desk->slugs(u"?search=phoenix"_s), QStringList());
    m_desk->make(u"phoenix"_s);
    QCOMPARE(m_desk->send("POST", path + u"/restore"_s).status, 409);
    QCOMPARE(m_desk->as(u"viewer"_s, "POST", path + u"/restore"_s, {{u"slug"_s, u"phoenix-2"_s}}).status, 403);
    const HttpAnswer back = m_desk->send("POST", path + u"/restore"_s, {{u"slug"_s, u"phoenix-2"_s}});
    QCOMPARE(back.status, 200);
    QCOMPARE(back.json()[u"template"_s][u"slug"_s], u"phoenix-2"_s);
    QCOMPARE(back.json()[u"version"_s][u"userPrompt"_s], u"Two {{input}}"_s);
    QCOMPARE(m_desk->send("POST", path + u"/restore"_s).status, 404); // it is there
    QCOMPARE(m_desk->slugs(u"?search=phoenix-2"_s), QStringList{u"phoenix-2"_s});
}

// Among ten thousand templates PostgreSQL looks into the index of grams, not through all texts.
void TestTemplateShelf::tenThousandAreFoundByTheIndex()
{
    m_desk->make(u"needle"_s, u"the xylophone quartet {{input}}"_s);
    const std::string url =
        u"host='%1/data/postgres/socket' port=5432 dbname=patio user=patio_owner"_s.arg(m_desk->server.folder())
            .toStdString();
    Database owner({.session = {.url = url}, .connections = 1});
    const HttpAnswer me = m_desk->send("GET", u"/me"_s);
    const TenantScope scope{QUuid::fromString(me.json()[u"tenantId"_s].toString())};
    owner.transaction(scope, [&](Transaction &tx) {
        tx.run(R"(
            INSERT INTO templates (slug, name, sort_text, search_text)
            SELECT 'filler-' || i, 'Filler ' || i, 'filler ' || i, 'filler ' || i FROM generate_series(1, 10000) AS i)");
        tx.run(R"(
            INSERT INTO template_search (template_id, text, grams)
            SELECT id, slug || repeat(' some words of a prompt that is not short at all', 20), grams
            FROM templates,
                 (SELECT grams[1:60] AS grams FROM template_search
                  WHERE strpos(text, 'xylophone') = 0 ORDER BY template_id LIMIT 1) AS other
            WHERE slug LIKE 'filler-%')");
    });
    const auto counted = [&] {
        return owner.transaction(scope, [&](Transaction &tx) {
            return std::pair(tx.one<qint64>("SELECT coalesce(sum(idx_scan), 0)::bigint FROM pg_stat_user_indexes "
                                            "WHERE indexrelname = 'template_search_by_gram'"),
                             tx.one<qint64>("SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables "
                                            "WHERE relname = 'template_search'"));
        });
    };
    const auto before = counted();
    // A connection tells what it has read a while later, when it is used again.
    const auto isTold = [&] {
        const bool isFound = m_desk->slugs(u"?search=xylophone"_s) == QStringList{u"needle"_s};
        return isFound && counted().first > before.first;
    };
    QVERIFY(QTest::qWaitFor(isTold, 60'000));
    QVERIFY2(counted().second - before.second < 10'000, "the table was read from end to end");
}

QTEST_GUILESS_MAIN(TestTemplateShelf)
#include "tst_template_shelf.moc"
