// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_filter.h"
#include "client/jobs/jobs_model.h"
#include "client/templates/template_library.h"
#include "client/widgets/filter_bar.h"

// The conditions of a view of jobs as chips of a filter bar: what may be added, edited where it stands, taken from a
// cell.
class JobFilters : public QObject
{
    Q_OBJECT

public:
    JobFilters(FilterBar *bar, TemplateLibrary &library, const JobsModel &model, QObject *parent);

    void show(const JobView &view); // silently; also after a change of language
    JobView read(JobView::Tab tab) const;
    // The condition that other jobs are as this one in that column; nothing where the column cannot be filtered by.
    std::optional<FilterBar::Condition> sameAs(const Job &job, const QString &column) const;

Q_SIGNALS:
    void changed();

private:
    struct Field
    {
        QString id;
        QString title;
        QList<FilterBar::Condition> choices;
        void (JobFilters::*ask)() = nullptr; // for any other value
    };

    QList<Field> fields() const;
    FilterBar::Condition model(const QString &name) const;
    FilterBar::Condition promptTemplate(const QUuid &id, const QString &name) const;
    FilterBar::Condition user(const QUuid &id, const QString &name) const;
    FilterBar::Condition day(const QDate &day) const;
    FilterBar::Condition within(int hours) const;
    FilterBar::Condition today() const;
    FilterBar::Condition days(const QDate &first, const QDate &last) const;
    FilterBar::Condition states(const QList<JobState> &states) const;
    FilterBar::Condition batch(const QUuid &id, const QString &name) const;
    FilterBar::Condition scheduled() const;
    FilterBar::Condition cost(std::optional<qint64> from, std::optional<qint64> to) const;
    void setTime(const FilterBar::Condition &condition);
    void askDays();
    void askCost();
    void offer(class QMenu *menu, const Field &field);
    void offerAll();
    void edit(const QString &id, const QPoint &at);
    void toggleState(JobState state);

    FilterBar *m_bar;
    TemplateLibrary &m_library;
    const JobsModel &m_model;
};
