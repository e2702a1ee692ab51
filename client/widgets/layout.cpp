// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/layout.h"

#include "client/design/theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QScrollArea>

namespace {

QBoxLayout *make(QBoxLayout::Direction direction, std::initializer_list<layout::Item> items, Length gap)
{
    auto *box = new QBoxLayout(direction);
    box->setContentsMargins({});
    box->setSpacing(theme().px(gap));
    for (const layout::Item &item : items) {
        if (item.widget)
            box->addWidget(item.widget, item.factor);
        else if (item.nested)
            box->addLayout(item.nested, item.factor);
        else if (item.space >= 0)
            box->addSpacing(item.space);
        else
            box->addStretch(item.factor);
    }
    return box;
}

class Line : public QWidget
{
public:
    explicit Line(Qt::Orientation orientation)
    {
        if (orientation == Qt::Horizontal)
            setFixedHeight(theme().px(Length::Hairline));
        else
            setFixedWidth(theme().px(Length::Hairline));
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), theme().color(ColorRole::Border)); }
};

// A scroll area whose content is as wide as the viewport and transparent, so that the sheet shows through.
class VerticalScroll : public QScrollArea
{
public:
    VerticalScroll(QWidget *content, bool wantsAll) : m_wantsAll(wantsAll)
    {
        setWidget(content);
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
        viewport()->setAutoFillBackground(false);
        content->setAutoFillBackground(false);
        content->installEventFilter(this);
    }

    QSize sizeHint() const override
    {
        if (!m_wantsAll)
            return QScrollArea::sizeHint();
        const QSize wanted = widget()->sizeHint();
        return {wanted.width(),
                widget()->hasHeightForWidth() ? widget()->heightForWidth(viewport()->width()) : wanted.height()};
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QScrollArea::resizeEvent(event);
        tellWanted(); // lines break otherwise in another width
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest) {
            setMinimumWidth(widget()->minimumSizeHint().width());
            tellWanted();
        }
        return QScrollArea::eventFilter(watched, event);
    }

private:
    void tellWanted()
    {
        if (m_wantsAll && std::exchange(m_wanted, sizeHint()) != m_wanted)
            updateGeometry();
    }

    const bool m_wantsAll; // the height of its content, where there is room
    QSize m_wanted;
};

} // namespace

layout::Item layout::stretch(int factor)
{
    Item item;
    item.factor = factor;
    return item;
}

layout::Item layout::gap(Length length)
{
    Item item;
    item.space = theme().px(length);
    return item;
}

layout::Item layout::wide(Item item, int factor)
{
    item.factor = factor;
    return item;
}

QBoxLayout *layout::row(std::initializer_list<Item> items, Length gap)
{
    return make(QBoxLayout::LeftToRight, items, gap);
}

QBoxLayout *layout::column(std::initializer_list<Item> items, Length gap)
{
    return make(QBoxLayout::TopToBottom, items, gap);
}

QBoxLayout *layout::tight(QBoxLayout *layout)
{
    layout->setSpacing(0);
    return layout;
}

QBoxLayout *layout::inset(QBoxLayout *layout, Length all) { return inset(layout, {all, all, all, all}); }

QBoxLayout *layout::inset(QBoxLayout *layout, Margins margins)
{
    layout->setContentsMargins(theme().px(margins.left), theme().px(margins.top), theme().px(margins.right),
                               theme().px(margins.bottom));
    return layout;
}

QWidget *layout::box(QLayout *layout, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    widget->setLayout(layout);
    return widget;
}

QWidget *layout::line(Qt::Orientation orientation) { return new Line(orientation); }

void layout::reveal(QWidget *widget)
{
    if (widget->parentWidget())
        widget->show();
    else
        widget->setAttribute(Qt::WA_WState_ExplicitShowHide, false);
}

QWidget *layout::scrolling(QWidget *content) { return new VerticalScroll(content, false); }

QWidget *layout::scrollingWhenSmall(QWidget *content) { return new VerticalScroll(content, true); }
