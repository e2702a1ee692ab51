// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class ComposerCompleter;

// Where a message is typed: as high as its text up to a limit. Return sends, Shift+Return begins a line.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);
    ComposerCompleter &completer() { return *m_completer; }
    void setSendsByReturn(bool sends) { m_sendsByReturn = sends; } // otherwise Ctrl+Return does
    void insertMarked(const QString &before, const QString &after); // around what is selected
    void beginName(QChar sign); // as if it were typed
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void sendRequested();
    void editLastRequested(); // Up in an empty field
    void canceled(); // Escape

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void follow();

    ComposerCompleter *m_completer;
    bool m_sendsByReturn = true;
};
