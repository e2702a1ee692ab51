// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/http/query.h"
#include "shared/id.h"
#include "shared/json/json.h"
#include "shared/json/schema.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

enum class Shade { Light, Dark };

struct Inner
{
    QString name;
    std::optional<int> count;

    static constexpr auto fields()
    {
        return std::tuple{Field{"name", &Inner::name, {.minLength = 1, .maxLength = 5}},
                          Field{"count", &Inner::count, {.minimum = 0}}};
    }
};

struct Outer
{
    QUuid id;
    QDateTime time;
    Shade shade = Shade::Light;
    QList<Inner> items;
    std::optional<bool> flag;
    qint64 big = 7;
    QJsonObject free;

    static constexpr auto fields()
    {
        using T = Outer;
        return std::tuple{Field{"id", &T::id},
                          Field{"time", &T::time},
                          Field{"shade", &T::shade},
                          Field{"items", &T::items},
                          Field{"flag", &T::flag},
                          Field{"big", &T::big, {.hasDefault = true}},
                          Field{"free", &T::free, {.hasDefault = true}}};
    }
};

struct Filter
{
    std::optional<QString> search;
    std::optional<QList<Shade>> shades;
    std::optional<int> limit;

    static constexpr auto fields()
    {
        return std::tuple{Field{"search", &Filter::search}, Field{"shade", &Filter::shades},
                          Field{"limit", &Filter::limit, {.minimum = 1, .maximum = 10}}};
    }
};

// Not a raw string: moc loses its way in them.
const QByteArray good =
    "{\"id\":\"01a1fc13-d235-72d9-81fa-483a17126b9b\",\"time\":\"2026-11-21T03:08:39.861Z\",\"shade\":\"dark\","
    "\"items\":[{\"name\":\"é\\\"\\\\\\n\",\"count\":null}],\"flag\":true,\"big\":9007199254740993,"
    "\"free\":{\"a\":[1.5,null,\"x\"]}}";

QStringList pointers(const QByteArray &text)
{
    try {
        json::parse<Outer>(text, json::UnknownMembers::Reject);
    } catch (const json::InvalidError &error) {
        QStringList list;
        for (const auto &problem : error.problems)
            list.append(problem.pointer);
        return list;
    }
    return {};
}

} // namespace

template<> inline constexpr auto enumNames<Shade> = std::to_array({"light", "dark"});

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        const auto value = json::parse<Outer>(good, json::UnknownMembers::Reject);
        QCOMPARE(value.big, 9007199254740993); // above what a double can hold
        QCOMPARE(value.items.first().name, u"é\"\\\n"_s);
        QCOMPARE(json::print(value), good);
    }

    void everyProblemIsNamed()
    {
        QByteArray bad = good;
        bad.replace("\"shade\":\"dark\"", "\"shade\":\"pink\"")
            .replace("\"count\":null", "\"count\":-1,\"extra/~\":2")
            .replace("\"flag\":true", "\"flag\":\"yes\"");
        QCOMPARE(pointers(bad), (QStringList{u"/shade"_s, u"/items/0/count"_s, u"/items/0/extra~1~0"_s, u"/flag"_s}));
        QCOMPARE(pointers("{}"), (QStringList{u"/id"_s, u"/time"_s, u"/shade"_s, u"/items"_s}));
        QCOMPARE(pointers("[]"), QStringList{u""_s});
    }

    void refusedText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("twice the same name") << QByteArray("{\"a\":1,\"a\":2}");
        QTest::newRow("trailing text") << QByteArray("{} x");
        QTest::newRow("second document") << QByteArray("{}{}");
        QTest::newRow("invalid utf-8") << QByteArray("[\"\xff\"]");
        QTest::newRow("control character") << QByteArray("[\"\n\"]");
        QTest::newRow("number without a leading digit") << QByteArray("[.5]");
        QTest::newRow("number with a trailing dot") << QByteArray("[2.]");
        QTest::newRow("unknown escape") << QByteArray("[\"\\x\"]");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("too deep") << QByteArray(300, '[') + QByteArray(300, ']');
        QTest::newRow("literal") << QByteArray("[nul]");
    }
    void refusedText()
    {
        QFETCH(const QByteArray, text);
        QVERIFY_EXCEPTION_THROWN(json::document(text), json::SyntaxError);
    }

    void syntaxErrorsSayWhere()
    {
        try {
            json::document("{\"a\":1,\"b\":[1,2,}}");
            QFAIL("accepted");
        } catch (const json::SyntaxError &error) {
            QCOMPARE(error.offset, 16);
        }
    }

    // The public suite of parser cases; its folder comes from outside.
    void suite()
    {
        const QString folder = qEnvironmentVariable("PATIO_TESTDATA");
        if (folder.isEmpty())
            QSKIP("PATIO_TESTDATA is not set");
        const QDir dir(folder + u"/jsontestsuite"_s);
        const QStringList names = dir.entryList({u"*.json"_s});
        QVERIFY(names.size() > 300);
        for (const QString &name : names) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            bool accepted = true;
            try {
                json::document(file.readAll());
            } catch (const json::SyntaxError &) {
                accepted = false;
            }
            // Duplicate names are allowed by the grammar; here they are refused, since two readers could differ on
            // them.
            const bool refusedOnPurpose = name.startsWith("y_object_duplicated_key"_L1);
            if (name.startsWith("y_"_L1))
                QVERIFY2(accepted != refusedOnPurpose, qPrintable(name));
            if (name.startsWith("n_"_L1))
                QVERIFY2(!accepted, qPrintable(name));
        }
    }

    void queryStrings()
    {
        const auto filter = query::parse<Filter>(QUrlQuery(u"search=a%20b&shade=dark&shade=light&limit=5"_s));
        QCOMPARE(*filter.search, u"a b"_s);
        QCOMPARE(filter.shades->size(), 2);
        QCOMPARE(query::print(filter).toString(QUrl::FullyEncoded), u"limit=5&search=a%20b&shade=dark&shade=light"_s);
    }

    void wrongQueries_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("unknown") << u"limt=5"_s << u"/limt"_s;
        QTest::newRow("twice") << u"limit=5&limit=6"_s << u"/limit"_s;
        QTest::newRow("no number") << u"limit=many"_s << u"/limit"_s;
        QTest::newRow("too large") << u"limit=11"_s << u"/limit"_s;
        QTest::newRow("not one of them") << u"shade=pink"_s << u"/shade/0"_s;
    }
    void wrongQueries()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, pointer);
        try {
            query::parse<Filter>(QUrlQuery(text));
            QFAIL("accepted");
        } catch (const json::InvalidError &error) {
            QCOMPARE(error.problems.first().pointer, pointer);
        }
    }

    void idsAreSortedByTime()
    {
        QList<QByteArray> ids;
        for (int i = 0; i < 10'000; ++i)
            ids.append(newId().toRfc4122());
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        QCOMPARE(QSet(ids.begin(), ids.end()).size(), ids.size());
        QCOMPARE(uchar(newId().toRfc4122().at(6)) >> 4, 7); // QUuid::version() knows 1 to 5 only
        QCOMPARE(newId().variant(), QUuid::DCE);
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
