// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/prompt_analysis.h"

#include <QPlainTextEdit>
#include <QSet>
#include <QTimer>

class NameCompleter;
class PromptHighlighter;

// The editor of one prompt text: line numbers, a bar beside changed lines, tags as pills, problems underlined,
// completion after {{. As tall as its text: the page around it scrolls, so that several stand below each other.
class PromptEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PromptEdit(const QString &accessibleName, QWidget *parent = nullptr);

    void setSchema(const std::optional<QJsonObject> &schema);
    // Of the templates that the text includes; see PromptAnalysis. `completions` follow {{>.
    void setPartials(const templates::Partials &partials, const QHash<QString, QString> &broken,
                     const QStringList &completions);
    QString referenceAtCaret() const { return m_analysis.referenceAt(textCursor().position()); }
    void setBase(const QString &text); // lines that differ from it get a bar
    const QSet<int> &changedLines() const { return m_changed; } // counted from 0
    void setFirstLine(int number); // line numbers go on from the editor above
    int lines() const { return blockCount(); }
    const QList<templates::TextProblem> &problems() const { return m_analysis.problems(); }
    QStringList unknownNames() const { return m_analysis.unknownNames(); }
    void goTo(qsizetype offset); // takes the focus
    void insertVariable(); // begins a tag and offers the names
    static int gutterWidth();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void problemsChanged();
    void heightChanged();
    void referenceClicked(const QString &reference); // with Ctrl
    // The caret would leave the text at its start or end.
    void leftUpwards();
    void leftDownwards();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Gutter;

    void analyse();
    void applyTheme();
    void renewHeight();
    void paintGutter(QPaintEvent *event);
    void paintPills(QPainter &painter, const QTextBlock &block, const QPointF &origin) const;
    void findChanges();
    template<class Visit> void eachVisibleBlock(const QRect &area, Visit visit) const;

    std::optional<QJsonObject> m_schema;
    templates::Partials m_partials;
    QHash<QString, QString> m_broken;
    PromptAnalysis m_analysis;
    PromptHighlighter *m_highlighter;
    NameCompleter *m_completer;
    QWidget *m_gutter;
    QTimer m_rehighlight;
    QTimer m_compare;
    std::optional<QString> m_base;
    QSet<int> m_changed; // block numbers
    int m_firstLine = 1;
    int m_height = 0;
};
