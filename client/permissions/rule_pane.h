// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"

#include <QWidget>

class Button;
class CodeBox;
class DetailPane;
class Facts;
class IconButton;

// One rule beside the table: what it says in words and as JSON, and what can be done with it.
class RulePane : public QWidget
{
    Q_OBJECT

public:
    explicit RulePane(const PermissionDirectory &directory, QWidget *parent = nullptr);

    void show(const Rule &rule);
    const QUuid &ruleId() const { return m_rule.id; }

Q_SIGNALS:
    void closed();
    void changeRequested();
    void switchRequested(); // off, or on again
    void duplicateRequested();
    void removeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    const PermissionDirectory &m_directory;
    DetailPane *m_pane;
    Button *m_change;
    Button *m_switch;
    IconButton *m_duplicate;
    IconButton *m_remove;
    Facts *m_facts;
    CodeBox *m_json;
    Rule m_rule;
};
