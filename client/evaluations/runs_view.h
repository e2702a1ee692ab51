// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/evaluations_tab.h"
#include "client/evaluations/paged_list.h"
#include "client/evaluations/runs_model.h"
#include "client/gateway/late_removal.h"

class Button;
class SegmentedControl;

// The evaluation runs, newest first, with the progress of those that go on; opening one shows its matrix.
class RunsView : public EvaluationsTab
{
    Q_OBJECT

public:
    explicit RunsView(Workspace &workspace, QWidget *parent = nullptr);

    void activated() override;
    QList<Command> commands() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void put(const EvaluationRun &run);
    void remove(const EvaluationRun &run); // can be taken back for a while

protected:
    void retranslate() override;
    EmptyWords emptyWords() const override;
    QString searchPlaceholder() const override;
    QString listTitle() const override;
    void reload() override;
    void loadMore() override;
    void applyFilter() override;
    void add() override;
    bool isFiltering() const override;
    void clearFilter() override;

private:
    const EvaluationRun *current() const;
    bool mayCancel(const EvaluationRun &run) const;
    bool mayRemove(const EvaluationRun &run) const;
    void open(const EvaluationRun &run);
    void cancel(const EvaluationRun &run);
    void cancelOrRemove(const EvaluationRun &run);
    void removeNow(const EvaluationRun &run);
    void renew();
    void follow();
    void received(const live::Event &event);
    void refresh(const QUuid &id);

    RunsModel m_model;
    PagedList<EvaluationRun, RunFilter> m_list;
    LateRemoval m_removals;
    QSet<QUuid> m_followed; // runs that go on
    QHash<QUuid, CallHandle> m_refreshing;
    Button *m_new;
    SegmentedControl *m_states;
};
