// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_body.h"

#include "client/design/theme.h"
#include "client/widgets/code_colors.h"
#include "client/widgets/markdown.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocumentFragment>
#include <QTextLayout>

#include <cmath>

namespace {

int codeHead() { return px(Length::ControlSmall); }

} // namespace

MessageBody::MessageBody() = default;
MessageBody::~MessageBody() = default;

void MessageBody::make(Part &part, int width) const
{
    if (!part.document) {
        part.document = std::make_unique<MarkdownDocument>();
        part.document->setUndoRedoEnabled(false);
        part.document->setDocumentMargin(0);
        QTextOption option = part.document->defaultTextOption();
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        part.document->setDefaultTextOption(option);
        if (part.segment.isCode) {
            auto *colors = new CodeColors(part.document.get());
            colors->setLanguage(codeLanguage(part.segment.language));
            part.document->showCode(part.segment.text);
            colors->rehighlight();
        } else if (hasMarkdown(part.segment.text)) {
            part.document->showMarkdown(part.segment.text);
        } else {
            part.document->showPlain(part.segment.text);
        }
    }
    const int padding = part.segment.isCode ? px(Length::Space12) : 0;
    part.document->setTextWidth(std::max(1, width - 2 * padding));
    part.length = part.document->characterCount();
    const QSizeF inner = part.document->size();
    part.rect.setSize(part.segment.isCode
                          ? QSizeF(width, codeHead() + std::ceil(inner.height()) + 2 * px(Length::Space8))
                          : QSizeF(std::ceil(part.document->idealWidth()), std::ceil(inner.height())));
}

void MessageBody::layOut(const QString &text, bool isStreaming, int width)
{
    const bool isSame = m_width == width && m_revision == theme().revision();
    m_width = width;
    m_revision = theme().revision();
    const QList<MarkdownSegment> segments = markdownSegments(text, isStreaming);
    std::vector<Part> before = std::exchange(m_parts, {});
    m_length = 0;
    m_size = {0, 0};
    qreal y = 0;
    for (std::size_t i = 0; i < std::size_t(segments.size()); ++i) {
        Part part;
        part.segment = segments[qsizetype(i)];
        if (isSame && i < before.size() && before[i].segment == part.segment)
            part = std::move(before[i]);
        else
            make(part, width);
        if (i > 0)
            y += px(Length::Space8);
        part.rect.moveTopLeft({0, y});
        part.origin =
            part.segment.isCode ? QPointF(px(Length::Space12), y + codeHead() + px(Length::Space8)) : QPointF(0, y);
        part.start = m_length;
        m_length += part.length;
        y += part.rect.height();
        m_size = {std::max(m_size.width(), part.rect.width()), y};
        m_parts.push_back(std::move(part));
    }
}

const MessageBody::Part *MessageBody::partAt(int position) const
{
    const Part *found = nullptr;
    for (const Part &part : m_parts)
        if (part.start <= position)
            found = &part;
    return found;
}

int MessageBody::positionAt(const QPointF &point) const
{
    const Part *nearest = nullptr;
    for (const Part &part : m_parts)
        if (!nearest || part.rect.top() <= point.y())
            nearest = &part;
    if (!nearest)
        return 0;
    const int hit = nearest->document->documentLayout()->hitTest(point - nearest->origin, Qt::FuzzyHit);
    return nearest->start + std::clamp(hit, 0, nearest->length - 1);
}

std::pair<int, int> MessageBody::wordAt(int position) const
{
    const Part *part = partAt(position);
    if (!part)
        return {0, 0};
    QTextCursor cursor(part->document.get());
    cursor.setPosition(std::min(position - part->start, part->length - 1));
    cursor.select(QTextCursor::WordUnderCursor);
    return {part->start + cursor.selectionStart(), part->start + cursor.selectionEnd()};
}

QString MessageBody::text(int from, int to) const
{
    QStringList texts;
    for (const Part &part : m_parts) {
        const int begin = std::clamp(from - part.start, 0, part.length - 1);
        const int end = std::clamp(to - part.start, 0, part.length - 1);
        if (begin >= end)
            continue;
        QTextCursor cursor(part.document.get());
        cursor.setPosition(begin);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        texts << cursor.selection().toPlainText();
    }
    return texts.join(QLatin1Char('\n'));
}

QString MessageBody::linkAt(const QPointF &point) const
{
    for (const Part &part : m_parts)
        if (part.rect.contains(point))
            return part.document->documentLayout()->anchorAt(point - part.origin);
    return {};
}

QStringList MessageBody::links() const
{
    QStringList links;
    for (const Part &part : m_parts)
        for (QTextBlock block = part.document->begin(); block.isValid(); block = block.next())
            for (auto it = block.begin(); !it.atEnd(); ++it)
                if (const QString link = it.fragment().charFormat().anchorHref();
                    !link.isEmpty() && !links.contains(link))
                    links << link;
    return links;
}

QRectF MessageBody::endRect() const
{
    if (m_parts.empty())
        return {0, 0, 0, qreal(theme().lineHeight(TextStyle::Body))};
    const Part &part = m_parts.back();
    const QTextBlock block = part.document->lastBlock();
    const QRectF frame = part.document->documentLayout()->blockBoundingRect(block);
    const int last = std::max(0, block.layout()->lineCount() - 1);
    const QTextLine line = block.layout()->lineAt(last);
    if (!line.isValid())
        return {part.origin, QSizeF(0, theme().lineHeight(TextStyle::Body))};
    return {part.origin.x() + frame.x() + line.naturalTextRect().right(),
            part.origin.y() + frame.y() + line.y() + line.height() - line.ascent() - line.descent(), 0,
            line.ascent() + line.descent()};
}

QList<MessageBody::CopyTarget> MessageBody::copyTargets() const
{
    QList<CopyTarget> targets;
    const int side = px(Length::Target);
    for (const Part &part : m_parts)
        if (part.segment.isCode)
            targets << CopyTarget{QRectF(part.rect.right() - side - px(Length::Space4),
                                         part.rect.top() + (codeHead() - side) / 2.0, side, side),
                                  part.segment.text};
    return targets;
}
