// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/run.h"
#include "shared/templates/template.h"

#include <QWidget>

class Button;
class QBoxLayout;

// Which versions of which templates a run asks: a line for each.
class RunVersions : public QWidget
{
    Q_OBJECT

public:
    static constexpr int most = 20; // as the server has it

    explicit RunVersions(QWidget *parent = nullptr);

    void setTemplates(const QList<PromptTemplate> &templates); // before lines are added
    void add();
    QList<RunVersion> versions() const;
    bool isComplete() const; // every line names a template, at least one

Q_SIGNALS:
    void edited();
    void resized(); // a line came or went

private:
    struct Line
    {
        QWidget *box;
        class SearchSelect *promptTemplate;
        class Select *version;
        class IconButton *removal;
    };

    void fillVersions(const Line &line);
    void remove(QWidget *box);
    void renew();

    QList<PromptTemplate> m_templates;
    QBoxLayout *m_rows;
    Button *m_add;
    QList<Line> m_lines;
};
