// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"
#include "client/widgets/page_parts.h"

// One tab of the page of the gateway: a page inside the page. It is made when it is first shown, and activated() each
// time it comes to the front. What it can do beside its rows stands in its commands().
class GatewayTab : public PageWidget
{
    Q_OBJECT

public:
    using PageWidget::PageWidget;

    // Stands in the page's header while the tab is in front; always the same. The tab hides it where it may not be
    // used.
    virtual QWidget *headerAction() { return nullptr; }
    virtual QString shownCount() const { return {}; } // "12 keys", for the footer
    virtual QList<Footer::Hint> keyHints() const { return {}; }

Q_SIGNALS:
    void footerChanged(); // shownCount() or keyHints() say something else
};
