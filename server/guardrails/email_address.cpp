// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/email_address.h"

#include <QString>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace guardrails {
namespace {

constexpr qsizetype longestName = 64;
constexpr qsizetype longestHost = 254;

bool isOfName(char16_t c) { return isWord(c) || (c && QStringView(u".%+-'").contains(QChar(c))); }

bool isOfHost(char16_t c) { return c == u'.' || c == u'-' || (c != u'_' && isWord(c)); }

// The last part of a host, unless it is that of a file: “logo@2x.png”.
bool isTopDomain(QStringView part)
{
    static constexpr QLatin1StringView files[] = {"css"_L1,  "gif"_L1, "htm"_L1, "html"_L1, "jpeg"_L1, "jpg"_L1,
                                                  "json"_L1, "pdf"_L1, "png"_L1, "svg"_L1,  "txt"_L1,  "webp"_L1};
    if (part.startsWith("xn--"_L1, Qt::CaseInsensitive))
        return part.size() > 4;
    return part.size() >= 2 && std::all_of(part.begin(), part.end(), [](QChar c) { return isLetter(c.unicode()); })
        && std::none_of(std::begin(files), std::end(files),
                        [&](QLatin1StringView file) { return part.compare(file, Qt::CaseInsensitive) == 0; });
}

} // namespace

qsizetype EmailAddress::endOf(MaskText &text, qsizetype from)
{
    if (!isOfName(text.at(from)))
        return 0;
    if (from >= m_wordEnd) { // a word of which the end is not known yet
        qsizetype at = std::max(from, m_wordRead);
        while (at < text.size() && isOfName(text.at(at)))
            ++at;
        m_wordRead = at;
        if (at == text.size()) {
            if (at - from > longestName)
                return 0; // whatever follows, it is too far
            (void)text.at(at); // which decides
            if (text.lookedBeyond())
                return 0;
        }
        m_wordEnd = at;
    }
    const char16_t first = text.at(from);
    if (m_wordEnd - from > longestName || (!isDigit(first) && first != u'_' && !isLetter(first))
        || text.at(m_wordEnd) != u'@')
        return 0;
    return endOfHost(text, m_wordEnd);
}

qsizetype EmailAddress::endOfHost(MaskText &text, qsizetype at)
{
    if (at == m_hostAt)
        return m_hostEnd;
    QString host;
    while (host.size() < longestHost) {
        const char16_t c = text.at(at + 1 + host.size());
        if (!isOfHost(c))
            break;
        host.append(QChar(c));
    }
    if (text.lookedBeyond())
        return 0;
    // The longest beginning that is a host.
    m_hostAt = at;
    m_hostEnd = 0;
    qsizetype part = 0; // where it begins
    for (;;) {
        const qsizetype dot = host.indexOf(u'.', part);
        QStringView label = QStringView(host).sliced(part, (dot < 0 ? host.size() : dot) - part);
        const bool isCut = label.endsWith(u'-');
        while (label.endsWith(u'-'))
            label.chop(1);
        if (label.isEmpty() || label.startsWith(u'-') || label.size() > 63)
            break;
        if (part > 0 && isTopDomain(label))
            m_hostEnd = at + 1 + part + label.size();
        if (dot < 0 || isCut)
            break;
        part = dot + 1;
    }
    return m_hostEnd;
}

void EmailAddress::moved(qsizetype units)
{
    m_wordRead = std::max<qsizetype>(0, m_wordRead - units);
    m_wordEnd = std::max<qsizetype>(-1, m_wordEnd - units);
    m_hostAt = std::max<qsizetype>(-1, m_hostAt - units);
    m_hostEnd = m_hostEnd > 0 ? std::max<qsizetype>(0, m_hostEnd - units) : 0;
}

} // namespace guardrails
