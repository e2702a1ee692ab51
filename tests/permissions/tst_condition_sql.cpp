// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_conditions.h"

#include "server/permissions/condition_sql.h"
#include "server/permissions/pattern_sql.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace permissions;

namespace {

// A record with a member of each kind that a column may have.
struct Thing
{
    QString name;
    std::optional<QString> note;
    std::optional<double> amount;
    std::optional<bool> isOpen;
    std::optional<QDateTime> dueAt;
    std::optional<QUuid> ownerId;
    QList<QString> tags;
    std::optional<QJsonObject> extra;

    static constexpr auto fields()
    {
        using T = Thing;
        return std::tuple{Field{"name", &T::name},     Field{"note", &T::note},   Field{"amount", &T::amount},
                          Field{"isOpen", &T::isOpen}, Field{"dueAt", &T::dueAt}, Field{"ownerId", &T::ownerId},
                          Field{"tags", &T::tags},     Field{"extra", &T::extra}};
    }
};

const Moment now(1'769'853'600'000); // 2026-01-31T10:00:00.000Z
constexpr int conditionCount = 100'000;
constexpr int conditionsAtOnce = 100;
constexpr int thingCount = 50;

// Things are kept as templates are: the subject needs the names only.
const Subject &things()
{
    static const Subject subject{u"templates"_s,
                                 {},
                                 {{u"name"_s, AttributeType::Text, {}},
                                  {u"note"_s, AttributeType::Text, {}},
                                  {u"amount"_s, AttributeType::Number, {}},
                                  {u"isOpen"_s, AttributeType::Boolean, {}},
                                  {u"dueAt"_s, AttributeType::Time, {}},
                                  {u"ownerId"_s, AttributeType::Id, {}},
                                  {u"tags"_s, AttributeType::TextList, {}},
                                  {u"extra"_s, AttributeType::Object, {}}}};
    return subject;
}
SqlTable table() { return {&things(), columnsOf<Thing>}; }

const QUuid owner = QUuid::fromString(u"11111111-1111-4111-8111-111111111111"_s);
const Variables ana{owner.toString(QUuid::WithoutBraces), {u"a"_s, u"b"_s}, {{u"level"_s, 2}}};

Thing randomThing(RandomConditions &make)
{
    Random &random = make.random;
    const auto text = [&] { return make.text(); };
    Thing thing;
    thing.name = text();
    if (random.chance(70))
        thing.note = text();
    if (random.chance(80))
        thing.amount = make.number();
    if (random.chance(70))
        thing.isOpen = random.chance(50);
    if (random.chance(80))
        thing.dueAt = QDateTime::fromMSecsSinceEpoch(now.msecs() + random.below(3) - 1, Qt::UTC);
    if (random.chance(80))
        thing.ownerId = random.chance(50) ? owner : QUuid::createUuidV5(owner, QByteArray::number(random.below(3)));
    for (int count = random.below(4); count > 0; --count)
        thing.tags.append(text());
    if (random.chance(85))
        thing.extra = make.members(3);
    return thing;
}

Rule rule(RuleEffect effect, const QJsonObject &condition)
{
    Rule rule;
    rule.effect = effect;
    rule.who = {{RuleWhoKind::Everyone, {}}};
    rule.actions = {u"read"_s};
    rule.subject = u"templates"_s;
    rule.conditions = condition;
    return rule;
}

} // namespace

class TestConditionSql : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_test.reset(); }

    void findsTheSameRows();
    void findsWhatAPolicyAllows();
    void patternsFindTheSame();
    void refuses_data();
    void refuses();
    void valuesAreBound();

private:
    QList<QList<int>> rowsOf(const QList<database::Fragment> &conditions);

    std::optional<TestDatabase> m_test;
    TenantScope m_tenant;
    QList<Thing> m_things;
    std::vector<std::unique_ptr<Attributes>> m_records;
};

void TestConditionSql::initTestCase()
{
    MigrationFiles files = MigrationFiles::builtIn();
    files.tenant.append(Migration::make(u"9001_things.sql"_s, R"(
        CREATE TABLE things (number integer NOT NULL, name text NOT NULL, note text, amount double precision, is_open boolean,
                             due_at timestamptz(3), owner_id uuid, tags text[] NOT NULL, extra jsonb))"));
    m_test.emplace(TestDatabase::Options{.files = files});
    m_tenant = m_test->makeTenant();
    RandomConditions make(1, {});
    m_test->database().transaction(m_tenant, [&](Transaction &tx) {
        for (int i = 0; i < thingCount; ++i) {
            const Thing thing = randomThing(make);
            tx.run("INSERT INTO things VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", i, thing.name, thing.note,
                   thing.amount, thing.isOpen, thing.dueAt, thing.ownerId, thing.tags, thing.extra);
            m_records.push_back(std::make_unique<Attributes>(things(), json::object(json::print(thing))));
        }
    });
}

struct Found
{
    int condition = 0;
    int row = 0;

    static constexpr auto fields()
    {
        return std::tuple{Field{"condition", &Found::condition}, Field{"row", &Found::row}};
    }
};

// The numbers of the things for which each of them is true.
QList<QList<int>> TestConditionSql::rowsOf(const QList<database::Fragment> &conditions)
{
    database::Fragment values;
    for (qsizetype i = 0; i < conditions.size(); ++i)
        values.append({i ? database::SqlText(", (") : database::SqlText("("), database::Fragment::bound(int(i)), ", ",
                       conditions[i], ")"});
    const auto found = m_test->database().transaction(m_tenant, [&](Transaction &tx) {
        return tx.allWhere<Found>(R"(
            SELECT condition.number AS condition, things.number AS row
            FROM things CROSS JOIN LATERAL (VALUES {where}) AS condition (number, holds)
            WHERE condition.holds
            ORDER BY 1, 2)",
                                  values);
    });
    QList<QList<int>> rows(conditions.size());
    for (const Found &one : found)
        rows[one.condition].append(one.row);
    return rows;
}

void TestConditionSql::findsTheSameRows()
{
    RandomConditions make(2,
                          {u"name"_s, u"note"_s, u"amount"_s, u"isOpen"_s, u"dueAt"_s, u"ownerId"_s, u"tags"_s,
                           u"extra"_s, u"extra"_s, u"extra.x"_s, u"extra.y"_s, u"extra.x.y"_s});
    int refused = 0;
    qint64 hits = 0;
    for (int made = 0; made < conditionCount; made += conditionsAtOnce) {
        QList<QJsonObject> sources;
        std::vector<std::shared_ptr<const Condition>> conditions;
        QList<database::Fragment> sql;
        while (sql.size() < conditionsAtOnce) {
            const QJsonObject json = make.condition(2);
            QList<json::Problem> problems;
            const auto condition = Condition::compile(json, things(), &ana, problems);
            const auto compiled = condition ? compileSql(*condition, table(), now, problems) : std::nullopt;
            if (!compiled) {
                ++refused;
                continue;
            }
            sources.append(json);
            conditions.push_back(condition);
            sql.append(*compiled);
        }
        const QList<QList<int>> rows = rowsOf(sql);
        for (qsizetype i = 0; i < sql.size(); ++i) {
            QList<int> expected;
            for (int row = 0; row < thingCount; ++row)
                if (conditions[std::size_t(i)]->matches(*m_records[std::size_t(row)], now))
                    expected.append(row);
            hits += expected.size();
            if (rows[i] == expected)
                continue;
            const auto differs = std::mismatch(rows[i].begin(), rows[i].end(), expected.begin(), expected.end());
            const int row = std::min(differs.first == rows[i].end() ? thingCount : *differs.first,
                                     differs.second == expected.end() ? thingCount : *differs.second);
            QJsonObject record;
            for (qsizetype slot = 0; slot < things().attributes.size(); ++slot)
                record.insert(things().attributes[slot].name,
                              toJson((*m_records[std::size_t(row)])[std::size_t(slot)]));
            QFAIL(qPrintable(u"%1\nis by SQL %2 of\n%3\n%4"_s.arg(
                QString::fromUtf8(json::print(sources[i])), rows[i].contains(row) ? u"true"_s : u"false"_s,
                QString::fromUtf8(json::print(record)),
                QString::fromUtf8(json::print(conditions[std::size_t(i)]->failures(*m_records[std::size_t(row)], now)))
                    + QString::fromStdString(sql[i].text(0)))));
        }
    }
    qInfo("%d conditions find the same of %d rows, %.0f %% of them; %d more do not compile", conditionCount, thingCount,
          100.0 * double(hits) / conditionCount / thingCount, refused);
    QVERIFY(refused < 2 * conditionCount);
}

// The real table of templates, as its lists read it.
void TestConditionSql::findsWhatAPolicyAllows()
{
    RandomConditions make(3, {u"name"_s, u"folder"_s, u"tags"_s, u"latestVersion"_s, u"authorId"_s, u"createdAt"_s});
    Random &random = make.random;
    QList<PromptTemplate> records = m_test->database().transaction(m_tenant, [&](Transaction &tx) {
        for (int i = 0; i < thingCount; ++i) {
            QList<QString> tags;
            for (int count = random.below(4); count > 0; --count)
                tags.append(make.text());
            tx.run(R"(
                INSERT INTO templates (slug, name, description, folder, tags, sort_text, search_text, author_id, author_name,
                                       latest_version, created_at)
                VALUES ($1, $2, '', $3, $4, '', '', $5, 'Ana', $6, $7))",
                   u"t%1"_s.arg(i), make.text(), make.text(), tags,
                   random.chance(50) ? std::optional(owner) : std::nullopt, random.below(4),
                   QDateTime::fromMSecsSinceEpoch(now.msecs() + random.below(3) - 1, Qt::UTC));
        }
        return tx.all<PromptTemplate>(R"(
            SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at, updated_at,
                   revision
            FROM templates ORDER BY id)");
    });
    Principal principal;
    principal.userId = owner;
    qint64 allowed = 0;
    constexpr int policies = 2000;
    for (int i = 0; i < policies; ++i) {
        PolicySource source;
        if (random.chance(50))
            principal.roles = {Role::Viewer};
        else
            principal.roles.clear();
        principal.attributes = {{u"level"_s, 2}};
        for (int count = random.below(6); count > 0; --count) {
            Rule one = rule(random.chance(50) ? RuleEffect::Deny : RuleEffect::Allow, make.condition(2));
            if (!checkRuleSql(inputOf(one), sqlTable<PromptTemplate>()).isEmpty())
                continue; // would not have been saved
            if (random.chance(20))
                one.onlyFields = QList<QString>{u"name"_s};
            if (random.chance(20))
                one.validUntil = QDateTime::fromMSecsSinceEpoch(now.msecs() + random.below(2), Qt::UTC);
            source.rules.append(one);
        }
        const Policy policy(source, principal);
        QList<QUuid> expected;
        for (const PromptTemplate &record : records)
            if (policy.may(Ability::TemplatesRead, Attributes(record), now))
                expected.append(record.id);
        const auto where = rowsAllowed(policy, Ability::TemplatesRead, sqlTable<PromptTemplate>(), now);
        m_test->database().transaction(m_tenant, [&](Transaction &tx) {
            QCOMPARE(
                tx.allWhere<QUuid>("SELECT id FROM templates WHERE removed_at IS NULL AND {where} ORDER BY id", where),
                expected);
            QCOMPARE(tx.oneWhere<qint64>("SELECT count(*) FROM templates WHERE slug <> $1 AND {where}", where, u"x"_s),
                     expected.size());
        });
        if (QTest::currentTestFailed())
            return;
        allowed += expected.size();
    }
    QVERIFY(allowed > policies * thingCount / 10 && allowed < policies * thingCount * 9 / 10);
}

void TestConditionSql::patternsFindTheSame()
{
    RandomConditions make(4, {});
    QList<QString> sql, texts;
    std::vector<patterns::Pattern> patterns;
    QList<QString> sources;
    int refused = 0;
    for (int i = 0; i < 60; ++i)
        texts.append(make.text() + make.text());
    while (sql.size() < 5000) {
        const QString pattern = make.pattern();
        const QString options = make.random.pick(QList<QString>{u""_s, u"i"_s, u"s"_s, u"m"_s});
        QString reason;
        const auto translated = patternSql(pattern, options, reason);
        refused += !translated;
        if (!translated)
            continue;
        sources.append(u"/%1/%2"_s.arg(pattern, options));
        sql.append(*translated);
        patterns.emplace_back(pattern, patterns::Characters::Units, *patterns::optionsOf(options));
    }
    const auto found = m_test->database().transaction(m_tenant, [&](Transaction &tx) {
        return tx.all<Found>(R"(
            SELECT pattern.number AS condition, text.number AS row
            FROM unnest($1::text[]) WITH ORDINALITY AS pattern (text, number)
            JOIN unnest($2::text[]) WITH ORDINALITY AS text (text, number) ON text.text COLLATE "C" ~ pattern.text)",
                             sql, texts);
    });
    std::vector<std::vector<bool>> isFound(patterns.size(), std::vector<bool>(std::size_t(texts.size())));
    for (const Found &one : found)
        isFound[std::size_t(one.condition - 1)][std::size_t(one.row - 1)] = true;
    for (std::size_t i = 0; i < patterns.size(); ++i)
        for (qsizetype j = 0; j < texts.size(); ++j)
            QVERIFY2(isFound[i][std::size_t(j)] == patterns[i].isIn(texts[j]),
                     qPrintable(sources[qsizetype(i)] + u" in "_s + texts[j] + u", as SQL "_s + sql[qsizetype(i)]));
    qInfo("%d patterns more do not compile", refused);
}

void TestConditionSql::refuses_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QString>("problem"); // empty: none
    const auto row = [](const QByteArray &condition, const QString &problem) {
        QTest::newRow(condition.constData()) << condition << problem;
    };
    row(R"({"name":{"$regex":"^support/.+$"}})", {});
    row(R"({"name":{"$regex":"^[^/]+/[a-z]*$","$options":"i"}})", {});
    row(R"({"createdAt":{"$gt":"${now}"}})", {});
    row(R"({"latestVersion":{"$gt":"${user.attributes.level}"}})", {});
    row(R"({"name":{"$lt":5}})", u"/conditions/name/$lt orders a text by what is no text"_s);
    row(R"({"name":{"$lt":"${user.attributes.level}"}})", u"/conditions/name/$lt orders a text by what is no text"_s);
    row(R"({"name":{"$lt":"a😀"}})", u"/conditions/name/$lt orders by a character beyond"_s);
    row(R"({"name":{"$regex":"a.c"}})", u"/conditions/name/$regex counts characters"_s);
    row(R"({"name":{"$regex":"^.{3,}$"}})", u"/conditions/name/$regex counts characters"_s);
    row(R"({"name":{"$regex":".+x.+"}})", u"/conditions/name/$regex repeats characters"_s);
    row(R"({"name":{"$regex":"^a","$options":"m"}})", u"/conditions/name/$regex uses ^ or $ with the option m"_s);
    row(R"({"name":{"$regex":"a{300}"}})", u"/conditions/name/$regex repeats more than 255"_s);
    row(R"({"tags":{"$elemMatch":{"x":1}}})", u"/conditions/tags/$elemMatch/x asks a text for a member"_s);
}

void TestConditionSql::refuses()
{
    QFETCH(QByteArray, condition);
    QFETCH(QString, problem);
    const auto problems =
        checkRuleSql(inputOf(rule(RuleEffect::Allow, json::object(condition))), sqlTable<PromptTemplate>());
    if (problem.isEmpty()) {
        QVERIFY2(problems.isEmpty(), qPrintable(problems.value(0).message));
        return;
    }
    QVERIFY(!problems.isEmpty());
    const QString found = problems.first().pointer + u' ' + problems.first().message;
    QVERIFY2(found.startsWith(problem), qPrintable(found));
}

void TestConditionSql::valuesAreBound()
{
    const QString evil = u"'; DROP TABLE things; --"_s;
    QList<json::Problem> problems;
    const auto condition = Condition::compile(
        {{u"name"_s, evil}, {u"extra."_s + u"x'y"_s, evil}, {u"tags"_s, QJsonObject{{u"$regex"_s, u"'; DROP"_s}}}},
        things(), &ana, problems);
    QVERIFY(condition);
    const auto sql = compileSql(*condition, table(), now, problems);
    QVERIFY(sql);
    const std::string text = sql->text(0);
    QVERIFY2(text.find("DROP") == std::string::npos && text.find("x'y") == std::string::npos, text.c_str());
    QCOMPARE(rowsOf({*sql}), QList<QList<int>>{{}});
}

QTEST_GUILESS_MAIN(TestConditionSql)
#include "tst_condition_sql.moc"
