// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/csv.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace csv {
namespace {

// What a spreadsheet would run, also behind apostrophes, which guard it: so that a guard can be told from a text.
bool isFormula(QStringView text)
{
    qsizetype at = 0;
    while (at < text.size() && text[at] == u'\'')
        ++at;
    return at < text.size() && QStringView(u"=+-@\t\r\n").contains(text[at]);
}

} // namespace

Result<QList<Record>> records(const QString &text)
{
    QList<Record> records;
    Record record{1, {}};
    QString cell;
    bool isQuoted = false;
    int line = 1;
    const auto endRecord = [&] {
        record.cells.append(std::exchange(cell, {}));
        if (record.cells != QStringList{QString()})
            records.append(record);
        record = {line, {}};
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        line += c == u'\n';
        if (c == u'"' && isQuoted && i + 1 < text.size() && text[i + 1] == u'"')
            cell += text[i++];
        else if (c == u'"')
            isQuoted = !isQuoted;
        else if (isQuoted)
            cell += c;
        else if (c == u',')
            record.cells.append(std::exchange(cell, {}));
        else if (c == u'\n')
            endRecord();
        else if (c != u'\r' && c != QChar::ByteOrderMark)
            cell += c;
    }
    if (isQuoted)
        return ApiError::invalid(
            u"/text"_s, u"has a quotation mark that is not closed, in the record at line %1"_s.arg(record.line));
    endRecord();
    return records;
}

QByteArray cell(const QString &text)
{
    QString plain = text;
    if (isFormula(text))
        plain.prepend(u'\'');
    return '"' + plain.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QString withoutGuard(const QString &cell) { return cell.startsWith(u'\'') && isFormula(cell) ? cell.mid(1) : cell; }

} // namespace csv
