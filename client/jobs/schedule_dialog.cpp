// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/schedule_dialog.h"

#include "client/jobs/job_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"

#include <QBoxLayout>
#include <QDateTimeEdit>
#include <QLineEdit>

using namespace Qt::StringLiterals;

ScheduleDialog::ScheduleDialog(const Job &job, QWidget *parent)
    : Dialog(tr("When %1 runs").arg(shortId(job.id)), Length::DialogSmall, parent),
      m_job(job),
      m_priority(new SegmentedControl(tr("Priority"))),
      m_time(new QDateTimeEdit)
{
    m_priority->setChoices(
        {shownPriority(JobPriority::High), shownPriority(JobPriority::Normal), shownPriority(JobPriority::Low)});
    m_priority->setCurrent(int(job.priority));
    auto *priority = new FormField(tr("Priority"), m_priority);
    priority->setHelp(tr("Of jobs that may begin, those of high priority do so first."));
    QDateTime time = std::max(job.runAt.toLocalTime(), QDateTime::currentDateTime());
    time.setTime(QTime(time.time().hour(), time.time().minute()));
    m_shown = time;
    m_time->setCalendarPopup(true);
    m_time->setDisplayFormat(QLocale().dateTimeFormat(QLocale::ShortFormat));
    m_time->setDateTime(time);
    for (QLineEdit *edit : m_time->findChildren<QLineEdit *>())
        edit->setAccessibleName(tr("Not before"));
    auto *begins = new FormField(tr("Not before"), m_time);
    begins->setHelp(tr("A time that has passed: as soon as there is room."));
    body()->addWidget(priority);
    body()->addWidget(begins);
    addCancel();
    addMain(tr("Change job"));
}

JobChange ScheduleDialog::change() const
{
    JobChange change;
    if (const auto priority = JobPriority(m_priority->current()); priority != m_job.priority)
        change.priority = priority;
    if (m_time->dateTime() != m_shown)
        change.runAt = m_time->dateTime().toUTC();
    return change;
}
