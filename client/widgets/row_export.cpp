// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/row_export.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace {

struct RowExport
{
    Q_DECLARE_TR_FUNCTIONS(RowExport)
};

QByteArray csvCell(QString text)
{
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (!isNumber && !text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    const bool quote = text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r')
        || text.startsWith(u'\'');
    if (quote)
        text = u'"' + text.replace(u'"', u"\"\""_s) + u'"';
    return text.toUtf8();
}

} // namespace

QByteArray rowExport::csvLine(const QStringList &cells)
{
    QByteArray line;
    for (const QString &cell : cells)
        line += (&cell == &cells.first() ? "" : ",") + csvCell(cell);
    return line + '\n';
}

void rowExport::ask(QWidget *parent, const QString &title, const QString &name,
                    std::function<void(const QString &path)> chosen, JsonForm form)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const bool inLines = form == JsonForm::Lines;
    const QString csv = RowExport::tr("Comma-separated values (*.csv)");
    const QString json = inLines ? RowExport::tr("JSON Lines (*.jsonl)") : RowExport::tr("JSON (*.json)");
    dialog->setNameFilters({csv, json});
    dialog->setDefaultSuffix(u"csv"_s);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json, inLines](const QString &filter) {
        dialog->setDefaultSuffix(filter != json ? u"csv"_s : inLines ? u"jsonl"_s : u"json"_s);
    });
    dialog->selectFile(name + u".csv"_s);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

bool rowExport::isJson(const QString &path)
{
    return path.endsWith(u".json"_s, Qt::CaseInsensitive) || path.endsWith(u".jsonl"_s, Qt::CaseInsensitive);
}

QString rowExport::write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    const bool good = file.open(QFile::WriteOnly) && file.write(content) == content.size() && file.commit();
    return good ? QString() : file.errorString();
}
