// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/corner_tools.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"

#include <QAbstractScrollArea>
#include <QEvent>

CornerTools::CornerTools(QAbstractScrollArea &area, const QList<IconButton *> &tools)
    : QObject(&area),
      m_area(area),
      m_tools(tools)
{
    for (IconButton *tool : tools) {
        tool->setParent(&area);
        tool->setControlSize(ControlSize::Small);
        tool->hide(); // until there is a text
        tool->installEventFilter(this);
    }
    area.viewport()->installEventFilter(this); // it moves when a scroll bar comes or goes
}

int CornerTools::width() { return theme().px(Length::ControlSmall) + theme().px(Length::Space4); }

void CornerTools::arrange()
{
    const QRect text = m_area.viewport()->geometry();
    const int gap = theme().px(Length::Space4);
    const bool mirrored = m_area.layoutDirection() == Qt::RightToLeft;
    int top = gap;
    for (IconButton *tool : m_tools) {
        if (tool->isHidden())
            continue;
        const QSize size = tool->sizeHint();
        tool->setGeometry(QRect(QPoint(mirrored ? text.left() - size.width() : text.right() + 1, top), size));
        tool->raise();
        top += size.height();
    }
}

bool CornerTools::eventFilter(QObject *watched, QEvent *event)
{
    const bool isTool = watched != m_area.viewport();
    // One that was hidden when the area got its size has no place yet.
    if (isTool ? event->type() == QEvent::ShowToParent
               : event->type() == QEvent::Resize || event->type() == QEvent::Move)
        arrange();
    return QObject::eventFilter(watched, event);
}
