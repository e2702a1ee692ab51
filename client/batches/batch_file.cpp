// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batch_file.h"

#include "shared/batches/batch.h"
#include "shared/error.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace {

struct BatchFiles
{
    Q_DECLARE_TR_FUNCTIONS(BatchFiles)
};

ApiError problem(const QString &text)
{
    ApiError error;
    error.code = u"bad_file"_s;
    error.detail = text;
    return error;
}

struct CsvRecord
{
    int line;
    QStringList cells;
};

// RFC 4180. A file that was made where the comma divides decimals has semicolons: whichever its first line has more of.
Result<QList<CsvRecord>> csvRecords(const QString &text)
{
    const QString head = text.section(u'\n', 0, 0);
    const QChar comma = head.count(u';') > head.count(u',') ? u';' : u',';
    QList<CsvRecord> records;
    CsvRecord record{1, {}};
    QString cell;
    int line = 1, quotedSince = 0;
    bool isQuoted = false;
    const auto endCell = [&] { record.cells << std::exchange(cell, {}); };
    const auto endRecord = [&] {
        endCell();
        if (record.cells.size() > 1 || !record.cells.first().isEmpty())
            records << record;
        record = {line, {}};
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        line += c == u'\n';
        if (isQuoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
            cell += c;
            ++i;
        } else if (c == u'"' && (isQuoted || cell.isEmpty())) {
            isQuoted = !isQuoted;
            quotedSince = line;
        } else if (isQuoted) {
            cell += c;
        } else if (c == comma) {
            endCell();
        } else if (c == u'\n') {
            endRecord();
        } else if (c != u'\r') {
            cell += c;
        }
    }
    if (isQuoted)
        return problem(BatchFiles::tr("A quotation mark in line %1 is never closed.").arg(quotedSince));
    if (!cell.isEmpty() || !record.cells.isEmpty())
        endRecord();
    return records;
}

Result<BatchFile> fromCsv(BatchFile file, const QString &text)
{
    const auto records = csvRecords(text);
    if (!records)
        return records.error();
    file.areTexts = true;
    for (const CsvRecord &record : *records) {
        if (file.variables.isEmpty()) {
            for (const QString &name : record.cells)
                file.variables << name.trimmed();
            QStringList once = file.variables;
            if (once.contains(QString()) || once.removeDuplicates() > 0)
                return problem(BatchFiles::tr("The first line has to name each variable, and each once."));
            continue;
        }
        if (record.cells.size() > file.variables.size())
            return problem(BatchFiles::tr("Line %1 has more values than the first line has names.").arg(record.line));
        QJsonObject input;
        for (qsizetype i = 0; i < record.cells.size(); ++i)
            input.insert(file.variables[i], record.cells[i]);
        file.inputs << input;
        file.lines << record.line;
    }
    return file;
}

Result<BatchFile> fromJsonLines(BatchFile file, const QByteArray &content)
{
    int number = 0;
    for (const QByteArray &line : content.split('\n')) {
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        try {
            file.inputs << json::object(line);
        } catch (const json::SyntaxError &) {
            return problem(BatchFiles::tr("Line %1 is not a JSON object.").arg(number));
        }
        file.lines << number;
        for (const QString &name : file.inputs.last().keys())
            if (!file.variables.contains(name))
                file.variables << name;
    }
    return file;
}

} // namespace

bool batchFile::isOffered(const QString &path)
{
    const QString end = QFileInfo(path).suffix().toLower();
    return end == u"csv"_s || end == u"jsonl"_s || end == u"ndjson"_s;
}

Result<BatchFile> batchFile::parse(const QString &name, const QByteArray &content)
{
    BatchFile file;
    file.name = QFileInfo(name).fileName();
    QStringDecoder decode(QStringConverter::Utf8);
    const QString text = decode(content);
    if (decode.hasError())
        return problem(BatchFiles::tr("The file is not UTF-8. Save it as “CSV UTF-8” in the spreadsheet program."));
    const bool isJson = !name.endsWith(u".csv"_s, Qt::CaseInsensitive);
    auto read = isJson ? fromJsonLines(file, text.toUtf8()) : fromCsv(file, text);
    if (!read)
        return read;
    if (read->inputs.isEmpty())
        return problem(BatchFiles::tr("The file has no rows."));
    if (read->inputs.size() > mostBatchRows)
        return problem(BatchFiles::tr("The file has %1 rows; %2 can be run at once. Divide it.")
                           .arg(QLocale().toString(read->inputs.size()), QLocale().toString(mostBatchRows)));
    return read;
}

Result<BatchFile> batchFile::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return problem(file.errorString());
    if (file.size() > largestFile)
        return problem(
            BatchFiles::tr("The file is larger than %1. Divide it.").arg(QLocale().formattedDataSize(largestFile)));
    return parse(path, file.readAll());
}
