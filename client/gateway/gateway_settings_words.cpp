// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_settings_words.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct GatewaySettingsWords
{
    Q_DECLARE_TR_FUNCTIONS(GatewaySettingsWords)
};

// As patterns::Pattern says it, with what stands for it here. The variable part is %1.
struct PatternProblem
{
    const char16_t *said;
    const char *shown;
};
constexpr PatternProblem problems[] = {
    {u"is too long once its repetitions are written out",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It is too long once its repetitions are written out.")},
    {u"has a “)” without “(”", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a “)” without “(”.")},
    {u"has a “%1” with nothing before it",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a “%1” with nothing before it.")},
    {u"nests its groups too deeply", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It nests its groups too deeply.")},
    {u"uses look-around “(?…”, which is not supported",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It uses look-around “(?…”, which is not supported.")},
    {u"has a “(” without “)”", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a “(” without “)”.")},
    {u"names a group with other characters than letters, digits, _ and $",
     QT_TRANSLATE_NOOP("GatewaySettingsWords",
                       "It names a group with other characters than letters, digits, _ and $.")},
    {u"has a group whose name is missing, not closed or used before",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a group whose name is missing, not closed or used before.")},
    {u"has a repetition that is not {n}, {n,} or {n,m}",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a repetition that is not {n}, {n,} or {n,m}.")},
    {u"repeats what has no length", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It repeats what has no length.")},
    {u"ends with a “\\”", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It ends with a “\\”.")},
    {u"refers back to a group, which is not supported",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It refers back to a group, which is not supported.")},
    {u"has a “\\u{” without “}”", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a “\\u{” without “}”.")},
    {u"has an escape “\\%1” that is not supported",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has an escape “\\%1” that is not supported.")},
    {u"has a hexadecimal escape of the wrong length",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a hexadecimal escape of the wrong length.")},
    {u"has a range in […] that runs backwards",
     QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a range in […] that runs backwards.")},
    {u"has a “[” without “]”", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It has a “[” without “]”.")},
    {u"is too long", QT_TRANSLATE_NOOP("GatewaySettingsWords", "It is too long.")}};

} // namespace

QString shownMask(MaskKind kind)
{
    switch (kind) {
    case MaskKind::Email:
        return GatewaySettingsWords::tr("E-mail addresses");
    case MaskKind::Phone:
        return GatewaySettingsWords::tr("Telephone numbers");
    case MaskKind::Cpf:
        return GatewaySettingsWords::tr("CPF numbers");
    case MaskKind::Cnpj:
        return GatewaySettingsWords::tr("CNPJ numbers");
    case MaskKind::Card:
        break;
    }
    return GatewaySettingsWords::tr("Payment card numbers");
}

QString exampleOf(MaskKind kind)
{
    switch (kind) {
    case MaskKind::Email:
        return u"ana@example.com"_s;
    case MaskKind::Phone:
        return u"+55 11 91234-5678"_s;
    case MaskKind::Cpf:
        return u"123.456.789-09"_s;
    case MaskKind::Cnpj:
        return u"12.345.678/0001-95"_s;
    case MaskKind::Card:
        break;
    }
    return u"4111 1111 1111 1111"_s;
}

QString shownProblem(const patterns::Pattern &pattern)
{
    const QString &said = pattern.problem();
    if (said.isEmpty())
        return {};
    for (const PatternProblem &one : problems) {
        const QString known = QString::fromUtf16(one.said);
        const qsizetype variable = known.indexOf(u"%1"_s);
        if (variable < 0 && said != known)
            continue;
        const QStringView before = QStringView(known).first(std::max<qsizetype>(variable, 0));
        const QStringView after = variable < 0 ? QStringView() : QStringView(known).sliced(variable + 2);
        if (variable >= 0 && !(said.startsWith(before) && said.endsWith(after)))
            continue;
        const QString text = GatewaySettingsWords::tr(one.shown);
        return variable < 0 ? text : text.arg(said.sliced(before.size()).chopped(after.size()));
    }
    return said;
}

QStringList differences(const GatewaySettings &a, const GatewaySettings &b)
{
    const std::pair<bool, QString> parts[] = {
        {a.cacheSeconds != b.cacheSeconds, GatewaySettingsWords::tr("cache")},
        {a.bodyDays != b.bodyDays, GatewaySettingsWords::tr("kept requests and answers")},
        {a.masks != b.masks || a.masksAnswers != b.masksAnswers, GatewaySettingsWords::tr("personal data")},
        {a.deniedPatterns != b.deniedPatterns, GatewaySettingsWords::tr("denied patterns")},
        {a.requiredPatterns != b.requiredPatterns, GatewaySettingsWords::tr("required patterns")},
        {a.mostPromptCharacters != b.mostPromptCharacters || a.mostAnswerCharacters != b.mostAnswerCharacters,
         GatewaySettingsWords::tr("lengths")}};
    QStringList names;
    for (const auto &[differs, name] : parts)
        if (differs)
            names << name;
    return names;
}
