// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QTabBar>

class QButtonGroup;

// Finds within a page. Escape clears it; textSettled() comes when the person has stopped typing for a moment.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);
    void setPlaceholder(const QString &placeholder);
    QSize sizeHint() const override;

Q_SIGNALS:
    void textSettled(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void nameActions();
};

// A choice among values: what is shown is a translated text, what is read is the value.
class Select : public QComboBox
{
    Q_OBJECT

public:
    explicit Select(const QString &accessibleName, QWidget *parent = nullptr);

    // Replaces the choices and keeps the value where it still exists.
    void setChoices(const QList<std::pair<QVariant, QString>> &choices);
    QVariant value() const { return currentData(); }
    void setValue(const QVariant &value); // silently

Q_SIGNALS:
    void valueChosen(const QVariant &value); // by the person

protected:
    void wheelEvent(QWheelEvent *event) override; // scrolling a page must not change settings
};

class Switch : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Switch(const QString &accessibleName, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

// Two to four short choices side by side. One tab stop; arrows move.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(const QString &accessibleName, QWidget *parent = nullptr);
    void setChoices(const QStringList &choices);
    int current() const;
    void setCurrent(int index); // silently

Q_SIGNALS:
    void chosen(int index); // by the person

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
};

// Views above a page. A count belongs to the tab: "Failed today  37".
class Tabs : public QTabBar
{
    Q_OBJECT

public:
    explicit Tabs(const QString &accessibleName, QWidget *parent = nullptr);
    void setTabs(const QStringList &titles);
    void setCount(int index, int count); // negative: none

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;

private:
    void renew(int index);

    QStringList m_titles;
    QList<int> m_counts;
};
