// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_period_dialog.h"

#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QDateEdit>
#include <QLineEdit>

namespace {

constexpr int mostDays = 366;

} // namespace

UsagePeriodDialog::UsagePeriodDialog(const UsagePeriod &period, const QDate &today, QWidget *parent)
    : Dialog(tr("Days to show"), Length::DialogSmall, parent),
      m_first(new QDateEdit(period.first)),
      m_last(new QDateEdit(std::min(period.last(), today))),
      m_lastField(new FormField(tr("Last day"), m_last))
{
    for (QDateEdit *edit : {m_first, m_last}) {
        edit->setMaximumDate(today);
        edit->setDisplayFormat(QLocale().dateFormat(QLocale::ShortFormat));
        connect(edit, &QDateEdit::dateChanged, this, [this] { m_lastField->setError({}); });
    }
    auto *firstField = new FormField(tr("First day"), m_first);
    for (QDateEdit *edit : {m_first, m_last}) // what a screen reader meets first is the text in it
        edit->findChild<QLineEdit *>()->setAccessibleName(edit->accessibleName());
    m_lastField->setHelp(tr("Days are counted in UTC, a year at most."));
    body()->addLayout(layout::row({layout::wide(firstField), layout::wide(m_lastField)}, Length::Space16));
    addCancel();
    addMain(tr("Show"));
}

UsagePeriod UsagePeriodDialog::period() const
{
    return {m_first->date(), int(m_first->date().daysTo(m_last->date())) + 1};
}

void UsagePeriodDialog::accept()
{
    const int days = period().days;
    if (days >= 1 && days <= mostDays)
        return Dialog::accept();
    m_lastField->setError(days < 1 ? tr("must not be before the first day")
                                   : tr("must be within a year of the first day"));
    fitContent();
}
