// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/case_export.h"

#include "shared/evaluations/case_table.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcCaseExport, "server.evaluations.export")

namespace {

constexpr int exportPage = 20; // cases, each bounded
constexpr auto jsonLinesType = "application/jsonl";

} // namespace

CaseExport::CaseExport(DatasetService &service, Work work, std::shared_ptr<http::Exchange> exchange,
                       const http::Call &call, const CaseExportQuery &query)
    : m_service(service),
      m_work(std::move(work)),
      m_exchange(std::move(exchange)),
      m_call(call),
      m_dataset(call.id()),
      m_query(query)
{
}

void CaseExport::start(const http::Router &router)
{
    m_columns = m_service.columns(m_call.caller, m_dataset);
    const bool isCsv = m_query.format == CaseFormat::Csv;
    http::HeaderList headers = router.commonHeaders(m_call);
    headers.emplaceBack("Content-Type", isCsv ? "text/csv; charset=utf-8" : jsonLinesType);
    headers.emplaceBack("Content-Disposition",
                        isCsv ? R"(attachment; filename="cases.csv")" : R"(attachment; filename="cases.jsonl")");
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
            exchange.write(evaluations::csvHead(self->m_columns));
        self->next();
    });
}

void CaseExport::next()
{
    if (m_isReading || m_isDone || !m_exchange->alive())
        return;
    m_isReading = true;
    if (!m_work([self = shared_from_this()] { self->readPage(); })) {
        qCWarning(lcCaseExport) << "an export was cut off: the database workers are busy";
        m_isDone = true;
        m_exchange->onCancel({}); // the last that held it
    }
}

void CaseExport::readPage()
{
    QByteArray text;
    bool isLast = false;
    bool failed = false;
    try {
        const auto cases = m_service.page(m_call.caller, m_dataset, m_after, exportPage);
        for (const EvaluationCase &one : cases) {
            text +=
                m_query.format == CaseFormat::Csv ? evaluations::csvLine(one, m_columns) : evaluations::jsonLine(one);
            m_after = one.number;
        }
        isLast = cases.size() < exportPage;
    } catch (const std::exception &error) {
        qCWarning(lcCaseExport).noquote() << "an export was cut off:" << error.what();
        failed = true;
    } catch (const ApiError &error) {
        qCWarning(lcCaseExport).noquote() << "an export was cut off:" << error.detail;
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
