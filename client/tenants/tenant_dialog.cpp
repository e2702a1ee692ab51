// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenant_dialog.h"

#include "client/tenants/limits_form.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shortestPassword = 12;

// A slug as the server takes it: lower-case letters, digits and hyphens, accents left out.
QString slugOf(const QString &name)
{
    QString slug;
    for (const QChar letter : name.normalized(QString::NormalizationForm_D).toLower()) {
        if ((letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9'))
            slug += letter;
        else if (letter.category() != QChar::Mark_NonSpacing && !slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
    }
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug.left(63);
}

} // namespace

TenantDialog::TenantDialog(ApiClient &api, const std::optional<Tenant> &before, const QList<Plan> &plans,
                           QWidget *parent)
    : Dialog(before ? tr("Change %1").arg(before->name) : tr("New tenant"), Length::DialogMedium, parent),
      m_api(api),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_slug(new TextField(tr("Slug"))),
      m_plan(new Select(tr("Plan"))),
      m_limits(new LimitsForm),
      m_ownerEmail(new TextField(tr("E-mail of the first owner"))),
      m_ownerName(new TextField(tr("Name of the first owner"))),
      m_ownerPassword(new TextField(tr("First password"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_name->edit()->setMaxLength(120);
    m_slug->edit()->setMaxLength(63);
    m_slug->setHelp(tr("Its people type it to sign in. It cannot be changed."));
    m_ownerEmail->edit()->setMaxLength(254);
    m_ownerEmail->setPlaceholder(u"ana@example.com"_s);
    m_ownerName->edit()->setMaxLength(120);
    m_ownerPassword->edit()->setMaxLength(1024);
    m_ownerPassword->setHelp(tr("12 characters or more. Pass it on yourself: the server sends no mail."));
    QList<std::pair<QVariant, QString>> choices;
    for (const Plan &plan : plans)
        choices.append({plan.name, plan.name});
    if (before && std::none_of(plans.begin(), plans.end(), [&](const Plan &plan) { return plan.name == before->plan; }))
        choices.prepend({before->plan, before->plan});
    m_plan->setChoices(choices);
    m_planField = new FormField(tr("Plan"), m_plan);
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_name);
    body()->addWidget(m_slug);
    body()->addWidget(m_planField);
    body()->addWidget(m_limits);
    for (TextField *field : {m_ownerEmail, m_ownerName, m_ownerPassword})
        body()->addWidget(field);
    body()->addWidget(m_problem);
    m_limits->setVisible(before.has_value());
    for (QWidget *part : {static_cast<QWidget *>(m_slug), static_cast<QWidget *>(m_ownerEmail),
                          static_cast<QWidget *>(m_ownerName), static_cast<QWidget *>(m_ownerPassword)})
        part->setVisible(!before);
    if (before) {
        m_name->setText(before->name);
        m_plan->setValue(before->plan);
        m_limits->setLimits(before->limits);
    }
    addCancel();
    m_save = addMain(before ? tr("Save") : tr("Make tenant"));
    connect(m_name->edit(), &QLineEdit::textEdited, this, [this](const QString &name) {
        if (!m_slugIsOwn)
            m_slug->setText(slugOf(name));
    });
    connect(m_slug->edit(), &QLineEdit::textEdited, this,
            [this](const QString &slug) { m_slugIsOwn = !slug.isEmpty(); });
    connect(m_limits, &LimitsForm::edited, this, &TenantDialog::typed);
    connect(m_plan, &Select::valueChosen, this, [this, plans] {
        m_planField->setError({});
        renewLimits(plans);
    });
    for (TextField *field : {m_name, m_slug, m_ownerEmail, m_ownerName, m_ownerPassword})
        connect(field->edit(), &QLineEdit::textChanged, this, &TenantDialog::typed);
    renewLimits(plans);
    typed();
    m_name->edit()->setFocus();
}

// Where a tenant has no limit of its own, that of the plan counts, also of one that is only being chosen.
void TenantDialog::renewLimits(const QList<Plan> &plans)
{
    for (const Plan &plan : plans)
        if (plan.name == m_plan->value())
            m_limits->setPlan(plan.limits);
}

void TenantDialog::typed()
{
    const bool hasOwner = m_before
        || (m_ownerEmail->text().contains(u'@') && !m_ownerName->text().trimmed().isEmpty()
            && m_ownerPassword->text().size() >= shortestPassword && m_slug->text().size() >= 2);
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty() && hasOwner && m_limits->isValid());
    m_problem->hide();
}

void TenantDialog::accept()
{
    if (!m_sending && m_save->isEnabled())
        send();
}

void TenantDialog::send()
{
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<Tenant> &reply) { answered(reply); };
    const QString name = m_name->text().trimmed(), plan = m_plan->value().toString();
    if (!m_before) {
        NewTenant input;
        input.slug = m_slug->text().trimmed();
        input.name = name;
        if (!plan.isEmpty())
            input.plan = plan;
        input.owner = {m_ownerEmail->text().trimmed(),
                       m_ownerName->text().trimmed(),
                       m_ownerPassword->text(),
                       {Role::Owner},
                       {},
                       {}};
        m_api.call(endpoints::tenants::create, input, this, done);
        return;
    }
    TenantChange change; // what stays absent stays as it is
    if (name != m_before->name)
        change.name = name;
    if (plan != m_before->plan)
        change.plan = plan;
    change.limits = m_limits->limits();
    m_api.call(endpoints::tenants::update.at(m_before->id), change, this, done, {.revision = m_before->revision});
}

void TenantDialog::answered(const Result<Tenant> &reply)
{
    m_sending = false;
    if (reply) {
        m_ownerPassword->edit()->clear();
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    const QList<std::pair<QString, FormField *>> places{{u"/name"_s, m_name},
                                                        {u"/slug"_s, m_slug},
                                                        {u"/plan"_s, m_planField},
                                                        {u"/owner/email"_s, m_ownerEmail},
                                                        {u"/owner/displayName"_s, m_ownerName},
                                                        {u"/owner/password"_s, m_ownerPassword}};
    if (!showProblems(reply.error().errors, places + m_limits->places())) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
