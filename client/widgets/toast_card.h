// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/toast.h"

#include <QTimer>

// One toast on the screen; ToastHost makes, places and removes them. Its shadow is part of the widget.
class ToastCard : public QWidget
{
    Q_OBJECT

public:
    ToastCard(const Toast &toast, QWidget *parent);

    bool canUndo() const { return bool(m_toast.undo); }
    void undo() { finishWith(m_toast.undo); }

Q_SIGNALS:
    void finished();
    void detailsRequested(const Toast &toast);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void resume();
    void finishWith(const std::function<void()> &run);

    Toast m_toast;
    QWidget *m_iconPlace;
    QTimer m_life;
};
