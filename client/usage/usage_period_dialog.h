// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/usage/usage_data.h"
#include "client/widgets/dialog.h"

class FormField;
class QDateEdit;

// Asks for the first and the last day, of a year at most.
class UsagePeriodDialog : public Dialog
{
    Q_OBJECT

public:
    UsagePeriodDialog(const UsagePeriod &period, const QDate &today, QWidget *parent);

    UsagePeriod period() const;
    void accept() override;

private:
    QDateEdit *m_first, *m_last;
    FormField *m_lastField;
};
