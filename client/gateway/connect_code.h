// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/code_colors.h"

#include <QString>
#include <QUrl>

#include <span>

// Programs that call the gateway, ready to be run: each with a library as people use it, with the key in an environment
// variable and never in the text.
namespace connectCode {

inline constexpr auto keyVariable = "PATIO_API_KEY";

struct Tool
{
    const char *id; // "python-openai"
    const char *library; // as it is called: "openai"
    CodeLanguage language;
    const char *install; // the command that brings it; empty: nothing to install
    const char *run; // the command that runs the file; empty: the code is one
    const char *whole; // with {{origin}}, {{model}} and {{message}} in place of what is quoted for the language
    const char *streamed;
};

struct Options
{
    QUrl server;
    QString model; // or the alias of a route
    QString message; // that is sent
    bool isStreamed = false;
};

std::span<const Tool> tools();
const Tool &toolOf(const QString &id); // the first for one that is not known
QString code(const Tool &tool, const Options &options);

QString origin(const QUrl &server); // "https://ops.example", as the code has it
QString setKey(); // a command for a shell that takes the key without showing or keeping it
QString listModels(const QUrl &server); // a command that shows whether the key is good

} // namespace connectCode
