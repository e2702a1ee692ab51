// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <initializer_list>

class QBoxLayout;
class QLayout;
class QWidget;

// A small vocabulary, so that the code of a page reads like the page:
//   layout::column({header, layout::row({search, filters, layout::stretch(), columns}), layout::wide(table), footer})
namespace layout {

struct Item
{
    Item(QWidget *widget) : widget(widget) { }
    Item(QLayout *nested) : nested(nested) { }

    QWidget *widget = nullptr;
    QLayout *nested = nullptr;
    int factor = 0;
    int space = -1; // pixels

private:
    Item() = default;
    friend Item stretch(int);
    friend Item gap(Length);
};

Item stretch(int factor = 1); // empty room that grows
Item gap(Length length); // empty room that does not
Item wide(Item item, int factor = 1); // the item takes what is left

struct Margins
{
    Length left, top, right, bottom;
};

// Without margins unless given. The gap lies between items.
QBoxLayout *row(std::initializer_list<Item> items, Length gap = Length::Space8);
QBoxLayout *column(std::initializer_list<Item> items, Length gap = Length::Space8);
QBoxLayout *tight(QBoxLayout *layout); // no gap between items
QBoxLayout *inset(QBoxLayout *layout, Length all);
QBoxLayout *inset(QBoxLayout *layout, Margins margins);

QWidget *box(QLayout *layout, QWidget *parent = nullptr); // a plain widget around a layout
QWidget *line(Qt::Orientation orientation = Qt::Horizontal); // a divider
void reveal(QWidget *widget); // show(), but one without a parent waits for it instead of becoming a window
QWidget *scrolling(QWidget *content); // scrolls vertically, never sideways; no focus stop of its own
QWidget *scrollingWhenSmall(QWidget *content); // the same, and wants to be as high as its content: for forms

} // namespace layout
