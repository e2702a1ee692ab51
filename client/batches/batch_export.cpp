// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batch_export.h"

#include "client/widgets/row_export.h"
#include "shared/batches/endpoints.h"
#include "shared/jobs/endpoints.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr int exportedPage = 100;
constexpr int askedTogether = 6; // of the inputs, which the server tells job by job

QString asText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

} // namespace

BatchExport::BatchExport(ApiClient &api, const QUuid &batch, const QString &path, QObject *parent)
    : QObject(parent),
      m_api(api),
      m_batch(batch),
      m_isJson(rowExport::isJson(path)),
      m_file(path)
{
}

void BatchExport::start()
{
    if (!m_file.open(QFile::WriteOnly))
        return fail(m_file.errorString());
    loadPage({});
}

void BatchExport::loadPage(const std::optional<QString> &cursor)
{
    BatchRowFilter filter;
    filter.limit = exportedPage;
    filter.cursor = cursor;
    m_api.call(endpoints::batches::rows.at(m_batch), filter, this, [this](const Result<Page<BatchRow>> &page) {
        if (!page)
            return fail(page.error().detail);
        m_page = page->items;
        m_next = page->nextCursor;
        m_asked = 0;
        loadInputs();
    });
}

void BatchExport::loadInputs()
{
    while (m_pending < askedTogether && m_asked < m_page.size()) {
        const qsizetype at = m_asked++;
        if (!m_page[at].variables.isEmpty())
            continue;
        ++m_pending;
        m_api.call(endpoints::jobs::get.at(m_page[at].job.id), {}, this, [this, at](const Result<JobDetail> &reply) {
            --m_pending;
            if (m_hasFailed)
                return;
            if (!reply)
                return fail(reply.error().detail);
            m_page[at].variables = reply->variables;
            loadInputs();
        });
    }
    if (m_pending == 0 && m_asked >= m_page.size())
        write();
}

void BatchExport::write()
{
    if (m_rows == 0 && !m_isJson) {
        for (const BatchRow &row : std::as_const(m_page))
            for (const QString &name : row.variables.keys())
                if (!m_variables.contains(name))
                    m_variables << name;
        m_file.write(
            rowExport::csvLine(QStringList{u"row"_s} + m_variables
                               + QStringList{u"status"_s, u"output"_s, u"error"_s, u"model"_s, u"input_tokens"_s,
                                             u"output_tokens"_s, u"cost_nano_usd"_s, u"job"_s}));
    }
    for (const BatchRow &row : std::as_const(m_page)) {
        const Job &job = row.job;
        const QString id = job.id.toString(QUuid::WithoutBraces);
        const QString error = job.error && job.state != JobState::Completed ? job.error->message : QString();
        if (m_isJson) {
            QJsonObject line{{u"row"_s, row.row},
                             {u"input"_s, row.variables},
                             {u"status"_s, QString(json::name(job.state))},
                             {u"output"_s, job.output ? QJsonValue(*job.output) : QJsonValue()},
                             {u"model"_s, job.model},
                             {u"inputTokens"_s, job.inputTokens},
                             {u"outputTokens"_s, job.outputTokens},
                             {u"costNanos"_s, job.costNanos ? QJsonValue(*job.costNanos) : QJsonValue()},
                             {u"job"_s, id}};
            if (!error.isEmpty())
                line.insert(u"error"_s, error);
            m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
        } else {
            QStringList cells{QString::number(row.row)};
            for (const QString &name : std::as_const(m_variables))
                cells << asText(row.variables.value(name));
            cells << QString(json::name(job.state)) << job.output.value_or(QString()) << error << job.model
                  << QString::number(job.inputTokens) << QString::number(job.outputTokens)
                  << (job.costNanos ? QString::number(*job.costNanos) : QString()) << id;
            m_file.write(rowExport::csvLine(cells));
        }
        ++m_rows;
    }
    if (m_next)
        return loadPage(m_next);
    if (!m_file.commit()) // also when an earlier write failed
        return fail(m_file.errorString());
    Q_EMIT finished(m_rows);
    deleteLater();
}

void BatchExport::fail(const QString &problem)
{
    if (std::exchange(m_hasFailed, true))
        return;
    m_file.cancelWriting();
    Q_EMIT failed(problem);
    deleteLater();
}
