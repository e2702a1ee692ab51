// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

struct ChannelRow;

// Paints the rows of the list of conversations.
class ChannelDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    static QRect addRect(const QRect &row, Qt::LayoutDirection direction); // the "+" of a section

private:
    void paintSection(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintSign(QPainter &painter, const QRect &square, const ChannelRow &channel, bool isSelected) const;
};
