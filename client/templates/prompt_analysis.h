// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/renderer.h"

// What an editor needs to know about a prompt text each time it changes: its pieces, what is wrong with it, and which
// pieces are wrong.
class PromptAnalysis
{
public:
    PromptAnalysis() = default;
    // Of the templates it includes: the texts that are known, and what is wrong with a reference.
    PromptAnalysis(const QString &text, const std::optional<QJsonObject> &schema,
                   const templates::Partials &partials = {}, const QHash<QString, QString> &broken = {});

    using Piece = templates::PromptText::Piece;
    using Kind = templates::PromptText::Kind;

    const QList<templates::TextProblem> &problems() const { return m_problems; }
    // Tags only, in order; a tag never overlaps another.
    const QList<Piece> &tags() const { return m_tags; }
    // The tags and problems that touch [from, to), as a range into tags() or problems().
    std::pair<qsizetype, qsizetype> tagsBetween(qsizetype from, qsizetype to) const;
    QString referenceAt(qsizetype offset) const; // of the {{> …}} there; empty: none
    bool isWrong(const Piece &tag) const;
    // Undotted names that are used and not known, each once.
    QStringList unknownNames() const;

private:
    QList<Piece> m_tags;
    QList<templates::TextProblem> m_problems;
};

// The names that may stand in a tag, dotted, as the schema tells them: "customer.name". Without a schema: "input".
QStringList knownVariables(const std::optional<QJsonObject> &schema);
