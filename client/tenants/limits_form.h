// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/tenants/limits.h"

#include <QWidget>

class FormField;
class TextField;

// How much a tenant may have, as numbers. An empty field sets no limit, or leaves it to the plan.
class LimitsForm : public QWidget
{
    Q_OBJECT

public:
    explicit LimitsForm(QWidget *parent = nullptr);

    void setLimits(const TenantLimits &limits);
    void setPlan(const TenantLimits &ofPlan); // what counts where a field stays empty
    TenantLimits limits() const;
    bool isValid() const; // shows at its field what is no number
    QList<std::pair<QString, FormField *>> places() const; // for what a server refuses, below /limits

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        const char *member;
        std::optional<qint64> TenantLimits::*limit;
        TextField *field;
    };
    QList<Row> m_rows;
};
