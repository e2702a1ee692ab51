// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/pattern_sql.h"

#include "shared/patterns/syntax.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace permissions {
namespace {

using patterns::Syntax;

constexpr int mostRepetitions = 255; // PostgreSQL's own limit

// How many of the halves of characters beyond U+FFFF a set takes: “.” takes all of them.
enum class Halves { None, Some, All };
Halves halvesOf(const Syntax &set)
{
    constexpr char32_t first = 0xD800, last = 0xDFFF;
    bool someInside = false, someOutside = false;
    for (char32_t unit = first; unit <= last;) {
        char32_t next = last + 1; // where it may be different again
        bool isInside = false;
        for (const patterns::Range range : set.ranges) {
            if (unit >= range.from && unit <= range.to) {
                isInside = true;
                next = range.to + 1;
                break;
            }
            if (range.from > unit)
                next = std::min(next, range.from);
        }
        (isInside ? someInside : someOutside) = true;
        unit = next;
    }
    if (someInside && someOutside)
        return Halves::Some;
    return someInside != set.negated ? Halves::All : Halves::None;
}

class Writer
{
public:
    explicit Writer(bool isMultiLine) : m_isMultiLine(isMultiLine) { }

    void write(const Syntax &syntax, bool isRepeated)
    {
        switch (syntax.kind) {
        case Syntax::Set:
            return writeSet(syntax);
        case Syntax::Sequence:
            for (std::size_t i = 0; i < syntax.parts.size(); ++i) {
                if (i + 1 < syntax.parts.size() && isPair(syntax.parts[i], syntax.parts[i + 1])) {
                    const char32_t c = QChar::surrogateToUcs4(char16_t(syntax.parts[i].ranges[0].from),
                                                              char16_t(syntax.parts[i + 1].ranges[0].from));
                    text += u"\\U%1"_s.arg(uint(c), 8, 16, QChar(u'0'));
                    ++i;
                } else {
                    write(syntax.parts[i], isRepeated);
                }
            }
            return;
        case Syntax::Alternatives:
            text += u"(?:"_s;
            for (std::size_t i = 0; i < syntax.parts.size(); ++i) {
                if (i)
                    text += u'|';
                write(syntax.parts[i], isRepeated);
            }
            text += u')';
            return;
        case Syntax::Repetition:
            return writeRepetition(syntax, isRepeated);
        case Syntax::Begin:
        case Syntax::End:
            if (m_isMultiLine)
                reason = u"uses ^ or $ with the option m, which finds other lines"_s;
            text += syntax.kind == Syntax::Begin ? u"\\A"_s : u"\\Z"_s;
            return;
        case Syntax::WordEdge:
            text += u"\\y"_s;
            return;
        case Syntax::NoWordEdge:
            reason = u"uses \\B, which is also between the halves of a character beyond U+FFFF"_s;
            return;
        }
    }

    QString text;
    QString reason;

private:
    // A character beyond U+FFFF that was written out.
    static bool isPair(const Syntax &first, const Syntax &second)
    {
        const auto one = [](const Syntax &set, bool (*is)(char32_t)) {
            return set.kind == Syntax::Set && !set.negated && set.ranges.size() == 1
                && set.ranges[0].from == set.ranges[0].to && is(set.ranges[0].from);
        };
        return one(first, [](char32_t c) { return QChar::isHighSurrogate(c); })
            && one(second, [](char32_t c) { return QChar::isLowSurrogate(c); });
    }

    void writeSet(const Syntax &set)
    {
        if (halvesOf(set) == Halves::None)
            return writeRanges(set);
        reason = u"counts characters such as “.” or [^a], of which those beyond U+FFFF are two to it; only repeat them "
                 "by *, and one of them by +"_s;
    }

    void writeRanges(const Syntax &set)
    {
        QString ranges;
        for (const patterns::Range range : set.ranges) {
            const char32_t from = std::max<char32_t>(range.from, 1); // no text in PostgreSQL holds U+0000
            if (from <= range.to)
                ranges += rangeText(from, range.to);
        }
        if (!set.negated && halvesOf(set) == Halves::All)
            ranges += rangeText(0x10000, QChar::LastValidCodePoint);
        if (ranges.isEmpty())
            text += set.negated ? u'[' + rangeText(1, QChar::LastValidCodePoint) + u']' : u"(?!)"_s;
        else
            text += (set.negated ? u"[^"_s : u"["_s) + ranges + u']';
    }

    static QString rangeText(char32_t from, char32_t to)
    {
        return u"\\U%1-\\U%2"_s.arg(uint(from), 8, 16, QChar(u'0')).arg(uint(to), 8, 16, QChar(u'0'));
    }

    void writeRepetition(const Syntax &syntax, bool isRepeated)
    {
        const Syntax *part = &syntax.parts.front();
        while (part->kind == Syntax::Sequence && part->parts.size() == 1)
            part = &part->parts.front();
        if (syntax.least > mostRepetitions || syntax.most > mostRepetitions) {
            reason = u"repeats more than %1 times"_s.arg(mostRepetitions);
            return;
        }
        if (part->kind == Syntax::Set && halvesOf(*part) == Halves::All && syntax.most < 0 && syntax.least <= 1) {
            // However many halves there are, there are as many or fewer characters; one at least is one at least,
            // unless another one shares the same character.
            if (syntax.least == 1 && (isRepeated || m_hasPlus))
                reason = u"repeats characters such as “.” or [^a] by + more than once; use * for the others"_s;
            m_hasPlus = m_hasPlus || syntax.least == 1;
            writeRanges(*part);
        } else {
            text += u"(?:"_s;
            write(*part, isRepeated || syntax.most != 1);
            text += u')';
        }
        text += syntax.most < 0 ? u"{%1,}"_s.arg(syntax.least) : u"{%1,%2}"_s.arg(syntax.least).arg(syntax.most);
    }

    bool m_isMultiLine;
    bool m_hasPlus = false;
};

} // namespace

std::optional<QString> patternSql(const QString &pattern, const QString &options, QString &reason)
{
    const auto read = patterns::optionsOf(options);
    if (!read)
        return std::nullopt;
    patterns::SyntaxReader reader(pattern, patterns::Characters::Units, *read);
    const Syntax syntax = reader.read();
    Writer writer(read->testFlag(patterns::Option::MultiLine));
    writer.write(syntax, false);
    reason = reader.problem().isEmpty() ? writer.reason : reader.problem();
    if (!reason.isEmpty())
        return std::nullopt;
    return u"***:"_s + writer.text; // an advanced regular expression, whatever the settings of the database
}

} // namespace permissions
