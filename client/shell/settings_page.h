// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/page_widget.h"

class Label;
class PageHeader;
class Preferences;
class QBoxLayout;
class SegmentedControl;
class Select;
class Switch;

// Language and appearance. Everything applies at once and is kept on this computer.
class SettingsPage : public PageWidget
{
    Q_OBJECT

public:
    // `account`: a section about the account that is open, if any; the page takes it.
    explicit SettingsPage(Preferences &preferences, QWidget *account = nullptr, QWidget *parent = nullptr);
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    struct Row
    {
        Label *title;
        Label *text;
    };

    Row addRow(QBoxLayout *card, QWidget *control);
    void read();

    Preferences &m_preferences;
    PageHeader *m_header;
    Select *m_language;
    SegmentedControl *m_mode;
    SegmentedControl *m_density;
    Select *m_textScale;
    Switch *m_motion;
    QList<Row> m_rows;
    Label *m_general;
    Label *m_appearance;
};
