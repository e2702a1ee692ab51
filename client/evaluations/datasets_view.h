// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/datasets_model.h"
#include "client/evaluations/evaluations_tab.h"
#include "client/evaluations/paged_list.h"
#include "client/gateway/late_removal.h"

class Button;

// The datasets of the tenant; opening one shows its cases.
class DatasetsView : public EvaluationsTab
{
    Q_OBJECT

public:
    explicit DatasetsView(Workspace &workspace, QWidget *parent = nullptr);

    void activated() override;
    QList<Command> commands() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    void remove(const Dataset &dataset); // can be taken back for a while
    void put(const Dataset &dataset);

protected:
    void retranslate() override;
    EmptyWords emptyWords() const override;
    QString searchPlaceholder() const override;
    QString listTitle() const override;
    void reload() override;
    void loadMore() override;
    void applyFilter() override;
    void add() override;

private:
    const Dataset *current() const;
    void change(const Dataset &dataset);
    void start(const Dataset &dataset);
    void open(const Dataset &dataset);
    void removeNow(const Dataset &dataset);
    void renew();

    DatasetsModel m_model;
    PagedList<Dataset, DatasetFilter> m_list;
    LateRemoval m_removals;
    Button *m_new;
};
