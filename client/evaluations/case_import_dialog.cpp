// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/case_import_dialog.h"

#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/row_export.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMimeData>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 4'000'000; // characters that the server takes

} // namespace

CaseImportDialog::CaseImportDialog(ApiClient &api, const QUuid &datasetId, QWidget *parent)
    : Dialog(tr("Import cases"), Length::DialogLarge, parent),
      m_api(api),
      m_id(datasetId),
      m_file(new Label(tr("No file chosen"), TextStyle::Body, ColorRole::Text2)),
      m_verdict(new Banner),
      m_table(new QTableWidget),
      m_choose(new Button(tr("Choose a file…"), u"folder-open"_s))
{
    setAcceptDrops(true);
    auto *help =
        new Label(tr("Comma-separated values with a line of names, or a case in JSON on each line. The columns "
                     "“expected” and “tags” are what they say, each other column is a variable. Drop a file "
                     "here or choose one."),
                  TextStyle::Body, ColorRole::Text2);
    help->setWordWrap(true);
    m_file->setElided(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setMinimumHeight(px(Length::CodeLines) * 2);
    m_table->hide();
    body()->addWidget(help);
    body()->addWidget(layout::box(layout::row({m_choose, layout::wide(m_file)}, Length::Space12)));
    body()->addWidget(m_verdict);
    body()->addWidget(m_table, 1);
    addCancel();
    m_import = addMain(tr("Import"));
    m_import->setEnabled(false);
    connect(m_choose, &QPushButton::clicked, this, &CaseImportDialog::chooseFile);
    m_choose->setFocus();
}

void CaseImportDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Import cases"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Cases (*.csv *.jsonl *.ndjson *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &CaseImportDialog::read);
    dialog->open();
}

void CaseImportDialog::say(const QString &problem)
{
    m_table->hide();
    m_import->setEnabled(false);
    m_verdict->show(Tone::Danger, u"circle-alert"_s, problem);
    fitContent();
}

void CaseImportDialog::read(const QString &path)
{
    m_call.cancel();
    QFile file(path);
    m_file->setText(QFileInfo(path).fileName());
    if (!file.open(QFile::ReadOnly))
        return say(file.errorString());
    if (file.size() > 4 * largestFile)
        return say(tr("The file is too large: at most %1 characters.").arg(amounts::count(largestFile)));
    const bool isJson = rowExport::isJson(path) || path.endsWith(u".ndjson"_s, Qt::CaseInsensitive);
    m_input.format = isJson ? CaseFormat::JsonLines : CaseFormat::Csv;
    m_input.text = QString::fromUtf8(file.readAll());
    if (m_input.text.isEmpty())
        return say(tr("The file is empty."));
    if (m_input.text.size() > largestFile)
        return say(tr("The file is too large: at most %1 characters.").arg(amounts::count(largestFile)));
    ask(true);
}

void CaseImportDialog::ask(bool isDryRun)
{
    m_input.isDryRun = isDryRun;
    m_import->setEnabled(false);
    m_choose->setEnabled(false);
    m_verdict->show(Tone::Info, u"clock"_s, isDryRun ? tr("Reading the file …") : tr("Importing …"));
    m_call = m_api.call(endpoints::evaluations::importCases.at(m_id), m_input, this,
                        [this](const Result<CaseImportReport> &reply) { show(reply); });
}

void CaseImportDialog::show(const Result<CaseImportReport> &reply)
{
    m_choose->setEnabled(true);
    if (!reply)
        return say(reply.error().detail);
    const CaseImportReport &report = *reply;
    if (!report.problems.isEmpty()) {
        m_verdict->show(Tone::Danger, u"circle-alert"_s,
                        tr("%n problem(s) in the file. Nothing is imported before they are gone.", nullptr,
                           int(report.problems.size())));
        showProblems(report.problems);
    } else if (!report.isDryRun) {
        Q_EMIT imported(report.added);
        return Dialog::accept();
    } else {
        const QString names = QStringList(report.variables).join(u", "_s);
        m_verdict->show(Tone::Success, u"circle-check"_s,
                        names.isEmpty() ? tr("%n case(s) without variables", nullptr, report.rows)
                                        : tr("%n case(s) with the variables %1", nullptr, report.rows).arg(names));
        showSample(report);
        m_import->setText(tr("Import %n case(s)", nullptr, report.rows));
        m_import->setEnabled(report.rows > 0);
        m_import->setFocus();
    }
    fitContent();
}

void CaseImportDialog::showProblems(const QList<CaseImportProblem> &problems)
{
    m_table->setAccessibleName(tr("Problems"));
    m_table->clear();
    m_table->setColumnCount(3);
    m_table->setRowCount(int(problems.size()));
    m_table->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Problem")});
    for (int row = 0; row < problems.size(); ++row) {
        const CaseImportProblem &one = problems[row];
        m_table->setItem(row, 0, new QTableWidgetItem(QLocale().toString(one.row)));
        m_table->setItem(row, 1, new QTableWidgetItem(one.column));
        m_table->setItem(row, 2, new QTableWidgetItem(one.message));
    }
    m_table->show();
}

void CaseImportDialog::showSample(const CaseImportReport &report)
{
    m_table->setAccessibleName(tr("The first cases"));
    m_table->clear();
    QStringList titles(report.variables);
    titles << tr("Expected output") << tr("Tags");
    m_table->setColumnCount(int(titles.size()));
    m_table->setHorizontalHeaderLabels(titles);
    m_table->setRowCount(int(report.sample.size()));
    for (int row = 0; row < report.sample.size(); ++row) {
        const NewEvaluationCase &one = report.sample[row];
        int column = 0;
        const auto put = [&](const QString &text) {
            m_table->setItem(row, column++, new QTableWidgetItem(QString(text).replace(u'\n', u' ')));
        };
        for (const QString &name : report.variables)
            put(plainValue(one.variables.value(name)));
        put(one.expected.value_or(QString()));
        put(shownTags(one.tags));
    }
    m_table->show();
}

void CaseImportDialog::accept()
{
    if (m_import->isEnabled())
        ask(false);
}

void CaseImportDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void CaseImportDialog::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    read(event->mimeData()->urls().first().toLocalFile());
}
