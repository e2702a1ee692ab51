// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class CasesModel;

// The grid in which cases are edited as in a spreadsheet: typing or F2 edits a cell, Return and Tab go on, Alt+Return
// breaks a line, Ctrl+C, Ctrl+X and Ctrl+V exchange cells with spreadsheets, Delete empties, Ctrl+Z takes back. Letters
// are typed here; they are no shortcuts of the page.
class CasesTable : public QTableView
{
    Q_OBJECT

public:
    explicit CasesTable(CasesModel &model, QWidget *parent = nullptr);

    QList<int> chosenRows() const; // those of the selection, or of the current cell
    void copy() const;
    void paste();
    void clearChosen();
    bool findNext(const QString &text, bool backwards = false); // selects the cell; false: there is none
    void edit(int row, int column);
    using QTableView::edit;

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &) override { }
    void changeEvent(QEvent *event) override;

private:
    void applyTheme();
    void fitColumns();

    CasesModel &m_model;
    int m_fitted = 0; // columns that have their first width
};
