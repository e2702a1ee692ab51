// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/layout_check.h"

#include "client/widgets/label.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QTabBar>

namespace {

template<class Widget> QList<Widget *> visible(QWidget *window)
{
    QList<Widget *> found;
    for (Widget *widget : window->findChildren<Widget *>())
        if (widget->isVisible() && !widget->visibleRegion().isEmpty())
            found << widget;
    return found;
}

QString described(const QWidget *widget, const QString &text)
{
    QString path = QString::fromLatin1(widget->metaObject()->className());
    for (const QWidget *up = widget->parentWidget(); up; up = up->parentWidget())
        if (QByteArray name(up->metaObject()->className()); !name.startsWith("Q"))
            return path + QStringLiteral(" in ") + QString::fromLatin1(name) + QStringLiteral(": “%1”").arg(text);
    return path + QStringLiteral(": “%1”").arg(text);
}

// Rolled out of view by a scroll area is no mistake.
bool isScrolled(const QWidget *widget)
{
    for (const QWidget *up = widget->parentWidget(); up; up = up->parentWidget())
        if (qobject_cast<const QAbstractScrollArea *>(up))
            return true;
    return false;
}

bool sticksOut(const QWidget *widget)
{
    const QWidget *parent = widget->parentWidget();
    return parent && !widget->isWindow() && !isScrolled(widget) && !parent->rect().contains(widget->geometry());
}

} // namespace

QStringList layoutCheck::clippedTexts(QWidget *window)
{
    QStringList found;
    for (const QLabel *label : visible<QLabel>(window)) {
        if (label->text().isEmpty())
            continue;
        const QSize room = label->contentsRect().size();
        const bool fits = label->wordWrap() ? label->heightForWidth(label->width()) <= label->height() + 1
                                            : label->fontMetrics().horizontalAdvance(label->text()) <= room.width() + 1;
        if (!fits)
            found << described(label, label->text());
    }
    for (const QAbstractButton *button : visible<QAbstractButton>(window)) {
        if (button->text().isEmpty())
            continue;
        const auto *push = qobject_cast<const QPushButton *>(button);
        if (push && push->width() < push->minimumSizeHint().width())
            found << described(button, button->text());
        if (sticksOut(button))
            found << described(button, button->text()) + QStringLiteral(" sticks out");
    }
    for (QTabBar *tabs : visible<QTabBar>(window)) {
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->isTabVisible(i) && !tabs->rect().contains(tabs->tabRect(i)))
                found << described(tabs, tabs->tabText(i));
    }
    for (const QLineEdit *edit : visible<QLineEdit>(window)) {
        const int room = edit->width() - edit->textMargins().left() - edit->textMargins().right();
        const QString text = edit->text().isEmpty() ? edit->placeholderText() : QString();
        if (edit->fontMetrics().horizontalAdvance(text) > room)
            found << described(edit, text);
    }
    for (const QComboBox *box : visible<QComboBox>(window))
        if (box->width() < box->minimumSizeHint().width())
            found << described(box, box->currentText());
    for (const QAbstractScrollArea *area : visible<QAbstractScrollArea>(window)) {
        if (area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff && area->horizontalScrollBar()->maximum() > 0)
            found << described(area, QStringLiteral("content wider than its view"));
    }
    return found;
}

QStringList layoutCheck::namelessControls(QWidget *window)
{
    QStringList found;
    for (QWidget *widget : visible<QWidget>(window)) {
        const bool isControl = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
            || qobject_cast<QComboBox *>(widget) || qobject_cast<QPlainTextEdit *>(widget)
            || qobject_cast<QTabBar *>(widget)
            || (qobject_cast<QAbstractItemView *>(widget) && !qobject_cast<QHeaderView *>(widget))
            || (widget->focusPolicy() & Qt::TabFocus);
        if (!isControl || qobject_cast<QScrollBar *>(widget))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
            found << described(widget, widget->objectName());
    }
    return found;
}

QStringList layoutCheck::shortenedTexts(QWidget *window, const QStringList &elisions)
{
    if (elisions.isEmpty())
        return {};
    QSet<QString> data;
    for (const QAbstractItemView *view : window->findChildren<QAbstractItemView *>()) {
        if (!view->isVisible() || !view->model())
            continue;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            for (int column = 0; column < view->model()->columnCount(); ++column)
                data << view->model()->index(row, column).data().toString();
    }
    QStringList found;
    for (const QString &text : elisions)
        if (!data.contains(text) && !found.contains(text))
            found << text;
    return found;
}
