// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/dataset_dialog.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestDatasetName = 120;
constexpr int longestDescription = 2000;

} // namespace

DatasetDialog::DatasetDialog(ApiClient &api, const std::optional<Dataset> &before, QWidget *parent)
    : Dialog(before ? tr("Change “%1”").arg(before->name) : tr("New dataset"), Length::DialogMedium, parent),
      m_api(api),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_description(new TextField(tr("Description"))),
      m_tags(new TextField(tr("Tags"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_name->edit()->setMaxLength(longestDatasetName);
    m_name->setPlaceholder(tr("Refund questions"));
    m_description->edit()->setMaxLength(longestDescription);
    m_tags->setHelp(tr("Separated by commas."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    for (QWidget *part : std::initializer_list<QWidget *>{m_name, m_description, m_tags, m_problem})
        body()->addWidget(part);
    addCancel();
    m_save = addMain(before ? tr("Save dataset") : tr("Make dataset"));
    if (before) {
        m_name->setText(before->name);
        m_description->setText(before->description);
        m_tags->setText(QStringList(before->tags).join(u", "_s));
    }
    for (TextField *field : {m_name, m_description, m_tags})
        connect(field->edit(), &QLineEdit::textChanged, this, &DatasetDialog::typed);
    typed();
    m_name->edit()->setFocus();
}

void DatasetDialog::typed()
{
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty());
    m_problem->hide();
}

void DatasetDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<Dataset> &reply) { answered(reply); };
    const QString name = m_name->text().trimmed(), description = m_description->text().trimmed();
    const QList<QString> tags = tagsOf(m_tags->text());
    if (m_before) {
        DatasetChange change;
        if (name != m_before->name)
            change.name = name;
        if (description != m_before->description)
            change.description = description;
        if (tags != m_before->tags)
            change.tags = tags;
        m_api.call(endpoints::evaluations::updateDataset.at(m_before->id), change, this, done,
                   {.revision = m_before->revision});
    } else {
        NewDataset made;
        made.name = name;
        made.description = description;
        made.tags = tags;
        m_api.call(endpoints::evaluations::createDataset, made, this, done);
    }
}

void DatasetDialog::answered(const Result<Dataset> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (reply.error().errors.isEmpty()
        || !showProblems(reply.error().errors,
                         {{u"/name"_s, m_name}, {u"/description"_s, m_description}, {u"/tags"_s, m_tags}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
