// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/button.h"
#include "shared/gateway/route.h"

#include <QFrame>

class Label;
class QLineEdit;
class Select;

// What a row is dragged at. It has the focus while it is dragged, so that Escape reaches it.
class RouteGrip : public IconButton
{
    Q_OBJECT

public:
    explicit RouteGrip(QWidget *parent = nullptr);

Q_SIGNALS:
    void dragBegun();
    void draggedTo(const QPoint &global);
    void dragEnded(bool keep);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void end(bool keep);

    bool m_dragging = false;
};

// One target of a route in the editor.
class RouteTargetRow : public QFrame
{
    Q_OBJECT

public:
    RouteTargetRow(const RouteTarget &target, QWidget *parent = nullptr);

    void setOffered(const QStringList &models);
    void setPosition(int index, int count, bool weighted, int share); // what it says of its place
    void setLifted(bool lifted); // while it is dragged
    void setProblem(const QString &problem);
    RouteTarget target() const;
    bool isValid() const;
    int weight() const;
    RouteGrip *grip() const { return m_grip; }
    QList<QWidget *> stops() const; // in the order of Tab

Q_SIGNALS:
    void edited();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RouteGrip *m_grip;
    Select *m_model;
    QLineEdit *m_weight;
    Label *m_share;
    QLineEdit *m_timeout;
    IconButton *m_remove;
    Label *m_problem;
    QStringList m_offered;
    bool m_lifted = false;
};
