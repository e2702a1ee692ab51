// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QWidget>

class Button;
class Label;

// One sentence across a region with at most one action: offline, an error, a new version. Part of the layout: it never
// covers anything.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr); // hidden

    void show(Tone tone, const QString &icon, const QString &text, const QString &action = {});

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text;
    Button *m_action;
    QWidget *m_iconPlace;
    QString m_icon;
    Tone m_tone = Tone::Info;
};
