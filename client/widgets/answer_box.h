// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class Button;
class CornerTools;
class IconButton;
class MarkdownDocument;
class QTextEdit;

// What a model answered: Markdown as it reads, JSON by its lines, while it streams and after. One button shows the text
// as it came, which is also what is copied. The end stays in view unless the person has scrolled away or selects.
class AnswerBox : public QWidget
{
    Q_OBJECT

public:
    explicit AnswerBox(const QString &accessibleName, QWidget *parent = nullptr);

    void setText(const QString &text);
    void append(const QString &piece);
    QString text() const { return m_text; } // as it came
    void setPlaceholder(const QString &text);

    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();
    void showForm(const QString &shown);
    void retranslate();

    QTextEdit *m_edit;
    MarkdownDocument *m_document;
    IconButton *m_copy;
    IconButton *m_source;
    CornerTools *m_tools;
    Button *m_more;
    QTimer m_rendering;
    QString m_text;
    bool m_unfolded = false;
};
