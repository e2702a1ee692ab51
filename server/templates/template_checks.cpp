// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_checks.h"

#include "shared/templates/renderer.h"
#include "shared/templates/variables_schema.h"

using namespace Qt::StringLiterals;

namespace TemplateChecks {
namespace {

constexpr qsizetype longestSlug = 120;
constexpr qsizetype longestTag = 60;
constexpr qsizetype largestSchema = 64 * 1024; // bytes

void checkText(const QString &text, const std::optional<QJsonObject> &schema, const QString &at,
               const templates::Partials &texts, const QHash<QString, QString> &broken, QList<json::Problem> &problems)
{
    const auto parsed = templates::PromptText::parse(text);
    QList<templates::TextProblem> found;
    if (broken.isEmpty())
        found = parsed.check(schema, texts);
    for (const auto &piece : parsed.pieces())
        if (piece.kind == templates::PromptText::Kind::Partial && broken.contains(piece.path.first()))
            found.append({piece.offset, piece.length, broken.value(piece.path.first())});
    for (const templates::TextProblem &problem : found) {
        const auto before = QStringView(text).left(problem.offset);
        const qsizetype line = before.count(u'\n') + 1;
        const qsizetype column = problem.offset - (before.lastIndexOf(u'\n') + 1) + 1;
        problems.append({at, u"line %1, column %2: %3"_s.arg(line).arg(column).arg(problem.message)});
    }
}

void schema(const QJsonObject &schema, const QString &at, QList<json::Problem> &problems)
{
    if (json::print(schema).size() > largestSchema)
        problems.append({at, u"must be smaller than %1 KiB"_s.arg(largestSchema / 1024)});
    for (json::Problem problem : templates::checkSchema(schema)) {
        problem.pointer.prepend(at);
        problems.append(problem);
    }
}

} // namespace

void version(const NewTemplateVersion &input, const QString &at, QList<json::Problem> &problems,
             const templates::Partials &texts, const QHash<QString, QString> &broken)
{
    const auto text = [&](const QString &content, const std::optional<QJsonObject> &known, const QString &here,
                          QList<json::Problem> &list) { checkText(content, known, here, texts, broken, list); };
    const qsizetype before = problems.size();
    if (input.variablesSchema)
        schema(*input.variablesSchema, at + u"/variablesSchema"_s, problems);
    // With a broken schema every name would be wrong as well.
    const auto names =
        problems.size() == before ? input.variablesSchema : QJsonObject{{u"additionalProperties"_s, true}};
    text(input.systemPrompt, names, at + u"/systemPrompt"_s, problems);
    text(input.userPrompt, names, at + u"/userPrompt"_s, problems);
    for (qsizetype i = 0; i < input.examples.size(); ++i) {
        const QString here = at + u"/examples/%1"_s.arg(i);
        text(input.examples[i].user, names, here + u"/user"_s, problems);
        text(input.examples[i].assistant, names, here + u"/assistant"_s, problems);
    }
    modelName(input.defaultModel, at + u"/defaultModel"_s, problems);
    parameters(input.parameters, at + u"/parameters"_s, problems);
}

void parameters(const ModelParameters &input, const QString &at, QList<json::Problem> &problems)
{
    for (qsizetype i = 0; input.stop && i < input.stop->size(); ++i) {
        const qsizetype length = input.stop->at(i).size();
        if (length == 0 || length > 200)
            problems.append({at + u"/stop/%1"_s.arg(i), u"must have 1 to 200 characters"_s});
    }
    if (!input.responseFormat)
        return;
    const QString type = input.responseFormat->value(u"type"_s).toString();
    if (type != "text"_L1 && type != "json_object"_L1 && type != "json_schema"_L1)
        problems.append({at + u"/responseFormat/type"_s, u"must be text, json_object or json_schema"_s});
    else if (type == "json_schema"_L1 && !input.responseFormat->value(u"schema"_s).isObject())
        problems.append({at + u"/responseFormat/schema"_s, u"must be a JSON Schema"_s});
}

void modelName(const QString &name, const QString &at, QList<json::Problem> &problems)
{
    const qsizetype slash = name.indexOf(u'/');
    if (slash < 1 || slash + 1 == name.size() || name.trimmed() != name)
        problems.append({at, u"must name a provider and its model, for example anthropic/claude-haiku-4.5"_s});
}

bool isSlug(const QString &text)
{
    QChar before = u'-';
    for (const QChar c : text) {
        const bool isPlain = (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        if (!isPlain && (c != u'-' || before == u'-'))
            return false;
        before = c;
    }
    return before != u'-' && text.size() <= longestSlug;
}

QString slugFrom(const QString &name)
{
    QString slug;
    const QString plain = name.normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar c : plain) {
        if (c.isMark())
            continue;
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9'))
            slug += c;
        else if (!slug.isEmpty() && !slug.endsWith(u'-'))
            slug += u'-';
    }
    slug.truncate(longestSlug);
    while (slug.endsWith(u'-'))
        slug.chop(1);
    return slug;
}

QString folder(const QString &text)
{
    QStringList parts;
    for (const QStringView part : QStringView(text).split(u'/')) {
        if (const QStringView name = part.trimmed(); !name.isEmpty())
            parts.append(name.toString());
    }
    return parts.join(u'/');
}

QList<QString> tags(const QList<QString> &input, const QString &at, QList<json::Problem> &problems)
{
    QList<QString> list;
    for (qsizetype i = 0; i < input.size(); ++i) {
        const QString tag = input[i].trimmed();
        if (tag.isEmpty() || tag.size() > longestTag)
            problems.append({at + u'/' + QString::number(i), u"must have 1 to %1 characters"_s.arg(longestTag)});
        else if (!list.contains(tag))
            list.append(tag);
    }
    return list;
}

} // namespace TemplateChecks
