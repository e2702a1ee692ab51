// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/overlay.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

Overlay::Overlay(QWidget *window) : QWidget(window), m_panel(new QWidget(this))
{
    window->installEventFilter(this);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void Overlay::open()
{
    if (isVisible())
        return;
    m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    opening(); // after show(): what is hidden cannot take the focus
}

void Overlay::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void Overlay::place()
{
    setGeometry(parentWidget()->rect());
    const int margin = theme().px(Length::Space40);
    const QSize size = panelSize().boundedTo(parentWidget()->size() - QSize(2 * margin, 2 * margin));
    // A little above the middle, where the eye is.
    m_panel->setGeometry((width() - size.width()) / 2, std::max(margin, (height() - size.height()) / 4), size.width(),
                         size.height());
}

void Overlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor scrim = theme().color(ColorRole::Scrim);
    scrim.setAlphaF(
        float(theme().opacity(theme().isDark() ? QStringLiteral("scrimDark") : QStringLiteral("scrimLight"))));
    painter.fillRect(rect(), scrim);
    const int radius = theme().px(Length::RadiusDialog);
    paint::shadow(painter, m_panel->geometry(), radius, paint::Depth::Palette);
    paint::box(painter, m_panel->geometry(), radius, theme().color(ColorRole::Raised),
               theme().color(theme().isDark() ? ColorRole::BorderStrong : ColorRole::Border),
               theme().px(Length::Hairline));
}

void Overlay::mousePressEvent(QMouseEvent *event)
{
    if (!m_panel->geometry().contains(event->position().toPoint()))
        close();
}

void Overlay::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return close();
    event->accept(); // nothing behind the overlay gets keys
}

bool Overlay::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

// Tab goes round inside the panel.
bool Overlay::focusNextPrevChild(bool next)
{
    QList<QWidget *> stops;
    for (QWidget *widget : m_panel->findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus)
            && !widget->focusProxy())
            stops << widget;
    }
    if (stops.isEmpty())
        return true;
    const qsizetype at = stops.indexOf(QApplication::focusWidget());
    const qsizetype to = (at + (next ? 1 : -1) + stops.size()) % stops.size();
    stops.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}
