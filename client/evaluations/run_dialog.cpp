// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/run_dialog.h"

#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/evaluations/run_versions.h"
#include "client/templates/template_library.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRepeats = 20;
constexpr int longestRunName = 120;
constexpr int offeredDatasets = 200;
constexpr int offeredBaselines = 50;

} // namespace

RunDialog::RunDialog(Workspace &workspace, TemplateLibrary &library, const QUuid &datasetId, QWidget *parent)
    : Dialog(tr("Start a run"), Length::DialogLarge, parent),
      m_workspace(workspace),
      m_dataset(new SearchSelect(tr("Dataset"))),
      m_versions(new RunVersions),
      m_models(new QListWidget),
      m_repeats(new TextField(tr("Answers to each case"))),
      m_tags(new TextField(tr("Only cases tagged"))),
      m_baseline(new SearchSelect(tr("Baseline"))),
      m_name(new TextField(tr("Name"))),
      m_anew(new Switch(tr("Ask the models anew"))),
      m_datasetField(new FormField(tr("Dataset"), m_dataset)),
      m_modelsField(new FormField(tr("Models"), m_models)),
      m_versionsField(new FormField(tr("Versions"), m_versions)),
      m_baselineField(new FormField(tr("Compare with"), m_baseline)),
      m_estimate(new Label({}, TextStyle::BodyStrong)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build(library);
    connect(m_dataset, &Select::valueChosen, this, [this] {
        loadBaselines();
        typed();
    });
    connect(m_versions, &RunVersions::edited, this, &RunDialog::typed);
    connect(m_versions, &RunVersions::resized, this,
            [this] { QMetaObject::invokeMethod(this, &RunDialog::fitContent, Qt::QueuedConnection); });
    connect(m_models, &QListWidget::itemChanged, this, &RunDialog::typed);
    for (TextField *field : {m_repeats, m_tags, m_name})
        connect(field->edit(), &QLineEdit::textChanged, this, &RunDialog::typed);
    loadDatasets(datasetId);
    typed();
}

void RunDialog::build(const TemplateLibrary &library)
{
    m_versions->setTemplates(library.templates());
    m_versions->add();
    m_models->setAccessibleName(tr("Models"));
    for (const ModelInfo &model : library.models()) {
        if (!model.configured)
            continue;
        auto *item = new QListWidgetItem(model.name, m_models);
        item->setSizeHint({0, px(Length::ControlSmall)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_models->setFixedHeight(px(Length::CodeLines));
    m_modelsField->setHelp(tr("None ticked: each version is asked with its own model."));
    m_repeats->edit()->setValidator(new QIntValidator(1, mostRepeats, m_repeats));
    m_repeats->setText(u"1"_s);
    m_repeats->setHelp(tr("1 to %1; several even out chance.").arg(mostRepeats));
    m_tags->setHelp(tr("Separated by commas. Empty: all cases."));
    m_baseline->setChoices({{QUuid(), tr("Nothing", "no baseline")}});
    m_baseline->choose(QUuid());
    m_baselineField->setHelp(tr("An earlier run, to see what changed."));
    m_name->edit()->setMaxLength(longestRunName);
    m_name->setPlaceholder(tr("optional"));
    auto *anew = new Label(tr("Ask the models anew, also where an answer is in the cache"));
    anew->setWordWrap(true);
    anew->setBuddy(m_anew);
    for (Label *text : {m_estimate, m_problem})
        text->setWordWrap(true);
    m_problem->hide();
    auto *left = layout::column({m_datasetField, m_versionsField, m_modelsField, layout::stretch()}, Length::Space12);
    auto *right = layout::column({m_repeats, m_tags, m_baselineField, m_name,
                                  layout::row({m_anew, layout::wide(anew)}, Length::Space10), layout::stretch()},
                                 Length::Space12);
    body()->addWidget(layout::box(layout::row({layout::wide(left, 3), layout::wide(right, 2)}, Length::Space20)));
    body()->addWidget(m_estimate);
    body()->addWidget(m_problem);
    addCancel();
    m_start = addMain(tr("Start run"));
}

void RunDialog::loadDatasets(const QUuid &chosen)
{
    DatasetFilter filter;
    filter.limit = offeredDatasets;
    m_workspace.api().call(endpoints::evaluations::listDatasets, filter, this,
                           [this, chosen](const Result<Page<Dataset>> &reply) {
                               QList<std::pair<QVariant, QString>> choices;
                               if (!reply)
                                   return m_datasetField->setError(reply.error().detail);
                               for (const Dataset &one : reply->items) {
                                   choices.append({one.id, one.name});
                                   m_caseCounts.insert(one.id, one.caseCount);
                               }
                               m_dataset->setChoices(choices);
                               m_dataset->clearChoice();
                               if (!chosen.isNull())
                                   m_dataset->choose(chosen);
                               loadBaselines();
                               typed();
                           });
}

void RunDialog::loadBaselines()
{
    const QUuid dataset = m_dataset->value().toUuid();
    if (dataset == m_baselinesOf || m_dataset->currentIndex() < 0)
        return;
    m_baselinesOf = dataset;
    RunFilter filter;
    filter.datasetId = dataset;
    filter.states = {RunState::Completed};
    filter.limit = offeredBaselines;
    m_baselineCall.cancel();
    m_baselineCall = m_workspace.api().call(
        endpoints::evaluations::listRuns, filter, this, [this](const Result<Page<EvaluationRun>> &reply) {
            QList<std::pair<QVariant, QString>> choices{{QUuid(), tr("Nothing", "no baseline")}};
            if (reply)
                for (const EvaluationRun &run : reply->items)
                    choices.append({run.id, shownRun(run)});
            m_baseline->setChoices(choices);
            m_baseline->choose(QUuid());
        });
}

int RunDialog::repeats() const
{
    const int repeats = m_repeats->text().toInt();
    return repeats >= 1 && repeats <= mostRepeats ? repeats : 0;
}

QStringList RunDialog::models() const
{
    QStringList models;
    for (int i = 0; i < m_models->count(); ++i)
        if (m_models->item(i)->checkState() == Qt::Checked)
            models << m_models->item(i)->text();
    return models;
}

QString RunDialog::estimate() const
{
    const auto cases = m_caseCounts.constFind(m_dataset->value().toUuid());
    if (m_dataset->currentIndex() < 0 || cases == m_caseCounts.cend() || repeats() == 0)
        return tr("Choose a dataset to see how many calls this makes.");
    const int columns = int(m_versions->versions().size()) * std::max(1, int(models().size()));
    const qint64 calls = *cases * columns * repeats();
    const QString sum = QStringList{tr("%n case(s)", nullptr, int(*cases)), tr("%n column(s)", nullptr, columns),
                                    tr("%n answer(s)", nullptr, repeats())}
                            .join(u" × "_s);
    return (tagsOf(m_tags->text()).isEmpty() ? tr("%1 = %2, less what is in the cache.")
                                             : tr("%1 = at most %2: only tagged cases count."))
        .arg(sum, tr("%n call(s)", nullptr, int(calls)));
}

void RunDialog::typed()
{
    m_repeats->setError(repeats() > 0 ? QString() : tr("A whole number from 1 to %1").arg(mostRepeats));
    m_estimate->setText(estimate());
    const bool isEmpty = m_dataset->currentIndex() >= 0 && m_caseCounts.value(m_dataset->value().toUuid(), 1) == 0;
    m_datasetField->setError(isEmpty ? tr("This dataset has no cases yet.") : QString());
    m_start->setEnabled(!m_sending && m_dataset->currentIndex() >= 0 && !isEmpty && m_versions->isComplete()
                        && repeats() > 0);
    m_problem->hide();
}

NewRun RunDialog::input() const
{
    NewRun run;
    run.datasetId = m_dataset->value().toUuid();
    run.name = m_name->text().trimmed();
    run.versions = m_versions->versions();
    run.models = models();
    run.repeats = repeats();
    if (const QList<QString> tags = tagsOf(m_tags->text()); !tags.isEmpty())
        run.tags = tags;
    if (const QUuid baseline = m_baseline->value().toUuid(); !baseline.isNull())
        run.baselineRunId = baseline;
    if (m_anew->isChecked())
        run.cache = CacheUse::Bypass;
    return run;
}

void RunDialog::accept()
{
    if (!m_start->isEnabled())
        return;
    m_sending = true;
    m_start->setEnabled(false);
    m_workspace.api().call(endpoints::evaluations::startRun, input(), this,
                           [this](const Result<RunDetail> &reply) { answered(reply); });
}

void RunDialog::answered(const Result<RunDetail> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT started(*reply);
        return Dialog::accept();
    }
    typed();
    if (reply.error().errors.isEmpty()
        || !showProblems(reply.error().errors,
                         {{u"/datasetId"_s, m_datasetField},
                          {u"/versions"_s, m_versionsField},
                          {u"/models"_s, m_modelsField},
                          {u"/repeats"_s, m_repeats},
                          {u"/tags"_s, m_tags},
                          {u"/baselineRunId"_s, m_baselineField},
                          {u"/name"_s, m_name}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
