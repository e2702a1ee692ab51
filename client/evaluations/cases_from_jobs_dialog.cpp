// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/cases_from_jobs_dialog.h"

#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/evaluations/endpoints.h"
#include "shared/jobs/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

constexpr int jobsAtOnce = 100;
constexpr int mostJobs = 200; // in one call, as the server has it

QList<TableColumn<Job>> jobChoiceColumns()
{
    QList<TableColumn<Job>> columns{
        column<Job>(u"template"_s, JobChoiceModel::tr("Template"), shownTemplate, CellKind::Strong, 200),
        column<Job>(
            u"model"_s, JobChoiceModel::tr("Model"), [](const Job &job) { return shownModel(job.model); },
            CellKind::Text, 150),
        column<Job>(u"person"_s, JobChoiceModel::tr("Asked by"), &Job::userName, CellKind::Text, 140),
        column<Job>(
            u"made"_s, JobChoiceModel::tr("Asked", "when"), &Job::createdAt,
            [](const Job &job) { return amounts::moment(job.createdAt); }, CellKind::Muted, 120)};
    columns[0].stretches = true;
    return columns;
}

} // namespace

JobChoiceModel::JobChoiceModel(QObject *parent) : TableModel(jobChoiceColumns(), parent) { }

CasesFromJobsDialog::CasesFromJobsDialog(Workspace &workspace, const QUuid &datasetId, QWidget *parent)
    : Dialog(tr("Add cases from jobs"), Length::DialogLarge, parent),
      m_workspace(workspace),
      m_id(datasetId),
      m_search(new SearchField(tr("Search template or model"))),
      m_table(new DataTable(tr("Completed jobs"))),
      m_takesOutput(new Switch(tr("Expect their outputs"))),
      m_tags(new TextField(tr("Tags of the new cases"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_table->setModel(&m_model);
    m_table->setMinimumHeight(px(Length::CodeLines) * 2 + px(Length::HeroTile));
    m_takesOutput->setChecked(true);
    auto *expect = new Label(tr("What they answered becomes the expected output"));
    expect->setBuddy(m_takesOutput);
    m_tags->setHelp(tr("Separated by commas."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_search);
    body()->addWidget(m_table, 1);
    body()->addWidget(layout::box(layout::row({m_takesOutput, layout::wide(expect)}, Length::Space10)));
    body()->addWidget(m_tags);
    body()->addWidget(m_problem);
    addCancel();
    m_add = addMain(tr("Add cases"));
    connect(m_search, &SearchField::textSettled, this, [this] { load(false); });
    connect(m_table, &DataTable::selectedCountChanged, this, &CasesFromJobsDialog::renew);
    connect(m_table, &DataTable::openRequested, this, &CasesFromJobsDialog::accept);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] { load(false); });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_cursor && m_table->verticalScrollBar()->maximum() - value < m_table->viewport()->height())
            load(true);
    });
    load(false);
    renew();
    m_table->setFocus();
}

void CasesFromJobsDialog::load(bool more)
{
    if (more && m_call.isPending())
        return;
    m_call.cancel();
    JobFilter filter;
    filter.states = {JobState::Completed};
    filter.limit = jobsAtOnce;
    if (const QString text = m_search->text().trimmed(); !text.isEmpty())
        filter.search = text;
    if (more)
        filter.cursor = m_cursor;
    m_table->setLoading(!more);
    m_call = m_workspace.api().call(endpoints::jobs::list, filter, this, [this, more](const Result<Page<Job>> &reply) {
        m_call = {};
        m_table->setLoading(false);
        if (reply) {
            more ? m_model.append(reply->items) : m_model.setRows(reply->items);
            m_cursor = reply->nextCursor;
        }
        m_table->emptyState()->setVisible(m_model.rowCount() == 0);
        if (!reply)
            m_table->emptyState()->showError(tr("The jobs are not known"), reply.error().detail);
        else
            m_table->emptyState()->show(u"list-checks"_s, tr("No completed jobs"),
                                        tr("Jobs that have an answer stand here."));
    });
}

void CasesFromJobsDialog::renew()
{
    const int chosen = int(m_table->selectedRowIndexes().size());
    m_add->setEnabled(!m_sending && chosen > 0 && chosen <= mostJobs);
    m_add->setText(chosen > 0 ? tr("Add %n case(s)", nullptr, chosen) : tr("Add cases"));
    m_problem->setVisible(chosen > mostJobs);
    m_problem->setText(tr("At most %1 jobs at once.").arg(amounts::count(mostJobs)));
}

void CasesFromJobsDialog::accept()
{
    if (!m_add->isEnabled())
        return;
    CasesFromJobs input;
    for (const QModelIndex &row : m_table->selectedRowIndexes())
        input.jobIds << m_model.row(row).id;
    input.takesOutput = m_takesOutput->isChecked();
    input.tags = tagsOf(m_tags->text());
    m_sending = true;
    renew();
    m_workspace.api().call(endpoints::evaluations::addCasesFromJobs.at(m_id), input, this,
                           [this](const Result<CasesEdited> &reply) {
                               m_sending = false;
                               renew();
                               if (reply) {
                                   Q_EMIT added(reply->added);
                                   return Dialog::accept();
                               }
                               m_problem->setText(reply.error().detail);
                               m_problem->show();
                           });
}
