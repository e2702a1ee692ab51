// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_highlighter.h"

#include "client/design/theme.h"

#include <algorithm>

namespace {

using Piece = PromptAnalysis::Kind;

ColorRole roleOf(Piece kind, bool isWrong)
{
    if (isWrong)
        return ColorRole::Danger;
    if (kind == Piece::Comment)
        return ColorRole::Text3;
    if (kind == Piece::Partial)
        return ColorRole::Info;
    return kind == Piece::Variable ? ColorRole::AccentText : ColorRole::Violet;
}

} // namespace

PromptHighlighter::PromptHighlighter(QTextDocument *document, const PromptAnalysis &analysis)
    : QSyntaxHighlighter(document),
      m_analysis(analysis)
{
}

void PromptHighlighter::highlightBlock(const QString &text)
{
    const qsizetype from = currentBlock().position();
    const qsizetype to = from + text.size();
    const auto [first, last] = m_analysis.tagsBetween(from, to);
    for (qsizetype i = first; i < last; ++i) {
        const auto &tag = m_analysis.tags()[i];
        const qsizetype start = std::max<qsizetype>(tag.offset - from, 0);
        const qsizetype end = std::min<qsizetype>(tag.offset + tag.length - from, text.size());
        setFormat(int(start), int(end - start), theme().color(roleOf(tag.kind, m_analysis.isWrong(tag))));
    }
    QTextCharFormat wave;
    wave.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.setUnderlineColor(theme().color(ColorRole::Danger));
    wave.setForeground(theme().color(ColorRole::Danger));
    for (const auto &problem : m_analysis.problems()) {
        const qsizetype start = std::max<qsizetype>(problem.offset - from, 0);
        const qsizetype end =
            std::min<qsizetype>(problem.offset + std::max<qsizetype>(problem.length, 1) - from, text.size());
        if (start < end)
            setFormat(int(start), int(end - start), wave);
    }
}
