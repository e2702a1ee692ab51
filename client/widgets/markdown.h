// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QTextDocument>

#include <optional>

// A document for what models write. It loads nothing, whatever the text refers to: neither files nor addresses.
class MarkdownDocument : public QTextDocument
{
    Q_OBJECT

public:
    using QTextDocument::QTextDocument;

    // Replaces the content by this Markdown in the theme's fonts and colours. HTML stays text, a picture becomes its
    // description, and the end of a line ends a line, as models mean it.
    void showMarkdown(const QString &text);
    void showCode(const QString &text); // as it is, in the mono font
    void showPlain(const QString &text); // as it is, in the font of prose

protected:
    QVariant loadResource(int type, const QUrl &name) override;

private:
    void showLines(const QString &text, TextStyle font, double line);
    void style();
    void replacePictures();
};

// JSON with a line for each member, in the order that it has; nothing when it is none.
std::optional<QString> indentedJson(const QString &text);
