// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/page_widget.h"

#include <QEvent>

void PageWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
