// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/dataset.h"

// Cases as a table or as lines of JSON (CaseFormat). Pure.
//
// CSV begins with a line of names. `expected`, `tags` (separated by ;) and `assertions` (a JSON list) are what they
// say; each other column is the variable of its name. A name that ends in `:json` says that its cells are JSON, so that
// numbers, lists and objects stay what they are; an empty cell is no variable there. An apostrophe before a sign that
// spreadsheets take for a formula is taken off.
namespace evaluations {

constexpr int mostCases = 10'000; // of a dataset

struct ReadCases
{
    QList<NewEvaluationCase> cases;
    QList<int> lines; // where each begins, from 1
    QList<CaseImportProblem> problems; // at most 100
    int rows = 0;
};
ReadCases readCases(CaseFormat format, const QString &text);

// What is wrong with a case beyond its form: assertions, tags, size. Pointers lead into it.
QList<json::Problem> problems(const NewEvaluationCase &one);
constexpr qsizetype largestVariables = 256 * 1024; // bytes of JSON of a case

// The name of the column for a variable, of which some value is no plain text (`isJson`; empty texts are none).
QString columnOf(const QString &variable, bool isJson);
QByteArray csvHead(const QStringList &columns);
QByteArray csvLine(const EvaluationCase &one, const QStringList &columns);
QByteArray jsonLine(const EvaluationCase &one);

} // namespace evaluations
