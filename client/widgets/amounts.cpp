// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

struct Amounts
{
    Q_DECLARE_TR_FUNCTIONS(Amounts)
};

constexpr double nanosInADollar = 1e9;
constexpr qint64 secondsInADay = 24 * 3600;

// Thin spaces keep a unit on the line of its number.
QString withUnit(const QString &number, const QString &unit) { return number + u'\u2009' + unit; }

// Where no language is set at all, money still reads like money.
QLocale moneyLocale()
{
    return QLocale().language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : QLocale();
}

QString dollars(double amount, int digits)
{
    // The code says which dollar where the person's own currency is another one.
    const QString symbol = moneyLocale().currencySymbol(QLocale::CurrencyIsoCode) == "USD"_L1 ? u"$"_s : u"US$"_s;
    return moneyLocale().toCurrencyString(amount, symbol, digits);
}

} // namespace

QString amounts::count(qint64 number) { return QLocale().toString(number); }

QString amounts::compact(qint64 number)
{
    struct Unit
    {
        double size;
        QString name;
    };
    const std::array units{Unit{1e9, Amounts::tr("B", "billion, 10⁹")}, Unit{1e6, Amounts::tr("M", "million")},
                           Unit{1e3, Amounts::tr("k", "thousand")}};
    for (const Unit &unit : units) {
        if (std::abs(double(number)) < unit.size * (unit.size == 1e3 ? 10 : 1))
            continue;
        const double scaled = double(number) / unit.size;
        return withUnit(QLocale().toString(scaled, 'f', scaled < 10 ? 2 : scaled < 100 ? 1 : 0), unit.name);
    }
    return count(number);
}

QString amounts::cost(std::optional<qint64> nanos)
{
    if (!nanos)
        return u"—"_s;
    const double amount = double(*nanos) / nanosInADollar;
    if (*nanos == 0)
        return dollars(0, 2);
    if (std::abs(amount) < 0.0001)
        return u'<' + dollars(0.0001, 4);
    return dollars(amount, std::abs(amount) < 1 ? 4 : 2);
}

QString amounts::exactCost(qint64 nanos)
{
    int digits = 9;
    for (qint64 rest = nanos; digits > 2 && rest % 10 == 0; rest /= 10)
        --digits;
    return dollars(double(nanos) / nanosInADollar, digits);
}

QString amounts::percent(double share)
{
    const bool exact = share != 0 && (std::abs(share) < 0.1 || std::abs(share) >= 1);
    return withUnit(QLocale().toString(share * 100, 'f', exact ? 1 : 0), u"%"_s);
}

QString amounts::duration(qint64 milliseconds)
{
    if (milliseconds < 1000)
        return withUnit(QLocale().toString(std::max<qint64>(milliseconds, 0)), Amounts::tr("ms"));
    if (milliseconds < 60'000)
        return withUnit(QLocale().toString(double(milliseconds) / 1000, 'f', 1), Amounts::tr("s"));
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 3600)
        return withUnit(QString::number(seconds / 60), Amounts::tr("min")) + u' '
            + withUnit(QString::number(seconds % 60), Amounts::tr("s"));
    return withUnit(QString::number(seconds / 3600), Amounts::tr("h")) + u' '
        + withUnit(QString::number(seconds % 3600 / 60), Amounts::tr("min"));
}

QString amounts::age(const QDateTime &time, const QDateTime &now)
{
    const qint64 seconds = std::max<qint64>(time.secsTo(now), 0);
    if (seconds < 60)
        return withUnit(QString::number(seconds), Amounts::tr("s"));
    if (seconds < 3600)
        return withUnit(QString::number(seconds / 60), Amounts::tr("min"));
    if (seconds < secondsInADay)
        return withUnit(QString::number(seconds / 3600), Amounts::tr("h"));
    if (seconds < 60 * secondsInADay)
        return withUnit(QString::number(seconds / secondsInADay), Amounts::tr("d", "days"));
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat);
}

QString amounts::moment(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), u"HH:mm:ss"_s);
    return local.date() == QDate::currentDate() ? clock
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + clock;
}

QString amounts::dayAndTime(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    return QLocale().toString(local.date(), QLocale::LongFormat) + u", "_s
        + QLocale().toString(local.time(), u"HH:mm:ss"_s);
}

QString amounts::clock(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = QLocale().toString(local.time(), u"HH:mm"_s);
    return local.date() == QDate::currentDate() ? clock
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + clock;
}
