// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/case_table.h"

#include "shared/csv.h"
#include "shared/evaluations/scoring.h"

using namespace Qt::StringLiterals;

namespace evaluations {
namespace {

constexpr qsizetype mostProblems = 100;
constexpr auto jsonSuffix = ":json"_L1;
const QStringList ownColumns{u"expected"_s, u"tags"_s, u"assertions"_s};

void note(ReadCases &read, int line, const QString &column, const QString &message)
{
    if (read.problems.size() < mostProblems)
        read.problems.append({line, column, message});
}

std::optional<QJsonValue> jsonCell(ReadCases &read, int line, const QString &column, const QString &cell)
{
    try {
        return json::document(cell.toUtf8());
    } catch (const json::SyntaxError &error) {
        note(read, line, column, u"is not JSON: %1"_s.arg(QString::fromUtf8(error.what())));
        return std::nullopt;
    }
}

void assertionCell(ReadCases &read, NewEvaluationCase &one, int line, const QString &cell)
{
    const auto value = jsonCell(read, line, u"assertions"_s, cell);
    if (!value)
        return;
    QList<json::Problem> problems;
    json::read(*value, json::Path{&problems, json::UnknownMembers::Reject}, one.assertions);
    for (const json::Problem &problem : std::as_const(problems))
        note(read, line, u"assertions"_s, (problem.pointer + u' ' + problem.message).trimmed());
}

void takeCell(ReadCases &read, NewEvaluationCase &one, int line, const QString &column, const QString &text)
{
    const QString cell = csv::withoutGuard(text);
    if (column == "expected"_L1) {
        if (!cell.isEmpty())
            one.expected = cell;
    } else if (column == "tags"_L1) {
        for (const QString &tag : cell.split(u';'))
            if (!tag.trimmed().isEmpty())
                one.tags.append(tag.trimmed());
    } else if (column == "assertions"_L1) {
        if (!cell.trimmed().isEmpty())
            assertionCell(read, one, line, cell);
    } else if (column.endsWith(jsonSuffix)) {
        if (cell.trimmed().isEmpty())
            return;
        if (const auto value = jsonCell(read, line, column, cell))
            one.variables.insert(column.chopped(jsonSuffix.size()), *value);
    } else if (!cell.isEmpty()) {
        one.variables.insert(column, cell);
    }
}

void keep(ReadCases &read, const NewEvaluationCase &one, int line)
{
    for (const json::Problem &problem : problems(one))
        note(read, line, problem.pointer, problem.message);
    read.cases.append(one);
    read.lines.append(line);
}

bool tooMany(ReadCases &read, int line)
{
    if (++read.rows <= mostCases)
        return false;
    note(read, line, {}, u"is one too many: a dataset has at most %L1 cases"_s.arg(mostCases));
    return true;
}

void readCsv(ReadCases &read, const QString &text)
{
    const auto records = csv::records(text);
    if (!records)
        return note(read, 1, {}, records.error().errors.value(0).message);
    if (records->isEmpty())
        return note(read, 1, {}, u"a line with the names of the columns is missing"_s);
    QStringList head;
    for (const QString &name : records->first().cells) {
        const QString plain = csv::withoutGuard(name.trimmed());
        if (plain.isEmpty() || plain == jsonSuffix)
            return note(read, 1, {}, u"the column %1 has no name"_s.arg(head.size() + 1));
        if (head.contains(plain))
            return note(read, 1, plain, u"stands twice"_s);
        head.append(plain);
    }
    for (const csv::Record &record : records->sliced(1)) {
        if (tooMany(read, record.line))
            return;
        if (record.cells.size() > head.size())
            note(read, record.line, {},
                 u"has %1 cells, and there are names for %2"_s.arg(record.cells.size()).arg(head.size()));
        NewEvaluationCase one;
        for (qsizetype i = 0; i < std::min(head.size(), record.cells.size()); ++i)
            takeCell(read, one, record.line, head[i], record.cells[i]);
        keep(read, one, record.line);
    }
}

void readJsonLines(ReadCases &read, const QString &text)
{
    int line = 0;
    for (const QString &one : text.split(u'\n')) {
        ++line;
        if (one.trimmed().isEmpty())
            continue;
        if (tooMany(read, line))
            return;
        try {
            keep(read, json::parse<NewEvaluationCase>(one.toUtf8(), json::UnknownMembers::Reject), line);
        } catch (const json::SyntaxError &error) {
            note(read, line, {}, u"is not JSON: %1"_s.arg(QString::fromUtf8(error.what())));
        } catch (const json::InvalidError &error) {
            for (const json::Problem &problem : error.problems)
                note(read, line, problem.pointer, problem.message);
        }
    }
}

} // namespace

ReadCases readCases(CaseFormat format, const QString &text)
{
    ReadCases read;
    if (format == CaseFormat::Csv)
        readCsv(read, text);
    else
        readJsonLines(read, text);
    return read;
}

QList<json::Problem> problems(const NewEvaluationCase &one)
{
    QList<json::Problem> all = problems(one.assertions, u"/assertions"_s);
    if (one.assertions.size() > 20)
        all.append({u"/assertions"_s, u"must have at most 20 items"_s});
    if (json::print(one.variables).size() > largestVariables)
        all.append({u"/variables"_s, u"must be smaller than %1 KiB"_s.arg(largestVariables / 1024)});
    if (one.expected && one.expected->size() > 100'000)
        all.append({u"/expected"_s, u"must have at most 100,000 characters"_s});
    if (one.tags.size() > 20)
        all.append({u"/tags"_s, u"must have at most 20 items"_s});
    for (qsizetype i = 0; i < one.tags.size(); ++i)
        if (one.tags[i].trimmed().isEmpty() || one.tags[i].size() > 60 || one.tags[i].contains(u';'))
            all.append({u"/tags/%1"_s.arg(i), u"must have 1 to 60 characters, and no semicolon"_s});
    return all;
}

QString columnOf(const QString &variable, bool isJson)
{
    // A name that would be taken for something else travels as JSON too.
    return isJson || ownColumns.contains(variable) || variable.endsWith(jsonSuffix) ? variable + jsonSuffix : variable;
}

QByteArray csvHead(const QStringList &columns)
{
    QByteArray line;
    for (const QString &column : columns)
        line += csv::cell(column) + ',';
    return line + "expected,tags,assertions\r\n";
}

QByteArray csvLine(const EvaluationCase &one, const QStringList &columns)
{
    QByteArray line;
    for (const QString &column : columns) {
        const bool isJson = column.endsWith(jsonSuffix);
        const QJsonValue value = one.variables.value(isJson ? column.chopped(jsonSuffix.size()) : column);
        if (!value.isUndefined())
            line += csv::cell(isJson ? QString::fromUtf8(json::print(value)) : value.toString());
        line += ',';
    }
    line += csv::cell(one.expected.value_or(QString())) + ',' + csv::cell(QStringList(one.tags).join(u';')) + ',';
    if (!one.assertions.isEmpty())
        line += csv::cell(QString::fromUtf8(json::print(one.assertions)));
    return line + "\r\n";
}

QByteArray jsonLine(const EvaluationCase &one)
{
    return json::print(NewEvaluationCase{one.variables, one.expected, one.tags, one.assertions}) + '\n';
}

} // namespace evaluations
