// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/hours_edit.h"

#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int daysOfWeek = 7;

RuleHours usualHours() { return {QString::fromLatin1(QTimeZone::systemTimeZoneId()), u"09:00"_s, u"18:00"_s, {}}; }

} // namespace

HoursEdit::HoursEdit(QWidget *parent)
    : QWidget(parent),
      m_isLimited(new Switch({})),
      m_from(new TextField({})),
      m_until(new TextField({})),
      m_zone(new SearchSelect({})),
      m_zoneField(new FormField({}, m_zone))
{
    auto *days = layout::row({}, Length::Space12);
    for (int day = 0; day < daysOfWeek; ++day) {
        m_days << new QCheckBox;
        days->addWidget(m_days.last());
    }
    days->addStretch();
    m_daysField = new FormField({}, layout::box(days));
    auto *times =
        layout::row({layout::wide(m_from), layout::wide(m_until), layout::wide(m_zoneField)}, Length::Space16);
    m_limits = layout::box(layout::column({times, m_daysField}, Length::Space16));
    setLayout(layout::column({layout::row({m_isLimited, layout::stretch()}), m_limits}, Length::Space12));
    connect(m_isLimited, &QAbstractButton::clicked, this, [this](bool isLimited) {
        if (isLimited && m_from->text().isEmpty() && m_until->text().isEmpty())
            setHours(usualHours());
        m_limits->setVisible(isLimited);
        Q_EMIT edited();
    });
    for (const TextField *field : {m_from, m_until})
        connect(field->edit(), &QLineEdit::textEdited, this, &HoursEdit::edited);
    connect(m_zone, &Select::valueChosen, this, &HoursEdit::edited);
    for (QCheckBox *day : std::as_const(m_days))
        connect(day, &QCheckBox::clicked, this, [this, day] {
            if (std::none_of(m_days.cbegin(), m_days.cend(), [](const QCheckBox *one) { return one->isChecked(); }))
                day->setChecked(true); // without any day it would never apply
            Q_EMIT edited();
        });
    retranslate();
    setHours({});
}

void HoursEdit::setHours(const std::optional<RuleHours> &hours)
{
    m_isLimited->setChecked(hours.has_value());
    m_limits->setVisible(hours.has_value());
    if (!hours)
        return;
    const auto setText = [](TextField *field, const QString &text) {
        if (field->text() != text) // the cursor stays where it is
            field->setText(text);
    };
    setText(m_from, hours->from);
    setText(m_until, hours->until);
    m_zone->choose(hours->timeZone);
    for (int day = 0; day < daysOfWeek; ++day)
        m_days[day]->setChecked(hours->days.isEmpty() || hours->days.contains(Weekday(day)));
}

std::optional<RuleHours> HoursEdit::hours() const
{
    if (!m_isLimited->isChecked())
        return {};
    RuleHours hours{m_zone->value().toString(), m_from->text().trimmed(), m_until->text().trimmed(), {}};
    for (int day = 0; day < daysOfWeek; ++day)
        if (m_days[day]->isChecked())
            hours.days << Weekday(day);
    if (hours.days.size() == daysOfWeek)
        hours.days.clear(); // all of them are not named
    return hours;
}

QList<std::pair<QString, FormField *>> HoursEdit::places() const
{
    return {{u"/hours/from"_s, m_from},
            {u"/hours/until"_s, m_until},
            {u"/hours/timeZone"_s, m_zoneField},
            {u"/hours/days"_s, m_daysField}};
}

void HoursEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void HoursEdit::retranslate()
{
    m_isLimited->setAccessibleName(tr("Only at certain hours"));
    m_from->setLabel(tr("From"));
    m_until->setLabel(tr("Until"));
    m_from->setPlaceholder(u"09:00"_s);
    m_until->setPlaceholder(u"18:00"_s);
    m_until->setHelp(tr("Earlier than the beginning: on the next day."));
    m_zoneField->setLabel(tr("Time zone"));
    m_zone->setName(tr("Time zone"));
    m_daysField->setLabel(tr("Days on which they begin"));
    for (int day = 0; day < daysOfWeek; ++day) {
        m_days[day]->setText(QLocale().standaloneDayName(day + 1, QLocale::ShortFormat));
        m_days[day]->setAccessibleName(QLocale().standaloneDayName(day + 1));
    }
    const QVariant chosen = m_zone->value();
    QList<std::pair<QVariant, QString>> zones;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
        zones.append({QString::fromLatin1(id), QString::fromLatin1(id)});
    m_zone->setChoices(zones);
    m_zone->choose(chosen);
}
