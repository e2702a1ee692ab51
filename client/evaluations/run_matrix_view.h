// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/matrix_model.h"
#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class AnswersPane;
class Banner;
class Button;
class EmptyState;
class Footer;
class IconButton;
class Label;
class MatrixTable;
class OutputsCompare;
class PageHeader;
class ProgressLine;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;
class SegmentedControl;
class Select;

// One run: its matrix, which fills while the run goes on, what got better and worse beside a baseline, and the answers
// of a cell.
class RunMatrixView : public PageWidget
{
    Q_OBJECT

public:
    explicit RunMatrixView(Workspace &workspace, QWidget *parent = nullptr);

    // {"show": "failures" | "regressions" | "improvements", "baseline": id, "tag": …, "case": number}
    void open(const QUuid &id, const QJsonObject &state);
    QUuid runId() const { return m_id; }
    QJsonObject viewState() const override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

    MatrixModel &model() { return m_model; }
    MatrixTable *table() const { return m_table; }
    AnswersPane *pane() const { return m_pane; }
    OutputsCompare *outputs() const { return m_outputs; }
    bool isLoading() const { return m_call.isPending(); }

Q_SIGNALS:
    void backRequested();
    void newRunRequested(const QUuid &datasetId);
    void datasetRequested(const QUuid &id);
    void jobRequested(const QUuid &id);
    void changed(const EvaluationRun &run);

protected:
    void retranslate() override;

private:
    enum Show { All, Failures, Regressions, Improvements };

    void build();
    void connectParts();
    void loadRun();
    void take(const Result<RunDetail> &reply);
    void reloadRows();
    void loadMore();
    void refreshRows(); // those in view
    void loadComparison();
    void loadBaselines();
    MatrixFilter filter() const;
    std::optional<QUuid> baselineId() const; // what is compared with: chosen, or the run's own
    bool isBaselineChosen() const;
    void openCell(const QModelIndex &index);
    void showCell(const QModelIndex &index);
    void closeCell();
    void compareOutputs();
    void closeOutputs();
    void goToWantedCase();
    void cancel();
    void exportCells();
    void renew();
    void renewEmpty();
    void renewComparison();
    void fillBaselines();

    Workspace &m_workspace;
    MatrixModel m_model;
    QUuid m_id;
    std::optional<RunDetail> m_run;
    std::optional<RunComparison> m_comparison;
    QList<EvaluationRun> m_baselines; // completed ones of the same dataset
    QList<std::optional<QString>> m_cursors; // of the pages that are here
    std::optional<QString> m_next;
    CallHandle m_runCall, m_call, m_refreshCall, m_comparisonCall, m_baselinesCall;
    std::optional<ApiError> m_problem;
    QTimer m_refresh; // gathers what comes while it goes on
    QString m_topic;
    QString m_wantedBaseline; // chosen before the choices were there
    int m_wantedCase = 0;

    PageHeader *m_header;
    IconButton *m_back;
    Button *m_cancel;
    Button *m_again;
    IconButton *m_more;
    QMenu *m_menu;
    SegmentedControl *m_show;
    Select *m_baseline;
    Label *m_baselineLabel;
    QLineEdit *m_tag;
    Banner *m_banner;
    ProgressLine *m_progress;
    Label *m_comparisonText;
    QStackedWidget *m_stack;
    QSplitter *m_split;
    MatrixTable *m_table;
    EmptyState *m_empty;
    AnswersPane *m_pane;
    OutputsCompare *m_outputs;
    Footer *m_footer;
};
