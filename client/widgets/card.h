// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QWidget>

class Label;
class QBoxLayout;

// A bordered panel with an optional title line. Put the content into body(), buttons and legends into header().
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &note = {});
    QBoxLayout *header() const { return m_header; }
    QBoxLayout *body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_title;
    Label *m_note;
    QBoxLayout *m_header;
    QBoxLayout *m_body;
};

// One number that matters: title, value, how it changed, and its course as a small line. When the value needs the room
// the line goes first. A click drills down to the rows behind the number.
class KpiCard : public QWidget
{
    Q_OBJECT

public:
    enum class Trend { None, Good, Bad, Neutral };

    explicit KpiCard(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &note = {}); // the note stands at the end of the title line
    void setValue(const QString &value);
    void setChange(const QString &change, const QString &comparedTo, bool up, Trend trend);
    void setCourse(const QList<double> &values); // at least two make a line
    void setShare(double share); // a bar instead of a change: budgets; warns from 0.75, alarms above 1; negative: none
    void setLoading(bool loading);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void describe();
    void paintCourse(QPainter &painter, const QRect &rect) const;

    QString m_title;
    QString m_note;
    QString m_value;
    QString m_change;
    QString m_comparedTo;
    QList<double> m_course;
    double m_share = -1;
    Trend m_trend = Trend::None;
    bool m_up = false;
    bool m_loading = false;
};
