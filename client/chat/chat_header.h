// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"

#include <QWidget>

class IconButton;
class Label;

// Above a conversation: its name, who is there, and what can be shown beside it.
class ChatHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ChatHeader(QWidget *parent = nullptr);
    void setChannel(const QString &title, const QString &subtitle, const QList<PersonLook> &people);

Q_SIGNALS:
    void searchRequested();
    void pinsRequested();
    void detailsToggled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QList<PersonLook> m_people; // the first of them
    Label *m_title;
    Label *m_subtitle;
    QWidget *m_faces; // room for the avatars
    IconButton *m_search, *m_pins, *m_details;
};
