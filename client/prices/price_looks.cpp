// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct PriceLooks
{
    Q_DECLARE_TR_FUNCTIONS(PriceLooks)
};

constexpr qint64 nanosInAMicro = 1000;
constexpr qint64 microsInADollar = 1'000'000;
const auto typedMomentForm = u"yyyy-MM-dd HH:mm"_s;

} // namespace

PriceState stateOf(const PriceRow &row, const QDateTime &now)
{
    if (row.validFrom > now)
        return PriceState::Planned;
    return row.validUntil && *row.validUntil <= now ? PriceState::Former : PriceState::InForce;
}

StatusLook lookOf(PriceState state)
{
    switch (state) {
    case PriceState::Planned:
        return {Tone::Info, u"clock"_s, PriceLooks::tr("Planned", "a price")};
    case PriceState::InForce:
        return {Tone::Success, u"circle-check"_s, PriceLooks::tr("In force", "a price")};
    case PriceState::Former:
        break;
    }
    return {Tone::Neutral, u"history"_s, PriceLooks::tr("Former", "a price")};
}

StatusLook verifiedLook(bool verified)
{
    return verified ? StatusLook{Tone::Success, u"shield-check"_s, PriceLooks::tr("Verified", "a price")}
                    : StatusLook{Tone::Warning, u"circle-help"_s, PriceLooks::tr("Not verified", "a price")};
}

StatusLook lookOf(PriceImportStatus status)
{
    switch (status) {
    case PriceImportStatus::Added:
        return {Tone::Success, u"plus"_s, PriceLooks::tr("New", "a row of an import")};
    case PriceImportStatus::Same:
        return {Tone::Neutral, u"check"_s, PriceLooks::tr("There already", "a row of an import")};
    case PriceImportStatus::Conflicting:
        return {Tone::Warning, u"triangle-alert"_s, PriceLooks::tr("Conflicting", "a row of an import")};
    case PriceImportStatus::Invalid:
        break;
    }
    return {Tone::Danger, u"circle-alert"_s, PriceLooks::tr("Wrong", "a row of an import")};
}

QString nameOf(const PriceRow &row) { return row.provider + u'/' + row.model; }

QString shownPrice(const std::optional<qint64> &micros)
{
    return micros ? amounts::exactCost(*micros * nanosInAMicro) : u"—"_s;
}

QString shownPrices(const TokenPrices &prices)
{
    return PriceLooks::tr("%1 in · %2 out", "prices of tokens")
        .arg(shownPrice(prices.input), shownPrice(prices.output));
}

QString shownMoment(const QDateTime &moment)
{
    const QDateTime utc = moment.toUTC();
    if (utc.time() == QTime(0, 0))
        return QLocale().toString(utc.date(), QLocale::ShortFormat);
    return QLocale().toString(utc, QLocale::ShortFormat) + u" UTC"_s;
}

std::optional<qint64> microDollarsOf(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{1,9})(?:\\.(\\d{0,6}))?$"_s);
    QString plain = text.trimmed();
    if (QLocale().decimalPoint() == u",")
        plain.replace(u',', u'.');
    const auto match = form.match(plain);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * microsInADollar + match.captured(2).leftJustified(6, u'0').toLongLong();
}

QString typedPrice(const std::optional<qint64> &micros)
{
    if (!micros)
        return {};
    QString rest = QString::number(*micros % microsInADollar).rightJustified(6, u'0');
    while (rest.size() > 2 && rest.endsWith(u'0'))
        rest.chop(1);
    return QString::number(*micros / microsInADollar) + QLocale().decimalPoint() + rest;
}

std::optional<QDateTime> momentOf(const QString &text)
{
    const QString plain = text.trimmed();
    QDateTime moment = QDateTime::fromString(plain.size() == 10 ? plain + u" 00:00"_s : plain, typedMomentForm);
    if (!moment.isValid())
        return std::nullopt;
    moment.setTimeSpec(Qt::UTC);
    return moment;
}

QString typedMoment(const QDateTime &moment) { return moment.toUTC().toString(typedMomentForm); }
