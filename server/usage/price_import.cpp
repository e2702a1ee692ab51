// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/price_import.h"

#include "shared/csv.h"
#include "shared/error.h"

#include <QRegularExpression>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuseText(const QString &why) { throw ApiError::invalid(u"/text"_s, why); }

QString sentence(const QList<json::Problem> &problems)
{
    QStringList parts;
    for (const json::Problem &problem : problems)
        parts.append((problem.pointer.mid(1) + u' ' + problem.message).trimmed());
    return parts.join(u"; "_s);
}

using Setter = std::function<void(NewPrice &, const QString &)>; // throws a sentence, as QString

Setter amount(std::optional<qint64> TokenPrices::*kind)
{
    return [kind](NewPrice &price, const QString &text) {
        price.prices.*kind = PriceImportText::microDollars(text);
        if (!(price.prices.*kind))
            throw u"is no price in US dollars for a million tokens, such as 2.50"_s;
    };
}

Setter words(QString NewPrice::*member)
{
    return [member](NewPrice &price, const QString &text) { price.*member = text; };
}

const QHash<QString, Setter> &columns()
{
    static const QHash<QString, Setter> all{
        {u"provider"_s, words(&NewPrice::provider)},
        {u"model"_s, words(&NewPrice::model)},
        {u"source"_s, words(&NewPrice::source)},
        {u"note"_s, words(&NewPrice::note)},
        {u"input"_s, amount(&TokenPrices::input)},
        {u"cachedInput"_s, amount(&TokenPrices::cachedInput)},
        {u"cacheWrite5m"_s, amount(&TokenPrices::cacheWrite)},
        {u"cacheWrite1h"_s, amount(&TokenPrices::cacheWriteHour)},
        {u"output"_s, amount(&TokenPrices::output)},
        {u"validFrom"_s,
         [](NewPrice &price, const QString &text) {
             const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
             if (!moment.isValid() || (moment.timeSpec() == Qt::LocalTime && text.size() > 10))
                 throw u"is no moment such as 2026-12-01T00:00:00Z, nor a day such as 2026-12-01"_s;
             price.validFrom =
                 text.size() > 10 ? moment.toUTC() : QDateTime(moment.date(), QTime(0, 0), Qt::UTC); // a day of UTC
         }},
        {u"verified"_s,
         [](NewPrice &price, const QString &text) {
             if (text != u"true" && text != u"false")
                 throw u"is neither true nor false"_s;
             price.verified = text == u"true";
         }},
        {u"tiers"_s, [](NewPrice &price, const QString &text) {
             try {
                 price.tiers =
                     json::fromValue<QList<PriceTier>>(json::document(text.toUtf8()), json::UnknownMembers::Reject);
             } catch (const json::InvalidError &error) {
                 throw sentence(error.problems);
             } catch (const json::SyntaxError &error) {
                 throw QString::fromUtf8(error.what());
             }
         }}};
    return all;
}

// Whether the row, read from CSV, is of the lengths that JSON is held to.
QString lengthProblem(const NewPrice &price)
{
    try {
        (void)json::parse<NewPrice>(json::print(price), json::UnknownMembers::Reject);
    } catch (const json::InvalidError &error) {
        return sentence(error.problems);
    }
    return {};
}

QList<PriceImportText::Line> readCsv(const QString &text)
{
    const auto read = csv::records(text);
    if (!read)
        throw read.error();
    const QList<csv::Record> &records = read.value();
    if (records.isEmpty())
        return {};
    const QStringList head = records.first().cells;
    for (const QString &name : head)
        if (!columns().contains(name.trimmed()))
            refuseText(u"has a column “%1” that is none of the price book"_s.arg(name));
    QList<PriceImportText::Line> lines;
    for (const csv::Record &record : records.mid(1)) {
        PriceImportText::Line line{record.line, {}, {}};
        QStringList problems;
        for (qsizetype i = 0; i < std::min(head.size(), record.cells.size()); ++i) {
            const QString name = head[i].trimmed(), cell = record.cells[i].trimmed();
            try {
                if (!cell.isEmpty())
                    columns()[name](line.price, cell);
            } catch (const QString &problem) {
                problems.append(name + u' ' + problem);
            }
        }
        if (record.cells.size() > head.size())
            problems.append(u"has more cells than the head"_s);
        line.problem = problems.isEmpty() ? lengthProblem(line.price) : problems.join(u"; "_s);
        lines.append(line);
    }
    return lines;
}

QList<PriceImportText::Line> readJson(const QString &text)
{
    QJsonArray rows;
    try {
        const QJsonValue document = json::document(text.toUtf8());
        rows = document.isArray() ? document.toArray() : document[u"items"_s].toArray();
    } catch (const json::SyntaxError &error) {
        refuseText(u"is no JSON: %1"_s.arg(QString::fromUtf8(error.what())));
    }
    QList<PriceImportText::Line> lines;
    for (const QJsonValue &row : std::as_const(rows)) {
        PriceImportText::Line line{int(lines.size()) + 1, {}, {}};
        try {
            line.price = json::fromValue<NewPrice>(row, json::UnknownMembers::Reject);
        } catch (const json::InvalidError &error) {
            line.price.provider = row[u"provider"_s].toString();
            line.price.model = row[u"model"_s].toString();
            line.problem = sentence(error.problems);
        }
        lines.append(line);
    }
    return lines;
}

} // namespace

namespace PriceImportText {

std::optional<qint64> microDollars(const QString &text)
{
    static const QRegularExpression form(u"^(\\d{1,9})(?:\\.(\\d{0,6})0*)?$"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * 1'000'000 + match.captured(2).leftJustified(6, u'0').toLongLong();
}

QList<Line> read(const PriceImportInput &input)
{
    const auto lines = input.format == PriceImportFormat::Csv ? readCsv(input.text) : readJson(input.text);
    if (lines.isEmpty())
        refuseText(u"has no rows"_s);
    if (lines.size() > mostLines)
        refuseText(u"has more than %1 rows: import them in parts"_s.arg(mostLines));
    return lines;
}

} // namespace PriceImportText
