// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class EmptyState;
class FloatingPill;
class QMenu;
class TableDelegate;
class TableModelBase;

// The table of every list page: rows from a TableModel, keyboard first, columns that a person may sort, resize, move
// and hide, and which are remembered. Live rows never move what is looked at: while the person has scrolled or
// selected, new rows wait behind a pill.
//
// Keys: J/K or arrows move, Shift+J/K extend, X selects, Return opens, Space peeks, a dot opens the row's menu, Escape
// clears, Ctrl+C copies as tab-separated.
class DataTable : public QTableView
{
    Q_OBJECT

public:
    explicit DataTable(const QString &accessibleName, QWidget *parent = nullptr);

    void setModel(TableModelBase *model);
    // Columns and sorting are kept under this name. Raise `schema` when columns change their meaning.
    void setStateKey(const QString &key, int schema = 1);
    void sortByColumn(const QString &columnId, Qt::SortOrder order); // the first sorting, before anything is remembered

    EmptyState *emptyState() const { return m_empty; } // shown by the page when the model has no rows
    void setLoading(bool loading); // skeleton rows while there are none, after a moment
    // Offers selected rows as JSON too: one row as an object.
    void setRowJson(std::function<QByteArray(const QModelIndex &)> json) { m_rowJson = std::move(json); }
    // What Escape does before it clears the selection; true: that was all.
    void setEscape(std::function<bool()> escape) { m_escape = std::move(escape); }
    // What the pill says for `count` rows that wait.
    void setNewRowsText(std::function<QString(int count)> text);

    QMenu *columnsMenu() const { return m_columns; }
    QModelIndexList selectedRowIndexes() const; // one per row, top to bottom
    int selectedRowCount() const;
    QString selectionAsText(QChar separator) const; // with a line of titles

Q_SIGNALS:
    void openRequested(const QModelIndex &index); // Return, double click
    void peekRequested(const QModelIndex &index); // Space
    void currentRowChanged(const QModelIndex &index); // also invalid
    void selectedCountChanged(int rows);
    void rowMenuRequested(QMenu *menu, const QModelIndex &index); // add actions; the table adds copying

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &) override { } // letters are shortcuts, not a search
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void setUpColumns();
    void fillColumnsMenu();
    void resetColumns();
    void restoreState();
    void saveState() const;
    void hover(int row);
    void updateHolding();
    void fillWidth();
    void placeOverlays();
    void moveCurrent(int by, bool extend);
    void copy(QChar separator) const;
    void copyJson() const;
    void openMenu(const QModelIndex &index, const QPoint &at);
    int leastWidth(int column) const;
    void fitTitles();

    TableModelBase *m_model = nullptr;
    TableDelegate *m_delegate;
    EmptyState *m_empty;
    FloatingPill *m_pill;
    QMenu *m_columns;
    QTimer *m_skeletonDelay;
    QString m_stateKey;
    std::function<QString(int)> m_newRowsText;
    std::function<QByteArray(const QModelIndex &)> m_rowJson;
    std::function<bool()> m_escape;
    bool m_restoring = false;
};
