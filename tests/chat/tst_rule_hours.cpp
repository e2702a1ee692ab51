// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/rule_hours.h"

#include <QTest>

using namespace Qt::StringLiterals;
using permissions::HourSpan;

namespace {

qint64 at(const char *utc) { return QDateTime::fromString(QString::fromLatin1(utc), Qt::ISODate).toMSecsSinceEpoch(); }

} // namespace

class TestRuleHours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void officeHours()
    {
        const HourSpan span({u"America/Sao_Paulo"_s, u"09:00"_s, u"18:00"_s, {}});
        QVERIFY(!span.holds(at("2026-03-04T11:59:59Z"))); // 8:59 there
        QVERIFY(span.holds(at("2026-03-04T12:00:00Z")));
        QVERIFY(span.holds(at("2026-03-04T20:59:59Z")));
        QVERIFY(!span.holds(at("2026-03-04T21:00:00Z")));
    }
    void acrossMidnight()
    {
        const HourSpan span({u"America/Sao_Paulo"_s, u"18:00"_s, u"09:00"_s, {Weekday::Friday}});
        QVERIFY(span.holds(at("2026-03-06T21:00:00Z"))); // Friday, 18:00
        QVERIFY(span.holds(at("2026-03-07T11:59:00Z"))); // Saturday, 8:59: began on Friday
        QVERIFY(!span.holds(at("2026-03-07T12:00:00Z")));
        QVERIFY(!span.holds(at("2026-03-07T22:00:00Z"))); // Saturday evening
        QVERIFY(!span.holds(at("2026-03-06T05:00:00Z"))); // Friday night: began on Thursday
    }
    void daylightSaving()
    {
        const HourSpan span({u"Europe/Berlin"_s, u"09:00"_s, u"10:00"_s, {}});
        QVERIFY(span.holds(at("2026-01-15T08:30:00Z")));
        QVERIFY(!span.holds(at("2026-07-15T08:30:00Z")));
        QVERIFY(span.holds(at("2026-07-15T07:30:00Z")));
    }
    void beforeTheEpoch()
    {
        const HourSpan span({u"UTC"_s, u"09:00"_s, u"10:00"_s, {Weekday::Wednesday}});
        QVERIFY(span.holds(at("1969-12-31T09:30:00Z"))); // a Wednesday
        QVERIFY(!span.holds(at("1969-12-31T08:59:00Z")));
    }
    void mistakesAreNamed()
    {
        const auto pointers = [](const RuleHours &hours) {
            QStringList list;
            for (const json::Problem &problem : checkHours(hours, u"/hours"_s))
                list.append(problem.pointer);
            return list;
        };
        QCOMPARE(pointers({u"Mars/Olympus"_s, u"24:00"_s, u"9:000"_s, {}}),
                 (QStringList{u"/hours/timeZone"_s, u"/hours/from"_s, u"/hours/until"_s}));
        QCOMPARE(pointers({u"UTC"_s, u"09:00"_s, u"09:00"_s, {}}), QStringList{u"/hours/until"_s});
        QVERIFY(pointers({u"UTC"_s, u"00:00"_s, u"23:59"_s, {Weekday::Sunday}}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRuleHours)
#include "tst_rule_hours.moc"
