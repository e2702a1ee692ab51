// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/gate_dialog.h"

#include "client/templates/template_library.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QCompleter>
#include <QLineEdit>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestLabel = 60;
constexpr int datasetsOffered = 200;

} // namespace

GateDialog::GateDialog(Workspace &workspace, TemplateLibrary &library, const std::optional<Gate> &before,
                       QWidget *parent)
    : Dialog(before ? tr("Change the gate of “%1”").arg(before->label) : tr("New gate"), Length::DialogMedium, parent),
      m_workspace(workspace),
      m_before(before),
      m_template(new SearchSelect(tr("Template"))),
      m_label(new TextField(tr("Label"))),
      m_dataset(new SearchSelect(tr("Dataset"))),
      m_model(new SearchSelect(tr("Model"))),
      m_score(new TextField(tr("Least score (%)"))),
      m_regressions(new Switch(tr("Refuse regressions"))),
      m_templateField(new FormField(tr("Template"), m_template)),
      m_datasetField(new FormField(tr("Dataset"), m_dataset)),
      m_modelField(new FormField(tr("Model"), m_model)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build(library);
    for (SearchSelect *select : {m_template, m_dataset, m_model})
        connect(select, &Select::valueChosen, this, &GateDialog::typed);
    for (TextField *field : {m_label, m_score})
        connect(field->edit(), &QLineEdit::textChanged, this, &GateDialog::typed);
    loadDatasets();
    typed();
}

void GateDialog::build(const TemplateLibrary &library)
{
    QList<std::pair<QVariant, QString>> templates, models{{QString(), tr("Every model of the last run")}};
    for (const PromptTemplate &one : library.templates())
        templates.append({one.id, one.name});
    for (const ModelInfo &model : library.models())
        if (model.configured || (m_before && m_before->model == model.name))
            models.append({model.name, model.name});
    m_template->setChoices(templates);
    m_model->setChoices(models);
    m_label->edit()->setMaxLength(longestLabel);
    auto *labels = new QCompleter(QStringList{u"production"_s, u"staging"_s}, m_label);
    labels->setCaseSensitivity(Qt::CaseInsensitive);
    m_label->edit()->setCompleter(labels);
    m_label->setPlaceholder(u"production"_s);
    m_label->setHelp(tr("It may only point to a version whose last run on the dataset passes."));
    m_score->setHelp(tr("The mean over all answers. One that did not come counts as 0."));
    auto *regressions = new Label(tr("No case may do worse than with the version that the label points to"));
    regressions->setWordWrap(true);
    regressions->setBuddy(m_regressions);
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_templateField);
    body()->addWidget(m_label);
    body()->addWidget(m_datasetField);
    body()->addWidget(m_modelField);
    body()->addWidget(m_score);
    body()->addWidget(layout::box(layout::row({m_regressions, layout::wide(regressions)}, Length::Space10)));
    body()->addWidget(m_problem);
    addCancel();
    m_save = addMain(m_before ? tr("Save gate") : tr("Add gate"));
    const Gate gate = m_before.value_or(Gate{.label = u"production"_s});
    m_template->clearChoice();
    if (m_before)
        m_template->choose(gate.templateId);
    m_template->setEnabled(!m_before);
    m_label->setText(gate.label);
    m_label->edit()->setReadOnly(m_before.has_value());
    m_model->choose(gate.model.value_or(QString()));
    m_score->setText(QLocale().toString(gate.minimumScore * 100, 'g', 6));
    m_regressions->setChecked(gate.refusesRegressions);
}

void GateDialog::loadDatasets()
{
    DatasetFilter filter;
    filter.limit = datasetsOffered;
    m_workspace.api().call(
        endpoints::evaluations::listDatasets, filter, this, [this](const Result<Page<Dataset>> &reply) {
            QList<std::pair<QVariant, QString>> choices;
            if (reply)
                for (const Dataset &one : reply->items)
                    choices.append({one.id, one.name});
            else
                m_datasetField->setError(reply.error().detail);
            const QVariant chosen = m_before ? QVariant(m_before->datasetId) : m_dataset->value();
            if (m_before
                && std::none_of(choices.begin(), choices.end(), [&](const auto &one) { return one.first == chosen; }))
                choices.append({m_before->datasetId, m_before->datasetName});
            m_dataset->setChoices(choices);
            m_dataset->clearChoice();
            m_dataset->choose(chosen);
            typed();
        });
}

std::optional<double> GateDialog::score() const
{
    bool isNumber = false;
    const double percent = QLocale().toDouble(m_score->text().trimmed(), &isNumber);
    return isNumber && percent >= 0 && percent <= 100 ? std::optional(percent / 100) : std::nullopt;
}

void GateDialog::typed()
{
    m_score->setError(score() ? QString() : tr("A number from 0 to 100"));
    m_save->setEnabled(!m_sending && m_template->currentIndex() >= 0 && m_dataset->currentIndex() >= 0
                       && !m_label->text().trimmed().isEmpty() && score());
    m_problem->hide();
}

void GateDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<Gate> &reply) { answered(reply); };
    const QString model = m_model->value().toString();
    if (m_before) {
        GateChange change;
        if (m_dataset->value().toUuid() != m_before->datasetId)
            change.datasetId = m_dataset->value().toUuid();
        if (model != m_before->model.value_or(QString()))
            model.isEmpty() ? void(change.clearModel = true) : void(change.model = model);
        if (*score() != m_before->minimumScore)
            change.minimumScore = score();
        if (m_regressions->isChecked() != m_before->refusesRegressions)
            change.refusesRegressions = m_regressions->isChecked();
        m_workspace.api().call(endpoints::evaluations::updateGate.at(m_before->id), change, this, done,
                               {.revision = m_before->revision});
        return;
    }
    NewGate gate;
    gate.templateId = m_template->value().toUuid();
    gate.label = m_label->text().trimmed();
    gate.datasetId = m_dataset->value().toUuid();
    if (!model.isEmpty())
        gate.model = model;
    gate.minimumScore = *score();
    gate.refusesRegressions = m_regressions->isChecked();
    m_workspace.api().call(endpoints::evaluations::createGate, gate, this, done);
}

void GateDialog::answered(const Result<Gate> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (reply.error().errors.isEmpty()
        || !showProblems(reply.error().errors,
                         {{u"/templateId"_s, m_templateField},
                          {u"/label"_s, m_label},
                          {u"/datasetId"_s, m_datasetField},
                          {u"/model"_s, m_modelField},
                          {u"/minimumScore"_s, m_score}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
