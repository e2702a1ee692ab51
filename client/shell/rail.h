// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

class Navigation;
class QBoxLayout;

// One page in the rail: icon, name, count.
class NavItem : public QAbstractButton
{
    Q_OBJECT

public:
    NavItem(const QString &pageId, const QString &icon, QWidget *parent = nullptr);

    QString pageId() const { return m_pageId; }
    void setBadge(int count, int tone);
    void setCollapsed(bool collapsed);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();

    QString m_pageId;
    QString m_icon;
    int m_badge = 0;
    int m_badgeTone = 0;
    bool m_collapsed = false;
};

// The list of pages at the left: one tab stop, arrows move, Return opens. Grows when a name does not fit; collapses to
// icons by Ctrl+B and in narrow windows.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(Navigation &navigation, QWidget *parent = nullptr);

    bool isCollapsed() const { return m_collapsed; }
    void setCollapsed(bool collapsed);
    void focusCurrent();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    void mark();
    int wantedWidth() const;

    Navigation &m_navigation;
    QWidget *m_content = nullptr;
    QList<NavItem *> m_items;
    bool m_collapsed = false;
};
