// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"
#include "client/shell/page_widget.h"

class Button;
class Footer;
class PageHeader;
class ProgressLine;
class QStackedWidget;
class RolesView;
class RuleEditor;
class RulesView;
class SimulatorView;
class Tabs;

// Who may do what: the rules and roles of the tenant, and the simulator that says why. A rule is written in a page of
// its own over these.
class PermissionsPage : public PageWidget
{
    Q_OBJECT

public:
    explicit PermissionsPage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override; // a rule
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    enum Tab { Rules, Roles, Simulator };
    void build();
    void showTab(int tab);
    void load();
    void edit(const std::optional<Rule> &rule);
    void closeEditor();
    bool isEditing() const;
    void renewTexts();

    PermissionDirectory m_directory;
    PageHeader *m_header;
    Button *m_addRule;
    Button *m_addRole;
    Tabs *m_tabs;
    ProgressLine *m_progress;
    RulesView *m_rules;
    RolesView *m_roles;
    SimulatorView *m_simulator;
    QStackedWidget *m_views;
    Footer *m_footer;
    RuleEditor *m_editor;
    QStackedWidget *m_pages; // the tabs, or the editor
    QUuid m_wanted; // to be shown when the rules have come
};
