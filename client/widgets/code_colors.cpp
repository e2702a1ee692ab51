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
    case CodeLanguage::Sql:
        return rule({u"--.*"_s, squoted,
                     u"(?i:"_s
                         + words("select from where join left right inner outer on and or not null is in as order by "
                                 "group having limit offset insert into values update set delete create alter drop "
                                 "table index view with union all distinct case when then else end returning begin "
                                 "commit rollback true false exists between like using")
                         + u')',
                     number},
                    {Text3, Success, Violet, Warning});
    case CodeLanguage::Cpp:
        return rule({u"//.*"_s, dquoted + u'|' + squoted, u"^\\s*#\\s*\\w+"_s,
                     words("auto bool break case catch char class const constexpr continue default do double else enum "
                           "extends false final float fn for func if impl implements import int interface let long map "
                           "match mut namespace new null nullptr override package private protected pub public return "
                           "short static struct switch template this throw true try type use using var virtual void "
                           "while string"),
                     number},
                    {Text3, Success, AccentText, Violet, Warning});
    case CodeLanguage::Yaml:
        return rule({u"(?<!\\S)#.*"_s, dquoted + u'|' + squoted, u"^\\s*(?:-\\s+)?[\\w.-]+(?=\\s*:)"_s,
                     words("true false null yes no"), number},
                    {Text3, Success, AccentText, Violet, Warning});
    case CodeLanguage::Template:
        return rule({u"\\{#.*?#\\}|\\{\\{!.*?\\}\\}"_s, u"\\{[%{]-?|-?[%}]\\}"_s, dquoted + u'|' + squoted,
                     words("if elif else endif for in endfor set block endblock include and or not true false none"),
                     number},
                    {Text3, AccentText, Success, Violet, Warning});
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

CodeLanguage codeLanguage(const QString &name)
{
    static const QHash<QString, CodeLanguage> languages = [] {
        QHash<QString, CodeLanguage> known;
        const auto add = [&](CodeLanguage language, const char *names) {
            for (const QString &one : QString::fromLatin1(names).split(u' '))
                known.insert(one, language);
        };
        add(CodeLanguage::Shell, "sh bash shell zsh console");
        add(CodeLanguage::Python, "py python python3");
        add(CodeLanguage::JavaScript, "js javascript jsx ts tsx typescript mjs node");
        add(CodeLanguage::Json, "json jsonc json5");
        add(CodeLanguage::Sql, "sql postgres postgresql plpgsql mysql sqlite");
        add(CodeLanguage::Cpp, "c cc cpp c++ cxx h hpp cs csharp java kotlin go golang rust rs swift scala");
        add(CodeLanguage::Yaml, "yaml yml toml ini");
        add(CodeLanguage::Template, "jinja jinja2 mustache handlebars hbs liquid twig");
        return known;
    }();
    return languages.value(name.toLower(), CodeLanguage::Plain);
}

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
