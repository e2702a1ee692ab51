// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/matrix_table.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/evaluations/matrix_model.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr int caseColumn = 280, cellColumn = 176, widestCell = 260; // at 100 % text size

int scaled(int width) { return qRound(width * theme().textScale() / 100.0); }

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
                            float(a.greenF() + (b.greenF() - a.greenF()) * share),
                            float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

void frame(QPainter *painter, const QRect &cell, Qt::LayoutDirection direction)
{
    const int hairline = px(Length::Hairline);
    painter->fillRect(cell.x(), cell.bottom(), cell.width(), hairline, theme().color(ColorRole::Border));
    const QRect edge(cell.right() + 1 - hairline, cell.y(), hairline, cell.height());
    painter->fillRect(QStyle::visualRect(direction, cell, edge), theme().color(ColorRole::Border));
}

} // namespace

// ---- cells

MatrixDelegate::MatrixDelegate(const MatrixModel &model, QObject *parent) : QStyledItemDelegate(parent), m_model(model)
{
}

QColor MatrixDelegate::heat(double score)
{
    const QColor low = theme().color(ColorRole::DiffDelStrong), middle = theme().color(ColorRole::WarningSoft),
                 high = theme().color(ColorRole::DiffAddStrong);
    const double share = std::clamp(score, 0.0, 1.0);
    return share < 0.5 ? mixed(low, middle, share * 2) : mixed(middle, high, share * 2 - 1);
}

void MatrixDelegate::paintCase(QPainter *painter, const QRect &cell, int row) const
{
    const RunRow &shown = m_model.row(row);
    const QString number = QLocale().toString(shown.number);
    const int width = std::max(paint::textWidth(number, TextStyle::Digits), scaled(28));
    const QRect inner = cell.adjusted(px(Length::Space24), 0, -px(Length::Space10), 0);
    paint::text(
        *painter,
        QStyle::visualRect(painter->layoutDirection(), inner, QRect(inner.x(), inner.y(), width, inner.height())),
        number, TextStyle::Digits, ColorRole::Text3, Qt::AlignRight);
    paint::text(
        *painter,
        QStyle::visualRect(painter->layoutDirection(), inner, inner.adjusted(width + px(Length::Space10), 0, 0, 0)),
        MatrixModel::caseText(shown), TextStyle::Body, ColorRole::Text);
}

void MatrixDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect cell = option.rect;
    const bool isCurrent = option.state & QStyle::State_HasFocus;
    const bool isChosen = option.state & QStyle::State_Selected;
    painter->setLayoutDirection(option.direction);
    const RunCell *found = m_model.cell(index);
    if (found && found->score)
        painter->fillRect(cell, heat(*found->score));
    else if (found)
        painter->fillRect(cell, theme().color(ColorRole::Sunken));
    else if (isChosen)
        painter->fillRect(cell, theme().color(ColorRole::AccentSoft));
    frame(painter, cell, option.direction);
    if (!found) {
        paintCase(painter, cell, index.row());
    } else {
        const QRect inner = cell.adjusted(px(Length::Space10), 0, -px(Length::Space10), 0);
        const int icon = px(Length::IconTiny);
        const auto place = [&](int x) {
            return QStyle::visualRect(option.direction, inner,
                                      QRect(x, inner.y() + (inner.height() - icon) / 2, icon, icon));
        };
        const StatusLook look = lookOf(found->outcome);
        paintIcon(*painter, place(inner.x()), look.icon, found->score ? ColorRole::Text : textRole(look.tone));
        int end = inner.right() + 1;
        if (found->change == CellChange::Regression || found->change == CellChange::Improvement) {
            const StatusLook change = lookOf(*found->change);
            QString difference;
            if (found->score && found->baselineScore) {
                const double by = *found->score - *found->baselineScore;
                difference = (by > 0       ? u"+"_s
                                  : by < 0 ? u"−"_s
                                           : u"±"_s)
                    + QLocale().toString(std::abs(by) * 100, 'f', 0);
            }
            const int width = paint::textWidth(difference, TextStyle::CaptionDigits);
            end -= width;
            paint::text(*painter,
                        QStyle::visualRect(option.direction, inner, QRect(end, inner.y(), width, inner.height())),
                        difference, TextStyle::CaptionDigits, ColorRole::Text);
            end -= icon + px(Length::Space2);
            paintIcon(*painter, place(end), change.icon, textRole(change.tone));
        }
        const int start = inner.x() + icon + px(Length::Space8);
        paint::text(*painter,
                    QStyle::visualRect(option.direction, inner,
                                       QRect(start, inner.y(), end - start - px(Length::Space4), inner.height())),
                    m_model.cellText(*found), TextStyle::Digits, ColorRole::Text);
    }
    if (isCurrent || (isChosen && found))
        paint::focusRing(*painter, cell.adjusted(1, 1, -2, -2), px(Length::RadiusSmall));
}

// ---- columns

MatrixHeader::MatrixHeader(const MatrixModel &model, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent),
      m_model(model)
{
    setHighlightSections(false);
    setSectionsClickable(false);
}

QSize MatrixHeader::sizeHint() const
{
    const int lines = theme().lineHeight(TextStyle::BodyStrong) + 2 * theme().lineHeight(TextStyle::Small);
    return {QHeaderView::sizeHint().width(), lines + 2 * px(Length::Space8)};
}

void MatrixHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->fillRect(rect, theme().color(ColorRole::Surface));
    painter->setLayoutDirection(layoutDirection());
    frame(painter, rect, layoutDirection());
    const bool isCase = section == 0;
    const QRect inner = rect.adjusted(px(isCase ? Length::Space24 : Length::Space10), px(Length::Space8),
                                      -px(Length::Space10), -px(Length::Space8));
    if (isCase) {
        paint::text(*painter, inner, m_model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
                    TextStyle::Caption, ColorRole::Text2);
        return;
    }
    const RunColumn column = m_model.columns().value(section - 1);
    int y = inner.y();
    const auto line = [&](const QString &text, TextStyle style, ColorRole role) {
        const int height = theme().lineHeight(style);
        paint::text(*painter, QRect(inner.x(), y, inner.width(), height), text, style, role);
        y += height;
    };
    line(u"%1 v%2"_s.arg(column.templateName, QString::number(column.version)), TextStyle::BodyStrong, ColorRole::Text);
    line(shownModel(column.model), TextStyle::Small, ColorRole::Text2);
    QString totals =
        u"%1 · %2"_s.arg(shownScore(column.score), amounts::cost(column.costNanos + column.judgeCostNanos));
    if (const auto compared = m_model.comparison(column.column); compared && compared->baselineColumn)
        totals = u"%1 · ↓%2 ↑%3"_s.arg(shownScore(column.score), QLocale().toString(compared->regressions),
                                       QLocale().toString(compared->improvements));
    line(totals, TextStyle::SmallDigits, ColorRole::Text);
}

// ---- the table

MatrixTable::MatrixTable(MatrixModel &model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setHorizontalHeader(new MatrixHeader(model, this));
    setItemDelegate(new MatrixDelegate(model, this));
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setSelectionMode(QAbstractItemView::ContiguousSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(this, &QAbstractItemView::doubleClicked, this, &MatrixTable::openRequested);
    connect(&model, &QAbstractItemModel::modelReset, this, &MatrixTable::fitColumns);
    connect(&theme(), &Theme::changed, this, &MatrixTable::applyTheme);
    applyTheme();
}

void MatrixTable::applyTheme()
{
    verticalHeader()->setMinimumSectionSize(theme().rowHeight());
    verticalHeader()->setDefaultSectionSize(theme().rowHeight());
    horizontalHeader()->setFixedHeight(horizontalHeader()->sizeHint().height());
    fitColumns();
    viewport()->update();
}

// The columns share the room, within what can be read and what looks well; the case takes the rest.
void MatrixTable::fitColumns()
{
    const int columns = m_model.columnCount() - 1;
    if (columns <= 0)
        return;
    const int room = viewport()->width() - scaled(caseColumn);
    const int each = std::clamp(room / columns, scaled(cellColumn), scaled(widestCell));
    for (int column = 1; column <= columns; ++column)
        setColumnWidth(column, each);
    setColumnWidth(0, std::max(scaled(caseColumn), viewport()->width() - each * columns));
}

void MatrixTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

bool MatrixTable::goToProblem(int by)
{
    const int columns = m_model.columnCount(), cells = m_model.rowCount() * columns;
    const int from =
        currentIndex().isValid() ? currentIndex().row() * columns + currentIndex().column() : (by > 0 ? -1 : cells);
    for (int step = 1; step <= cells; ++step) {
        const int at = ((from + step * by) % cells + cells) % cells;
        const QModelIndex index = m_model.index(at / columns, at % columns);
        const RunCell *cell = m_model.cell(index);
        const bool isProblem = cell
            && (cell->change ? cell->change == CellChange::Regression
                             : cell->outcome == CellOutcome::Failed || cell->outcome == CellOutcome::Error);
        if (isProblem) {
            setCurrentIndex(index);
            return true;
        }
    }
    return false;
}

QString MatrixTable::selectionAsText() const
{
    QModelIndexList chosen = selectionModel()->selectedIndexes();
    std::sort(chosen.begin(), chosen.end());
    QString text;
    int row = -1;
    for (const QModelIndex &index : std::as_const(chosen)) {
        text += index.row() == row ? u"\t"_s : row < 0 ? QString() : u"\n"_s;
        row = index.row();
        text += index.data(Qt::DisplayRole).toString();
    }
    return text;
}

void MatrixTable::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (event->matches(QKeySequence::Copy))
        return QGuiApplication::clipboard()->setText(selectionAsText());
    if (plain && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        const int row = currentIndex().row() + (event->key() == Qt::Key_J ? 1 : -1);
        if (row >= 0 && row < m_model.rowCount())
            setCurrentIndex(m_model.index(row, std::max(currentIndex().column(), 0)));
        return;
    }
    if (plain && currentIndex().isValid()
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space))
        return Q_EMIT openRequested(currentIndex());
    if (plain && event->key() == Qt::Key_Escape)
        return Q_EMIT escaped();
    QTableView::keyPressEvent(event);
}

void MatrixTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentCellChanged(current);
}
