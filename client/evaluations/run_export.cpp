// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/run_export.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/row_export.h"
#include "shared/evaluations/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int matrixRowsAtOnce = 500; // the most that the server gives

template<class Number> QString cellOr(const std::optional<Number> &number)
{
    return number ? QString::number(*number) : QString();
}

} // namespace

RunExport::RunExport(Workspace &workspace, const RunDetail &run, const MatrixFilter &filter, const QString &path,
                     QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_run(run),
      m_filter(filter),
      m_isJson(rowExport::isJson(path)),
      m_file(path)
{
    m_filter.limit = matrixRowsAtOnce;
}

void RunExport::start()
{
    if (!m_file.open(QFile::WriteOnly))
        return fail(m_file.errorString());
    m_file.write(m_isJson ? QByteArray("[") : csvTitles());
    loadPage({});
}

QByteArray RunExport::csvTitles()
{
    return "case,template,version,model,outcome,score,passed,answers,cost_nano_usd,latency_ms,input_tokens,"
           "output_tokens,change,baseline_score,p_value,variables,expected,tags\n";
}

QByteArray RunExport::asCsv(const RunDetail &run, const QList<RunRow> &rows)
{
    QByteArray lines;
    for (const RunRow &row : rows)
        for (const RunCell &cell : row.cells) {
            const RunColumn column = run.columns.value(cell.column);
            lines += rowExport::csvLine(
                {QString::number(row.number), column.templateSlug, QString::number(column.version), column.model,
                 json::name(cell.outcome), cellOr(cell.score), QString::number(cell.passed),
                 QString::number(cell.answers), cellOr(cell.costNanos), cellOr(cell.latencyMs),
                 QString::number(cell.inputTokens), QString::number(cell.outputTokens),
                 cell.change ? QString(json::name(*cell.change)) : QString(), cellOr(cell.baselineScore),
                 cellOr(cell.pValue), QString::fromUtf8(json::print(row.variables)), row.expected.value_or(QString()),
                 shownTags(row.tags)});
        }
    return lines;
}

void RunExport::loadPage(const std::optional<QString> &cursor)
{
    m_filter.cursor = cursor;
    m_workspace.api().call(endpoints::evaluations::matrix.at(m_run.run.id), m_filter, this,
                           [this](const Result<Page<RunRow>> &page) {
                               if (!page)
                                   return fail(page.error().detail);
                               take(*page);
                               page->nextCursor ? loadPage(page->nextCursor) : end();
                           });
}

void RunExport::take(const Page<RunRow> &page)
{
    if (m_isJson)
        for (const RunRow &row : page.items)
            m_file.write((m_rows++ > 0 ? ",\n" : "\n") + json::print(row));
    else {
        m_file.write(asCsv(m_run, page.items));
        m_rows += int(page.items.size());
    }
}

void RunExport::end()
{
    if (m_isJson)
        m_file.write("\n]\n");
    if (!m_file.commit()) // also when an earlier write failed
        return fail(m_file.errorString());
    Q_EMIT finished(m_rows);
    deleteLater();
}

void RunExport::fail(const QString &problem)
{
    m_file.cancelWriting();
    Q_EMIT failed(problem);
    deleteLater();
}
