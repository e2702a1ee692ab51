// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/composer_edit.h"

#include "client/chat/composer_completer.h"
#include "client/design/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QTextBlock>
#include <QTextDocumentFragment>

ComposerEdit::ComposerEdit(QWidget *parent) : QPlainTextEdit(parent), m_completer(new ComposerCompleter(*this))
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(px(Length::Space2));
    connect(&theme(), &Theme::changed, this, &ComposerEdit::follow);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        updateGeometry();
        if (hasFocus())
            m_completer->offer();
    });
    follow();
}

void ComposerEdit::follow()
{
    setFont(theme().font(TextStyle::Body));
    updateGeometry();
}

QSize ComposerEdit::sizeHint() const
{
    // The layout of plain text counts its height in lines.
    const qreal lines = std::max(1.0, document()->documentLayout()->documentSize().height());
    const int height =
        int(lines * fontMetrics().lineSpacing()) + 2 * int(document()->documentMargin()) + px(Length::Space4);
    return {px(Length::CardMinimum), std::min(height, px(Length::ChartMinimum))};
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_completer->isOffering()
        && (isReturn || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape
            || event->key() == Qt::Key_Backtab))
        return event->ignore(); // the list's
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (isReturn && (control || (m_sendsByReturn && !(event->modifiers() & Qt::ShiftModifier)))) {
        Q_EMIT sendRequested();
        return;
    }
    if (event->key() == Qt::Key_Up && document()->isEmpty() && !isReadOnly()) {
        Q_EMIT editLastRequested();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT canceled();
        return;
    }
    if (isReturn) { // a line of its own, whatever stands behind the key: no paragraph separator gets into a message
        textCursor().insertText(QStringLiteral("\n"));
        ensureCursorVisible();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

// While names are offered, Tab takes one.
bool ComposerEdit::focusNextPrevChild(bool next)
{
    return !m_completer->isOffering() && QPlainTextEdit::focusNextPrevChild(next);
}

void ComposerEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    parentWidget()->update(); // draws the ring
}

void ComposerEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    parentWidget()->update();
}

void ComposerEdit::insertMarked(const QString &before, const QString &after)
{
    QTextCursor cursor = textCursor();
    const QString selected = cursor.selection().toPlainText();
    cursor.insertText(before + selected + after);
    if (selected.isEmpty())
        cursor.movePosition(QTextCursor::Left, QTextCursor::MoveAnchor, int(after.size()));
    setTextCursor(cursor);
    setFocus();
}

void ComposerEdit::beginName(QChar sign)
{
    setFocus();
    QTextCursor cursor = textCursor();
    const int at = cursor.positionInBlock();
    const bool needsSpace = at > 0 && !cursor.block().text().at(at - 1).isSpace();
    cursor.insertText(needsSpace ? QStringLiteral(" ") + sign : QString(sign));
    setTextCursor(cursor);
    m_completer->offer();
}
