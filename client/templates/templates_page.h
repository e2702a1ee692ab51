// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/page_widget.h"
#include "client/templates/template_library.h"
#include "client/templates/templates_model.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class Footer;
class PageHeader;
class ProgressLine;
class QMenu;
class QStackedWidget;
class TemplateEditor;
class TemplateFolders;

// The folders and the list of templates, and the editor of the one that was opened.
class TemplatesPage : public PageWidget
{
    Q_OBJECT

public:
    TemplatesPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void openObject(const QString &id) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

Q_SIGNALS:
    void jobRequested(const QUuid &id);

protected:
    void retranslate() override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildList();
    QWidget *makeEditor();
    void openTemplate(const QUuid &id);
    void showList();
    bool isEditing() const;
    void renewRows();
    void renewFilter();
    void renewEmpty();
    void renewFooter();
    void offerFilters();
    QString chosenFolder() const; // empty: any
    void connectFolders();
    void fillFolderMenu(const QString &folder, const QPoint &at);
    void renameFolder(const QString &folder);
    void moveFolder(const QString &from, const QString &to);
    void moveTemplates(const QList<QUuid> &ids, const QString &folder);
    void askFolder(const QList<QUuid> &ids);
    void duplicate(const QUuid &id);
    void restore(const QUuid &id);
    void fillRowMenu(QMenu *menu, const QUuid &id);
    bool showsRemoved() const;
    void loadRemoved();
    void searchPrompts(const QString &text);
    void exportTemplates(const QList<QUuid> &ids);
    void importTemplates();
    QList<QUuid> selected() const;
    void create();
    void rename(const QUuid &id);
    void remove(const QUuid &id);
    std::optional<QUuid> current() const;
    void failed(const QString &what, const ApiError &error);

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    TemplatesModel m_model;
    QStackedWidget *m_stack;
    TemplateEditor *m_editor = nullptr; // made when the first template is opened
    PageHeader *m_header;
    Button *m_new;
    Button *m_more;
    TemplateFolders *m_folders;
    FilterBar *m_filters;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    Footer *m_footer;
    QList<PromptTemplate> m_removed; // shown in their place
    QString m_searched; // also in the prompts, with what was found there
    QSet<QUuid> m_found;
};
