// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/markdown_segments.h"

#include <QPointF>
#include <QRectF>

#include <memory>
#include <vector>

class CodeColors;
class MarkdownDocument;
class QPainter;

// The laid-out text of one message: stretches of prose and panels of code below each other. Positions count characters
// over all of them. Renewed with a text that only grew, it keeps all stretches but the last.
class MessageBody
{
public:
    MessageBody();
    ~MessageBody();

    void layOut(const QString &text, bool isStreaming, int width);
    QSizeF size() const { return m_size; } // as wide as its widest line

    // `from` and `to` bound what is selected.
    void paint(QPainter &painter, const QPointF &at, int from, int to) const;

    int length() const { return m_length; }
    int positionAt(const QPointF &point) const; // of the letter nearest to it
    std::pair<int, int> wordAt(int position) const;
    QString text(int from, int to) const;
    QString linkAt(const QPointF &point) const; // empty: there is none
    QStringList links() const;
    QRectF endRect() const; // where the caret of an answer that streams stands

    struct CopyTarget
    {
        QRectF rect;
        QString code;
    };
    QList<CopyTarget> copyTargets() const; // the buttons in the heads of code panels

private:
    struct Part
    {
        MarkdownSegment segment;
        std::unique_ptr<MarkdownDocument> document;
        QRectF rect; // with the panel around code
        QPointF origin; // of the document
        int start = 0; // position of its first character
        int length = 0;
    };
    void make(Part &part, int width) const;
    const Part *partAt(int position) const;
    void paintPanel(QPainter &painter, const Part &part) const;

    std::vector<Part> m_parts;
    QSizeF m_size{0, 0};
    int m_width = 0;
    int m_length = 0;
    int m_revision = -1; // of the theme
};
