// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

// A panel over the window with everything behind it dimmed. Escape and a click outside close it; the focus goes back to
// where it was.
class Overlay : public QWidget
{
    Q_OBJECT

public:
    explicit Overlay(QWidget *window);

    void open();
    void close();
    bool isOpen() const { return isVisible(); }

Q_SIGNALS:
    void closed();

protected:
    virtual QSize panelSize() const = 0;
    virtual void opening() { }
    QWidget *panel() const { return m_panel; }

    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void place();

    QWidget *m_panel;
    QPointer<QWidget> m_focusBefore;
};
