// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/batches/batches_model.h"
#include "client/session/workspace.h"
#include "client/shell/page_widget.h"
#include "client/templates/template_library.h"

class Banner;
class BatchPane;
class Button;
class DataTable;
class FilterBar;
class Footer;
class MasterDetail;
class PageHeader;
class ProgressLine;
class QMenu;
class RunFileDialog;
class Select;

// Many runs that were asked for at once: how far they are, live; paused, resumed, cancelled, tried again, exported. New
// ones are made from a file, which may be dropped on the page.
class BatchesPage : public PageWidget
{
    Q_OBJECT

public:
    BatchesPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    // With "run", the slug of a template, the dialog for a file opens.
    void restoreViewState(const QJsonObject &state) override;
    void openObject(const QString &id) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

    DataTable *table() const { return m_table; }
    BatchPane *pane() const { return m_pane; }
    bool isLoading() const { return m_call.isPending(); }
    RunFileDialog *runFile(const QString &slug = {}); // opens the dialog
    void exportTo(const Batch &batch, const QString &path);

protected:
    void retranslate() override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void connectParts();
    void load();
    void loadMore();
    void loadPage(const std::optional<QString> &cursor);
    void received(const live::Event &event);
    void put(const Batch &batch);
    void fillPane(const Batch &batch);
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    void renewEmpty();
    void renewFooter();
    void filterChanged();

    using Action = void (BatchesPage::*)(const Batch &);
    struct BatchCommand
    {
        QString id;
        QString text;
        QString icon;
        QString keys;
        std::function<bool(const Batch &)> may;
        Action run;
    };
    QList<BatchCommand> batchCommands() const;
    std::optional<Batch> current() const;
    bool may(Ability ability) const { return m_workspace.session().can(ability); }
    void pauseOrResume(const Batch &batch);
    void retry(const Batch &batch);
    void cancel(const Batch &batch);
    void openJobs(const Batch &batch);
    void askExport(const Batch &batch);
    void call(const Batch &batch, const Endpoint<Nothing, Batch> &endpoint, const QString &done,
              const QString &refused);

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    BatchesModel m_model;
    CallHandle m_call;
    QList<Batch> m_meanwhile; // told while the list is on its way, which may be older
    std::optional<QString> m_cursor;
    std::optional<ApiError> m_problem;
    QUuid m_wanted; // to be shown when it has come
    bool m_isLoaded = false;

    PageHeader *m_header;
    Button *m_run;
    FilterBar *m_filters;
    Select *m_state;
    class IconButton *m_columns;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    BatchPane *m_pane;
    MasterDetail *m_split;
    Footer *m_footer;
};
