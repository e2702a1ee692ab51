// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QWidget>

#include <optional>

class FormField;
class Select;
class TextField;

// Until when a key is good: for a while from now, to the end of a day that is typed, or for ever.
class ExpiryChoice : public QWidget
{
    Q_OBJECT

public:
    // `before`: of a key that is changed, which may keep its date.
    explicit ExpiryChoice(bool isNew, const std::optional<QDateTime> &before, QWidget *parent = nullptr);

    bool isKept() const; // as it was before
    bool isValid() const;
    std::optional<QDateTime> value() const; // absent: never
    FormField *field() const { return m_field; } // where an error is shown

Q_SIGNALS:
    void edited();
    void resized();

private:
    void chosen();

    const std::optional<QDateTime> m_before;
    Select *m_select;
    FormField *m_field;
    TextField *m_day;
};
