// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"

#include <QWidget>

// Steps one below the other, joined by a line: attempts of a job, versions of a template.
class Timeline : public QWidget
{
    Q_OBJECT

public:
    struct Step
    {
        StatusLook status; // tone and icon of the dot; its label is part of what screen readers say
        QString title;
        QString text;
        QString time;
        QString chip; // a small label beside the title: "production"
        Tone chipTone = Tone::Neutral;
        QList<StatusLook> labels = {}; // further ones, with icons, which may be dragged to another step

        bool operator==(const Step &) const = default;
    };

    explicit Timeline(const QString &accessibleName, QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    // Steps become buttons: a click or Return chooses, arrows move.
    void setChoosable(bool choosable);
    void setChosen(int index); // silently; -1 none
    int chosenIndex() const { return m_chosen; }
    void setLabelsMovable(bool movable);
    QRect labelRect(int step, int label) const; // where it is painted; empty: there is no room for it

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;
    bool hasHeightForWidth() const override { return true; }

Q_SIGNALS:
    void chosen(int index); // by the person
    void menuRequested(int index, const QPoint &globalPosition); // right click, menu key, a dot
    void labelDropped(const QString &label, int index); // dragged from another step

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int textHeight(const Step &step, int width) const;
    int stepHeight(const Step &step, int width) const;
    int stepAt(int y) const;
    int topOf(int index) const;
    QString labelAt(const QPoint &at) const;
    void askMenu(int index, const QPoint &globalPosition);
    QList<QRect> labelRects(int index, int top) const;

    QList<Step> m_steps;
    bool m_choosable = false;
    int m_chosen = -1;
    int m_hovered = -1;
    bool m_labelsMovable = false;
    QString m_pressedLabel; // that may be dragged
    QPoint m_pressedAt;
    QString m_draggedLabel;
};
