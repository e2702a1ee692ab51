// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

class IconButton;
class QAbstractScrollArea;

// Small buttons below each other in a strip at the end of a text, so that they lie over no letter of it. The area
// reserves the strip: setViewportMargins(0, 0, CornerTools::width(), 0).
class CornerTools : public QObject
{
    Q_OBJECT

public:
    CornerTools(QAbstractScrollArea &area, const QList<IconButton *> &tools);

    static int width();
    void arrange(); // also after a tool was shown or hidden

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAbstractScrollArea &m_area;
    QList<IconButton *> m_tools;
};
