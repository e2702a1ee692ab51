// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/condition_rows.h"
#include "shared/json/json.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestConditionRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read_data()
    {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<QStringList>("rows"); // empty: a form cannot show it
        QTest::addColumn<bool>("any");
        const auto row = [](const char *condition, const QStringList &rows, bool any = false) {
            QTest::newRow(condition) << QByteArray(condition) << rows << any;
        };
        row(R"({"folder":"support"})", {u"folder $eq support"_s});
        row(R"({"folder":{"$ne":"support"},"revision":{"$gt":1,"$lte":9}})",
            {u"folder $ne support"_s, u"revision $gt 1"_s, u"revision $lte 9"_s});
        row(R"({"tags":{"$in":["a","b"]}})", {u"tags $in a,b"_s});
        row(R"({"archived":true})", {u"archived $eq true"_s});
        row(R"({"$or":[{"folder":"a"},{"folder":{"$regex":"^b"}}]})", {u"folder $eq a"_s, u"folder $regex ^b"_s}, true);
        row(R"({"$and":[{"folder":{"$ne":"a"}},{"folder":{"$ne":"b"}}]})", {u"folder $ne a"_s, u"folder $ne b"_s});
        for (const char *beyond :
             {R"({"folder":null})", R"({"folder":{"$not":{"$eq":"a"}}})", R"({"$nor":[{"folder":"a"}]})",
              R"({"$or":[{"folder":"a","name":"b"}]})", R"({"$or":[{"$and":[{"folder":"a"}]}]})", R"({"$or":[]})",
              R"({"folder":"a","$or":[{"name":"b"}]})", R"({"folder":{"$regex":"a","$options":"i"}})",
              R"({"variables":{"a":1}})", R"({"tags":["a"]})", R"({"tags":{"$elemMatch":{"$eq":"a"}}})",
              R"({"folder":{"$in":"a"}})", R"({"tags":{"$size":"2"}})", R"({"folder":{}})",
              R"({"folder":{"$in":[null]}})"})
            row(beyond, {});
    }

    void read()
    {
        QFETCH(QByteArray, condition);
        QFETCH(QStringList, rows);
        QFETCH(bool, any);
        const auto read = conditionRows::read(json::object(condition));
        QCOMPARE(read.has_value(), !rows.isEmpty());
        if (!read)
            return;
        QCOMPARE(read->any, any);
        QStringList texts;
        for (const ConditionRow &row : read->rows) {
            QStringList values;
            for (const QVariant &value :
                 row.value.isArray() ? row.value.toVariant().toList() : QVariantList{row.value.toVariant()})
                values << value.toString();
            texts << row.path + u' ' + row.test + u' ' + values.join(u',');
        }
        QCOMPARE(texts, rows);
        // What is written says the same, and is read as the same rows.
        const QJsonObject written = conditionRows::write(*read);
        QCOMPARE(json::print(written), json::print(json::object(condition)));
        QCOMPARE(conditionRows::read(written), read);
    }

    // Rows that were put together in the form, in an order in which no JSON stands.
    void writeKeepsEveryRow()
    {
        const ConditionRows same{false, {{u"folder"_s, u"$ne"_s, u"a"_s}, {u"folder"_s, u"$ne"_s, u"b"_s}}};
        QCOMPARE(conditionRows::read(conditionRows::write(same)), same);
        const ConditionRows plain{false, {{u"folder"_s, u"$eq"_s, u"a"_s}, {u"folder"_s, u"$ne"_s, u"b"_s}}};
        QCOMPARE(conditionRows::read(conditionRows::write(plain)), plain);
        const ConditionRows one{true, {{u"folder"_s, u"$eq"_s, u"a"_s}}};
        QCOMPARE(json::print(conditionRows::write(one)), R"({"folder":"a"})");
        QVERIFY(conditionRows::write({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConditionRows)
#include "tst_condition_rows.moc"
