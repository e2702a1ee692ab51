// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/renderer.h"
#include "shared/templates/template.h"

#include <QScrollArea>

class Button;
class Label;
class PromptEdit;
class QVBoxLayout;

// The texts of a template, one below the other as the model will get them: system, the turns of the examples, user.
// Line numbers go through all of them, arrows lead from one to the next.
class PromptBlocks : public QScrollArea
{
    Q_OBJECT

public:
    explicit PromptBlocks(QWidget *parent = nullptr);

    void setTexts(const QString &system, const QList<ExampleTurn> &examples, const QString &user);
    // What was saved last: lines that differ from it are marked.
    void setBase(const QString &system, const QList<ExampleTurn> &examples, const QString &user);
    QString systemPrompt() const;
    QList<ExampleTurn> examples() const;
    QString userPrompt() const;

    void setSchema(const std::optional<QJsonObject> &schema);
    void setPartials(const templates::Partials &partials, const QHash<QString, QString> &broken,
                     const QStringList &completions); // see PromptEdit
    QString referenceAtCaret() const; // of the {{> …}} that it stands in; empty: none
    void setReadOnly(bool readOnly);

    int problemCount() const;
    QString firstProblem() const;
    QStringList unknownNames() const; // used, but not described by the schema
    void goToNextProblem(); // after the caret, and round
    void addExample();
    void insertVariable();
    void focusText();
    QString caretPlace() const; // "Ln 6, Col 1"

Q_SIGNALS:
    void textsChanged();
    void problemsChanged();
    void caretMoved();
    void referenceClicked(const QString &reference);

protected:
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    struct Block
    {
        QWidget *box;
        Label *label;
        PromptEdit *edit;
        QWidget *remove; // of an example's first turn
    };
    Block makeBlock();
    void insertExample(qsizetype index, const ExampleTurn &turn);
    void removeExample(PromptEdit *userTurn);
    void renumber();
    void markChanges();
    void retranslate();
    void showCaret(PromptEdit *edit);
    qsizetype focusedBlock() const;
    void step(const PromptEdit *from, int by);

    QVBoxLayout *m_column;
    QList<Block> m_blocks; // system, (user, assistant)…, user
    std::optional<QJsonObject> m_schema;
    templates::Partials m_partials;
    QHash<QString, QString> m_broken;
    QStringList m_completions;
    bool m_readOnly = false;
    bool m_setting = false;
    QString m_baseSystem, m_baseUser;
    QList<ExampleTurn> m_baseExamples;
    Button *m_add;
};
