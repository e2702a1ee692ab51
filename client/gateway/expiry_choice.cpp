// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/expiry_choice.h"

#include "client/widgets/amounts.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

// Beside numbers of days.
enum Choice { Keep = -3, OnDay = -2, Never = -1 };

QDate dayOf(const QString &text)
{
    const QDate day = QDate::fromString(text.trimmed(), Qt::ISODate);
    return day.isValid() ? day : QLocale().toDate(text.trimmed(), QLocale::ShortFormat);
}

} // namespace

ExpiryChoice::ExpiryChoice(bool isNew, const std::optional<QDateTime> &before, QWidget *parent)
    : QWidget(parent),
      m_before(before),
      m_select(new Select(tr("Expires"))),
      m_field(new FormField(tr("Expires"), m_select)),
      m_day(new TextField(tr("Last day")))
{
    QList<std::pair<QVariant, QString>> choices;
    if (!isNew)
        choices.append({Keep, before ? tr("As it is: %1").arg(amounts::dayAndTime(*before)) : tr("As it is: never")});
    for (const int days : {7, 30, 90, 365})
        choices.append({days, days == 365 ? tr("In a year") : tr("In %n day(s)", nullptr, days)});
    choices.append({OnDay, tr("On a day of your choice")});
    if (isNew || before)
        choices.append({Never, tr("Never")});
    m_select->setChoices(choices);
    m_select->setValue(isNew ? 90 : int(Keep));
    m_day->setPlaceholder(QDate::currentDate().addDays(90).toString(Qt::ISODate));
    m_day->setHelp(tr("Year, month, day. The key is good until that day ends here."));
    setLayout(layout::column({m_field, m_day}, Length::Space10));
    connect(m_select, &Select::valueChosen, this, [this] {
        chosen();
        if (!m_day->isHidden())
            m_day->edit()->setFocus();
    });
    connect(m_day->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        m_day->setError(text.size() >= 8 && !isValid() ? tr("This is not a day to come") : QString());
        Q_EMIT edited();
    });
    chosen();
}

bool ExpiryChoice::isKept() const { return m_select->value().toInt() == Keep; }

bool ExpiryChoice::isValid() const
{
    return m_select->value().toInt() != OnDay || dayOf(m_day->text()) >= QDate::currentDate();
}

std::optional<QDateTime> ExpiryChoice::value() const
{
    switch (const int choice = m_select->value().toInt()) {
    case Keep:
        return m_before;
    case Never:
        return {};
    case OnDay:
        return dayOf(m_day->text()).endOfDay().toUTC();
    default:
        return QDateTime::currentDateTimeUtc().addDays(choice);
    }
}

void ExpiryChoice::chosen()
{
    m_day->setVisible(m_select->value().toInt() == OnDay);
    m_field->setError({});
    m_field->setHelp(m_select->value().toInt() == Never ? tr("A key that leaks stays good until somebody revokes it.")
                                                        : QString());
    Q_EMIT edited();
    Q_EMIT resized();
}
