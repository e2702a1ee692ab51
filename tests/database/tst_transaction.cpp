// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/error.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace Qt::StringLiterals;

enum class Colour { Red, DarkBlue };
template<> inline constexpr auto enumNames<Colour> = std::to_array({"red", "dark_blue"});

struct Part
{
    QString name;
    int count = 0;
    static constexpr auto fields() { return std::tuple{Field{"name", &Part::name}, Field{"count", &Part::count}}; }
    bool operator==(const Part &) const = default;
};

struct Everything
{
    QString someText;
    QByteArray bytes;
    QUuid id;
    QDateTime createdAt;
    bool isOn = false;
    int small = 0;
    qint64 large = 0;
    double real = 0;
    QJsonObject object;
    Colour colour = Colour::Red;
    std::optional<QString> maybeText;
    QList<QString> texts;
    QList<qint64> numbers;
    QList<Colour> colours;
    Part part;
    QList<Part> parts;
    static constexpr auto fields()
    {
        using T = Everything;
        return std::tuple{
            Field{"someText", &T::someText},   Field{"bytes", &T::bytes},         Field{"id", &T::id},
            Field{"createdAt", &T::createdAt}, Field{"isOn", &T::isOn},           Field{"small", &T::small},
            Field{"large", &T::large},         Field{"real", &T::real},           Field{"object", &T::object},
            Field{"colour", &T::colour},       Field{"maybeText", &T::maybeText}, Field{"texts", &T::texts},
            Field{"numbers", &T::numbers},     Field{"colours", &T::colours},     Field{"part", &T::part},
            Field{"parts", &T::parts}};
    }
    bool operator==(const Everything &) const = default;
};

class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(); }
    void cleanupTestCase() { m_test.reset(); }

    void everyTypeComesBackAsItWent();

private:
    std::optional<TestDatabase> m_test;
};

void TestTransaction::everyTypeComesBackAsItWent()
{
    const Everything sent{.someText = u"“quoted”, \\back\\slash 'single' {brace} NULL 😀"_s,
                          .bytes = QByteArray("\0\x01\xff\\x00", 7),
                          .id = QUuid::createUuid(),
                          .createdAt = QDateTime::fromMSecsSinceEpoch(1'714'558'830'007, Qt::UTC),
                          .isOn = true,
                          .small = -2'147'483'647 - 1,
                          .large = std::numeric_limits<qint64>::max(),
                          .real = 0.1 + 0.2,
                          .object = {{u"a"_s, QJsonArray{1, 2.5, QJsonValue::Null, u"é\\u0000 is text here"_s}}},
                          .colour = Colour::DarkBlue,
                          .maybeText = {},
                          .texts = {u""_s, u"NULL"_s, u"a,b"_s, u"\"q\" \\ {x}"_s, u" space "_s, u"日本"_s},
                          .numbers = {},
                          .colours = {Colour::DarkBlue, Colour::Red},
                          .part = {u"bolt"_s, 3},
                          .parts = {{u"nut"_s, 1}, {u"\"washer\""_s, 2}}};
    const Everything got = m_test->database().platform([&](Transaction &tx) {
        return tx.one<Everything>(R"(
            SELECT $1::text AS some_text, $2::bytea AS bytes, $3::uuid AS id, $4::timestamptz AS created_at,
                   $5::boolean AS is_on, $6::int AS small, $7::bigint AS large, $8::float8 AS "real", $9::jsonb AS object,
                   $10::text AS colour, $11::text AS maybe_text, $12::text[] AS texts, $13::bigint[] AS numbers,
                   $14::text[] AS colours, $15::jsonb AS part, $16::jsonb AS parts)",
                                  sent.someText, sent.bytes, sent.id, sent.createdAt, sent.isOn, sent.small, sent.large,
                                  sent.real, sent.object, sent.colour, sent.maybeText, sent.texts, sent.numbers,
                                  sent.colours, sent.part, sent.parts);
    });
    QCOMPARE(got.someText, sent.someText);
    QCOMPARE(got.bytes, sent.bytes);
    QCOMPARE(got.createdAt, sent.createdAt);
    QCOMPARE(got.real, sent.real);
    QCOMPARE(got.object, sent.object);
    QCOMPARE(got.texts, sent.texts);
    QVERIFY(got == sent);
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
