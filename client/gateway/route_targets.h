// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/route.h"

#include <QWidget>

class Button;
class Label;
class QBoxLayout;
class RouteTargetRow;

// The targets of a route in the editor: each is dragged at its grip or moved with Alt+Up and Alt+Down. Escape puts back
// what is being dragged. Weights show as the share of calls that they make.
class RouteTargets : public QWidget
{
    Q_OBJECT

public:
    explicit RouteTargets(QWidget *parent = nullptr);

    void setOffered(const QStringList &models);
    void setTargets(const QList<RouteTarget> &targets);
    void setWeighted(bool weighted);
    QList<RouteTarget> targets() const;
    bool isValid() const; // each names a model, and numbers are numbers
    void showProblem(int index, const QString &problem);

Q_SIGNALS:
    void edited();
    void resized(); // a row came or went

private:
    RouteTargetRow *insert(const RouteTarget &target);
    void add();
    void remove(RouteTargetRow *row);
    void moveFocused(int by);
    void move(int from, int to);
    void beginDrag(RouteTargetRow *row);
    void dragTo(RouteTargetRow *row, int y);
    void endDrag(bool keep);
    void renew();

    QList<RouteTargetRow *> m_rows;
    QList<RouteTargetRow *> m_before; // the order when dragging began
    QStringList m_offered;
    QBoxLayout *m_layout;
    Label *m_modelTitle;
    Label *m_weightTitle;
    Label *m_timeoutTitle;
    Button *m_add;
    bool m_weighted = false;
};
