// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/renderer.h"

#include "shared/templates/prompt_parser.h"
#include "shared/templates/schema_view.h"

#include <QJsonArray>

#include <memory>

using namespace Qt::StringLiterals;

namespace templates {
namespace {

QString printed(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return {};
    default:
        return QString::fromUtf8(json::print(value));
    }
}

bool isFalse(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || value == QJsonValue(false)
        || (value.isArray() && value.toArray().isEmpty());
}

// As the specification says: a partial that has its line to itself is indented before it is rendered.
QString indented(const QString &text, const QString &indent)
{
    if (indent.isEmpty())
        return text;
    QString result;
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype line = text.indexOf(u'\n', from);
        const qsizetype end = line < 0 ? text.size() : line + 1;
        result += indent;
        result += QStringView(text).mid(from, end - from);
        from = end;
    }
    return result;
}

// Walks the pieces with a stack of contexts, the innermost last.
class Renderer
{
public:
    using Pieces = QList<PromptText::Piece>;

    Renderer(const Partials &partials, RenderLimits limits) : m_partials(partials), m_limits(limits) { }

    Result<QString> run(const QString &text, const Pieces &pieces, const QJsonValue &variables)
    {
        m_stack.append(variables);
        range(text, pieces, 0, pieces.size());
        if (!mayGoOn())
            return ApiError::make(422, m_code, m_problem);
        return std::move(m_out);
    }

private:
    using Kind = PromptText::Kind;

    void range(QStringView text, const Pieces &pieces, qsizetype from, qsizetype to)
    {
        for (qsizetype i = from; i < to && mayGoOn(); ++i) {
            const PromptText::Piece &piece = pieces[i];
            switch (piece.kind) {
            case Kind::Text:
                m_out += text.mid(piece.offset, piece.length);
                break;
            case Kind::Variable:
                m_out += printed(lookUp(piece.path));
                break;
            case Kind::Section:
                section(lookUp(piece.path), text, pieces, i + 1, piece.end);
                i = piece.end;
                break;
            case Kind::Inverted:
                if (isFalse(lookUp(piece.path)))
                    range(text, pieces, i + 1, piece.end);
                i = piece.end;
                break;
            case Kind::Partial:
                partial(piece);
                break;
            case Kind::Close:
            case Kind::Comment:
            case Kind::Delimiters:
                break;
            }
        }
    }

    void partial(const PromptText::Piece &piece)
    {
        const QString &name = piece.path.first();
        const auto found = m_partials.constFind(name);
        if (found == m_partials.constEnd())
            return;
        if (m_depth >= m_limits.depth)
            return refuse("prompt_too_large", u"Templates include each other deeper than %1."_s.arg(m_limits.depth));
        auto &parsed = m_parsed[{name, piece.indent}];
        if (!parsed) {
            const QString text = indented(*found, piece.indent);
            m_parsedLength += text.size();
            if (m_parsedLength > m_limits.outputLength)
                return refuse("prompt_too_large",
                              u"The included templates are longer than %1 characters."_s.arg(m_limits.outputLength));
            parsed = std::make_shared<std::pair<QString, PromptText>>(text, PromptText::parse(text));
        }
        const auto kept = parsed; // the table grows meanwhile
        if (!kept->second.problems().isEmpty())
            return refuse("prompt_malformed", u"“%1”: %2"_s.arg(name, kept->second.problems().first().message));
        ++m_depth;
        range(kept->first, kept->second.pieces(), 0, kept->second.pieces().size());
        --m_depth;
    }

    void refuse(const char *code, const QString &problem)
    {
        m_code = code;
        m_problem = problem;
    }

    void section(const QJsonValue &value, QStringView text, const Pieces &pieces, qsizetype from, qsizetype to)
    {
        if (isFalse(value))
            return;
        const QJsonArray items = value.isArray() ? value.toArray() : QJsonArray{value};
        for (qsizetype i = 0; i < items.size() && mayGoOn(); ++i) {
            m_stack.append(items.at(i));
            range(text, pieces, from, to);
            m_stack.removeLast();
        }
    }

    QJsonValue lookUp(const QStringList &path) const
    {
        if (path.isEmpty())
            return m_stack.last();
        for (auto context = m_stack.crbegin(); context != m_stack.crend(); ++context) {
            if (!context->isObject())
                continue;
            QJsonValue value = (*context)[path.first()];
            if (value.isUndefined())
                continue;
            for (qsizetype i = 1; i < path.size(); ++i)
                value = value[path[i]];
            return value;
        }
        return QJsonValue::Undefined;
    }

    bool mayGoOn()
    {
        if (m_out.size() > m_limits.outputLength)
            refuse("prompt_too_large", u"The prompt becomes longer than %1 characters."_s.arg(m_limits.outputLength));
        else if (++m_steps > m_limits.steps)
            refuse("prompt_too_large", u"The prompt repeats its sections too often."_s);
        return m_problem.isEmpty();
    }

    const Partials &m_partials;
    RenderLimits m_limits;
    QHash<std::pair<QString, QString>, std::shared_ptr<std::pair<QString, PromptText>>> m_parsed; // by name and indent
    qsizetype m_parsedLength = 0;
    QList<QJsonValue> m_stack;
    QString m_out;
    const char *m_code = "";
    QString m_problem;
    qsizetype m_steps = 0;
    int m_depth = 0;
};

QString unknownName(const QString &name, const QStringList &known, bool hasSchema)
{
    if (!hasSchema)
        return u"“%1” is not known: without a variables schema only {{input}} is."_s.arg(name);
    if (known.isEmpty())
        return u"“%1” is not in the variables schema."_s.arg(name);
    return u"“%1” is not in the variables schema, which knows %2."_s.arg(name, known.mid(0, 12).join(u", "_s));
}

} // namespace

PromptText PromptText::parse(const QString &text) { return PromptParser(text).run(); }

QStringList PromptText::variables() const
{
    QStringList names;
    QSet<QString> seen;
    for (const Piece &piece : m_pieces) {
        const QString name = piece.path.join(u'.');
        if (piece.kind != Kind::Close && piece.kind != Kind::Partial && !name.isEmpty() && !seen.contains(name)) {
            seen.insert(name);
            names.append(name);
        }
    }
    return names;
}

QStringList PromptText::references() const
{
    QStringList names;
    for (const Piece &piece : m_pieces)
        if (piece.kind == Kind::Partial && !names.contains(piece.path.first()))
            names.append(piece.path.first());
    return names;
}

QList<TextProblem> PromptText::check(const std::optional<QJsonObject> &schema, const Partials &partials) const
{
    const QJsonObject inputOnly{{u"properties"_s, QJsonObject{{u"input"_s, true}}}};
    const QJsonObject document = schema.value_or(inputOnly);
    SchemaScopes scopes(document);
    QList<TextProblem> problems = m_problems;
    QStringList within;
    check(scopes, partials, within, schema.has_value(), problems);
    std::sort(problems.begin(), problems.end(),
              [](const TextProblem &a, const TextProblem &b) { return a.offset < b.offset; });
    return problems;
}

void PromptText::check(SchemaScopes &scopes, const Partials &partials, QStringList &within, bool hasSchema,
                       QList<TextProblem> &problems) const
{
    constexpr qsizetype most = 50;
    for (const Piece &piece : m_pieces) {
        if (piece.kind == Kind::Close) {
            scopes.leave();
            continue;
        }
        if (piece.kind == Kind::Partial) {
            const QString &name = piece.path.first();
            const auto text = partials.constFind(name);
            if (text == partials.constEnd() || within.contains(name) || within.size() >= RenderLimits().depth
                || problems.size() >= most)
                continue;
            const PromptText included = parse(*text);
            QList<TextProblem> inside = included.m_problems;
            within.append(name);
            // A text that is broken leaves sections open: its names would be looked up in the wrong scopes.
            if (inside.isEmpty())
                included.check(scopes, partials, within, hasSchema, inside);
            within.removeLast();
            for (const TextProblem &problem : std::as_const(inside))
                if (problems.size() < most)
                    problems.append({piece.offset, piece.length, u"In “%1”: %2"_s.arg(name, problem.message)});
            continue;
        }
        if (piece.kind != Kind::Variable && piece.kind != Kind::Section && piece.kind != Kind::Inverted)
            continue;
        const auto found = scopes.find(piece.path);
        if (!found && problems.size() < most)
            problems.append(
                {piece.offset, piece.length, unknownName(piece.path.join(u'.'), scopes.names(), hasSchema)});
        if (piece.kind == Kind::Section)
            scopes.enter(found.value_or(QJsonValue(true)));
        else if (piece.kind == Kind::Inverted)
            scopes.enterSame();
    }
}

Result<QString> PromptText::render(const QJsonValue &variables, RenderLimits limits, const Partials &partials) const
{
    if (!m_problems.isEmpty())
        return ApiError::make(422, "prompt_malformed", m_problems.first().message);
    return Renderer(partials, limits).run(m_text, m_pieces, variables);
}

QJsonObject renderingContext(const QJsonObject &variables, bool hasSchema)
{
    if (hasSchema)
        return variables;
    const bool isLone = variables.size() == 1 && variables.contains(u"input"_s);
    return {{u"input"_s, isLone ? variables.value(u"input"_s) : QJsonValue(variables)}};
}

} // namespace templates
