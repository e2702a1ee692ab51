// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/bundle_dialogs.h"

#include "client/design/theme.h"
#include "client/templates/bundle_folder.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/row_export.h"
#include "shared/templates/endpoints.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto importTimeout = 120s; // a thousand templates with a thousand versions each take their time

StatusLook lookOf(ImportAction action)
{
    switch (action) {
    case ImportAction::Create:
        return {Tone::Success, u"plus"_s, ImportModel::tr("New")};
    case ImportAction::Rename:
        return {Tone::Info, u"pencil"_s, ImportModel::tr("Renamed")};
    case ImportAction::AddVersion:
        return {Tone::Info, u"history"_s, ImportModel::tr("New version")};
    case ImportAction::Unchanged:
        return {Tone::Neutral, u"check"_s, ImportModel::tr("Unchanged")};
    case ImportAction::Skip:
        return {Tone::Warning, u"ban"_s, ImportModel::tr("Left out")};
    case ImportAction::Refuse:
        return {Tone::Danger, u"circle-alert"_s, ImportModel::tr("Wrong")};
    }
    return {};
}

QString place(const ImportProblem &problem)
{
    return problem.line > 0 ? u"%1:%2 %3"_s.arg(problem.file).arg(problem.line).arg(problem.message)
                            : u"%1 %2"_s.arg(problem.file, problem.message);
}

QString becomes(const ImportedItem &item)
{
    if (!item.problems.isEmpty())
        return place(item.problems.first());
    switch (item.action) {
    case ImportAction::Create:
    case ImportAction::AddVersion:
        return ImportModel::tr("%n version(s)", nullptr, item.versions);
    case ImportAction::Rename:
        return ImportModel::tr("comes as %1").arg(item.newSlug);
    case ImportAction::Skip:
        return ImportModel::tr("the slug is taken");
    case ImportAction::Unchanged:
    case ImportAction::Refuse:
        break;
    }
    return {};
}

QList<TableColumn<ImportRow>> importColumns()
{
    using R = ImportRow;
    QList<TableColumn<R>> columns{
        column<R>(
            u"name"_s, {}, [](const R &row) { return row.item.name; }, CellKind::Strong, 190),
        column<R>(
            u"slug"_s, {}, [](const R &row) { return row.item.slug; }, CellKind::Mono, 150),
        column<R>(
            u"action"_s, {}, [](const R &row) { return int(row.item.action); },
            [](const R &row) { return lookOf(row.item.action).label; }, CellKind::Status, 130),
        column<R>(
            u"note"_s, {}, [](const R &row) { return becomes(row.item); }, CellKind::Muted, 180)};
    columns[2].extra = [](const R &row) { return QVariant::fromValue(lookOf(row.item.action)); };
    columns[2].choices = [] {
        QList<StatusLook> all;
        for (const ImportAction action : {ImportAction::Create, ImportAction::Rename, ImportAction::AddVersion,
                                          ImportAction::Unchanged, ImportAction::Skip, ImportAction::Refuse})
            all << lookOf(action);
        return all;
    };
    columns[3].stretches = true;
    return columns;
}

} // namespace

ExportDialog::ExportDialog(ApiClient &api, const ExportFilter &filter, QWidget *parent)
    : Dialog(tr("Export templates"), Length::DialogSmall, parent),
      m_api(api),
      m_filter(filter),
      m_form(new Select(tr("As"))),
      m_banner(new Banner),
      m_progress(new ProgressLine)
{
    m_form->setChoices(
        {{int(BundleForm::Json), tr("One JSON file")}, {int(BundleForm::Tar), tr("A folder of plain text files")}});
    auto *what =
        new Label(filter.ids ? tr("%n template(s), with all versions and labels", nullptr, int(filter.ids->size()))
                      : filter.folder ? tr("The folder “%1”, with all versions and labels").arg(*filter.folder)
                                      : tr("All templates, with all versions and labels"));
    what->setWordWrap(true);
    for (QWidget *part : std::initializer_list<QWidget *>{what, new FormField(tr("As"), m_form), m_banner, m_progress})
        body()->addWidget(part);
    addCancel();
    m_export = addMain(tr("Choose where…"));
    m_form->setFocus();
}

bool ExportDialog::isFolder() const { return m_form->value().toInt() == int(BundleForm::Tar); }

void ExportDialog::accept()
{
    auto *files = new QFileDialog(this, tr("Export templates"), {}, isFolder() ? QString() : tr("Templates (*.json)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(isFolder() ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    files->setFileMode(isFolder() ? QFileDialog::Directory : QFileDialog::AnyFile);
    files->setDefaultSuffix(isFolder() ? QString() : u"json"_s);
    if (!isFolder())
        files->selectFile(u"templates.json"_s);
    connect(files, &QFileDialog::fileSelected, this, &ExportDialog::write);
    files->open();
}

void ExportDialog::write(const QString &path)
{
    m_banner->hide();
    m_content.close();
    m_content.setData({});
    m_content.open(QBuffer::WriteOnly);
    m_filter.form = BundleForm(m_form->value().toInt());
    m_progress->setActive(true);
    m_export->setEnabled(false);
    CallOptions options;
    options.sink = &m_content;
    m_call = m_api.call(
        endpoints::templates::exported, m_filter, this,
        [this, path](const Result<Nothing> &reply) {
            m_progress->setActive(false);
            m_export->setEnabled(true);
            if (reply)
                return arrived(path);
            m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail);
            fitContent();
        },
        options);
}

void ExportDialog::arrived(const QString &path)
{
    m_content.close();
    QString problem;
    if (isFolder()) {
        const auto written = bundleFolder::unpack(m_content.data(), path);
        problem = written ? QString() : written.error().detail;
    } else {
        problem = rowExport::write(path, m_content.data());
    }
    if (!problem.isEmpty()) {
        m_banner->show(Tone::Danger, u"circle-alert"_s, problem);
        return fitContent();
    }
    done(Accepted);
    Q_EMIT exported(path);
}

ImportModel::ImportModel(QObject *parent) : TableModel(importColumns(), parent)
{
    setTitles({tr("Name"), tr("Slug"), tr("Becomes"), tr("Note")});
}

ImportDialog::ImportDialog(ApiClient &api, QWidget *parent)
    : Dialog(tr("Import templates"), Length::DialogLarge, parent),
      m_api(api),
      m_file(new Label(tr("A JSON file, or a folder as an export writes it."), TextStyle::Small, ColorRole::Text2)),
      m_onConflict(new Select(tr("Where a slug is taken"))),
      m_banner(new Banner),
      m_progress(new ProgressLine),
      m_table(new DataTable(tr("What would become of each"))),
      m_summary(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    auto *file = new Button(tr("Choose file…"), u"file-text"_s);
    auto *folder = new Button(tr("Choose folder…"), u"folder-open"_s);
    m_file->setWordWrap(true);
    m_onConflict->setChoices({{int(ImportConflict::Skip), tr("Leave the template here as it is")},
                              {int(ImportConflict::Rename), tr("Import beside it under another slug")},
                              {int(ImportConflict::NewVersion), tr("Add the newest version to it")}});
    m_table->setModel(&m_model);
    m_table->setMinimumHeight(px(Length::ChartMinimum));
    m_table->emptyState()->show(u"upload"_s, tr("Nothing chosen yet"),
                                tr("What would become of each template is shown before anything is changed."));
    body()->addLayout(layout::row({file, folder, layout::wide(m_file)}));
    for (QWidget *part : std::initializer_list<QWidget *>{new FormField(tr("Where a slug is taken"), m_onConflict),
                                                          m_banner, m_progress, m_table, m_summary})
        body()->addWidget(part);
    addCancel();
    m_import = addMain(tr("Import"));
    connect(file, &QPushButton::clicked, this, [this] { choose(false); });
    connect(folder, &QPushButton::clicked, this, [this] { choose(true); });
    connect(m_onConflict, &Select::valueChosen, this, &ImportDialog::look);
    renew();
    file->setFocus();
}

void ImportDialog::choose(bool folder)
{
    auto *files = new QFileDialog(this, tr("Import templates"), {}, folder ? QString() : tr("Templates (*.json)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &ImportDialog::read);
    files->open();
}

void ImportDialog::read(const QString &path)
{
    m_input.reset();
    m_seen.reset();
    m_model.setRows(QList<ImportRow>{});
    m_file->setText(QFileInfo(path).fileName());
    ImportRequest request;
    if (QFileInfo(path).isDir()) {
        const auto files = bundleFolder::read(path);
        if (!files)
            return refused(files.error());
        request.files = *files;
    } else {
        QFile file(path);
        if (!file.open(QFile::ReadOnly))
            return refused(ApiError::make(0, "file", file.errorString()));
        try {
            request.bundle = json::parse<TemplateBundle>(file.readAll());
        } catch (const std::runtime_error &error) {
            return refused(ApiError::make(
                0, "file", tr("The file is no export of templates: %1").arg(QString::fromUtf8(error.what()))));
        }
    }
    m_input = request;
    look();
}

void ImportDialog::send(bool dryRun, std::function<void(const Result<ImportReport> &)> done)
{
    m_call.cancel();
    m_input->onConflict = ImportConflict(m_onConflict->value().toInt());
    m_input->dryRun = dryRun;
    m_progress->setActive(true);
    CallOptions options;
    options.timeout = importTimeout;
    m_call = m_api.call(
        endpoints::templates::imported, *m_input, this,
        [this, done](const Result<ImportReport> &reply) {
            m_progress->setActive(false);
            done(reply);
        },
        options);
    renew();
}

void ImportDialog::look()
{
    m_seen.reset();
    if (!m_input)
        return renew();
    send(true, [this](const Result<ImportReport> &reply) { reply ? show(*reply) : refused(reply.error()); });
}

void ImportDialog::show(const ImportReport &report)
{
    m_banner->hide();
    m_seen = report;
    QList<ImportRow> rows;
    for (const ImportedItem &item : report.items)
        rows.append({item.slug, item});
    m_model.setRows(rows);
    if (!report.problems.isEmpty())
        m_banner->show(Tone::Warning, u"triangle-alert"_s, place(report.problems.first()));
    renew();
}

void ImportDialog::refused(const ApiError &error)
{
    m_banner->show(Tone::Danger, u"circle-alert"_s,
                   error.errors.isEmpty() ? error.detail
                                          : error.errors.first().pointer + u": "_s + error.errors.first().message);
    renew();
}

void ImportDialog::renew()
{
    m_table->emptyState()->setVisible(m_model.rowCount() == 0);
    int changes = 0, wrong = 0, skipped = 0;
    if (m_seen)
        for (const ImportedItem &item : m_seen->items) {
            wrong += item.action == ImportAction::Refuse;
            skipped += item.action == ImportAction::Skip || item.action == ImportAction::Unchanged;
            changes += item.action == ImportAction::Create || item.action == ImportAction::Rename
                || item.action == ImportAction::AddVersion;
        }
    m_import->setEnabled(m_seen && wrong == 0 && changes > 0 && !m_call.isPending());
    m_import->setText(changes > 0 ? tr("Import %n template(s)", nullptr, changes) : tr("Import"));
    m_summary->setText(m_seen
                           ? tr("%1 would change · %2 stay as they are · %3 wrong").arg(changes).arg(skipped).arg(wrong)
                           : QString());
    fitContent();
}

void ImportDialog::accept()
{
    if (!m_import->isEnabled())
        return;
    send(false, [this](const Result<ImportReport> &reply) {
        if (!reply)
            return refused(reply.error());
        int changed = 0;
        for (const ImportedItem &item : reply->items)
            changed += item.action == ImportAction::Create || item.action == ImportAction::Rename
                || item.action == ImportAction::AddVersion;
        if (std::any_of(reply->items.begin(), reply->items.end(),
                        [](const ImportedItem &item) { return item.action == ImportAction::Refuse; }))
            return show(*reply); // none was imported; somebody changed something meanwhile
        done(Accepted);
        Q_EMIT imported(changed);
    });
}
