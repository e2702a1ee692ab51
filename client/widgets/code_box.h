// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/code_colors.h"

#include <QWidget>

class CornerTools;
class IconButton;
class Label;
class QPlainTextEdit;
class Button;

// Read-only text of a program or a model: variables, prompts, answers, errors. Long texts are cut for reading, never
// for copying. A streamed text grows with append() and keeps the end in view unless the person has scrolled away.
class CodeBox : public QWidget
{
    Q_OBJECT

public:
    explicit CodeBox(const QString &accessibleName, QWidget *parent = nullptr);

    void setText(const QString &text);
    void append(const QString &piece);
    QString text() const { return m_text; }
    void setProse(bool prose); // the body font and wrapped lines, for answers
    void setPlaceholder(const QString &text);
    void setLanguage(CodeLanguage language); // colours its words, texts and numbers
    void setMostLines(int lines); // that are in view at once; 14 unless set

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    int shownLines() const;
    void follow();
    void showAll();
    void fold();
    void renewTools();

    QPlainTextEdit *m_edit;
    IconButton *m_copy;
    IconButton *m_wrap;
    CornerTools *m_tools;
    Button *m_more;
    CodeColors *m_colors = nullptr;
    QString m_text;
    int m_mostLines;
    bool m_prose = false;
    bool m_unfolded = false;
};
