// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/run.h"

#include <QAbstractTableModel>
#include <QHash>

// The matrix of a run: a row for each case, the first column names it, then a column for each version and model. Rows
// come page by page and are brought up to date in place.
class MatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit MatrixModel(QObject *parent = nullptr);

    void setColumns(const QList<RunColumn> &columns); // also anew, with other figures
    void setComparison(const std::optional<RunComparison> &comparison);
    void setRows(const QList<RunRow> &rows);
    void append(const QList<RunRow> &rows);
    void update(const QList<RunRow> &rows); // those that are known

    const QList<RunColumn> &columns() const { return m_columns; }
    const RunRow &row(int row) const { return m_rows[row]; }
    const RunCell *cell(const QModelIndex &index) const; // nullptr: the case's own column
    std::optional<ColumnComparison> comparison(int column) const;
    int rowOfNumber(int number) const; // -1: not here
    int repeats() const { return m_repeats; }
    void setRepeats(int repeats) { m_repeats = repeats; }
    void retranslate();

    static QString caseText(const RunRow &row); // "order_id: A-20931, reason: wrong size"
    QString cellText(const RunCell &cell) const; // "82 %", "2 of 3"
    QString spoken(const RunCell &cell) const; // all of it in words

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<RunColumn> m_columns;
    QList<RunRow> m_rows;
    QHash<QUuid, int> m_index;
    std::optional<RunComparison> m_comparison;
    int m_repeats = 1;
};
