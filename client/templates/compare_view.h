// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/word_diff.h"

#include <QAbstractScrollArea>

class QTextLayout;

// Two texts side by side, or one below the other (unified), with what differs marked by word. Long lines wrap. Only
// what is in view is laid out and painted.
class CompareView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    // Paired: each line that went with the one that came for it; Unified: all that went, then all that came.
    enum class Style { SideBySide, Unified, Paired };

    explicit CompareView(QWidget *parent = nullptr);

    void setTexts(const QString &before, const QString &after);
    void setStyle(Style style);
    void setNumbered(bool numbered); // of lines; on at first
    void setFitsContent(bool fits); // as high as its lines, within what scrolls around it
    const diff::Comparison &comparison() const { return m_comparison; }
    void goToChange(int by); // +1 next, -1 previous, and round

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    // One painted line: which side or sides it shows, and where it starts.
    struct Line
    {
        qsizetype row = 0;
        bool showsOld = false;
        bool showsNew = false;
        int top = 0;
        int height = 0;
    };

    void arrange();
    void describe();
    int textWidth() const;
    int lineHeight() const;
    int heightOf(const QString &text) const;
    int numberWidth() const;
    void paintSide(QPainter &painter, const QRect &cell, const diff::Row &row, bool isOld) const;
    static void layOut(QTextLayout &layout, int width);

    diff::Comparison m_comparison;
    QList<Line> m_lines;
    QList<int> m_changes; // first line of each run of changes
    Style m_style = Style::SideBySide;
    int m_currentChange = -1;
    bool m_isNumbered = true;
    bool m_fitsContent = false;
};
