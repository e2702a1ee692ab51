// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budget_dialog.h"

#include "client/gateway/budget_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestBudgetName = 120;
constexpr qint64 mostNanos = 1'000'000'000'000'000'000; // as the server has it

std::optional<GatewayThings::Kind> thingsOf(BudgetSubject subject)
{
    switch (subject) {
    case BudgetSubject::Key:
        return GatewayThings::Kind::Keys;
    case BudgetSubject::User:
        return GatewayThings::Kind::People;
    case BudgetSubject::Template:
        return GatewayThings::Kind::Templates;
    case BudgetSubject::Tenant:
        break;
    }
    return {};
}

} // namespace

BudgetDialog::BudgetDialog(Workspace &workspace, const std::optional<Budget> &before, QWidget *parent)
    : Dialog(before ? tr("Change the budget “%1”").arg(before->name) : tr("New budget"), Length::DialogMedium, parent),
      m_workspace(workspace),
      m_things(workspace),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_subject(new Select(tr("Whose calls it pays"))),
      m_thing(new SearchSelect(tr("Which"))),
      m_period(new SegmentedControl(tr("Period"))),
      m_subjectField(new FormField(tr("Whose calls it pays"), m_subject)),
      m_thingField(new FormField(tr("Which"), m_thing)),
      m_periodField(new FormField(tr("Period"), m_period)),
      m_amount(new TextField(tr("Amount in US dollars"))),
      m_refuses(new Switch(tr("Refuse models without a price"))),
      m_refusesText(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build();
    connect(m_subject, &Select::valueChosen, this, &BudgetDialog::chosenSubject);
    connect(m_thing, &Select::valueChosen, this, &BudgetDialog::typed);
    connect(m_period, &SegmentedControl::chosen, this, &BudgetDialog::typed);
    connect(m_refuses, &QAbstractButton::clicked, this, &BudgetDialog::typed);
    for (TextField *field : {m_name, m_amount})
        connect(field->edit(), &QLineEdit::textChanged, this, &BudgetDialog::typed);
    connect(&m_things, &GatewayThings::changed, this, &BudgetDialog::offerThings);
    using Kind = GatewayThings::Kind;
    if (!before)
        m_things.load({Kind::Keys, Kind::People, Kind::Templates});
    chosenSubject();
    (before ? m_amount : m_name)->edit()->setFocus();
}

void BudgetDialog::build()
{
    m_name->edit()->setMaxLength(longestBudgetName);
    m_name->setPlaceholder(tr("Support team"));
    m_amount->setPlaceholder(amounts::dollars(100'000'000'000));
    const std::pair<BudgetSubject, QString> subjects[] = {{BudgetSubject::Tenant, tr("The whole tenant")},
                                                          {BudgetSubject::Key, tr("One key")},
                                                          {BudgetSubject::User, tr("One person")},
                                                          {BudgetSubject::Template, tr("One prompt template")}};
    QList<std::pair<QVariant, QString>> choices;
    for (const auto &[subject, text] : subjects) // what may not be seen cannot be chosen
        if (const auto kind = thingsOf(subject); !kind || m_things.maySee(*kind))
            choices.append({int(subject), text});
    m_subject->setChoices(choices);
    m_subject->setValue(int(BudgetSubject::Tenant));
    m_period->setChoices({tr("A day"), tr("A month"), tr("For ever")});
    m_period->setCurrent(int(BudgetPeriod::Month));
    m_periodField->setHelp(tr("Days and months are those of UTC."));
    m_refuses->setChecked(!m_before || m_before->refusesUnpriced);
    m_refusesText->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    if (m_before) {
        auto *of =
            new Label(u"%1 · %2"_s.arg(shownSubject(*m_before), shownPeriod(m_before->period)), TextStyle::BodyStrong);
        of->setWordWrap(true);
        body()->addWidget(of);
        m_name->setText(m_before->name);
        m_amount->setText(amounts::dollars(m_before->amountNanos));
    }
    auto *refusesTitle = new Label(tr("Refuse models without a price"), TextStyle::BodyStrong);
    refusesTitle->setBuddy(m_refuses);
    auto *refuses = layout::box(layout::row(
        {layout::wide(layout::column({refusesTitle, m_refusesText}, Length::Space2)), m_refuses}, Length::Space16));
    for (QWidget *part : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_subjectField),
                          static_cast<QWidget *>(m_thingField), static_cast<QWidget *>(m_periodField),
                          static_cast<QWidget *>(m_amount), refuses, static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    m_subjectField->setVisible(!m_before);
    m_periodField->setVisible(!m_before);
    addCancel();
    m_save = addMain(m_before ? tr("Save budget") : tr("Add budget"));
}

BudgetSubject BudgetDialog::subject() const { return BudgetSubject(m_subject->value().toInt()); }

BudgetPeriod BudgetDialog::period() const { return m_before ? m_before->period : BudgetPeriod(m_period->current()); }

void BudgetDialog::chosenSubject()
{
    m_thingField->setVisible(thingsOf(subject()) && !m_before);
    m_thing->clearChoice();
    offerThings();
    typed();
    fitContent();
}

void BudgetDialog::offerThings()
{
    const auto kind = thingsOf(subject());
    if (!kind)
        return;
    QList<std::pair<QVariant, QString>> choices;
    for (const GatewayThings::Thing &thing : m_things.all(*kind))
        choices.append({thing.id, thing.name});
    const bool hadChoice = m_thing->currentIndex() >= 0;
    m_thing->setChoices(choices);
    if (!hadChoice)
        m_thing->clearChoice();
    const bool isNothing = choices.isEmpty() && m_things.isKnown(*kind);
    m_thing->setPlaceholder(isNothing ? tr("There is none yet") : tr("Type a part of the name"));
    typed();
}

std::optional<qint64> BudgetDialog::amount() const
{
    const auto nanos = amounts::nanosOf(m_amount->text());
    return nanos && *nanos >= 1 && *nanos <= mostNanos ? nanos : std::nullopt;
}

void BudgetDialog::typed()
{
    const bool isEmpty = m_amount->text().trimmed().isEmpty();
    Budget as;
    as.period = period();
    as.amountNanos = amount().value_or(0);
    m_amount->setError(isEmpty || amount()
                           ? QString()
                           : tr("A sum above nought, written like %1.").arg(amounts::dollars(1'234'500'000'000)));
    // Read back as it was understood: where a point divides thousands in one language, it does not in another.
    m_amount->setHelp(amount() ? shownAmount(as) : tr("Up to nine digits behind the point are kept."));
    m_refusesText->setText(m_refuses->isChecked()
                               ? tr("What their calls cost nobody knows, so that they could overspend it unseen.")
                               : tr("Their calls go through and count as nothing."));
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty() && amount()
                       && (m_before || !thingsOf(subject()) || m_thing->currentIndex() >= 0));
    m_problem->hide();
}

void BudgetDialog::accept()
{
    if (!m_sending && m_save->isEnabled())
        send();
}

void BudgetDialog::send()
{
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<Budget> &reply) { answered(reply); };
    const QString name = m_name->text().trimmed();
    if (m_before) {
        BudgetChange change;
        if (name != m_before->name)
            change.name = name;
        if (*amount() != m_before->amountNanos)
            change.amountNanos = *amount();
        if (m_refuses->isChecked() != m_before->refusesUnpriced)
            change.refusesUnpriced = m_refuses->isChecked();
        m_workspace.api().call(endpoints::budgets::update.at(m_before->id), change, this, done,
                               {.revision = m_before->revision});
        return;
    }
    NewBudget budget;
    budget.name = name;
    budget.subject = subject();
    if (thingsOf(budget.subject))
        budget.subjectId = QUuid::fromString(m_thing->value().toString());
    budget.period = period();
    budget.amountNanos = *amount();
    budget.refusesUnpriced = m_refuses->isChecked();
    m_workspace.api().call(endpoints::budgets::create, budget, this, done);
}

void BudgetDialog::answered(const Result<Budget> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/name"_s, m_name},
                       {u"/subjectId"_s, m_thingField},
                       {u"/subject"_s, m_subjectField},
                       {u"/period"_s, m_periodField},
                       {u"/amountNanos"_s, m_amount}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
