// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_body.h"

#include "shared/batches/batch.h"
#include "shared/csv.h"
#include "shared/error.h"
#include "shared/http/query.h"

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuseRows(const QString &why) { throw ApiError::invalid(u"/inputs"_s, why); }

void checkCount(qsizetype rows)
{
    if (rows > mostBatchRows)
        refuseRows(u"has more than %L1 rows"_s.arg(mostBatchRows));
}

QJsonArray csvRows(const QByteArray &body)
{
    const auto read = csv::records(QString::fromUtf8(body));
    if (!read)
        refuseRows(read.error().errors.value(0).message);
    const QList<csv::Record> &records = read.value();
    if (records.isEmpty())
        refuseRows(u"has no line with the names of the variables"_s);
    checkCount(records.size() - 1);
    const QStringList &names = records.first().cells;
    for (const QString &name : names)
        if (name.trimmed().isEmpty() || names.count(name) > 1)
            refuseRows(u"needs a name of its own for each column, in the first line"_s);
    QJsonArray rows;
    for (qsizetype i = 1; i < records.size(); ++i) {
        const csv::Record &record = records[i];
        if (record.cells.size() != names.size())
            throw ApiError::invalid(u"/inputs/%1"_s.arg(i - 1),
                                    u"row %1 (line %2) has %3 cells, and the first line names %4"_s.arg(i)
                                        .arg(record.line)
                                        .arg(record.cells.size())
                                        .arg(names.size()));
        QJsonObject row;
        for (qsizetype column = 0; column < names.size(); ++column)
            row.insert(names[column].trimmed(), record.cells[column]);
        rows.append(row);
    }
    return rows;
}

QJsonArray jsonRows(const QByteArray &body)
{
    QJsonArray rows;
    qsizetype line = 0;
    for (qsizetype from = 0; from < body.size(); ++line) {
        const qsizetype end = body.indexOf('\n', from) < 0 ? body.size() : body.indexOf('\n', from);
        const QByteArray text = body.mid(from, end - from).trimmed();
        from = end + 1;
        if (text.isEmpty())
            continue;
        checkCount(rows.size() + 1);
        try {
            rows.append(json::object(text));
        } catch (const json::SyntaxError &error) {
            throw ApiError::invalid(u"/inputs/%1"_s.arg(rows.size()),
                                    u"row %1 (line %2) is no JSON object: %3"_s.arg(rows.size() + 1)
                                        .arg(line + 1)
                                        .arg(QString::fromUtf8(error.what())));
        }
    }
    return rows;
}

} // namespace

QByteArray batchBody(const http::Call &call)
{
    const QByteArray type = call.request.mediaType();
    const bool isCsv = type == "text/csv";
    if (!isCsv && type != "application/jsonl" && type != "application/x-ndjson")
        throw ApiError::make(415, "unsupported_media_type",
                             u"Send the body as application/json, application/jsonl or text/csv."_s);
    QByteArray text = call.request.query;
    text.replace('+', "%20"); // as in HTML forms
    const auto query = query::parse<NewBatchQuery>(QUrlQuery(QString::fromUtf8(text)));
    QJsonObject batch = json::object(json::print(query));
    for (const QString &name : batch.keys())
        if (batch.value(name).isNull())
            batch.remove(name);
    batch.insert(u"inputs"_s, isCsv ? csvRows(call.request.body) : jsonRows(call.request.body));
    batch.insert(u"inputsAreText"_s, isCsv);
    return json::print(batch);
}
