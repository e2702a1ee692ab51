// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/data_table.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/chips.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/floating_pill.h"
#include "client/widgets/row_export.h"
#include "client/widgets/table_delegate.h"
#include "client/widgets/table_model.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QTimer>

namespace {

constexpr int skeletonDelay = 150; // ms: shorter waits show nothing at all

} // namespace

DataTable::DataTable(const QString &accessibleName, QWidget *parent)
    : QTableView(parent),
      m_delegate(new TableDelegate(this)),
      m_empty(new EmptyState(viewport())),
      m_pill(new FloatingPill(this)),
      m_columns(new QMenu(this)),
      m_skeletonDelay(new QTimer(this))
{
    setAccessibleName(accessibleName);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setMouseTracking(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setAccessibleName(tr("Columns"));
    header->setMinimumSectionSize(px(Length::ColumnMinimum));
    connect(header, &QHeaderView::customContextMenuRequested, this,
            [this](const QPoint &at) { m_columns->popup(horizontalHeader()->mapToGlobal(at)); });
    for (auto changed : {&QHeaderView::sectionResized, &QHeaderView::sectionMoved})
        connect(header, changed, this, &DataTable::saveState);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &DataTable::saveState);
    connect(m_columns, &QMenu::aboutToShow, this, &DataTable::fillColumnsMenu);
    connect(this, &QAbstractItemView::doubleClicked, this, &DataTable::openRequested);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &DataTable::updateHolding);
    connect(m_pill, &QAbstractButton::clicked, this, [this] {
        m_model->releaseHeldRows();
        scrollToTop();
        setFocus();
    });
    m_empty->hide();
    m_skeletonDelay->setSingleShot(true);
    m_skeletonDelay->setInterval(skeletonDelay);
    connect(m_skeletonDelay, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_newRowsText = [](int count) { return tr("%n new row(s)", nullptr, count); };
    applyTheme();
    connect(&theme(), &Theme::changed, this, &DataTable::applyTheme);
}

void DataTable::setModel(TableModelBase *model)
{
    m_model = model;
    QTableView::setModel(model);
    setUpColumns();
    setSortingEnabled(true);
    connect(model, &TableModelBase::heldRowsChanged, this, [this](int count) {
        m_pill->setText(m_newRowsText(count));
        m_pill->setVisible(count > 0);
        placeOverlays();
    });
    connect(model, &QAbstractItemModel::modelReset, this, &DataTable::updateHolding);
    // A page's rows end before its widgets, which scroll once more while they are hidden.
    connect(model, &QObject::destroyed, this, [this] { m_model = nullptr; });
    connect(model, &QAbstractItemModel::headerDataChanged, this, &DataTable::fitTitles);
}

void DataTable::setUpColumns()
{
    m_restoring = true;
    QHeaderView *header = horizontalHeader();
    header->setSortIndicatorClearable(false);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const auto value = [&](int role) { return m_model->headerData(column, Qt::Horizontal, role); };
        const int width = qRound(value(TableModelBase::WidthRole).toInt() * theme().textScale() / 100.0);
        header->resizeSection(column, std::max(leastWidth(column), width + (column == 0 ? px(Length::Space14) : 0)));
        header->setSectionHidden(column, value(TableModelBase::HiddenRole).toBool());
    }
    m_restoring = false;
    fillWidth();
}

// Never narrower than its title with the arrow beside it, in any language, or than its widest chip.
int DataTable::leastWidth(int column) const
{
    const auto value = [&](int role) { return m_model->headerData(column, Qt::Horizontal, role); };
    int width = paint::textWidth(value(Qt::DisplayRole).toString(), TextStyle::Caption) + px(Length::IconTiny)
        + px(Length::Space4);
    for (const StatusLook &look : value(TableModelBase::ChoicesRole).value<QList<StatusLook>>())
        width = std::max(width, chips::statusWidth(look));
    const bool first = horizontalHeader()->visualIndex(column) == 0;
    return width + 2 * px(Length::Space10) + (first ? px(Length::Space14) : 0);
}

// After a change of language or text size.
void DataTable::fitTitles()
{
    m_restoring = true; // not a wish of the person
    for (int column = 0; column < m_model->columnCount(); ++column)
        if (!isColumnHidden(column) && columnWidth(column) < leastWidth(column))
            setColumnWidth(column, leastWidth(column));
    m_restoring = false;
    fillWidth();
}

void DataTable::setStateKey(const QString &key, int schema)
{
    m_stateKey = QStringLiteral("tables/%1/%2").arg(key).arg(schema);
    restoreState();
}

void DataTable::sortByColumn(const QString &columnId, Qt::SortOrder order)
{
    if (!m_stateKey.isEmpty() && QSettings().contains(m_stateKey))
        return;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_model->headerData(column, Qt::Horizontal, TableModelBase::ColumnIdRole).toString() == columnId)
            QTableView::sortByColumn(column, order);
    }
}

void DataTable::setLoading(bool loading)
{
    if (loading)
        m_skeletonDelay->start();
    else
        m_skeletonDelay->stop();
    setProperty("loading", loading);
    viewport()->update();
}

void DataTable::setNewRowsText(std::function<QString(int)> text) { m_newRowsText = std::move(text); }

QModelIndexList DataTable::selectedRowIndexes() const
{
    QModelIndexList rows = selectionModel() ? selectionModel()->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.row() < b.row(); });
    return rows;
}

int DataTable::selectedRowCount() const
{
    if (!selectionModel())
        return 0;
    // Ranges are whole rows; a hundred thousand selected ones are not worth a list of them.
    int rows = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        rows += range.left() == 0 ? range.height() : 0;
    return rows;
}

QString DataTable::selectionAsText(QChar separator) const
{
    QList<int> columns;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        if (const int logical = horizontalHeader()->logicalIndex(visual); !isColumnHidden(logical))
            columns << logical;
    }
    QString all;
    const auto addLine = [&](auto cell) {
        QStringList cells;
        for (const int column : columns)
            cells << cell(column);
        if (separator == u',')
            all += QString::fromUtf8(rowExport::csvLine(cells));
        else
            all += cells.replaceInStrings(QRegularExpression(QStringLiteral("[\t\r\n]+")), QStringLiteral(" "))
                       .join(separator)
                + u'\n';
    };
    addLine([&](int column) { return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(); });
    for (const QModelIndex &row : selectedRowIndexes())
        addLine([&](int column) { return row.siblingAtColumn(column).data(Qt::AccessibleTextRole).toString(); });
    return all;
}

void DataTable::copy(QChar separator) const
{
    if (!selectedRowIndexes().isEmpty())
        QGuiApplication::clipboard()->setText(selectionAsText(separator));
}

void DataTable::copyJson() const
{
    QByteArrayList rows;
    for (const QModelIndex &row : selectedRowIndexes())
        rows << m_rowJson(row);
    const QByteArray text = rows.size() == 1 ? rows.first() : '[' + rows.join(",\n ") + ']';
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
}

void DataTable::moveCurrent(int by, bool extend)
{
    if (!m_model || !m_model->rowCount())
        return;
    const int row = std::clamp(currentIndex().isValid() ? currentIndex().row() + by : 0, 0, m_model->rowCount() - 1);
    const QModelIndex to = m_model->index(row, std::max(0, currentIndex().column()));
    selectionModel()->setCurrentIndex(
        to, (extend ? QItemSelectionModel::Select : QItemSelectionModel::ClearAndSelect) | QItemSelectionModel::Rows);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers() == Qt::ShiftModifier;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (event->matches(QKeySequence::Copy))
        return copy(u'\t');
    if ((plain || shift) && event->key() == Qt::Key_J)
        return moveCurrent(1, shift);
    if ((plain || shift) && event->key() == Qt::Key_K)
        return moveCurrent(-1, shift);
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        return Q_EMIT openRequested(currentIndex());
    if (plain && event->key() == Qt::Key_Space && currentIndex().isValid())
        return Q_EMIT peekRequested(currentIndex());
    if (plain && event->key() == Qt::Key_X && currentIndex().isValid())
        return selectionModel()->select(currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    if (plain && event->key() == Qt::Key_Period && currentIndex().isValid())
        return openMenu(currentIndex(), viewport()->mapToGlobal(visualRect(currentIndex()).center()));
    if (plain && event->key() == Qt::Key_Escape) {
        if (m_escape && m_escape())
            return;
        clearSelection();
        setCurrentIndex({});
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::hover(int row)
{
    const int before = m_delegate->hoveredRow();
    if (before == row)
        return;
    m_delegate->setHoveredRow(row);
    for (const int changed : {before, row}) {
        if (changed >= 0)
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), rowHeight(changed));
    }
}

void DataTable::mouseMoveEvent(QMouseEvent *event)
{
    hover(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void DataTable::leaveEvent(QEvent *event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (index.isValid())
        openMenu(index, byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void DataTable::openMenu(const QModelIndex &index, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Q_EMIT rowMenuRequested(menu, index);
    if (!menu->isEmpty())
        menu->addSeparator();
    const QString value = index.data(Qt::AccessibleTextRole).toString();
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy value"), this,
                    [value] { QGuiApplication::clipboard()->setText(value); });
    menu->addAction(tr("Copy rows") + u'\t' + QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText), this,
                    [this] { copy(u'\t'); });
    menu->addAction(tr("Copy rows as CSV"), this, [this] { copy(u','); });
    if (m_rowJson)
        menu->addAction(tr("Copy rows as JSON"), this, &DataTable::copyJson);
    menu->popup(at);
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fillWidth();
    placeOverlays();
}

// Gives the room that is left to the column that wants it. Not QHeaderView's stretching, which also takes room away
// until nothing can be read.
void DataTable::fillWidth()
{
    if (!m_model || m_restoring)
        return;
    const int room = viewport()->width() - horizontalHeader()->length();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (isColumnHidden(column)
            || !m_model->headerData(column, Qt::Horizontal, TableModelBase::StretchRole).toBool())
            continue;
        const int wanted = qRound(m_model->headerData(column, Qt::Horizontal, TableModelBase::WidthRole).toInt()
                                  * theme().textScale() / 100.0);
        const int least = std::max(wanted * 3 / 4, leastWidth(column));
        m_restoring = true; // not a wish of the person
        setColumnWidth(column, std::max(least, columnWidth(column) + room));
        m_restoring = false;
        return;
    }
}

void DataTable::placeOverlays()
{
    m_empty->setGeometry(viewport()->rect());
    m_pill->resize(m_pill->sizeHint());
    const QRect area = viewport()->geometry();
    m_pill->move(area.center().x() - m_pill->width() / 2, area.top() - px(Length::Space8));
    m_pill->raise();
}

void DataTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    const bool skeleton = property("loading").toBool() && !m_skeletonDelay->isActive() && m_model
        && m_model->rowCount() == 0 && !m_empty->isVisible();
    if (!skeleton)
        return;
    QPainter painter(viewport());
    const int row = theme().rowHeight(), bar = px(Length::Space10), margin = px(Length::Space10);
    for (int y = 0, line = 0; y + row <= viewport()->height() && line < 12; y += row, ++line) {
        for (int column = 0; column < m_model->columnCount(); ++column) {
            if (isColumnHidden(column))
                continue;
            // Different lengths look like text.
            const int width = (columnWidth(column) - 2 * margin) * (5 + (line * 7 + column * 3) % 5) / 10;
            paint::box(painter, QRect(columnViewportPosition(column) + margin, y + (row - bar) / 2, width, bar),
                       bar / 2.0, theme().color(ColorRole::Hover));
        }
    }
}

void DataTable::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTableView::rowsInserted(parent, start, end);
    // What is looked at stays where it is when rows come in above it.
    const int firstShown = rowAt(0);
    if (verticalScrollBar()->value() > 0 && start <= firstShown)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + (end - start + 1) * theme().rowHeight());
}

void DataTable::updateHolding()
{
    if (!m_model)
        return;
    const bool looking = verticalScrollBar()->value() > 0 || (selectionModel() && selectionModel()->hasSelection());
    // Releasing is left to the pill and to a person who goes back to the top with nothing selected.
    m_model->setHoldsNewRows(looking);
}

void DataTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    updateHolding();
    Q_EMIT selectedCountChanged(selectedRowCount());
}

void DataTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        Q_EMIT currentRowChanged(current);
}

void DataTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        horizontalHeader()->setAccessibleName(tr("Columns"));
}

void DataTable::applyTheme()
{
    verticalHeader()->setMinimumSectionSize(theme().rowHeight());
    verticalHeader()->setDefaultSectionSize(theme().rowHeight());
    horizontalHeader()->setFixedHeight(px(Length::HeaderRow));
    if (m_model)
        fitTitles();
    viewport()->update();
}

void DataTable::fillColumnsMenu()
{
    m_columns->clear();
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        auto *action = m_columns->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(isColumnHidden(column)
                           || horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            fillWidth();
            saveState();
        });
    }
    m_columns->addSeparator();
    m_columns->addAction(themedIcon(QStringLiteral("undo-2")), tr("Reset columns"), this, &DataTable::resetColumns);
}

void DataTable::resetColumns()
{
    for (int column = 0; column < m_model->columnCount(); ++column)
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
    setUpColumns();
    saveState();
}

void DataTable::saveState() const
{
    if (!m_restoring && !m_stateKey.isEmpty())
        QSettings().setValue(m_stateKey, horizontalHeader()->saveState());
}

void DataTable::restoreState()
{
    const QByteArray state = QSettings().value(m_stateKey).toByteArray();
    if (state.isEmpty())
        return;
    m_restoring = true;
    // A state of other columns is refused by Qt; the first widths then stay.
    if (horizontalHeader()->restoreState(state) && horizontalHeader()->count() == m_model->columnCount())
        m_model->sortBy(horizontalHeader()->sortIndicatorSection(), horizontalHeader()->sortIndicatorOrder());
    m_restoring = false;
    fillWidth();
}
