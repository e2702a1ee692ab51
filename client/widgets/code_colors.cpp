// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/code_colors.h"

#include "client/design/theme.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct TokenRule
{
    QRegularExpression tokens; // group n is a token of the n-th colour
    QList<ColorRole> colors;
};

const QString dquoted = uR"("(?:\\.|[^"\\])*")"_s;
const QString squoted = uR"('(?:\\.|[^'\\])*')"_s;

QString words(const char *list) { return u"\\b(?:%1)\\b"_s.arg(QString::fromLatin1(list).replace(u' ', u'|')); }

// Of several that could begin at a place, the first counts: what is inside a text is no word and no comment.
TokenRule ruleOf(CodeLanguage language)
{
    using enum ColorRole;
    const QString number = u"\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b"_s;
    const auto rule = [](const QStringList &groups, const QList<ColorRole> &colors) {
        return TokenRule{QRegularExpression(u'(' + groups.join(u")|("_s) + u')'), colors};
    };
    switch (language) {
    case CodeLanguage::Shell:
        return rule({u"(?<!\\S)#.*"_s, u"\\$\\w+"_s, dquoted + u"(?=\\s*:)"_s, dquoted + u'|' + squoted,
                     u"(?<!\\S)-{1,2}[A-Za-z][\\w-]*"_s, words("true false null curl read export")},
                    {Text3, Violet, AccentText, Success, AccentText, Violet});
    case CodeLanguage::Python:
        return rule({u"#.*"_s, dquoted + u'|' + squoted,
                     words("import from as for in if else with def return or and not None True False await async"),
                     words("print"), number},
                    {Text3, Success, Violet, AccentText, Warning});
    case CodeLanguage::JavaScript:
        return rule({u"//.*"_s, dquoted + u'|' + squoted + u"|`(?:\\\\.|[^`\\\\])*`"_s,
                     words("import from const let new await async for of return true false null export default"),
                     words("process console"), number},
                    {Text3, Success, Violet, AccentText, Warning});
    case CodeLanguage::Json:
        return rule({dquoted + u"(?=\\s*:)"_s, dquoted, words("true false null"), number},
                    {AccentText, Success, Violet, Warning});
    case CodeLanguage::Plain:
        break;
    }
    return {};
}

const TokenRule &knownRule(CodeLanguage language)
{
    static QHash<int, TokenRule> rules;
    const auto known = rules.constFind(int(language));
    return known == rules.cend() ? *rules.insert(int(language), ruleOf(language)) : *known;
}

} // namespace

CodeColors::CodeColors(QTextDocument *document) : QSyntaxHighlighter(document)
{
    connect(&theme(), &Theme::changed, this, &CodeColors::rehighlight);
}

void CodeColors::setLanguage(CodeLanguage language)
{
    if (std::exchange(m_language, language) != language)
        rehighlight();
}

void CodeColors::highlightBlock(const QString &text)
{
    if (m_language == CodeLanguage::Plain)
        return;
    const TokenRule &rule = knownRule(m_language);
    for (auto it = rule.tokens.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        for (int group = 1; group <= rule.colors.size(); ++group)
            if (match.capturedStart(group) >= 0)
                setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)),
                          theme().color(rule.colors[group - 1]));
    }
}
