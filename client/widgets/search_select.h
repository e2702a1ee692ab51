// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/controls.h"

// A Select among many: typing narrows the list to what contains the text anywhere. What is left in the field and is
// none of the choices gives way to the choice before.
class SearchSelect : public Select
{
    Q_OBJECT

public:
    explicit SearchSelect(const QString &accessibleName, QWidget *parent = nullptr);

    void setName(const QString &accessibleName);
    void setPlaceholder(const QString &text); // while nothing is chosen
    void choose(const QVariant &value); // silently; also of what is not offered yet: shows nothing then
    void clearChoice();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void settle();
};
