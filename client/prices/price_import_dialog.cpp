// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_import_dialog.h"

#include "client/design/theme.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestImport = 6 * 1024 * 1024; // bytes; the server takes 8 MiB with the JSON around it

} // namespace

PriceImportDialog::PriceImportDialog(ApiClient &api, QWidget *parent)
    : Dialog(tr("Import prices"), Length::DialogLarge, parent),
      m_api(api),
      m_choose(new Button(tr("Choose file…"), u"folder-open"_s)),
      m_file(new Label(tr("CSV with prices in US dollars for a million tokens, or JSON as the API has it."),
                       TextStyle::Small, ColorRole::Text2)),
      m_correctsPast(new QCheckBox(tr("Take rows in the past: costs that were computed stay as they are"))),
      m_skipConflicting(new QCheckBox(tr("Leave out rows that conflict with the book"))),
      m_banner(new Banner),
      m_table(new DataTable(tr("Rows of the file"))),
      m_summary(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    m_file->setElided(true);
    m_table->setModel(&m_model);
    m_table->setMinimumHeight(px(Length::ChartMinimum));
    m_table->emptyState()->show(u"upload"_s, tr("No file yet"),
                                tr("Its head names the columns: provider, model, validFrom, input, cachedInput, "
                                   "cacheWrite5m, cacheWrite1h, output, tiers, source, verified, note."));
    body()->addLayout(layout::row({m_choose, layout::wide(m_file)}));
    for (QWidget *part :
         {static_cast<QWidget *>(m_correctsPast), static_cast<QWidget *>(m_skipConflicting),
          static_cast<QWidget *>(m_banner), static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_summary)})
        body()->addWidget(part);
    addCancel();
    m_save = addMain(tr("Import"));
    connect(m_choose, &QPushButton::clicked, this, &PriceImportDialog::choose);
    connect(m_correctsPast, &QCheckBox::toggled, this, &PriceImportDialog::look);
    connect(m_skipConflicting, &QCheckBox::toggled, this, &PriceImportDialog::renew);
    renew();
    m_choose->setFocus();
}

void PriceImportDialog::choose()
{
    auto *files = new QFileDialog(this, tr("Import prices"), {}, tr("Prices (*.csv *.json)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &PriceImportDialog::read);
    files->open();
}

void PriceImportDialog::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly) || file.size() > largestImport) {
        m_banner->show(Tone::Danger, u"circle-alert"_s,
                       file.isOpen() ? tr("The file is too large: import it in parts.") : file.errorString());
        return;
    }
    m_input.text = QString::fromUtf8(file.readAll());
    m_input.format = path.endsWith(u".json"_s, Qt::CaseInsensitive) ? PriceImportFormat::Json : PriceImportFormat::Csv;
    m_file->setText(QFileInfo(path).fileName());
    look();
}

void PriceImportDialog::look()
{
    m_seen.reset();
    m_call.cancel();
    if (m_input.text.isEmpty())
        return renew();
    m_input.dryRun = true;
    m_input.correctsPast = m_correctsPast->isChecked();
    m_call = m_api.call(endpoints::prices::importRows, m_input, this,
                        [this](const Result<PriceImport> &reply) { looked(reply); });
    renew();
}

void PriceImportDialog::looked(const Result<PriceImport> &reply)
{
    m_banner->hide();
    QList<PriceImportRow> rows;
    if (reply) {
        m_seen = *reply;
        for (const PriceImportLine &line : reply->lines)
            rows.append({line.line, line});
    } else {
        const auto &errors = reply.error().errors;
        m_banner->show(Tone::Danger, u"circle-alert"_s,
                       errors.isEmpty() ? reply.error().detail
                                        : tr("The file %1", "what is wrong with it").arg(errors.first().message));
    }
    m_model.setRows(rows);
    renew();
}

void PriceImportDialog::renew()
{
    m_table->emptyState()->setVisible(m_model.rowCount() == 0);
    const bool isGood = m_seen && m_seen->invalid == 0 && m_seen->added > 0
        && (m_seen->conflicting == 0 || m_skipConflicting->isChecked());
    m_save->setEnabled(isGood && !m_call.isPending());
    m_save->setText(m_seen && m_seen->added > 0 ? tr("Import %n row(s)", nullptr, m_seen->added) : tr("Import"));
    m_skipConflicting->setVisible(m_seen && m_seen->conflicting > 0);
    m_summary->setText(m_seen ? tr("%1 new · %2 there already · %3 conflicting · %4 wrong")
                                    .arg(m_seen->added)
                                    .arg(m_seen->same)
                                    .arg(m_seen->conflicting)
                                    .arg(m_seen->invalid)
                              : QString());
}

void PriceImportDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    PriceImportInput input = m_input;
    input.dryRun = false;
    input.skipConflicting = m_skipConflicting->isChecked();
    m_call = m_api.call(endpoints::prices::importRows, input, this, [this](const Result<PriceImport> &reply) {
        if (!reply) {
            m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail);
            return renew();
        }
        Q_EMIT imported(*reply);
        Dialog::accept();
    });
    m_save->setEnabled(false);
}
