// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "shared/jobs/job_settings.h"

class Banner;
class Label;
class QBoxLayout;
class TextField;

// How many jobs of the tenant run at a time: all together, with a provider, with a model. For who may change the
// tenant's settings; others see it.
class JobLimitsDialog : public Dialog
{
    Q_OBJECT

public:
    JobLimitsDialog(Workspace &workspace, const QStringList &models, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved();

private:
    struct Line
    {
        QWidget *row;
        class QComboBox *model;
        TextField *amount;
    };
    void load();
    void show(const JobSettings &settings);
    void addLine(const RunningLimit &limit);
    void renew();
    std::optional<JobSettings> entered() const; // nothing while something is wrong
    void answered(const Result<JobSettings> &reply);

    Workspace &m_workspace;
    const QStringList m_models;
    std::optional<JobSettings> m_before;
    bool m_sending = false;
    Banner *m_banner;
    TextField *m_all;
    Label *m_title;
    QBoxLayout *m_lines;
    QList<Line> m_rows;
    Button *m_add;
    Button *m_save;
};
