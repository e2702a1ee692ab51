// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/jobs/job.h"

class QDateTimeEdit;
class SegmentedControl;

// When a queued job begins and before which others. What stays as it was is not sent.
class ScheduleDialog : public Dialog
{
    Q_OBJECT

public:
    ScheduleDialog(const Job &job, QWidget *parent);
    JobChange change() const;

private:
    Job m_job;
    SegmentedControl *m_priority;
    QDateTimeEdit *m_time;
    QDateTime m_shown; // as it was first, in minutes
};
