// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

class MatrixModel;

// Draws a cell: its score as a colour from refused to good, and as a figure; a sign for how it came out and one for
// what has changed since the baseline, so that nothing is said by colour alone.
class MatrixDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MatrixDelegate(const MatrixModel &model, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    static QColor heat(double score); // 0 to 1, in the colours of the theme

private:
    void paintCase(QPainter *painter, const QRect &cell, int row) const;

    const MatrixModel &m_model;
};

// Names of the columns, and below them what all of their answers come to.
class MatrixHeader : public QHeaderView
{
    Q_OBJECT

public:
    MatrixHeader(const MatrixModel &model, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    const MatrixModel &m_model;
};

// The matrix itself. Arrows and J, K move, Return opens a cell, F8 goes to the next one that failed or got worse.
class MatrixTable : public QTableView
{
    Q_OBJECT

public:
    explicit MatrixTable(MatrixModel &model, QWidget *parent = nullptr);

    bool goToProblem(int by); // +1 next, -1 previous; false: there is none
    QString selectionAsText() const; // tab-separated, with the names of the columns

Q_SIGNALS:
    void openRequested(const QModelIndex &index);
    void currentCellChanged(const QModelIndex &index);
    void escaped();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &) override { }
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void fitColumns();

    MatrixModel &m_model;
};
