// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace {

struct Amounts
{
    Q_DECLARE_TR_FUNCTIONS(Amounts)
};

constexpr double nanosInADollar = 1e9;
constexpr quint64 nanosInOne = 1'000'000'000;
constexpr int nanoDigits = 9;
constexpr qint64 secondsInADay = 24 * 3600;

// Thin spaces keep a unit on the line of its number.
QString withUnit(const QString &number, const QString &unit) { return number + u'\u2009' + unit; }

// Where no language is set at all, money still reads like money.
QLocale moneyLocale()
{
    return QLocale().language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : QLocale();
}

// The code says which dollar where the person's own currency is another one.
QString dollarSign() { return moneyLocale().currencySymbol(QLocale::CurrencyIsoCode) == "USD"_L1 ? u"$"_s : u"US$"_s; }

QString rounded(double amount, int digits) { return moneyLocale().toCurrencyString(amount, dollarSign(), digits); }

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
        return rounded(0, 2);
    if (std::abs(amount) < 0.0001)
        return u'<' + rounded(0.0001, 4);
    return rounded(amount, std::abs(amount) < 1 ? 4 : 2);
}

QString amounts::exactCost(qint64 nanos)
{
    // Where the sign stands is the language's; the digits are our own, which a double would not hold.
    const int one = nanos < 0 ? -1 : 1;
    return rounded(one, 2).replace(moneyLocale().toString(1.0, 'f', 2), dollars(nanos < 0 ? -nanos : nanos));
}

QString amounts::dollars(qint64 nanos)
{
    const QLocale locale = moneyLocale();
    const quint64 whole = nanos < 0 ? -quint64(nanos) : quint64(nanos);
    QString fraction = QString::number(whole % nanosInOne).rightJustified(nanoDigits, u'0');
    while (fraction.size() > 2 && fraction.endsWith(u'0'))
        fraction.chop(1);
    return (nanos < 0 ? locale.negativeSign() : QString()) + locale.toString(qulonglong(whole / nanosInOne))
        + locale.decimalPoint() + fraction;
}

std::optional<qint64> amounts::nanosOf(const QString &typed)
{
    const QLocale locale = moneyLocale();
    QString text = typed.simplified().remove(u' ').remove(u'\u00a0').remove(u'\u202f').toUpper();
    for (const QString &sign : {u"US$"_s, u"USD"_s, u"$"_s})
        if (text.startsWith(sign) || text.endsWith(sign))
            text.remove(sign);
    const QStringList halves = text.split(locale.decimalPoint());
    const QString fraction = halves.value(1);
    const QStringList groups = halves.first().split(locale.groupSeparator());
    const auto isDigits = [](const QString &part) {
        return std::all_of(part.begin(), part.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    };
    // Groups are whole ones: "1.5" is not fifteen where the point divides thousands.
    for (qsizetype i = 0; i < groups.size(); ++i)
        if (!isDigits(groups[i])
            || (groups.size() > 1 && (i == 0 ? groups[i].size() > 3 || groups[i].isEmpty() : groups[i].size() != 3)))
            return {};
    const QString whole = groups.join(QString());
    if (halves.size() > 2 || whole.isEmpty() || !isDigits(fraction) || fraction.size() > nanoDigits
        || (halves.size() == 2 && fraction.isEmpty()))
        return {};
    bool isNumber = false;
    const qint64 nanos = (whole + fraction.leftJustified(nanoDigits, u'0')).toLongLong(&isNumber);
    return isNumber ? std::optional(nanos) : std::nullopt;
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
