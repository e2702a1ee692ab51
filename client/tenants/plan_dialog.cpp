// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/plan_dialog.h"

#include "client/permissions/permission_words.h"
#include "client/tenants/limits_form.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/permissions/subject.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

PlanDialog::PlanDialog(ApiClient &api, const std::optional<Plan> &before, QWidget *parent)
    : Dialog(before ? tr("Change the plan %1").arg(before->name) : tr("New plan"), Length::DialogMedium, parent),
      m_api(api),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_description(new TextField(tr("Description"))),
      m_everything(new Switch(tr("Everything"))),
      m_limits(new LimitsForm),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_name->edit()->setMaxLength(60);
    m_name->setHelp(tr("Lower-case letters, digits and hyphens."));
    m_description->edit()->setMaxLength(500);
    auto *grid = new QGridLayout;
    grid->setContentsMargins({});
    for (const Subject &subject : subjects()) {
        auto *box = new QCheckBox(shownSubject(subject.name));
        box->setObjectName(subject.name);
        box->setChecked(!before || !before->subjects || before->subjects->contains(subject.name));
        grid->addWidget(box, int(m_subjects.size()) / 3, int(m_subjects.size()) % 3);
        m_subjects << box;
        connect(box, &QCheckBox::clicked, this, &PlanDialog::typed);
    }
    auto *everythingLabel = new Label(tr("Everything, also what later versions add"));
    everythingLabel->setBuddy(m_everything);
    m_everything->setChecked(!before || !before->subjects);
    m_subjectsField = new FormField(
        tr("What its tenants may use"),
        layout::box(layout::column({layout::row({m_everything, everythingLabel, layout::stretch()}), grid})));
    m_limits->setLimits(before ? before->limits : TenantLimits());
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_name);
    body()->addWidget(m_description);
    body()->addWidget(m_subjectsField);
    body()->addWidget(m_limits);
    body()->addWidget(m_problem);
    m_name->setVisible(!before);
    if (before)
        m_description->setText(before->description);
    addCancel();
    m_save = addMain(before ? tr("Save plan") : tr("Add plan"));
    for (TextField *field : {m_name, m_description})
        connect(field->edit(), &QLineEdit::textChanged, this, &PlanDialog::typed);
    connect(m_limits, &LimitsForm::edited, this, &PlanDialog::typed);
    connect(m_everything, &QAbstractButton::clicked, this, &PlanDialog::typed);
    typed();
    (before ? m_description : m_name)->edit()->setFocus();
}

void PlanDialog::typed()
{
    for (QCheckBox *box : std::as_const(m_subjects))
        box->setEnabled(!m_everything->isChecked());
    m_save->setEnabled(!m_sending && (m_before || !m_name->text().trimmed().isEmpty()) && m_limits->isValid());
    m_problem->hide();
}

std::optional<QList<QString>> PlanDialog::subjectsChosen() const
{
    if (m_everything->isChecked())
        return {};
    QList<QString> chosen;
    for (const QCheckBox *box : m_subjects)
        if (box->isChecked())
            chosen << box->objectName();
    return chosen;
}

void PlanDialog::accept()
{
    if (m_sending || !m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<Plan> &reply) { answered(reply); };
    const QString description = m_description->text().trimmed();
    if (m_before)
        m_api.call(endpoints::tenants::replacePlan.at(m_before->name),
                   {description, subjectsChosen(), m_limits->limits()}, this, done, {.revision = m_before->revision});
    else
        m_api.call(endpoints::tenants::createPlan,
                   {m_name->text().trimmed(), description, subjectsChosen(), m_limits->limits()}, this, done);
}

void PlanDialog::answered(const Result<Plan> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    const QList<std::pair<QString, FormField *>> places{
        {u"/name"_s, m_name}, {u"/description"_s, m_description}, {u"/subjects"_s, m_subjectsField}};
    if (!showProblems(reply.error().errors, places + m_limits->places())) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
