// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/session.h"
#include "server/database/tenant_scope.h"
#include "shared/json/json.h"
#include "tests/usage/price_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString prices = u"/api/v1/prices"_s, aliases = u"/api/v1/price-aliases"_s;
const QString acme = u"acme"_s;

QString iso(const QDateTime &moment) { return moment.toUTC().toString(Qt::ISODateWithMs); }

QJsonObject newPrice(const QString &model, const QDateTime &from, qint64 input = 1'000'000)
{
    return {{u"provider"_s, u"openai"_s},
            {u"model"_s, model},
            {u"validFrom"_s, iso(from)},
            {u"prices"_s, QJsonObject{{u"input"_s, input}, {u"output"_s, 4 * input}}},
            {u"source"_s, u"https://openai.com/api/pricing"_s}};
}

} // namespace

// The price book as operators keep it and others read it, through HTTP, in two processes on one database.
class TestPrices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void life();
    void whatWasInForceStays();
    void theDatabaseKeepsItToo();
    void oneRowForAMoment();
    void thePast();
    void wrongRows_data();
    void wrongRows();
    void filtersAndPages();
    void aliasesLife();
    void importsAsDryRunThenForReal();
    void importsOfJson();
    void wrongImports_data();
    void wrongImports();
    void everyProcessHearsOfIt();
    void changesStandInTheAuditLog();
    void unknownModelsAreTold();

private:
    HttpAnswer asOperator(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        return m_stack.first->send(method, path, body, {.token = m_stack.first->operatorToken()});
    }
    HttpAnswer asOwner(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        return m_stack.first->send(method, path, body, {.token = m_stack.first->token(acme, u"owner"_s)});
    }
    QString add(const QJsonObject &price) // its id
    {
        const HttpAnswer made = asOperator("POST", prices, price);
        if (made.status != 201)
            qWarning() << made.body;
        return made.json()[u"price"_s][u"id"_s].toString();
    }
    static QDateTime now() { return QDateTime::currentDateTimeUtc(); }

    PriceFixture m_stack;
};

void TestPrices::life()
{
    const QDateTime from = now().addDays(3);
    const HttpAnswer made = asOperator("POST", prices, newPrice(u"life-1.5"_s, from));
    QCOMPARE(made.status, 201);
    QVERIFY(made.json()[u"notice"_s].isUndefined() || made.json()[u"notice"_s].isNull());
    const QJsonObject price = made.json()[u"price"_s].toObject();
    QCOMPARE(price[u"validFrom"_s], iso(from));
    QCOMPARE(price[u"prices"_s][u"input"_s], 1'000'000);
    QCOMPARE(price[u"verified"_s], false);
    const QString path = prices + u'/' + price[u"id"_s].toString();
    QCOMPARE(asOwner("GET", path).json(), price);

    const HttpAnswer changed = asOperator("PATCH", path, {{u"verified"_s, true}, {u"note"_s, u"Seen on their page"_s}});
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.json()[u"verified"_s], true);
    QCOMPARE(changed.json()[u"note"_s], u"Seen on their page"_s);
    QCOMPARE(changed.json()[u"source"_s], price[u"source"_s]);
    QCOMPARE(asOperator("PATCH", path, {{u"prices"_s, QJsonObject{{u"input"_s, 1}}}}).status, 422);

    // It is not in force yet.
    QCOMPARE(asOperator("DELETE", path).status, 204);
    QCOMPARE(asOperator("GET", path).status, 404);
    QCOMPARE(asOperator("DELETE", path).status, 404);
}

void TestPrices::whatWasInForceStays()
{
    QJsonObject past = newPrice(u"stays"_s, now().addDays(-1));
    past.insert(u"correctsPast"_s, true);
    const QString path = prices + u'/' + add(past);
    const HttpAnswer refused = asOperator("DELETE", path);
    QCOMPARE(refused.status, 409);
    QVERIFY(refused.json()[u"detail"_s].toString().contains(u"in force"_s));
    QCOMPARE(asOperator("GET", path).status, 200);
    QCOMPARE(asOperator("PATCH", path, {{u"verified"_s, true}}).json()[u"verified"_s], true);
}

// Also what goes past the service cannot change or remove what was in force.
void TestPrices::theDatabaseKeepsItToo()
{
    QJsonObject past = newPrice(u"kept"_s, now().addDays(-1));
    past.insert(u"correctsPast"_s, true);
    QVERIFY(!add(past).isEmpty());
    const auto run = [&](auto work) { m_stack.database->platform(work); };
    QVERIFY_THROWS_EXCEPTION(pqxx::sql_error,
                             run([](Transaction &tx) { tx.run("DELETE FROM prices WHERE model = 'kept'"); }));
    QVERIFY_THROWS_EXCEPTION(pqxx::sql_error, run([](Transaction &tx) {
                                 tx.run("UPDATE prices SET prices = '{\"input\": 1}' WHERE model = 'kept'");
                             }));
    run([](Transaction &tx) { QCOMPARE(tx.run("UPDATE prices SET note = 'Seen' WHERE model = 'kept'"), 1); });
}

void TestPrices::oneRowForAMoment()
{
    const QDateTime from = now().addDays(5);
    QVERIFY(!add(newPrice(u"One-2.0"_s, from)).isEmpty());
    // Dots, dashes and case are the same, as they are when a call is priced.
    for (const QString &name : {u"One-2.0"_s, u"one-2-0"_s}) {
        const HttpAnswer second = asOperator("POST", prices, newPrice(name, from, 5));
        QCOMPARE(second.status, 409);
        QVERIFY(second.json()[u"detail"_s].toString().contains(u"later validFrom"_s));
        QCOMPARE(second.json()[u"errors"_s][0][u"pointer"_s], u"/validFrom"_s);
    }
    QVERIFY(!add(newPrice(u"one-2-0"_s, from.addMSecs(1))).isEmpty());
}

void TestPrices::thePast()
{
    QJsonObject price = newPrice(u"past"_s, now().addDays(-2));
    const HttpAnswer refused = asOperator("POST", prices, price);
    QCOMPARE(refused.status, 422);
    QVERIFY(refused.json()[u"errors"_s][0][u"message"_s].toString().contains(u"correctsPast"_s));
    price.insert(u"correctsPast"_s, true);
    const HttpAnswer taken = asOperator("POST", prices, price);
    QCOMPARE(taken.status, 201);
    QVERIFY(taken.json()[u"notice"_s].toString().contains(u"No row of the ledger changed"_s));

    price = newPrice(u"soon"_s, {});
    price.remove(u"validFrom"_s);
    const QDateTime before = now();
    const HttpAnswer soon = asOperator("POST", prices, price);
    QCOMPARE(soon.status, 201);
    const QDateTime from = QDateTime::fromString(soon.json()[u"price"_s][u"validFrom"_s].toString(), Qt::ISODateWithMs);
    QVERIFY(from > before && before.msecsTo(from) < 60'000);
}

void TestPrices::wrongRows_data()
{
    QTest::addColumn<QJsonObject>("change");
    QTest::addColumn<QString>("pointer");
    const QJsonObject one{{u"input"_s, 1}};
    QTest::newRow("provider") << QJsonObject{{u"provider"_s, u"Open AI"_s}} << u"/provider"_s;
    QTest::newRow("slash") << QJsonObject{{u"provider"_s, u"open/ai"_s}} << u"/provider"_s;
    QTest::newRow("blank") << QJsonObject{{u"model"_s, u" x"_s}} << u"/model"_s;
    QTest::newRow("no price") << QJsonObject{{u"prices"_s, QJsonObject()}} << u"/prices"_s;
    QTest::newRow("below zero") << QJsonObject{{u"prices"_s, QJsonObject{{u"input"_s, -1}}}} << u"/prices/input"_s;
    QTest::newRow("tier without price")
        << QJsonObject{{u"tiers"_s, QJsonArray{QJsonObject{{u"fromInputTokens"_s, 5}, {u"prices"_s, QJsonObject()}}}}}
        << u"/tiers/0/prices"_s;
    const QJsonObject tier{{u"fromInputTokens"_s, 5}, {u"prices"_s, one}};
    QTest::newRow("tier twice") << QJsonObject{{u"tiers"_s, QJsonArray{tier, tier}}} << u"/tiers/1/fromInputTokens"_s;
    QTest::newRow("unheard of") << QJsonObject{{u"price"_s, 5}} << u"/price"_s;
}

void TestPrices::wrongRows()
{
    QFETCH(const QJsonObject, change);
    QFETCH(const QString, pointer);
    QJsonObject price = newPrice(u"wrong"_s, now().addDays(1));
    for (auto it = change.begin(); it != change.end(); ++it)
        price.insert(it.key(), it.value());
    const HttpAnswer answer = asOperator("POST", prices, price);
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], pointer);
}

void TestPrices::filtersAndPages()
{
    const QDateTime first = now().addDays(1), second = now().addDays(2);
    for (const auto &[model, from] :
         {std::pair(u"pages-a"_s, first), std::pair(u"pages-a"_s, second), std::pair(u"pages-b.1"_s, first)})
        QVERIFY(!add(newPrice(model, from)).isEmpty());
    const auto names = [&](const QString &query) {
        QStringList names;
        for (const QJsonValue row : asOwner("GET", prices + query).json()[u"items"_s].toArray())
            names.append(row[u"model"_s].toString() + u'@' + row[u"validFrom"_s].toString());
        return names;
    };
    const QStringList all{u"pages-a@"_s + iso(first), u"pages-a@"_s + iso(second), u"pages-b.1@"_s + iso(first)};
    QCOMPARE(names(u"?search=PAGES"_s), all);
    QCOMPARE(names(u"?search=b-1&provider=openai"_s), QStringList{all[2]});
    QCOMPARE(names(u"?search=pages&provider=anthropic"_s), QStringList());
    QCOMPARE(names(u"?search=pages&validAt="_s + iso(first.addMSecs(-1))), QStringList());
    QCOMPARE(names(u"?search=pages&validAt="_s + iso(first)), (QStringList{all[0], all[2]}));
    QCOMPARE(names(u"?search=pages&validAt="_s + iso(second.addMSecs(-1))), (QStringList{all[0], all[2]}));
    QCOMPARE(names(u"?search=pages&validAt="_s + iso(second)), (QStringList{all[1], all[2]}));

    const QJsonObject page = asOwner("GET", prices + u"?search=pages"_s).json();
    QCOMPARE(page[u"items"_s][0][u"validUntil"_s], iso(second));
    QStringList paged;
    QString cursor;
    int pages = 0;
    do {
        const QJsonObject part =
            asOwner("GET",
                    prices + u"?search=pages&limit=1"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor))
                .json();
        for (const QJsonValue row : part[u"items"_s].toArray())
            paged.append(row[u"model"_s].toString() + u'@' + row[u"validFrom"_s].toString());
        cursor = part[u"nextCursor"_s].toString();
    } while (!cursor.isEmpty() && ++pages < 10);
    QCOMPARE(paged, all);
    QCOMPARE(asOwner("GET", prices + u"?cursor=abc"_s).status, 422);
}

void TestPrices::aliasesLife()
{
    const HttpAnswer made =
        asOperator("POST", aliases, {{u"name"_s, u"my-azure-deployment"_s}, {u"target"_s, u"openai/gpt-4.1"_s}});
    QCOMPARE(made.status, 201);
    QCOMPARE(asOperator("POST", aliases, {{u"name"_s, u"My-Azure-Deployment"_s}}).status, 409);
    const HttpAnswer unknown =
        asOperator("POST", aliases, {{u"name"_s, u"other"_s}, {u"target"_s, u"openai/unheard-of"_s}});
    QCOMPARE(unknown.status, 422);
    QCOMPARE(unknown.json()[u"errors"_s][0][u"pointer"_s], u"/target"_s);
    const HttpAnswer free = asOperator("POST", aliases, {{u"name"_s, u"ollama/llama3"_s}});
    QCOMPARE(free.status, 201);
    QVERIFY(free.json()[u"target"_s].isUndefined() || free.json()[u"target"_s].isNull());
    const QJsonArray list = asOwner("GET", aliases).json()[u"items"_s].toArray();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0][u"name"_s], u"my-azure-deployment"_s);
    const QJsonObject page = asOwner("GET", aliases + u"?limit=1"_s).json();
    QCOMPARE(asOwner("GET", aliases + u"?limit=1&cursor="_s + page[u"nextCursor"_s].toString())
                 .json()[u"items"_s][0][u"name"_s],
             u"ollama/llama3"_s);
    for (const QJsonValue one : list)
        QCOMPARE(asOperator("DELETE", aliases + u'/' + one[u"id"_s].toString()).status, 204);
    QCOMPARE(asOperator("DELETE", aliases + u'/' + list[0][u"id"_s].toString()).status, 404);
}

void TestPrices::importsAsDryRunThenForReal()
{
    const QDateTime from = now().addDays(9);
    QVERIFY(!add(newPrice(u"import-same"_s, from, 2'500'000)).isEmpty());
    QVERIFY(!add(newPrice(u"import-other"_s, from, 3'000'000)).isEmpty());
    const QString line = u"openai,%1,"_s + iso(from) + u",2.50,10,\"%2\"\n"_s;
    const QString head = u"provider,model,validFrom,input,output,note\r\n"_s;
    const QString text = head + line.arg(u"import-new"_s, u"He said \"\"hi\"\",\nthen left"_s)
        + line.arg(u"import-same"_s, u""_s) + line.arg(u"import.other"_s, u""_s);
    QJsonObject input{{u"format"_s, u"csv"_s}, {u"text"_s, text}};
    const QString path = prices + u"/import"_s;

    const HttpAnswer dry = asOperator("POST", path, input);
    QCOMPARE(dry.status, 200);
    QCOMPARE(dry.json()[u"dryRun"_s], true);
    QStringList statuses;
    for (const QJsonValue one : dry.json()[u"lines"_s].toArray())
        statuses.append(one[u"status"_s].toString() + u' ' + QString::number(one[u"line"_s].toInt()));
    QCOMPARE(statuses, (QStringList{u"added 2"_s, u"same 4"_s, u"conflicting 5"_s}));
    QCOMPARE(dry.json()[u"lines"_s][2][u"present"_s][u"input"_s], 3'000'000);
    QCOMPARE(dry.json()[u"lines"_s][2][u"prices"_s][u"input"_s], 2'500'000);
    QCOMPARE(asOwner("GET", prices + u"?search=import-new"_s).json()[u"items"_s].toArray().size(), 0);

    input.insert(u"dryRun"_s, false);
    QCOMPARE(asOperator("POST", path, input).status, 409);
    QCOMPARE(asOwner("GET", prices + u"?search=import-new"_s).json()[u"items"_s].toArray().size(), 0);
    input.insert(u"skipConflicting"_s, true);
    const HttpAnswer done = asOperator("POST", path, input);
    QCOMPARE(done.status, 200);
    QCOMPARE(done.json()[u"added"_s], 1);
    const QJsonValue row = asOwner("GET", prices + u"?search=import-new"_s).json()[u"items"_s][0];
    QCOMPARE(row[u"prices"_s][u"input"_s], 2'500'000);
    QCOMPARE(row[u"prices"_s][u"output"_s], 10'000'000);
    QVERIFY(row[u"prices"_s][u"cachedInput"_s].isUndefined() || row[u"prices"_s][u"cachedInput"_s].isNull());
    QCOMPARE(row[u"note"_s], u"He said \"hi\",\nthen left"_s);
    // Once more: there is nothing left to be done.
    const HttpAnswer again = asOperator("POST", path, input);
    QCOMPARE(again.json()[u"added"_s], 0);
    QCOMPARE(again.json()[u"same"_s], 2);
}

void TestPrices::importsOfJson()
{
    QJsonObject tiered = newPrice(u"import-json"_s, now().addDays(4));
    tiered.insert(
        u"tiers"_s,
        QJsonArray{QJsonObject{{u"fromInputTokens"_s, 200'001}, {u"prices"_s, QJsonObject{{u"input"_s, 9}}}}});
    const QString text = QString::fromUtf8(json::print(QJsonObject{{u"items"_s, QJsonArray{tiered}}}));
    const HttpAnswer done =
        asOperator("POST", prices + u"/import"_s, {{u"format"_s, u"json"_s}, {u"text"_s, text}, {u"dryRun"_s, false}});
    QCOMPARE(done.status, 200);
    QCOMPARE(done.json()[u"added"_s], 1);
    const QJsonValue row = asOwner("GET", prices + u"?search=import-json"_s).json()[u"items"_s][0];
    QCOMPARE(row[u"tiers"_s][0][u"fromInputTokens"_s], 200'001);
}

void TestPrices::wrongImports_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const QString head = u"provider,model,validFrom,input\n"_s;
    const QString day = iso(now().addDays(1));
    const auto row = [&](const char *name, const QString &text, const char *problem) {
        QTest::newRow(name) << u"csv"_s << text << QString::fromLatin1(problem);
    };
    row("empty", {}, "no rows");
    row("only a head", head, "no rows");
    row("column", u"provider,model,price\n"_s, "price");
    row("open quote", head + u"openai,\"m\n"_s, "not closed");
    row("number", head + u"openai,m,"_s + day + u",cheap\n"_s, "input is no price");
    row("too fine", head + u"openai,m,"_s + day + u",0.0000001\n"_s, "input is no price");
    row("moment", head + u"openai,m,tomorrow,1\n"_s, "validFrom is no moment");
    row("no moment", head + u"openai,m,,1\n"_s, "validFrom is missing");
    row("past", head + u"openai,m,2020-01-01,1\n"_s, "past");
    row("no price", head + u"openai,m,"_s + day + u",\n"_s, "prices must name one");
    row("no model", head + u"openai,,"_s + day + u",1\n"_s, "model");
    row("twice", head + (u"openai,m,"_s + day + u",1\n"_s).repeated(2), "same model and moment as line 2");
    row("too many cells", head + u"openai,m,"_s + day + u",1,2\n"_s, "more cells");
    QTest::newRow("no json") << u"json"_s << u"{"_s << u"no JSON"_s;
    QTest::newRow("wrong json") << u"json"_s << u"[{\"provider\": 5}]"_s << u"provider"_s;
    QTest::newRow("too many rows") << u"json"_s << u'[' + u"{},"_s.repeated(5000) + u"{}]"_s << u"more than"_s;
}

// A row that is wrong is shown by the dry run, and keeps all others from being added.
void TestPrices::wrongImports()
{
    QFETCH(const QString, format);
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    const QString path = prices + u"/import"_s;
    const HttpAnswer real = asOperator("POST", path, {{u"format"_s, format}, {u"text"_s, text}, {u"dryRun"_s, false}});
    QCOMPARE(real.status, 422);
    QVERIFY2(QString::fromUtf8(real.body).contains(problem), real.body);
    const HttpAnswer dry = asOperator("POST", path, {{u"format"_s, format}, {u"text"_s, text}});
    if (dry.status == 200)
        QVERIFY2(dry.json()[u"invalid"_s].toInt() > 0, dry.body);
    if (problem.startsWith(u"validFrom is"_s) && dry.status == 200) // no other moment stands in for it
        QVERIFY2(dry.json()[u"lines"_s][0][u"validFrom"_s].isNull()
                     || dry.json()[u"lines"_s][0][u"validFrom"_s].isUndefined(),
                 dry.body);
    if (dry.status != 200)
        QCOMPARE(dry.status, 422); // the text has no rows at all
}

void TestPrices::everyProcessHearsOfIt()
{
    const auto knows = [&](TestServer &server, const QString &model) {
        const HttpAnswer models = server.get(u"/api/v1/models"_s, m_stack.first->token(acme, u"owner"_s));
        for (const QJsonValue one : models.json()[u"items"_s].toArray())
            if (one[u"name"_s] == u"openai/"_s + model)
                return true;
        return false;
    };
    QVERIFY(!knows(*m_stack.second, u"heard"_s)); // its book is in memory now
    QJsonObject price = newPrice(u"heard"_s, now().addSecs(-5));
    price.insert(u"correctsPast"_s, true);
    QElapsedTimer since;
    since.start();
    QVERIFY(!add(price).isEmpty());
    QVERIFY(knows(*m_stack.first, u"heard"_s)); // the process itself at once
    QTRY_VERIFY_WITH_TIMEOUT(knows(*m_stack.second, u"heard"_s), 20'000);
    qInfo() << "the other process knew after" << since.elapsed() << "ms";
}

void TestPrices::changesStandInTheAuditLog()
{
    const auto newest = [&] {
        const QJsonValue entry = asOperator("GET", u"/api/v1/audit?limit=1"_s).json()[u"items"_s][0];
        return asOperator("GET", u"/api/v1/audit/"_s + entry[u"id"_s].toString()).json();
    };
    const QString id = add(newPrice(u"audited"_s, now().addDays(1)));
    QCOMPARE(newest()[u"entry"_s][u"action"_s], u"prices.update"_s);
    QCOMPARE(newest()[u"entry"_s][u"subjectId"_s], id);
    QCOMPARE(newest()[u"after"_s][u"prices"_s][u"input"_s], 1'000'000);
    asOperator("PATCH", prices + u'/' + id, {{u"verified"_s, true}});
    QCOMPARE(newest()[u"before"_s][u"verified"_s], false);
    QCOMPARE(newest()[u"after"_s][u"verified"_s], true);
    asOperator("DELETE", prices + u'/' + id);
    QCOMPARE(newest()[u"before"_s][u"model"_s], u"audited"_s);
    QVERIFY(!newest().contains(u"after"_s) || newest()[u"after"_s].isNull());
    asOperator("POST", prices + u"/import"_s,
               {{u"format"_s, u"csv"_s},
                {u"dryRun"_s, false},
                {u"text"_s, u"provider,model,validFrom,input\nopenai,audited-2,2036-01-01,1\n"_s}});
    QCOMPARE(newest()[u"after"_s][u"rows"_s][0], u"openai/audited-2 2036-01-01T00:00:00.000Z"_s);
}

// Null is not zero: a model without a price is told of, one that is free is not.
void TestPrices::unknownModelsAreTold()
{
    const QUuid tenant = m_stack.tenant(acme);
    const auto call = [&](const QString &model) {
        return PriceFixture::call(model, {.input = 10}, now().addSecs(-60), std::nullopt);
    };
    m_stack.record(tenant, {call(u"vllm/mystery"_s), call(u"vllm/mystery"_s), call(u"vllm/local"_s)});
    m_stack.record(m_stack.tenant(u"northwind"_s), {call(u"vllm/mystery"_s)});
    const auto told = [&](const HttpAnswer &answer) {
        QStringList names;
        for (const QJsonValue one : answer.json()[u"items"_s].toArray())
            names.append(u"%1 %2 %3"_s.arg(one[u"model"_s].toString())
                             .arg(one[u"calls"_s].toInt())
                             .arg(one[u"tenants"_s].toInt()));
        return names;
    };
    const QString path = prices + u"/unpriced"_s;
    QCOMPARE(told(asOwner("GET", path)), (QStringList{u"vllm/mystery 2 1"_s, u"vllm/local 1 1"_s}));
    QCOMPARE(told(asOperator("GET", path)), (QStringList{u"vllm/mystery 3 2"_s, u"vllm/local 1 1"_s}));
    QCOMPARE(asOperator("POST", aliases, {{u"name"_s, u"vllm/local"_s}}).status, 201);
    QCOMPARE(told(asOwner("GET", path)), QStringList{u"vllm/mystery 2 1"_s});
    QCOMPARE(told(asOperator("GET", path)), QStringList{u"vllm/mystery 3 2"_s});
}

QTEST_GUILESS_MAIN(TestPrices)
#include "tst_prices.moc"
