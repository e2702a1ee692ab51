// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/renderer.h"

namespace templates {

// Cuts a prompt text into its pieces. One pass, no going back.
class PromptParser
{
public:
    explicit PromptParser(const QString &text) : m_text(text) { m_result.m_text = text; }
    PromptText run();

private:
    using Kind = PromptText::Kind;

    void text(qsizetype from, qsizetype to);
    void tag(qsizetype open);
    void named(Kind kind, qsizetype open, qsizetype end, QStringView name);
    void close(qsizetype open, qsizetype end, const QStringList &path);
    void changeDelimiters(qsizetype open, qsizetype end, QStringView inner);
    void append(Kind kind, qsizetype open, qsizetype end, QStringList path = {});
    void fail(qsizetype offset, qsizetype length, const QString &message);
    QStringView between(qsizetype from, qsizetype to) const { return QStringView(m_text).mid(from, to - from); }
    qsizetype find(const QString &closing, qsizetype from, bool isComment);
    void unclosedTag(qsizetype open);

    QString m_text;
    PromptText m_result;
    QString m_open = QStringLiteral("{{");
    QString m_close = QStringLiteral("}}");
    qsizetype m_done = 0; // everything before is in pieces
    bool m_lastCommentIsOpen = false;
    QList<qsizetype> m_sections; // indexes of those still open
};

} // namespace templates
