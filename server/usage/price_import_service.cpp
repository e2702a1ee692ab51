// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_log.h"
#include "server/usage/price_import.h"
#include "server/usage/price_rules.h"
#include "server/usage/price_service.h"
#include "server/usage/price_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostProblems = 50; // told of an import that is refused

// Two rows with the same one are of the same model from the same moment on.
QString placeOf(const QString &provider, QString model, const QDateTime &moment)
{
    return provider + u'/' + model.replace(u'.', u'-').toLower() + u' ' + QString::number(moment.toMSecsSinceEpoch());
}

// The lines of an import beside the book.
struct Comparison
{
    PriceImport answer;
    QList<ModelPrice> added;
};

Comparison compare(const PriceImportInput &input, const QDateTime &now)
{
    Comparison comparison;
    comparison.answer.dryRun = input.dryRun;
    for (const PriceImportText::Line &line : PriceImportText::read(input)) {
        const ModelPrice price = PriceRules::rowOf(line.price, now);
        PriceImportLine told;
        told.line = line.number;
        told.status = PriceImportStatus::Added;
        told.model = price.provider + u'/' + price.model;
        told.validFrom = line.price.validFrom; // none where it could not be read
        told.prices = price.prices;
        told.problem = line.problem;
        if (told.problem.isEmpty() && !line.price.validFrom)
            told.problem = u"validFrom is missing"_s;
        if (told.problem.isEmpty())
            if (const auto problems = PriceRules::check(price); !problems.isEmpty())
                told.problem = problems.first().pointer.mid(1) + u' ' + problems.first().message;
        if (!told.problem.isEmpty())
            told.status = PriceImportStatus::Invalid;
        comparison.answer.lines.append(told);
        comparison.added.append(price);
    }
    return comparison;
}

// Says of each row that could be read what it is to the book; keeps in `added` those that are new.
void compareWithBook(Comparison &comparison, const QList<PriceRow> &book, const PriceImportInput &input,
                     const QDateTime &now)
{
    QHash<QString, PriceRow> present;
    for (const PriceRow &row : book)
        present.insert(placeOf(row.provider, row.model, row.validFrom), row);
    QHash<QString, int> lines; // by place
    QList<ModelPrice> fresh;
    for (qsizetype i = 0; i < comparison.added.size(); ++i) {
        PriceImportLine &line = comparison.answer.lines[i];
        const ModelPrice &price = comparison.added[i];
        if (line.status == PriceImportStatus::Invalid)
            continue;
        const QString place = placeOf(price.provider, price.model, price.validFrom);
        const auto row = present.constFind(place);
        if (row != present.constEnd()) {
            line.status =
                PriceRules::samePrices(price, *row) ? PriceImportStatus::Same : PriceImportStatus::Conflicting;
            if (line.status == PriceImportStatus::Conflicting)
                line.present = row->prices;
        } else if (const int first = lines.value(place); first > 0) {
            line.status = PriceImportStatus::Invalid;
            line.problem = u"is of the same model and moment as line %1"_s.arg(first);
        } else if (price.validFrom < now && !input.correctsPast) {
            line.status = PriceImportStatus::Invalid;
            line.problem = u"validFrom is in the past, which takes correctsPast"_s;
        } else {
            lines.insert(place, line.line);
            fresh.append(price);
        }
    }
    comparison.added = fresh;
}

void count(PriceImport &answer)
{
    for (const PriceImportLine &line : std::as_const(answer.lines)) {
        answer.added += line.status == PriceImportStatus::Added;
        answer.same += line.status == PriceImportStatus::Same;
        answer.conflicting += line.status == PriceImportStatus::Conflicting;
        answer.invalid += line.status == PriceImportStatus::Invalid;
    }
}

// Throws where it may not be done as it is.
void requireImportable(const PriceImport &answer, bool skipConflicting)
{
    QList<json::Problem> problems;
    const auto told = [&](PriceImportStatus status, const QString &otherwise) {
        for (const PriceImportLine &line : answer.lines)
            if (line.status == status && problems.size() < mostProblems)
                problems.append({u"/text"_s,
                                 u"line %1 (%2): %3"_s.arg(line.line).arg(
                                     line.model, line.problem.isEmpty() ? otherwise : line.problem)});
    };
    told(PriceImportStatus::Invalid, {});
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
    if (answer.conflicting == 0 || skipConflicting)
        return;
    told(PriceImportStatus::Conflicting, u"has another price in the book"_s);
    ApiError error = ApiError::conflict(
        u"%1 rows have another price in the book, which is never changed. Take them "
        "out, give them a later validFrom, or skip them with skipConflicting."_s.arg(answer.conflicting));
    error.errors = problems;
    throw error;
}

} // namespace

PriceImport PriceService::importRows(const Caller &caller, const PriceImportInput &input)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Comparison comparison = compare(input, now);
    m_database.platform([&](Transaction &tx) {
        compareWithBook(comparison, PriceStore::atSameMoments(tx, comparison.added), input, now);
        count(comparison.answer);
        if (input.dryRun)
            return;
        requireImportable(comparison.answer, input.skipConflicting);
        if (comparison.added.isEmpty())
            return;
        if (PriceStore::addMissing(tx, comparison.added) != comparison.added.size())
            throw ApiError::conflict(u"The price book has changed meanwhile. Look at the import again."_s);
        QJsonArray names;
        for (const ModelPrice &price : std::as_const(comparison.added))
            names.append(price.provider + u'/' + price.model + u' '
                         + price.validFrom.toUTC().toString(Qt::ISODateWithMs));
        AuditEvent event{.action = AuditLog::actionOf(Ability::PricesUpdate)};
        event.subject.id = u"import"_s;
        event.subject.label = u"Import of %1 rows"_s.arg(comparison.added.size());
        event.after = AuditJson::bounded({{u"added"_s, comparison.added.size()}, {u"rows"_s, names}});
        AuditLog::record(tx, caller, event);
    });
    if (!input.dryRun)
        m_catalogue.forget();
    return comparison.answer;
}
