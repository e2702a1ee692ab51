// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/cases_table.h"

#include "client/design/theme.h"
#include "client/evaluations/cases_delegate.h"
#include "client/evaluations/cases_model.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int variableColumn = 200, expectedColumn = 280, tagsColumn = 130; // at 100 % text size

} // namespace

CasesTable::CasesTable(CasesModel &model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setItemDelegate(new CasesDelegate(this));
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    if (auto *corner = findChild<QAbstractButton *>())
        corner->setAccessibleName(tr("Select all cases"));
    setSelectionMode(QAbstractItemView::ContiguousSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                    | QAbstractItemView::AnyKeyPressed);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setAccessibleName(tr("Columns"));
    verticalHeader()->setAccessibleName(tr("Cases"));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        m_fitted = 0;
        fitColumns();
    });
    connect(&model, &QAbstractItemModel::columnsInserted, this, &CasesTable::fitColumns);
    connect(&theme(), &Theme::changed, this, &CasesTable::applyTheme);
    applyTheme();
    fitColumns();
}

void CasesTable::applyTheme()
{
    verticalHeader()->setMinimumSectionSize(theme().rowHeight());
    verticalHeader()->setDefaultSectionSize(theme().rowHeight());
    horizontalHeader()->setFixedHeight(px(Length::HeaderRow));
    viewport()->update();
}

// New columns get a width by what they hold; those that a person has set stay.
void CasesTable::fitColumns()
{
    if (m_fitted == m_model.columnCount())
        return;
    const auto scaled = [](int width) { return qRound(width * theme().textScale() / 100.0); };
    int used = verticalHeader()->sizeHint().width();
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const QString name = m_model.columnName(column);
        setColumnWidth(column,
                       scaled(name == caseColumns::expected   ? expectedColumn
                                  : name == caseColumns::tags ? tagsColumn
                                                              : variableColumn));
        used += columnWidth(column);
    }
    if (const int room = width() - used - px(Length::ScrollBar); room > 0 && m_model.columnCount() > 2)
        setColumnWidth(m_model.columnOf(caseColumns::expected),
                       columnWidth(m_model.columnOf(caseColumns::expected)) + room);
    m_fitted = m_model.columnCount();
}

QList<int> CasesTable::chosenRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedIndexes())
        if (!rows.contains(index.row()))
            rows << index.row();
    if (rows.isEmpty() && currentIndex().isValid())
        rows << currentIndex().row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

void CasesTable::copy() const
{
    QModelIndexList chosen = selectionModel()->selectedIndexes();
    if (chosen.isEmpty() && currentIndex().isValid())
        chosen << currentIndex();
    std::sort(chosen.begin(), chosen.end());
    QList<QStringList> cells;
    int row = -1;
    for (const QModelIndex &index : std::as_const(chosen)) {
        if (index.row() != row)
            cells.append(QStringList());
        row = index.row();
        cells.last() << index.data(Qt::EditRole).toString();
    }
    if (!cells.isEmpty())
        QGuiApplication::clipboard()->setText(tabSeparated(cells));
}

void CasesTable::paste()
{
    const QList<QStringList> cells = cellsOf(QGuiApplication::clipboard()->text());
    if (cells.isEmpty() || !(m_model.flags(m_model.index(0, 0)) & Qt::ItemIsEditable || m_model.rowCount() == 0))
        return;
    int row = std::max(currentIndex().row(), 0), column = std::max(currentIndex().column(), 0);
    for (const QModelIndex &index : selectionModel()->selectedIndexes()) {
        row = std::min(row, index.row());
        column = std::min(column, index.column());
    }
    m_model.paste(row, column, cells);
    // What has come is chosen, so that it is seen and may be taken out again.
    qsizetype width = 0;
    for (const QStringList &line : cells)
        width = std::max(width, line.size());
    const QModelIndex from = m_model.index(row, column);
    const QModelIndex to = m_model.index(std::min(row + int(cells.size()), m_model.rowCount()) - 1,
                                         std::min(column + int(width), m_model.columnCount()) - 1);
    setCurrentIndex(from);
    selectionModel()->select(QItemSelection(from, to), QItemSelectionModel::ClearAndSelect);
}

void CasesTable::clearChosen()
{
    QModelIndexList chosen = selectionModel()->selectedIndexes();
    if (chosen.isEmpty() && currentIndex().isValid())
        chosen << currentIndex();
    m_model.clearCells(chosen);
}

bool CasesTable::findNext(const QString &text, bool backwards)
{
    const int columns = m_model.columnCount(), cells = m_model.rowCount() * columns;
    if (text.isEmpty() || cells == 0)
        return false;
    const int from =
        currentIndex().isValid() ? currentIndex().row() * columns + currentIndex().column() : (backwards ? cells : -1);
    for (int step = 1; step <= cells; ++step) {
        const int at = ((from + (backwards ? -step : step)) % cells + cells) % cells;
        const QModelIndex index = m_model.index(at / columns, at % columns);
        if (index.data(Qt::EditRole).toString().contains(text, Qt::CaseInsensitive)) {
            setCurrentIndex(index);
            scrollTo(index, QAbstractItemView::PositionAtCenter);
            return true;
        }
    }
    return false;
}

void CasesTable::edit(int row, int column)
{
    const QModelIndex index = m_model.index(row, column);
    setCurrentIndex(index);
    setFocus();
    QTableView::edit(index);
}

// What is typed here belongs to the cell, not to the page.
bool CasesTable::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool isTyped = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
            && !key->text().isEmpty() && key->text().front().isPrint() && key->text() != u"?"_s;
        const bool isOurs = key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace
            || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || key->matches(QKeySequence::Copy)
            || key->matches(QKeySequence::Cut) || key->matches(QKeySequence::Paste)
            || key->matches(QKeySequence::SelectAll);
        if (isTyped || isOurs) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void CasesTable::keyPressEvent(QKeyEvent *event)
{
    if (state() == QAbstractItemView::EditingState)
        return QTableView::keyPressEvent(event);
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::Cut)) {
        copy();
        return clearChosen();
    }
    if (event->matches(QKeySequence::Paste))
        return paste();
    if (event->matches(QKeySequence::Undo))
        return m_model.undoStack().undo();
    if (event->matches(QKeySequence::Redo) || (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_Y))
        return m_model.undoStack().redo();
    if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
        if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
            return clearChosen();
        const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isReturn && currentIndex().isValid() && m_model.flags(currentIndex()) & Qt::ItemIsEditable)
            return QTableView::edit(currentIndex());
        // Tab at the end leaves the grid, which else would keep the keyboard for ever.
        if (event->key() == Qt::Key_Tab && currentIndex().row() == m_model.rowCount() - 1
            && currentIndex().column() == m_model.columnCount() - 1) {
            focusNextChild();
            return;
        }
    }
    QTableView::keyPressEvent(event);
}

void CasesTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        horizontalHeader()->setAccessibleName(tr("Columns"));
        verticalHeader()->setAccessibleName(tr("Cases"));
    }
}
