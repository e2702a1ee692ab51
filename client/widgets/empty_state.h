// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Button;
class Label;

// What stands where nothing is: an icon, what this place is for, and the one thing to do next. Three cases have their
// own words: nothing yet, a filter hides everything, no permission.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void show(const QString &icon, const QString &title, const QString &text, const QString &action = {});
    void showFiltered(const QString &title); // "No jobs match": offers to clear the filters
    void showForbidden(const QString &whoCanGrant); // names who can give the permission
    void showError(const QString &title, const QString &detail); // offers to try again

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void place();

    int m_height = 0;
    QString m_icon;
    QWidget *m_tile;
    Label *m_title;
    Label *m_text;
    Button *m_action;
};
