// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"

#include <QDate>

#include <optional>

class QDateEdit;
class TextField;

// From which day to which a filter reaches, both included; UTC as in the usage report.
class JobDaysDialog : public Dialog
{
    Q_OBJECT

public:
    explicit JobDaysDialog(QWidget *parent);
    QDate first() const;
    QDate last() const; // not before the first

private:
    QDateEdit *m_first;
    QDateEdit *m_last;
};

// What a job costs at least or at most.
class JobCostDialog : public Dialog
{
    Q_OBJECT

public:
    explicit JobCostDialog(QWidget *parent);
    std::optional<qint64> least() const; // nano-dollars
    std::optional<qint64> most() const;

private:
    void check();

    TextField *m_least;
    TextField *m_most;
    Button *m_filter;
};
