// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/message_words.h"

#include "server/database/search_text.h"

using namespace Qt::StringLiterals;

namespace MessageWords {
namespace {

constexpr qsizetype longestFound = 200; // what is longer is no word

bool isQuote(QChar c) { return c == u'"' || c == u'“' || c == u'”' || c == u'„' || c == u'«' || c == u'»'; }

} // namespace

QStringList of(const QString &text)
{
    QString plain = searchText(text);
    for (QChar &c : plain)
        if (!c.isLetterOrNumber() && !c.isSurrogate())
            c = u' ';
    QStringList words = plain.split(u' ', Qt::SkipEmptyParts);
    words.removeIf([](const QString &word) { return word.size() > longestFound || !word.isValidUtf16(); });
    return words;
}

QString searchTextOf(const QString &text) { return of(text).join(u' '); }

QStringList traitsOf(const QString &text)
{
    QStringList traits;
    if (text.contains("http://"_L1, Qt::CaseInsensitive) || text.contains("https://"_L1, Qt::CaseInsensitive))
        traits.append(u"link"_s);
    if (text.contains(u'`'))
        traits.append(u"code"_s);
    return traits;
}

std::optional<QString> queryOf(const QString &search)
{
    QStringList parts;
    QString run;
    bool isQuoted = false;
    const auto end = [&] {
        QStringList words = of(run);
        run.clear();
        for (QString &word : words)
            word = u'\'' + word + (isQuoted ? u"'"_s : u"':*"_s);
        if (!words.isEmpty())
            parts.append(words.join(isQuoted ? u" <-> "_s : u" & "_s));
    };
    for (const QChar c : search) {
        if (!isQuote(c)) {
            run += c;
            continue;
        }
        end();
        isQuoted = !isQuoted;
    }
    end();
    return parts.isEmpty() ? std::nullopt : std::optional(u'(' + parts.join(u") & ("_s) + u')');
}

} // namespace MessageWords
