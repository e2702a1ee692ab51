// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUuid>
#include <QWidget>

class IconButton;
enum class MessageAction;

// The buttons above the message under the pointer. The keyboard has keys and a menu for the same.
class MessageActions : public QWidget
{
    Q_OBJECT

public:
    explicit MessageActions(QWidget *parent);
    void setMessage(const QUuid &id) { m_id = id; }
    void offer(bool reactions, bool quote, bool thread); // what the person may do with it

Q_SIGNALS:
    void actionRequested(MessageAction action, const QUuid &id);
    void reactionToggled(const QUuid &id, const QString &emoji);
    void menuRequested(const QUuid &id, const QPoint &global);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QUuid m_id;
    IconButton *m_like;
    IconButton *m_seen;
    IconButton *m_done;
    IconButton *m_quote;
    IconButton *m_thread;
    IconButton *m_more;
};
