// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/renderer.h"

#include "shared/templates/prompt_parser.h"
#include "shared/templates/schema_view.h"

#include <QJsonArray>

#include <charconv>

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

// Walks the pieces with a stack of contexts, the innermost last.
class Renderer
{
public:
    Renderer(QStringView text, const QList<PromptText::Piece> &pieces, RenderLimits limits)
        : m_text(text),
          m_pieces(pieces),
          m_limits(limits)
    {
    }

    Result<QString> run(const QJsonValue &variables)
    {
        m_stack.append(variables);
        range(0, m_pieces.size());
        if (!mayGoOn())
            return ApiError::make(422, "prompt_too_large", m_problem);
        return std::move(m_out);
    }

private:
    using Kind = PromptText::Kind;

    void range(qsizetype from, qsizetype to)
    {
        for (qsizetype i = from; i < to && mayGoOn(); ++i) {
            const PromptText::Piece &piece = m_pieces[i];
            switch (piece.kind) {
            case Kind::Text:
                m_out += m_text.mid(piece.offset, piece.length);
                break;
            case Kind::Variable:
                m_out += printed(lookUp(piece.path));
                break;
            case Kind::Section:
                section(lookUp(piece.path), i + 1, piece.end);
                i = piece.end;
                break;
            case Kind::Inverted:
                if (isFalse(lookUp(piece.path)))
                    range(i + 1, piece.end);
                i = piece.end;
                break;
            case Kind::Close:
            case Kind::Comment:
            case Kind::Delimiters:
                break;
            }
        }
    }

    void section(const QJsonValue &value, qsizetype from, qsizetype to)
    {
        if (isFalse(value))
            return;
        const QJsonArray items = value.isArray() ? value.toArray() : QJsonArray{value};
        for (qsizetype i = 0; i < items.size() && mayGoOn(); ++i) {
            m_stack.append(items.at(i));
            range(from, to);
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
            m_problem = u"The prompt becomes longer than %1 characters."_s.arg(m_limits.outputLength);
        else if (++m_steps > m_limits.steps)
            m_problem = u"The prompt repeats its sections too often."_s;
        return m_problem.isEmpty();
    }

    QStringView m_text;
    const QList<PromptText::Piece> &m_pieces;
    RenderLimits m_limits;
    QList<QJsonValue> m_stack;
    QString m_out;
    QString m_problem;
    qsizetype m_steps = 0;
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
        if (piece.kind != Kind::Close && !name.isEmpty() && !seen.contains(name)) {
            seen.insert(name);
            names.append(name);
        }
    }
    return names;
}

QList<TextProblem> PromptText::check(const std::optional<QJsonObject> &schema) const
{
    QList<TextProblem> problems = m_problems;
    const QJsonObject inputOnly{{u"properties"_s, QJsonObject{{u"input"_s, true}}}};
    const QJsonObject document = schema.value_or(inputOnly);
    SchemaScopes scopes(document);
    for (const Piece &piece : m_pieces) {
        if (piece.kind == Kind::Close) {
            scopes.leave();
            continue;
        }
        if (piece.kind != Kind::Variable && piece.kind != Kind::Section && piece.kind != Kind::Inverted)
            continue;
        const auto found = scopes.find(piece.path);
        if (!found && problems.size() < 50)
            problems.append(
                {piece.offset, piece.length, unknownName(piece.path.join(u'.'), scopes.names(), schema.has_value())});
        if (piece.kind == Kind::Section)
            scopes.enter(found.value_or(QJsonValue(true)));
        else if (piece.kind == Kind::Inverted)
            scopes.enterSame();
    }
    std::sort(problems.begin(), problems.end(),
              [](const TextProblem &a, const TextProblem &b) { return a.offset < b.offset; });
    return problems;
}

Result<QString> PromptText::render(const QJsonValue &variables, RenderLimits limits) const
{
    if (!m_problems.isEmpty())
        return ApiError::make(422, "prompt_malformed", m_problems.first().message);
    return Renderer(m_text, m_pieces, limits).run(variables);
}

QJsonObject renderingContext(const QJsonObject &variables, bool hasSchema)
{
    if (hasSchema)
        return variables;
    const bool isLone = variables.size() == 1 && variables.contains(u"input"_s);
    return {{u"input"_s, isLone ? variables.value(u"input"_s) : QJsonValue(variables)}};
}

} // namespace templates
