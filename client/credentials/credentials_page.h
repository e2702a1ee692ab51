// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/credentials/credentials_model.h"
#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class Banner;
class Button;
class CredentialPane;
class DataTable;
class Footer;
class MasterDetail;
class PageHeader;
class ProgressLine;
class TemplateLibrary;

// The tenant's own keys for providers of models: add, test, replace, remove. Keys are never shown, and nothing of this
// page is kept on this computer.
class CredentialsPage : public PageWidget
{
    Q_OBJECT

public:
    CredentialsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    void build();
    void load();
    void loaded(const QList<Credential> &credentials);
    void put(const Credential &credential);
    void forget(const QUuid &id);
    void add();
    void replace(const Credential &credential);
    void remove(const Credential &credential);
    void test(const Credential &credential);
    void tested(const Credential &credential, const Result<CredentialCheck> &reply);
    void fillPane(const QModelIndex &index);
    void failed(const QString &what, const ApiError &error, std::function<void()> retry);
    void renewEmpty();
    bool may(Ability ability) const { return m_workspace.session().can(ability); }
    const Credential *current() const;

    Workspace &m_workspace;
    TemplateLibrary &m_library; // its models change with the keys
    CredentialsModel m_model;
    PageHeader *m_header;
    Button *m_add;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    CredentialPane *m_pane;
    MasterDetail *m_split;
    Footer *m_footer;
    QSet<QUuid> m_testing;
    QUuid m_shown; // in the pane
    bool m_loading = false;
    bool m_isLoaded = false;
};
