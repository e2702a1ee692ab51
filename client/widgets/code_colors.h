// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSyntaxHighlighter>

enum class CodeLanguage { Plain, Shell, Python, JavaScript, Json, Sql, Cpp, Yaml, Template };

// What is written behind the fence of a block of code: "py", "c++", "SQL". Plain for what is not known.
CodeLanguage codeLanguage(const QString &name);

// Colours for code that is read, not edited: words of the language, texts, numbers, comments. Knows tokens, no grammar.
// Follows the theme.
class CodeColors : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit CodeColors(QTextDocument *document);
    void setLanguage(CodeLanguage language);

protected:
    void highlightBlock(const QString &text) override;

private:
    CodeLanguage m_language = CodeLanguage::Plain;
};
