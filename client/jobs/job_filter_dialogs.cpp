// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filter_dialogs.h"

#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"

#include <QBoxLayout>
#include <QDateEdit>
#include <QLineEdit>

using namespace Qt::StringLiterals;

JobDaysDialog::JobDaysDialog(QWidget *parent)
    : Dialog(tr("Made between two days"), Length::DialogSmall, parent),
      m_first(new QDateEdit),
      m_last(new QDateEdit)
{
    const QDate today = QDateTime::currentDateTimeUtc().date();
    for (QDateEdit *edit : {m_first, m_last}) {
        edit->setCalendarPopup(true);
        edit->setMaximumDate(today);
    }
    m_first->setDate(today.addDays(-6));
    m_last->setDate(today);
    body()->addWidget(new FormField(tr("First day"), m_first));
    auto *last = new FormField(tr("Last day"), m_last);
    last->setHelp(tr("Both are included. Days are those of UTC."));
    body()->addWidget(last);
    addCancel();
    addMain(tr("Filter"));
}

QDate JobDaysDialog::first() const { return std::min(m_first->date(), m_last->date()); }

QDate JobDaysDialog::last() const { return std::max(m_first->date(), m_last->date()); }

JobCostDialog::JobCostDialog(QWidget *parent)
    : Dialog(tr("Cost between two amounts"), Length::DialogSmall, parent),
      m_least(new TextField(tr("At least, in US dollars"))),
      m_most(new TextField(tr("At most, in US dollars")))
{
    m_least->setPlaceholder(amounts::dollars(10'000'000));
    body()->addWidget(m_least);
    body()->addWidget(m_most);
    addCancel();
    m_filter = addMain(tr("Filter"));
    for (TextField *field : {m_least, m_most})
        connect(field->edit(), &QLineEdit::textChanged, this, &JobCostDialog::check);
    check();
}

std::optional<qint64> JobCostDialog::least() const { return amounts::nanosOf(m_least->text()); }

std::optional<qint64> JobCostDialog::most() const { return amounts::nanosOf(m_most->text()); }

void JobCostDialog::check()
{
    bool good = least() || most();
    for (TextField *field : {m_least, m_most}) {
        const bool isWrong = !field->text().trimmed().isEmpty() && !amounts::nanosOf(field->text());
        field->setError(isWrong ? tr("A sum, written like %1.").arg(amounts::dollars(1'234'500'000'000)) : QString());
        good = good && !isWrong;
    }
    if (least() && most() && *least() > *most()) {
        m_most->setError(tr("Not less than the other amount."));
        good = false;
    }
    m_filter->setEnabled(good);
}
