// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/toast.h"

#include <QWidget>

class Button;
class FormField;
class Label;
class Select;
class TextField;
class Workspace;

// What people say of themselves: their name, and the time zone in which they are. A part of the settings while an
// account is open.
class ProfileSection : public QWidget
{
    Q_OBJECT

public:
    explicit ProfileSection(Workspace &workspace, QWidget *parent = nullptr);

Q_SIGNALS:
    void toastRequested(const Toast &toast);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew(); // from what is known
    void renewSave();
    void save();

    Workspace &m_workspace;
    Label *m_title;
    Label *m_who;
    TextField *m_name;
    Select *m_zone;
    FormField *m_zoneField;
    Button *m_save;
};
