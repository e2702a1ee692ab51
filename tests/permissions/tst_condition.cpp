// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/condition.h"
#include "shared/permissions/records.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace permissions;

namespace {

const Moment now(1'769'853'600'000); // 2026-01-31T10:00:00.000Z
const Variables ana{u"11111111-1111-4111-8111-111111111111"_s, {u"viewer"_s, u"Night shift"_s}, {{u"team"_s, u"eu"_s}}};

const Subject &templates() { return *findSubject(u"templates"); }

std::shared_ptr<const Condition> compiled(const QByteArray &json, const Subject &subject = templates())
{
    QList<json::Problem> problems;
    auto condition = Condition::compile(json::object(json), subject, &ana, problems);
    for (const auto &problem : problems)
        qWarning("%s %s", qPrintable(problem.pointer), qPrintable(problem.message));
    return condition;
}

} // namespace

// Single cases, to be read; that the meaning is CASL's is shown in tst_casl.
class TestCondition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void refuses_data();
    void refuses();
    void knowsWhatItNeverRefuses();
    void fillsInVariables_data();
    void fillsInVariables();
    void refusesVariablesThatThePersonLacks();
    void looksAtWireTypes();
    void saysWhatFailed();
};

void TestCondition::matches_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<bool>("holds");
    const auto row = [](const QByteArray &condition, const QByteArray &record, bool holds) {
        QTest::newRow((condition + " of " + record).constData()) << condition << record << holds;
    };
    row(R"({})", R"({})", true);
    row(R"({"folder":"a"})", R"({"folder":"a"})", true);
    row(R"({"folder":"a"})", R"({"folder":"b"})", false);
    row(R"({"folder":"a","slug":"b"})", R"({"folder":"a","slug":"c"})", false);
    row(R"({"tags":"a"})", R"({"tags":["b","a"]})", true);
    row(R"({"tags":["a"]})", R"({"tags":["a"]})", false); // no array is another one
    row(R"({"tags":{"$ne":"a"}})", R"({"tags":["b","a"]})", false);
    row(R"({"authorId":null})", R"({})", true);
    row(R"({"authorId":null})", R"({"authorId":null})", true);
    row(R"({"authorId":{"$ne":null}})", R"({"authorId":null})", false);
    row(R"({"authorId":{"$in":[null]}})", R"({})", false);
    row(R"({"latestVersion":{"$gt":2,"$lte":5}})", R"({"latestVersion":5})", true);
    row(R"({"latestVersion":{"$lt":2}})", R"({})", true); // in CASL what cannot be compared is less
    row(R"({"latestVersion":{"$gt":2}})", R"({"latestVersion":"10"})", true);
    row(R"({"latestVersion":{"$gt":"2"}})", R"({"latestVersion":"10"})", false);
    row(R"({"folder":{"$in":["a","b"]}})", R"({"folder":"b"})", true);
    row(R"({"folder":{"$nin":["a","b"]}})", R"({})", true);
    row(R"({"folder":{"$exists":true}})", R"({"folder":null})", true);
    row(R"({"folder":{"$exists":false}})", R"({"folder":null})", false);
    row(R"({"folder":{"$regex":"^SUP","$options":"i"}})", R"({"folder":"support/eu"})", true);
    row(R"({"folder":{"$regex":"^1"}})", R"({"folder":1})", false);
    row(R"({"tags":{"$all":["a","b"]}})", R"({"tags":["b","c","a"]})", true);
    row(R"({"tags":{"$all":[]}})", R"({"tags":"a"})", false);
    row(R"({"tags":{"$size":2}})", R"({"tags":["b","a"]})", true);
    row(R"({"tags":{"$elemMatch":{"$regex":"^a","$ne":"ab"}}})", R"({"tags":["ab","ac"]})", true);
    row(R"({"tags":{"$elemMatch":{"x":1,"y":2}}})", R"({"tags":[{"x":1},{"y":2}]})", false);
    row(R"({"tags":{"$elemMatch":{"x":1,"y":2}}})", R"({"tags":[{"x":1,"y":2}]})", true);
    row(R"({"tags.x":1})", R"({"tags":[{"x":2},{"x":1}]})", true);
    row(R"({"tags.x.y":1})", R"({"tags":[{"x":[{"y":3},{"y":1}]},{"x":5}]})", true);
    row(R"({"tags.1":"b"})", R"({"tags":["a","b"]})", true);
    row(R"({"tags.x":{"$size":1}})", R"({"tags":[{"x":[1,2]},{"x":[3]}]})", true);
    row(R"({"tags.x":null})", R"({"tags":[{"x":1},{}]})", true);
    row(R"({"tags.x":null})", R"({})", false); // there is nothing that could lack it
    row(R"({"tags.x.y":{"$exists":false}})", R"({})", true);
    row(R"({"folder":{"$not":{"$in":["a"]}}})", R"({"folder":"b"})", true);
    row(R"({"$or":[{"folder":"a"},{"slug":"b"}]})", R"({"slug":"b"})", true);
    row(R"({"$nor":[{"folder":"a"},{"slug":"b"}]})", R"({"slug":"b"})", false);
    row(R"({"$and":[{"folder":"a"},{"$or":[{"slug":"b"},{"slug":"c"}]}]})", R"({"folder":"a","slug":"c"})", true);
}

void TestCondition::matches()
{
    QFETCH(QByteArray, condition);
    QFETCH(QByteArray, record);
    const auto program = compiled(condition);
    QVERIFY(program);
    QTEST(program->matches(Attributes(templates(), json::object(record)), now), "holds");
}

void TestCondition::refuses_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QString>("problem");
    QTest::newRow("attribute") << QByteArray(R"({"colour":1})")
                               << u"/conditions/colour is no attribute of templates; these are: id"_s;
    QTest::newRow("operator") << QByteArray(R"({"slug":{"$like":1}})") << u"/conditions/slug/$like is no operator"_s;
    QTest::newRow("top operator") << QByteArray(R"({"$where":1})")
                                  << u"/conditions/$where is an operator that does not"_s;
    QTest::newRow("no path") << QByteArray(R"({"$gt":1})") << u"/conditions/$gt stands under a path"_s;
    QTest::newRow("mixed") << QByteArray(R"({"slug":{"$gt":1,"x":2}})") << u"/conditions/slug/x is no operator"_s;
    QTest::newRow("options alone") << QByteArray(R"({"slug":{"$options":"i"}})")
                                   << u"/conditions/slug/$options needs $regex"_s;
    QTest::newRow("list") << QByteArray(R"({"slug":{"$in":"a"}})") << u"/conditions/slug/$in must be a list"_s;
    QTest::newRow("comparable") << QByteArray(R"({"slug":{"$gt":null}})")
                                << u"/conditions/slug/$gt must be a text or"_s;
    QTest::newRow("size") << QByteArray(R"({"tags":{"$size":"1"}})") << u"/conditions/tags/$size must be a number"_s;
    QTest::newRow("exists") << QByteArray(R"({"tags":{"$exists":1}})") << u"/conditions/tags/$exists must be true or"_s;
    QTest::newRow("regex") << QByteArray(R"({"slug":{"$regex":"a("}})")
                           << u"/conditions/slug/$regex has a “(” without “)”, at character 2"_s;
    QTest::newRow("regex options") << QByteArray(R"({"slug":{"$regex":"a","$options":"g"}})")
                                   << u"/conditions/slug/$regex has $options"_s;
    QTest::newRow("empty or") << QByteArray(R"({"$or":[]})") << u"/conditions/$or must be a list of at least one"_s;
    QTest::newRow("item") << QByteArray(R"({"$or":[{"slug":"a"},1]})") << u"/conditions/$or/1 must be a condition"_s;
    QTest::newRow("not") << QByteArray(R"({"slug":{"$not":"a"}})") << u"/conditions/slug/$not must be an object"_s;
    QTest::newRow("and in items") << QByteArray(R"({"tags":{"$elemMatch":{"$and":[{"x":1}]}}})")
                                  << u"/conditions/tags/$elemMatch/$and is no operator"_s;
    QTest::newRow("empty step") << QByteArray(R"({"tags..x":1})") << u"/conditions/tags..x must be a path"_s;
    QTest::newRow("variable") << QByteArray(R"({"slug":"${user.name}"})")
                              << u"/conditions/slug names an unknown variable"_s;
    QTest::newRow("text around") << QByteArray(R"({"slug":"my ${user.id}"})")
                                 << u"/conditions/slug must be the variable alone"_s;
    QTest::newRow("now") << QByteArray(R"({"slug":{"$in":["${now}"]}})")
                         << u"/conditions/slug/$in/0 cannot be ${now}"_s;
    QTest::newRow("deep") << QByteArray(R"({"$and":[)").repeated(40) + "{}" + QByteArray("]}").repeated(40)
                          << u"/conditions/$and/0/$and"_s;
}

void TestCondition::refuses()
{
    QFETCH(QByteArray, condition);
    QFETCH(QString, problem);
    QList<json::Problem> problems;
    QVERIFY(!Condition::compile(json::object(condition), templates(), nullptr, problems));
    const QString found = problems.first().pointer + u' ' + problems.first().message;
    QVERIFY2(found.startsWith(problem), qPrintable(found));
}

void TestCondition::knowsWhatItNeverRefuses()
{
    QVERIFY(compiled("{}")->isEmpty());
    QVERIFY(compiled(R"({"$and":[{},{"$or":[{}]}]})")->isEmpty());
    QVERIFY(!compiled(R"({"slug":{"$exists":true}})")->isEmpty());
}

void TestCondition::fillsInVariables_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<bool>("holds");
    QTest::newRow("own") << QByteArray(R"({"authorId":"${user.id}"})")
                         << QByteArray(R"({"authorId":"11111111-1111-4111-8111-111111111111"})") << true;
    QTest::newRow("other") << QByteArray(R"({"authorId":"${user.id}"})") << QByteArray(R"({"authorId":"2"})") << false;
    QTest::newRow("attribute") << QByteArray(R"({"folder":"${user.attributes.team}"})")
                               << QByteArray(R"({"folder":"eu"})") << true;
    QTest::newRow("roles") << QByteArray(R"({"tags":{"$in":"${user.roles}"}})")
                           << QByteArray(R"({"tags":["Night shift"]})") << true;
    QTest::newRow("in a list") << QByteArray(R"({"authorId":{"$in":["x","${user.id}"]}})")
                               << QByteArray(R"({"authorId":"11111111-1111-4111-8111-111111111111"})") << true;
    QTest::newRow("before") << QByteArray(R"({"createdAt":{"$lt":"${now}"}})")
                            << QByteArray(R"({"createdAt":"2026-01-31T09:59:59.999Z"})") << true;
    QTest::newRow("after") << QByteArray(R"({"createdAt":{"$lt":"${now}"}})")
                           << QByteArray(R"({"createdAt":"2026-01-31T10:00:00.001Z"})") << false;
}

void TestCondition::fillsInVariables() { matches(); }

void TestCondition::refusesVariablesThatThePersonLacks()
{
    const QJsonObject json = json::object(R"({"folder":"${user.attributes.floor}"})");
    QList<json::Problem> problems;
    QVERIFY(Condition::compile(json, templates(), nullptr, problems)); // somebody may have it
    QVERIFY(!Condition::compile(json, templates(), &ana, problems));
    QVERIFY(problems.first().message.contains(u"user.attributes.floor"));
}

void TestCondition::looksAtWireTypes()
{
    PromptTemplate record;
    record.id = QUuid::fromString(u"0190abcd-0000-7000-8000-00000000000f"_s);
    record.folder = u"support"_s;
    record.tags = {u"a"_s, u"b"_s};
    record.latestVersion = 3;
    record.createdAt = QDateTime::fromMSecsSinceEpoch(now.msecs() - 1, Qt::UTC);
    const Attributes attributes(record);
    const QJsonObject json = json::object(json::print(record));
    for (qsizetype slot = 0; slot < templates().attributes.size(); ++slot) {
        const QString name = templates().attributes[slot].name;
        if (name != u"updatedAt") // not valid here: what it would be as text is nobody's concern
            QCOMPARE(toJson(attributes[std::size_t(slot)]), json.value(name));
    }
    QVERIFY(compiled(R"({"id":"0190abcd-0000-7000-8000-00000000000f","authorId":null,"tags":"b","latestVersion":3,
        "createdAt":{"$lt":"${now}"}})")
                ->matches(attributes, now));

    Job job;
    job.state = JobState::Failed;
    job.metadata = {{u"team"_s, QJsonArray{u"eu"_s}}};
    job.error = JobError{u"timeout"_s, {}};
    QVERIFY(
        compiled(R"({"state":{"$in":["failed","dead"]},"metadata.team":"eu","error.code":"timeout","cacheHit":false})",
                 *findSubject(u"jobs"))
            ->matches(Attributes(job), now));
    User user;
    user.roles = {Role::Owner};
    QVERIFY(compiled(R"({"roles":"owner","status":"active"})", *findSubject(u"users"))->matches(Attributes(user), now));
}

void TestCondition::saysWhatFailed()
{
    const auto condition = compiled(R"({"folder":"${user.attributes.team}","slug":{"$regex":"^x"},"tags":{"$size":1},
        "createdAt":{"$gt":"${now}"}})");
    const auto failures =
        condition->failures(Attributes(templates(), {{u"folder"_s, u"us"_s}, {u"slug"_s, u"xy"_s}}), now);
    QStringList lines;
    for (const FailedTest &one : failures)
        lines.append(QString::fromUtf8(json::print(one)));
    lines.sort();
    const auto alone = compiled(R"({"$and":[{},{"$or":[{"slug":"a"}]}]})")->failures(Attributes(templates()), now);
    QCOMPARE(alone.size(), 1);
    QCOMPARE(alone[0].path, u"slug"_s); // not the $and around it
    QCOMPARE(
        lines,
        (QStringList{
            uR"({"path":"createdAt","operator":"$gt","expected":"2026-01-31T10:00:00.000Z","present":false,"actual":null})"_s,
            uR"({"path":"folder","operator":"$eq","expected":"eu","present":true,"actual":"us"})"_s,
            uR"({"path":"tags","operator":"$size","expected":1,"present":false,"actual":null})"_s}));
}

QTEST_APPLESS_MAIN(TestCondition)
#include "tst_condition.moc"
