// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

class Button;
class QHBoxLayout;
class QMenu;
class SearchField;

// One condition: "Model  any of 3  ×". A click edits it, Delete or Backspace removes it.
class FilterChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FilterChip(const QString &field, const QString &value, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QRect crossRect() const;

    QString m_field;
    QString m_value;
};

// A search field, one chip for each condition, and room for tools at the end. The bar holds what is filtered; the page
// applies it.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    struct Condition
    {
        QString id; // "status"
        QString field; // translated: "Status"
        QString value; // machine: "failed,dead"
        QString shown; // translated: "Failed, Dead letter"

        bool operator==(const Condition &) const = default;
    };

    explicit FilterBar(const QString &searchPlaceholder, QWidget *parent = nullptr);

    SearchField *search() const { return m_search; }
    QMenu *addMenu() const { return m_add; } // filled by the page: what may be filtered
    void setCanAdd(bool can); // false: there is nothing to add
    QList<Condition> conditions() const { return m_conditions; }
    void setCondition(const Condition &condition); // adds, or replaces the one of the same id
    void removeCondition(const QString &id);
    void setConditions(const QList<Condition> &conditions); // silently: a saved view, another language
    void clear(); // search and conditions
    bool isFiltering() const;
    void addTool(QWidget *tool);

Q_SIGNALS:
    void changed();
    void editRequested(const QString &id, const QPoint &globalPosition);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild();
    void retranslate();

    SearchField *m_search;
    Button *m_addButton;
    QMenu *m_add;
    QHBoxLayout *m_chips;
    QHBoxLayout *m_tools;
    QList<Condition> m_conditions;
};
