// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"

#include <QWidget>

class Button;
class QBoxLayout;
class QComboBox;
class Select;

// Whom a rule speaks of: everyone, people, roles; one line each, and a choice to add more.
class WhoList : public QWidget
{
    Q_OBJECT

public:
    explicit WhoList(const PermissionDirectory &directory, QWidget *parent = nullptr);

    void setWho(const QList<RuleWho> &who);
    const QList<RuleWho> &who() const { return m_who; }

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void rebuild();
    void offer(); // what can be added
    void add();

    const PermissionDirectory &m_directory;
    QList<RuleWho> m_who;
    QBoxLayout *m_rows;
    QList<QWidget *> m_shown;
    Select *m_kind;
    Select *m_value;
    Button *m_add;
};
