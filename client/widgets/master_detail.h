// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

class DataTable;

// A table and the pane of its current row, as every list page has them: a click, Return or Space opens the pane, moving
// on fills it anew, Escape closes it. The page fills the pane in opened().
class MasterDetail : public QSplitter
{
    Q_OBJECT

public:
    MasterDetail(DataTable *table, QWidget *pane, QWidget *parent = nullptr);

    void open(const QModelIndex &index); // nothing happens for an invalid one
    void close();
    bool isOpen() const;

Q_SIGNALS:
    void opened(const QModelIndex &index);
    void closed();

private:
    DataTable *m_table;
    QWidget *m_pane;
};
