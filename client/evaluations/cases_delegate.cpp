// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/cases_delegate.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/evaluations/cases_model.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEditorLines = 10;
constexpr qsizetype mostPaintedCharacters = 400;
constexpr qsizetype mostTooltipCharacters = 2000;

} // namespace

void CasesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect cell = option.rect;
    const int hairline = px(Length::Hairline);
    const bool isChosen = option.state & QStyle::State_Selected;
    painter->fillRect(cell, theme().color(isChosen ? ColorRole::AccentSoft : ColorRole::Surface));
    painter->fillRect(cell.x(), cell.bottom(), cell.width(), hairline, theme().color(ColorRole::Border));
    const QRect edge(cell.right() + 1 - hairline, cell.y(), hairline, cell.height());
    painter->fillRect(QStyle::visualRect(option.direction, cell, edge), theme().color(ColorRole::Border));
    painter->setLayoutDirection(option.direction);
    if (index.data(CasesModel::ChangedRole).toBool()) {
        const int size = px(Length::Space8);
        QPolygon corner{
            {cell.right() - size, cell.top()}, {cell.right(), cell.top()}, {cell.right(), cell.top() + size}};
        if (option.direction == Qt::RightToLeft)
            corner =
                QPolygon{{cell.left() + size, cell.top()}, {cell.left(), cell.top()}, {cell.left(), cell.top() + size}};
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme().color(ColorRole::AccentLine));
        painter->drawPolygon(corner);
    }
    if (option.state & QStyle::State_HasFocus)
        paint::focusRing(*painter, cell.adjusted(1, 1, -2, -2), px(Length::RadiusSmall));
    // One line of it, and a sign for the others.
    const QString text = index.data(Qt::DisplayRole).toString().left(mostPaintedCharacters).replace(u'\n', QChar(u'↵'));
    const bool isTags = index.data(CasesModel::ColumnNameRole).toString() == caseColumns::tags;
    const QRect inner = cell.adjusted(px(Length::Space8), 0, -px(Length::Space8), -hairline);
    paint::text(*painter, inner, text, TextStyle::Body, isTags ? ColorRole::Text2 : ColorRole::Text);
}

QWidget *CasesDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    auto *editor = new QPlainTextEdit(parent);
    editor->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString());
    editor->setFont(theme().font(TextStyle::Body));
    editor->setTabChangesFocus(false);
    editor->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    editor->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QRect cell = option.rect;
    connect(editor, &QPlainTextEdit::textChanged, this, [this, editor, cell, index] {
        QStyleOptionViewItem again;
        again.rect = cell;
        updateEditorGeometry(editor, again, index);
    });
    return editor;
}

void CasesDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *edit = static_cast<QPlainTextEdit *>(editor);
    edit->setPlainText(index.data(Qt::EditRole).toString());
    edit->selectAll();
}

void CasesDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    model->setData(index, static_cast<QPlainTextEdit *>(editor)->toPlainText(), Qt::EditRole);
}

// At least the cell; as much more as the text wants, within what is seen of the table.
void CasesDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    auto *edit = static_cast<QPlainTextEdit *>(editor);
    const QRect area = edit->parentWidget()->rect();
    const int width = std::min(std::max(option.rect.width(), px(Length::DetailMinimum)), area.width());
    const QFontMetrics metrics(edit->font());
    const int room = width - 2 * px(Length::Space12);
    int lines = 0;
    for (QTextBlock block = edit->document()->begin(); block.isValid() && lines < mostEditorLines; block = block.next())
        lines += std::max(1, (metrics.horizontalAdvance(block.text()) + room - 1) / std::max(room, 1));
    lines = std::min(lines, mostEditorLines);
    const int height =
        std::max(option.rect.height(), lines * metrics.lineSpacing() + 2 * px(Length::Space8) + px(Length::Space4));
    QRect place(option.rect.topLeft(), QSize(width, std::min(height, area.height())));
    place.moveRight(std::min(place.right(), area.right()));
    place.moveLeft(std::max(place.left(), area.left()));
    place.moveBottom(std::min(place.bottom(), area.bottom()));
    edit->setGeometry(place);
}

bool CasesDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *editor = qobject_cast<QPlainTextEdit *>(watched);
    if (editor && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && key->modifiers() & (Qt::AltModifier | Qt::ShiftModifier)) {
            editor->insertPlainText(u"\n"_s);
            return true;
        }
        if (isReturn) {
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor, NoHint);
            // On to the case below, as in spreadsheets.
            if (auto *view = qobject_cast<QAbstractItemView *>(parent())) {
                const QModelIndex at = view->currentIndex();
                if (at.row() + 1 < view->model()->rowCount())
                    view->setCurrentIndex(at.siblingAtRow(at.row() + 1));
            }
            return true;
        }
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

bool CasesDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    const QString text = index.data(Qt::DisplayRole).toString();
    if (event->type() != QEvent::ToolTip || text.isEmpty()
        || (paint::textWidth(text, TextStyle::Body) <= option.rect.width() - 2 * px(Length::Space8)
            && !text.contains(u'\n')))
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), text.left(mostTooltipCharacters), view);
    return true;
}
