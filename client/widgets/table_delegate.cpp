// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/table_delegate.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/chips.h"
#include "client/widgets/share_bar.h"
#include "client/widgets/table_model.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

namespace {

struct Look
{
    TextStyle style;
    ColorRole role;
};

Look lookOf(CellKind kind)
{
    switch (kind) {
    case CellKind::Strong:
        return {TextStyle::BodyStrong, ColorRole::Text};
    case CellKind::Muted:
        return {TextStyle::Body, ColorRole::Text2};
    case CellKind::Mono:
        return {TextStyle::Mono, ColorRole::Text2};
    case CellKind::Number:
    case CellKind::Progress:
    case CellKind::Share:
        return {TextStyle::Digits, ColorRole::Text};
    default:
        return {TextStyle::Body, ColorRole::Text};
    }
}

void paintProgress(QPainter &painter, const QRect &cell, const ProgressLook &progress)
{
    const int height = px(Length::Space4);
    QRect bar(cell.x(), cell.y(), std::min(cell.width(), px(Length::Space40)), height);
    bar.moveRight(cell.right());
    bar.moveTop(cell.center().y() - height / 2);
    bar = QStyle::visualRect(painter.layoutDirection(), cell, bar);
    paint::box(painter, bar, height / 2.0, theme().color(ColorRole::Pressed));
    const double done = progress.done < 0 ? 0.33 : std::min(progress.done, 1.0);
    const QRect part(bar.x(), bar.y(), qRound(bar.width() * done), height);
    paint::box(painter, QStyle::visualRect(painter.layoutDirection(), bar, part), height / 2.0,
               theme().color(ColorRole::Info));
}

// The text at the start, the bars below each other at the end.
void paintShareCell(QPainter &painter, const QRect &cell, const ShareLook &share)
{
    const int height = px(Length::Progress);
    const int width = std::min(px(Length::ShareBar), cell.width());
    const QRect bar(cell.right() + 1 - width, cell.center().y() - height / 2, width, height);
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(painter.layoutDirection(), cell, part); };
    paintShare(painter, visual(bar), share);
    const QRect text(cell.x(), cell.y(), cell.width() - width - px(Length::Space10), cell.height());
    paint::text(painter, visual(text), share.text, TextStyle::Digits,
                share.used >= 1 && !share.goal ? ColorRole::Danger : ColorRole::Text, Qt::AlignRight);
}

} // namespace

void TableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect row = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = index.row() == m_hoveredRow;
    if (selected)
        painter->fillRect(row, theme().color(hovered ? ColorRole::AccentSoftHover : ColorRole::AccentSoft));
    else if (hovered)
        painter->fillRect(row, theme().color(ColorRole::Sunken));
    painter->fillRect(row.x(), row.bottom(), row.width(), px(Length::Hairline), theme().color(ColorRole::Border));

    const auto *table = qobject_cast<const QTableView *>(option.widget);
    const bool first = table && table->horizontalHeader()->visualIndex(index.column()) == 0;
    if (first && selected) {
        const QRect bar(row.x(), row.y(), px(Length::NavBarWidth), row.height());
        painter->fillRect(QStyle::visualRect(option.direction, row, bar), theme().color(ColorRole::AccentLine));
    }
    if (table && (option.state & QStyle::State_HasFocus) && table->window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paint::focusRing(*painter, row.adjusted(1, 1, -1, -2), px(Length::RadiusSmall));

    painter->setLayoutDirection(option.direction);
    const auto kind = CellKind(index.data(TableModelBase::KindRole).toInt());
    const QVariant extra = index.data(TableModelBase::ExtraRole);
    const int margin = px(Length::Space10);
    // The first column stands below the page's title.
    const QRect logical(row.adjusted(first ? px(Length::Space24) : margin, 0, -margin, -px(Length::Hairline)));
    QRect cell = QStyle::visualRect(option.direction, row, logical);
    if (kind == CellKind::Status && extra.canConvert<StatusLook>())
        return chips::paintStatus(*painter, cell.adjusted(-px(Length::Space2), 0, 0, 0), extra.value<StatusLook>());
    if (kind == CellKind::Progress && extra.canConvert<ProgressLook>())
        return paintProgress(*painter, cell, extra.value<ProgressLook>());
    if (kind == CellKind::Share && extra.canConvert<ShareLook>())
        return paintShareCell(*painter, cell, extra.value<ShareLook>());
    if (kind == CellKind::Person && extra.canConvert<PersonLook>()) {
        const int size = px(Length::AvatarSmall);
        const QRect circle(cell.x(), cell.y() + (cell.height() - size) / 2, size, size);
        chips::paintAvatar(*painter, QStyle::visualRect(option.direction, cell, circle), extra.value<PersonLook>());
        cell = QStyle::visualRect(option.direction, cell, cell.adjusted(size + px(Length::Space8), 0, 0, 0));
    }
    const Look look = lookOf(kind);
    const Qt::Alignment alignment(index.data(Qt::TextAlignmentRole).toInt());
    paint::text(*painter, cell, index.data(Qt::DisplayRole).toString(), look.style, look.role, alignment);
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto kind = CellKind(index.data(TableModelBase::KindRole).toInt());
    const QVariant extra = index.data(TableModelBase::ExtraRole);
    int width = paint::textWidth(index.data(Qt::DisplayRole).toString(), lookOf(kind).style);
    if (kind == CellKind::Status && extra.canConvert<StatusLook>())
        width = chips::statusWidth(extra.value<StatusLook>());
    else if (kind == CellKind::Share && extra.canConvert<ShareLook>())
        width += px(Length::ShareBar) + px(Length::Space10);
    else if (kind == CellKind::Person)
        width += px(Length::AvatarSmall) + px(Length::Space8);
    return {width + 2 * px(Length::Space10) + px(Length::Space14), theme().rowHeight()};
}

bool TableDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    // Only what does not fit is worth a tooltip.
    if (event->type() != QEvent::ToolTip || !index.isValid()
        || sizeHint(option, index).width() <= view->visualRect(index).width())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), index.data(Qt::DisplayRole).toString().left(2000), view);
    return true;
}
