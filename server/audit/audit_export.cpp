// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_export.h"

#include "shared/csv.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcAuditExport, "server.audit.export")

namespace {

constexpr int exportPage = 50; // rows, whose before and after are bounded (AuditJson)
constexpr qsizetype enoughAtOnce = 1024 * 1024; // bytes; a stream that is further ahead is cut off

QString idText(const std::optional<QUuid> &id) { return id ? id->toString(QUuid::WithoutBraces) : QString(); }

QString jsonText(const std::optional<QJsonObject> &json)
{
    return json ? QString::fromUtf8(json::print(*json)) : QString();
}

} // namespace

AuditExport::AuditExport(AuditService &service, Work work, std::shared_ptr<http::Exchange> exchange,
                         const http::Call &call, const AuditExportQuery &query)
    : m_service(service),
      m_work(std::move(work)),
      m_exchange(std::move(exchange)),
      m_call(call),
      m_query(query)
{
}

QByteArray AuditExport::csvHead()
{
    return "sequence,id,at,actorId,actorName,sessionId,address,requestId,action,subjectType,subjectId,subjectLabel,"
           "outcome,times,before,after,reason,previousHash,hash\r\n";
}

QByteArray AuditExport::csvLine(const AuditStore::Row &row)
{
    QByteArray line = QByteArray::number(row.sequence);
    for (const QString &text :
         {idText(row.id), row.at.toUTC().toString(Qt::ISODateWithMs), idText(row.actorId), row.actorName,
          idText(row.sessionId), row.address, row.requestId, row.action, row.subjectType, row.subjectId,
          row.subjectLabel, QString(json::name(row.outcome)), QString::number(row.times), jsonText(row.before),
          jsonText(row.after), row.reason, row.previousHash, row.hash})
        line += ',' + csv::cell(text);
    return line + "\r\n";
}

void AuditExport::start(const http::Router &router)
{
    m_service.beginExport(m_call.caller, m_query);
    const bool isCsv = m_query.format == AuditFormat::Csv;
    http::HeaderList headers = router.commonHeaders(m_call);
    headers.emplaceBack("Content-Type", isCsv ? "text/csv; charset=utf-8" : "application/jsonl");
    headers.emplaceBack("Content-Disposition",
                        isCsv ? R"(attachment; filename="audit.csv")" : R"(attachment; filename="audit.jsonl")");
    router.observe(m_call, 200);
    m_exchange->post([self = shared_from_this(), headers, isCsv](http::Exchange &exchange) {
        exchange.onDrain([weak = std::weak_ptr(self)] {
            if (const auto waiting = weak.lock())
                waiting->next();
        });
        // Holds this export for as long as somebody waits for it; dropped with the exchange's callbacks.
        exchange.onCancel([self] { self->m_isDone = true; });
        exchange.beginStream(200, headers);
        if (isCsv)
            exchange.write(csvHead());
        self->next();
    });
}

void AuditExport::next()
{
    if (m_isReading || m_isDone || !m_exchange->alive())
        return;
    m_isReading = true;
    if (!m_work([self = shared_from_this()] { self->readPage(); })) {
        qCWarning(lcAuditExport) << "an export was cut off: the database workers are busy";
        m_isDone = true;
        m_exchange->onCancel({}); // the last that held it
    }
}

void AuditExport::readPage()
{
    QByteArray text;
    bool isLast = false;
    bool failed = false;
    try {
        const auto rows = m_service.rows(m_call.caller, m_query.filter(), m_before, exportPage);
        for (const AuditStore::Row &row : rows) {
            text += m_query.format == AuditFormat::Csv ? csvLine(row) : json::print(row) + '\n';
            m_before = row.sequence;
            if (text.size() > enoughAtOnce)
                break;
        }
        isLast = rows.isEmpty() || (rows.size() < exportPage && m_before == rows.last().sequence);
    } catch (const ApiError &error) {
        qCWarning(lcAuditExport).noquote() << "an export was cut off:" << error.detail;
        failed = true;
    } catch (const std::exception &error) {
        qCWarning(lcAuditExport) << "an export was cut off:" << error.what();
        failed = true;
    }
    m_exchange->post([self = shared_from_this(), text, isLast, failed](http::Exchange &exchange) {
        self->m_isReading = false;
        const bool hasRoom = failed || exchange.write(text);
        if (failed || isLast) {
            self->m_isDone = true;
            isLast ? exchange.finish() : exchange.onCancel({});
        } else if (hasRoom) {
            self->next();
        }
    });
}
