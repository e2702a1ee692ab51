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
class QStackedWidget;
class TemplateEditor;

// The list of templates, and the editor of the one that was opened.
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
    QString filteredFolder() const; // empty: any
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
    FilterBar *m_filters;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    Footer *m_footer;
};
