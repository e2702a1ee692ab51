// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QWidget>

class Badge;
class IconButton;
class KeyCaps;
class Label;
class QBoxLayout;
class QGridLayout;
class StatusChip;
struct StatusLook;

// Title, one line below it, and the page's actions at the end: one primary at most.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(QWidget *parent = nullptr);
    void setTitle(const QString &title, const QString &subtitle = {});
    void addAction(QWidget *action);
    void addBack(QWidget *back); // before the title, for a page inside a page

private:
    Label *m_title;
    Label *m_subtitle;
    QBoxLayout *m_row;
    QBoxLayout *m_actions;
};

// The last line of a page: counts at the start, the keys that work here at the end.
class Footer : public QWidget
{
    Q_OBJECT

public:
    struct Hint
    {
        QString keys; // portable: "J, K"
        QString text; // "move"
    };

    explicit Footer(QWidget *parent = nullptr);
    void setText(const QString &text, const QString &problem = {}); // the problem stands first, in its colour
    void setHints(const QList<Hint> &hints); // the last ones give way when room is short

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_problem;
    QList<Hint> m_hints;
};

// Label and value, one below the other: the facts of one object.
class Facts : public QWidget
{
    Q_OBJECT

public:
    explicit Facts(QWidget *parent = nullptr);
    // Values may be selected and copied. Empty values are left out.
    void setFacts(const QList<std::pair<QString, QString>> &facts);

private:
    QGridLayout *m_grid;
    QStringList m_labels;
};

// The object beside a table: status, title, id with a copy button, at most one labelled action and a few icon actions,
// then sections. Closed with the cross, or Escape in the table.
class DetailPane : public QFrame
{
    Q_OBJECT

public:
    explicit DetailPane(QWidget *parent = nullptr);

    void setStatus(const StatusLook &status);
    void setTitle(const QString &title, const QString &id = {});
    void addAction(QWidget *action); // below the title
    void addTool(QWidget *tool); // beside the cross
    void addSection(const QString &title, QWidget *content); // an empty title continues the section before
    void addSection(Label *title, QWidget *content);
    QBoxLayout *body() const { return m_body; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    StatusChip *m_status;
    Label *m_title;
    Label *m_id;
    IconButton *m_copy;
    IconButton *m_close;
    QBoxLayout *m_tools;
    QBoxLayout *m_actions;
    QBoxLayout *m_body;
};

// Two pixels under the header while cached data is being brought up to date.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);
    void setActive(bool active);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_active = false;
};
