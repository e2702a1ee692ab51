// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/commands.h"
#include "client/shell/overlay.h"

class QBoxLayout;
class SearchField;
class Label;

// F1 or ?: the keys that work here, from the same list that binds them.
class HelpOverlay : public Overlay
{
    Q_OBJECT

public:
    explicit HelpOverlay(QWidget *window);
    void setCommands(const QList<Command> &commands) { m_commands = commands; }

protected:
    QSize panelSize() const override;
    void opening() override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void fill();

    QList<Command> m_commands;
    Label *m_title;
    SearchField *m_search;
    QWidget *m_list;
};
