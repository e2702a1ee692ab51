// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/calls_export.h"

#include "client/widgets/row_export.h"
#include "shared/gateway/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int exportedAtOnce = 200; // the most that the server gives

template<class Number> QString numberOr(const std::optional<Number> &number)
{
    return number ? QString::number(*number) : QString();
}

} // namespace

CallsExport::CallsExport(Workspace &workspace, const CallQuery &query, const QString &path, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_filter(query.filter(QDateTime::currentDateTimeUtc())),
      m_isJson(rowExport::isJson(path)),
      m_file(path)
{
    m_filter.limit = exportedAtOnce;
}

void CallsExport::start()
{
    if (!m_file.open(QFile::WriteOnly))
        return fail(m_file.errorString());
    m_file.write(m_isJson ? QByteArray("[") : csvTitles());
    loadPage({});
}

QByteArray CallsExport::csvTitles()
{
    return "id,called_at,status,cache_hit,model,key_id,key,user_id,user,input_tokens,cached_input_tokens,output_tokens,"
           "cost_nano_usd,estimated,first_token_ms,total_ms\n";
}

QByteArray CallsExport::asCsv(const QList<GatewayCallRow> &calls)
{
    const auto idOr = [](const std::optional<QUuid> &id) {
        return id ? id->toString(QUuid::WithoutBraces) : QString();
    };
    const auto yes = [](bool is) { return is ? u"true"_s : u"false"_s; };
    QByteArray lines;
    for (const GatewayCallRow &call : calls)
        lines += rowExport::csvLine(
            {call.id.toString(QUuid::WithoutBraces), call.calledAt.toUTC().toString(Qt::ISODateWithMs), call.status,
             yes(call.isCacheHit), call.model, idOr(call.keyId), call.keyName, idOr(call.userId), call.userName,
             QString::number(call.inputTokens), QString::number(call.cachedInputTokens),
             QString::number(call.outputTokens), numberOr(call.costNanos), yes(call.isEstimated),
             numberOr(call.firstTokenMs), QString::number(call.totalMs)});
    return lines;
}

void CallsExport::loadPage(const std::optional<QString> &cursor)
{
    m_filter.cursor = cursor;
    m_workspace.api().call(endpoints::gatewayCalls::list, m_filter, this,
                           [this](const Result<Page<GatewayCallRow>> &page) {
                               if (!page)
                                   return fail(page.error().detail);
                               take(*page);
                               if (!page->nextCursor || m_rows >= mostRows)
                                   return end();
                               loadPage(page->nextCursor);
                           });
}

void CallsExport::take(const Page<GatewayCallRow> &page)
{
    if (m_isJson) {
        for (const GatewayCallRow &call : page.items)
            m_file.write((m_rows++ > 0 ? ",\n" : "\n") + json::print(call));
    } else {
        m_file.write(asCsv(page.items));
        m_rows += int(page.items.size());
    }
}

void CallsExport::end()
{
    if (m_isJson)
        m_file.write("\n]\n");
    if (!m_file.commit()) // also when an earlier write failed
        return fail(m_file.errorString());
    Q_EMIT finished(m_rows);
    deleteLater();
}

void CallsExport::fail(const QString &problem)
{
    m_file.cancelWriting();
    Q_EMIT failed(problem);
    deleteLater();
}
