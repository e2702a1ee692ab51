// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/prompt_parser.h"

using namespace Qt::StringLiterals;

namespace templates {
namespace {

constexpr qsizetype deepest = 50;
constexpr qsizetype mostInPrompt = 50;

bool isBlank(QChar c) { return c == u' ' || c == u'\t'; }

// The parts of a dotted name, {} for "."; nothing where it is no name.
std::optional<QStringList> parts(QStringView name)
{
    if (name == u".")
        return QStringList();
    QStringList list;
    for (const QStringView part : name.split(u'.')) {
        if (part.isEmpty())
            return std::nullopt;
        for (const QChar c : part)
            if (c.isSpace() || c == u'{' || c == u'}')
                return std::nullopt;
        list.append(part.toString());
    }
    return list;
}

// What a partial may be called; a name that is computed ({{> *name}}) is none.
bool isReference(QStringView name)
{
    return !name.isEmpty() && name[0] != u'*'
        && std::none_of(name.begin(), name.end(), [](QChar c) { return c.isSpace() || c == u'{' || c == u'}'; });
}

} // namespace

PromptText PromptParser::run()
{
    for (;;) {
        const qsizetype open = m_text.indexOf(m_open, m_done);
        if (open < 0)
            break;
        tag(open);
    }
    text(m_done, m_text.size());
    for (const qsizetype index : std::as_const(m_sections)) {
        PromptText::Piece &piece = m_result.m_pieces[index];
        piece.end = m_result.m_pieces.size();
        fail(piece.offset, piece.length,
             u"The section “%1” is not closed: {{/%1}} is missing."_s.arg(piece.path.join(u'.')));
    }
    return std::move(m_result);
}

void PromptParser::tag(qsizetype open)
{
    qsizetype inner = open + m_open.size();
    const QChar sign = inner < m_text.size() ? m_text.at(inner) : QChar();
    QString closing = m_close;
    if (sign == u'{' && m_open == "{{"_L1)
        closing = u"}}}"_s;
    else if (sign == u'=')
        closing = u'=' + m_close;
    const bool hasSign = QStringView(u"{&#^/!=><$").contains(sign) && !sign.isNull();
    inner += hasSign;
    const qsizetype close = find(closing, inner, sign == u'!');
    if (close < 0)
        return unclosedTag(open);
    const qsizetype end = close + closing.size();
    const QStringView content = between(inner, close).trimmed();

    // A tag that prints nothing and has its line to itself takes the line with it.
    qsizetype before = open, after = end;
    if (QStringView(u"#^/!=>").contains(sign) && !sign.isNull()) {
        while (before > m_done && isBlank(m_text.at(before - 1)))
            --before;
        while (after < m_text.size() && isBlank(m_text.at(after)))
            ++after;
        const bool lineStarts = before == 0 || m_text.at(before - 1) == u'\n';
        const bool lineEnds =
            after == m_text.size() || m_text.at(after) == u'\n' || between(after, after + 2) == u"\r\n";
        if (lineStarts && lineEnds) {
            after = after == m_text.size() ? after : m_text.indexOf(u'\n', after) + 1;
        } else {
            before = open;
            after = end;
        }
    }
    text(m_done, before);
    m_done = after;

    switch (hasSign ? sign.unicode() : u'&') {
    case u'!':
        return append(Kind::Comment, open, end);
    case u'=':
        return changeDelimiters(open, end, content);
    case u'>':
        if (!isReference(content))
            return fail(open, end - open,
                        u"A template to include is named as {{> slug}}, {{> slug@label}} or {{> slug@3}}."_s);
        append(Kind::Partial, open, end, {content.toString()});
        m_result.m_pieces.last().indent = between(before, open).toString();
        return;
    case u'<':
    case u'$':
        return fail(open, end - open, u"Blocks and parents ({{$ …}}, {{< …}}) are not supported."_s);
    case u'#':
        return named(Kind::Section, open, end, content);
    case u'^':
        return named(Kind::Inverted, open, end, content);
    case u'/':
        return named(Kind::Close, open, end, content);
    default:
        return named(Kind::Variable, open, end, content);
    }
}

// A tag ends before the next one begins; only a comment may hold anything. No part of the text is searched twice.
qsizetype PromptParser::find(const QString &closing, qsizetype from, bool isComment)
{
    if (isComment) {
        if (m_lastCommentIsOpen)
            return -1;
        const qsizetype found = m_text.indexOf(closing, from);
        m_lastCommentIsOpen = found < 0;
        return found;
    }
    const qsizetype next = m_text.indexOf(m_open, from);
    // As long as the closing mark itself: both marks may be the same, as in {{=| |=}}.
    const qsizetype to = next < 0 ? m_text.size() : std::min(next + closing.size(), m_text.size());
    const qsizetype found = between(from, to).indexOf(closing);
    return found < 0 ? -1 : from + found;
}

void PromptParser::unclosedTag(qsizetype open)
{
    const qsizetype line = m_text.indexOf(u'\n', open);
    const qsizetype next = m_text.indexOf(m_open, open + m_open.size());
    qsizetype end = line < 0 ? m_text.size() : line;
    if (next >= 0 && next < end)
        end = next;
    fail(open, end - open, u"This tag is not closed: %1 is missing."_s.arg(m_close));
    text(m_done, end);
    m_done = end;
}

void PromptParser::named(Kind kind, qsizetype open, qsizetype end, QStringView name)
{
    const auto path = parts(name);
    if (name.isEmpty())
        return fail(open, end - open, u"This tag has no name."_s);
    if (!path)
        return fail(open, end - open, u"“%1” is not a name."_s.arg(name.left(60)));
    if (kind == Kind::Close)
        return close(open, end, *path);
    if (kind != Kind::Variable) {
        if (m_sections.size() >= deepest)
            return fail(open, end - open, u"Sections are nested deeper than %1."_s.arg(deepest));
        m_sections.append(m_result.m_pieces.size());
    }
    append(kind, open, end, *path);
}

void PromptParser::close(qsizetype open, qsizetype end, const QStringList &path)
{
    const QString name = path.isEmpty() ? u"."_s : path.join(u'.');
    if (m_sections.isEmpty())
        return fail(open, end - open, u"No section “%1” is open here."_s.arg(name));
    PromptText::Piece &section = m_result.m_pieces[m_sections.last()];
    if (section.path != path)
        return fail(open, end - open, u"The section “%1” is open here, not “%2”."_s.arg(section.path.join(u'.'), name));
    section.end = m_result.m_pieces.size();
    m_sections.removeLast();
    append(Kind::Close, open, end, path);
}

void PromptParser::changeDelimiters(qsizetype open, qsizetype end, QStringView inner)
{
    const auto words = inner.toString().simplified().split(u' ');
    if (words.size() != 2 || words[0].isEmpty() || words[0].contains(u'=') || words[1].contains(u'='))
        return fail(open, end - open, u"Delimiters are two words without “=”, for example {{=<% %>=}}."_s);
    m_open = words[0];
    m_close = words[1];
    m_lastCommentIsOpen = false;
    append(Kind::Delimiters, open, end);
}

void PromptParser::text(qsizetype from, qsizetype to)
{
    if (from < to)
        append(Kind::Text, from, to);
}

void PromptParser::append(Kind kind, qsizetype open, qsizetype end, QStringList path)
{
    m_result.m_pieces.append({kind, open, end - open, std::move(path), 0, {}});
}

void PromptParser::fail(qsizetype offset, qsizetype length, const QString &message)
{
    if (m_result.m_problems.size() < mostInPrompt)
        m_result.m_problems.append({offset, length, message});
}

} // namespace templates
