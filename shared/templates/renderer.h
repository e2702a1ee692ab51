// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

// Prompt texts in the form of Mustache (mustache.github.io, specification 1.4): {{name}}, {{a.b}},
// {{#section}}…{{/section}},
// {{^inverted}}…{{/inverted}}, {{.}}, {{! comment }}, {{=<% %>=}}. What differs: nothing is escaped for HTML, because
// prompts are text; lists and objects print as JSON; blocks, parents, dynamic names and lambdas are refused. {{>
// slug}},
// {{> slug@label}} and {{> slug@3}} put in the user prompt of another template. No code runs and no file is read.
namespace templates {

// A place in the text that is wrong. Offset and length count UTF-16 units, as editors do.
struct TextProblem
{
    qsizetype offset = 0;
    qsizetype length = 0;
    QString message;
};

struct RenderLimits
{
    qsizetype outputLength = 1'000'000; // UTF-16 units
    qsizetype steps = 2'000'000; // tags and texts passed; lists within lists multiply
    int depth = 10; // of partials within partials
};

// The texts that {{> …}} puts in, by what stands there. Who renders finds them first: this code reads nothing.
using Partials = QHash<QString, QString>;

// A text parsed once: a value, cheap to copy, any thread.
class PromptText
{
public:
    enum class Kind { Text, Variable, Section, Inverted, Close, Comment, Delimiters, Partial };

    // A piece of the text as it stands there; an editor colours by it.
    struct Piece
    {
        Kind kind = Kind::Text;
        qsizetype offset = 0;
        qsizetype length = 0;
        QStringList path; // {"a", "b"} of {{a.b}}; empty for {{.}}; {"slug@label"} of a partial
        qsizetype end = 0; // of a section: the index of the piece that closes it
        QString indent = {}; // of a partial that has its line to itself: before each line that it puts in
    };

    // Never fails: what is wrong stands in problems().
    static PromptText parse(const QString &text);

    // Sections not closed, tags without a name and the like.
    const QList<TextProblem> &problems() const { return m_problems; }
    const QList<Piece> &pieces() const { return m_pieces; }

    // Each name used, dotted, once, in the order of first use.
    QStringList variables() const;

    // What partials it names, each once, in the order of first use.
    QStringList references() const;

    // problems() and each name that the schema does not know, also of the partials that are given, where they stand.
    // Without a schema only `input` is known.
    QList<TextProblem> check(const std::optional<QJsonObject> &schema, const Partials &partials = {}) const;

    // The text with its names replaced. A name that is not there is empty, as Mustache says, and so is a partial.
    // Refuses a text with problems and what goes over the limits.
    Result<QString> render(const QJsonValue &variables, RenderLimits limits = {}, const Partials &partials = {}) const;

private:
    void check(class SchemaScopes &scopes, const Partials &partials, QStringList &within, bool hasSchema,
               QList<TextProblem> &problems) const;

    QString m_text;
    QList<Piece> m_pieces;
    QList<TextProblem> m_problems;
    friend class PromptParser;
};

// What a text may refer to: the variables themselves where a schema describes them, otherwise {"input": …} with the
// whole input, which is the value of a lone member `input` or else all variables.
QJsonObject renderingContext(const QJsonObject &variables, bool hasSchema);

} // namespace templates
