// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

// How numbers, money and time are written, in the person's language. Numbers line up in tables, so each kind has one
// form.
namespace amounts {

QString count(qint64 number); // "4,812"
QString compact(qint64 number); // "1.84 M": for large figures
// Nano-US-dollars. Two digits from a dollar up, four below, "<$0.0001" for less; nothing known: "—".
QString cost(std::optional<qint64> nanos);
QString exactCost(qint64 nanos); // with every digit that matters, for the derivation of a price
QString dollars(qint64 nanos); // the same without the currency's sign, as it is typed into a field
// What somebody has typed, in the person's way of writing and with or without the sign; nothing when that is no sum of
// US dollars, or one with more than nine digits behind the point. Never by way of a floating-point number.
std::optional<qint64> nanosOf(const QString &typed);
QString percent(double share); // 0.124 is "12.4 %"
QString duration(qint64 milliseconds); // "439 ms", "9.1 s", "2 min 5 s"
QString age(const QDateTime &time, const QDateTime &now); // "4 s", "3 min", "2 h", "5 d"
QString moment(const QDateTime &time); // "14:02:11" today, otherwise with the day
QString dayAndTime(const QDateTime &time); // in full, for tooltips and facts
QString clock(const QDateTime &time); // "14:06", with the day when it is another one

} // namespace amounts
