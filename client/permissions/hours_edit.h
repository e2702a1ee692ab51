// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/rule_hours.h"

#include <QWidget>

#include <optional>

class FormField;
class QCheckBox;
class SearchSelect;
class Switch;
class TextField;

// When in the day a rule applies: always, or between two times of a time zone on some days of the week.
class HoursEdit : public QWidget
{
    Q_OBJECT

public:
    explicit HoursEdit(QWidget *parent = nullptr);

    void setHours(const std::optional<RuleHours> &hours);
    std::optional<RuleHours> hours() const;
    // Where what a server says of them belongs, by JSON pointer.
    QList<std::pair<QString, FormField *>> places() const;

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    Switch *m_isLimited;
    QWidget *m_limits;
    TextField *m_from;
    TextField *m_until;
    SearchSelect *m_zone;
    FormField *m_zoneField;
    QList<QCheckBox *> m_days; // from Monday
    FormField *m_daysField;
};
