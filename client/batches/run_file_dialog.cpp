// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/run_file_dialog.h"

#include "client/design/theme.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/batches/endpoints.h"

#include <QBoxLayout>
#include <QDropEvent>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMimeData>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype previewedRows = 20;
constexpr int longestBatchName = 200;
constexpr int longestCell = 200; // characters; the table shows the beginning of a text

QString cellText(const QJsonValue &value)
{
    QString text = value.isString() ? value.toString()
        : value.isObject()          ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact))
        : value.isArray()           ? QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact))
                                    : value.toVariant().toString();
    return text.left(longestCell).simplified();
}

QList<TableColumn<FileRow>> fileColumns(const QStringList &variables, bool hasProblems)
{
    QList<TableColumn<FileRow>> columns{
        column<FileRow>(u"row"_s, RunFileDialog::tr("Row"), &FileRow::id, CellKind::Number, 60)};
    if (hasProblems) {
        columns << column<FileRow>(u"problem"_s, RunFileDialog::tr("Problem"), &FileRow::problem, CellKind::Strong,
                                   300);
        columns.last().stretches = true;
    }
    for (qsizetype i = 0; i < variables.size(); ++i)
        columns << column<FileRow>(
            variables[i], variables[i], [i](const FileRow &row) { return row.cells.value(i); }, CellKind::Text, 160);
    return columns;
}

QString droppedFile(const QMimeData *data)
{
    for (const QUrl &url : data->urls())
        if (url.isLocalFile() && batchFile::isOffered(url.toLocalFile()))
            return url.toLocalFile();
    return {};
}

} // namespace

FileRowsModel::FileRowsModel(const QStringList &variables, bool hasProblems, QObject *parent)
    : TableModel(fileColumns(variables, hasProblems), parent)
{
}

RunFileDialog::RunFileDialog(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : Dialog(tr("Run over a file"), Length::DialogLarge, parent),
      m_workspace(workspace),
      m_library(library),
      m_choose(new Button(tr("Choose file…"), u"folder-open"_s)),
      m_fileName(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_templates(new SearchSelect(tr("Template"))),
      m_templateField(new FormField(tr("Template"), m_templates)),
      m_models(new Select(tr("Model"))),
      m_modelField(new FormField(tr("Model"), m_models)),
      m_name(new TextField(tr("Name"))),
      m_priority(new Select(tr("Priority"))),
      m_priorityField(new FormField(tr("Priority"), m_priority)),
      m_banner(new Banner),
      m_table(new DataTable(tr("Rows of the file"))),
      m_rows(new FileRowsModel({}, false, this)),
      m_summary(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    build();
    connect(m_choose, &QPushButton::clicked, this, &RunFileDialog::choose);
    connect(m_templates, &Select::valueChosen, this, [this](const QVariant &slug) { setTemplate(slug.toString()); });
    connect(m_models, &Select::valueChosen, this, &RunFileDialog::renewForecast);
    connect(&m_library, &TemplateLibrary::changed, this, &RunFileDialog::offerTemplates);
    connect(&m_library, &TemplateLibrary::modelsChanged, this, &RunFileDialog::offerModels);
    offerTemplates();
    offerModels();
    renew();
    m_choose->setFocus();
}

void RunFileDialog::build()
{
    setAcceptDrops(true);
    m_fileName->setElided(true);
    m_fileName->setText(tr("CSV, whose first line names the variables, or JSON Lines. It may be dropped here."));
    m_name->edit()->setMaxLength(longestBatchName);
    m_priority->setChoices({{int(JobPriority::High), shownPriority(JobPriority::High)},
                            {int(JobPriority::Normal), shownPriority(JobPriority::Normal)},
                            {int(JobPriority::Low), shownPriority(JobPriority::Low)}});
    m_priority->setValue(int(JobPriority::Normal));
    m_table->setModel(m_rows);
    m_table->setMinimumHeight(px(Length::ChartMinimum));
    m_summary->setWordWrap(true);
    body()->addLayout(layout::row({m_choose, layout::wide(m_fileName)}));
    body()->addLayout(layout::row({layout::wide(m_templateField, 2), layout::wide(m_modelField, 2)}, Length::Space12));
    body()->addLayout(layout::row({layout::wide(m_name, 2), layout::wide(m_priorityField, 2)}, Length::Space12));
    body()->addWidget(m_banner);
    body()->addWidget(m_table);
    body()->addWidget(m_summary);
    addCancel();
    m_run = addMain(tr("Run"));
}

// ---- template and model

void RunFileDialog::setTemplate(const QString &slug)
{
    m_slug = slug;
    m_templates->choose(slug);
    chosenTemplate();
}

void RunFileDialog::offerTemplates()
{
    QList<std::pair<QVariant, QString>> choices;
    for (const PromptTemplate &one : m_library.templates())
        choices.append({one.slug, one.name});
    std::sort(choices.begin(), choices.end(),
              [](const auto &a, const auto &b) { return QString::localeAwareCompare(a.second, b.second) < 0; });
    m_templates->setChoices(choices);
    m_templates->setPlaceholder(tr("Type a part of the name"));
    if (m_slug.isEmpty())
        m_templates->clearChoice();
    else
        m_templates->choose(m_slug);
    if (!m_slug.isEmpty() && !m_template)
        chosenTemplate();
}

void RunFileDialog::offerModels()
{
    const QString ofTemplate = m_template ? m_template->version.defaultModel : QString();
    QList<std::pair<QVariant, QString>> choices{
        {QString(), ofTemplate.isEmpty() ? tr("The template's own") : tr("The template's own: %1").arg(ofTemplate)}};
    for (const ModelInfo &one : m_library.models())
        if (one.configured)
            choices.append({one.name, one.name});
    m_models->setChoices(choices);
}

void RunFileDialog::chosenTemplate()
{
    m_template.reset();
    m_problems.clear();
    for (const PromptTemplate &one : m_library.templates())
        if (one.slug == m_slug)
            m_library.open(one.id, this, [this, slug = m_slug](const Result<TemplateDetail> &reply, bool) {
                if (slug != m_slug || !reply)
                    return;
                m_template = *reply;
                offerModels();
                renewForecast();
            });
    renew();
}

std::optional<ModelInfo> RunFileDialog::model() const
{
    QString name = m_models->value().toString();
    if (name.isEmpty() && m_template)
        name = m_template->version.defaultModel;
    for (const ModelInfo &one : m_library.models())
        if (one.name == name)
            return one;
    return {};
}

// ---- the file

void RunFileDialog::choose()
{
    auto *files = new QFileDialog(this, tr("Run over a file"), {}, tr("Rows (*.csv *.jsonl *.ndjson)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, &RunFileDialog::read);
    files->open();
}

void RunFileDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void RunFileDialog::dropEvent(QDropEvent *event)
{
    if (const QString path = droppedFile(event->mimeData()); !path.isEmpty()) {
        event->acceptProposedAction();
        read(path);
    }
}

// In a thread of the pool: ten thousand rows are no reason for the window to stand still.
void RunFileDialog::read(const QString &path)
{
    m_reading = true;
    m_banner->hide();
    renew();
    QThreadPool::globalInstance()->start([path, guard = QPointer<RunFileDialog>(this)] {
        const Result<BatchFile> file = batchFile::read(path);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, file] {
                if (!guard)
                    return;
                guard->m_reading = false;
                guard->m_problems.clear();
                if (!file) {
                    guard->m_banner->show(Tone::Danger, u"circle-alert"_s, file.error().detail);
                    return guard->renew();
                }
                guard->m_file = *file;
                guard->m_fileName->setText(file->name);
                if (guard->m_name->text().isEmpty())
                    guard->m_name->setText(file->name.section(u'.', 0, -2));
                guard->showRows();
                guard->renewForecast();
            },
            Qt::QueuedConnection);
    });
}

void RunFileDialog::showRows()
{
    const bool refused = !m_problems.isEmpty();
    QList<FileRow> rows;
    const qsizetype count = m_file ? m_file->inputs.size() : 0;
    for (qsizetype i = 0; i < count; ++i) {
        const QStringList problems = m_problems.value(int(i) + 1);
        if (refused ? problems.isEmpty() : i >= previewedRows)
            continue;
        FileRow row{int(i) + 1, {}, problems.join(u" "_s)};
        for (const QString &name : m_file->variables)
            row.cells << cellText(m_file->inputs[i].value(name));
        rows << row;
    }
    auto *before = m_rows;
    m_rows = new FileRowsModel(m_file ? m_file->variables : QStringList(), refused, this);
    m_rows->setRows(rows);
    m_table->setModel(m_rows);
    delete before;
}

void RunFileDialog::renewForecast() { renew(); }

void RunFileDialog::renew()
{
    m_table->emptyState()->setVisible(!m_file);
    if (!m_file)
        m_table->emptyState()->show(
            u"table-2"_s, m_reading ? tr("Reading the file…") : tr("No file yet"),
            tr("Each row is one run of the template. At most %1 rows at once.").arg(amounts::count(mostBatchRows)));
    QStringList said;
    bool fits = m_file && m_template;
    if (m_file) {
        const int count = int(m_file->inputs.size());
        said << (!m_problems.isEmpty() ? tr("%n row(s) refused", nullptr, int(m_problems.size()))
                     : count > previewedRows
                     ? tr("%n row(s), the first %1 are shown", nullptr, count).arg(amounts::count(previewedRows))
                     : tr("%n row(s)", nullptr, count));
    }
    if (fits) {
        const BatchForecast cost = forecast(*m_file, m_template->version, model());
        said << tr("about %1 tokens to ask").arg(amounts::count(cost.inputTokens));
        if (cost.inputNanos)
            said << (cost.mostOutputNanos
                         ? tr("about %1, and up to %2 for the answers")
                               .arg(amounts::cost(cost.inputNanos), amounts::cost(cost.mostOutputNanos))
                         : tr("about %1, and what the answers cost").arg(amounts::cost(cost.inputNanos)));
        else
            said << tr("the model's price is not known");
        if (m_problems.isEmpty() && !m_reading) {
            if (!cost.missing.isEmpty()) {
                m_banner->show(Tone::Danger, u"circle-alert"_s,
                               tr("The file lacks what the template needs: %1.").arg(cost.missing.join(u", "_s)));
                fits = false;
            } else if (!cost.unknown.isEmpty()) {
                m_banner->show(Tone::Warning, u"triangle-alert"_s,
                               tr("The template has no variable named %1. The server may refuse the rows.")
                                   .arg(cost.unknown.join(u", "_s)));
            } else {
                m_banner->hide();
            }
        }
    }
    m_summary->setText(said.join(u" · "_s));
    m_summary->setVisible(!said.isEmpty());
    const int count = m_file ? int(m_file->inputs.size()) : 0;
    m_run->setText(count > 0 ? tr("Run %n row(s)", nullptr, count) : tr("Run"));
    m_run->setLoading(m_sending);
    m_run->setEnabled(fits && !m_sending && !m_reading && m_problems.isEmpty());
}

// ---- sending

void RunFileDialog::accept()
{
    if (!m_sending && m_run->isEnabled())
        send();
}

void RunFileDialog::send()
{
    NewBatch batch;
    batch.name = m_name->text().trimmed();
    batch.promptTemplate = m_slug;
    batch.version = m_template->version.version;
    batch.inputs = m_file->inputs;
    batch.inputsAreText = m_file->areTexts;
    if (const QString name = m_models->value().toString(); !name.isEmpty())
        batch.model = name;
    batch.priority = JobPriority(m_priority->value().toInt());
    m_sending = true;
    renew();
    m_workspace.api().call(endpoints::batches::create.at(), batch, this,
                           [this](const Result<Batch> &reply) { answered(reply); },
                           {.timeout = std::chrono::seconds(120)});
}

void RunFileDialog::answered(const Result<Batch> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT made(*reply);
        return Dialog::accept();
    }
    m_problems.clear();
    QList<json::Problem> others;
    for (const json::Problem &problem : reply.error().errors) {
        // "/inputs/3/customer/name": the fourth row, "customer/name"
        const QString place = problem.pointer.startsWith(u"/inputs/"_s) ? problem.pointer.mid(8) : QString();
        bool isRow = false;
        const int row = place.section(u'/', 0, 0).toInt(&isRow);
        if (!isRow) {
            others << problem;
            continue;
        }
        const QString name = place.section(u'/', 1);
        m_problems[row + 1] << (name.isEmpty() ? problem.message : u"%1: %2"_s.arg(name, problem.message));
    }
    const bool isSaid = showProblems(others,
                                     {{u"/name"_s, m_name},
                                      {u"/template"_s, m_templateField},
                                      {u"/version"_s, m_templateField},
                                      {u"/model"_s, m_modelField},
                                      {u"/priority"_s, m_priorityField}});
    showRows();
    renew();
    if (!m_problems.isEmpty())
        m_banner->show(Tone::Danger, u"circle-alert"_s,
                       tr("Nothing was queued. Correct these rows in the file and choose it again."));
    else if (others.isEmpty() || !isSaid)
        m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail);
}
