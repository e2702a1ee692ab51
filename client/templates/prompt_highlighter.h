// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/prompt_analysis.h"

#include <QSyntaxHighlighter>

// Colours the tags of a prompt text and underlines what is wrong. The pills behind them are painted by PromptEdit.
class PromptHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    PromptHighlighter(QTextDocument *document, const PromptAnalysis &analysis);

protected:
    void highlightBlock(const QString &text) override;

private:
    const PromptAnalysis &m_analysis; // of the whole document, renewed before this runs
};
