// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_export.h"

#include "client/jobs/job_looks.h"
#include "client/widgets/row_export.h"
#include "shared/jobs/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int pageSize = 500;

QString time(const std::optional<QDateTime> &time)
{
    return time ? time->toUTC().toString(Qt::ISODateWithMs) : QString();
}

} // namespace

JobsExport::JobsExport(Workspace &workspace, const JobView &view, const QString &path, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_filter(view.filter(workspace.session().profile().userId, QDateTime::currentDateTimeUtc())),
      m_isJson(rowExport::isJson(path)),
      m_file(path)
{
    m_filter.limit = pageSize;
}

void JobsExport::start()
{
    if (!m_file.open(QFile::WriteOnly))
        return fail(m_file.errorString());
    m_file.write(m_isJson ? QByteArray("[") : csvTitles());
    loadPage({});
}

QByteArray JobsExport::csvTitles()
{
    return "id,status,template,version,model,user,attempts,input_tokens,output_tokens,cost_nano_usd,created_at,started_"
           "at,"
           "finished_at,error\n";
}

QByteArray JobsExport::asCsv(const QList<Job> &jobs)
{
    QByteArray lines;
    for (const Job &job : jobs)
        lines += rowExport::csvLine(
            {job.id.toString(QUuid::WithoutBraces), json::name(job.state), shownTemplate(job),
             job.templateVersion ? QString::number(*job.templateVersion) : QString(), job.model, job.userName,
             QString::number(job.attemptCount), QString::number(job.inputTokens), QString::number(job.outputTokens),
             job.costNanos ? QString::number(*job.costNanos) : QString(), time(job.createdAt), time(job.startedAt),
             time(job.finishedAt), job.error ? job.error->code : QString()});
    return lines;
}

void JobsExport::loadPage(const std::optional<QString> &cursor)
{
    m_filter.cursor = cursor;
    m_workspace.api().call(endpoints::jobs::list, m_filter, this, [this](const Result<Page<Job>> &page) {
        if (!page)
            return fail(page.error().detail);
        take(*page);
        if (!page->nextCursor || m_rows >= mostRows)
            return end();
        Q_EMIT progressed(m_rows);
        loadPage(page->nextCursor);
    });
}

void JobsExport::take(const Page<Job> &page)
{
    if (m_isJson) {
        for (const Job &job : page.items)
            m_file.write((m_rows++ > 0 ? ",\n" : "\n") + json::print(job));
    } else {
        m_file.write(asCsv(page.items));
        m_rows += int(page.items.size());
    }
}

void JobsExport::end()
{
    if (m_isJson)
        m_file.write("\n]\n");
    if (!m_file.commit()) // also when an earlier write failed
        return fail(m_file.errorString());
    Q_EMIT finished(m_rows);
    deleteLater();
}

void JobsExport::fail(const QString &problem)
{
    m_file.cancelWriting();
    Q_EMIT failed(problem);
    deleteLater();
}
