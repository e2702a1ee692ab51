// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <functional>

class QWidget;

// Rows that leave the program, for a spreadsheet or for another program.
namespace rowExport {

// One line of comma-separated values (RFC 4180) with its end. A text that a spreadsheet would run as a formula is made
// plain.
QByteArray csvLine(const QStringList &cells);

enum class JsonForm { Document, Lines }; // .json, or .jsonl with one row in each line

// Asks for the file, beginning with `name`.csv; JSON may be chosen instead. `chosen` does not run when the person
// thinks better of it.
void ask(QWidget *parent, const QString &title, const QString &name, std::function<void(const QString &path)> chosen,
         JsonForm form = JsonForm::Document);
bool isJson(const QString &path); // in either form

// Writes the file whole or not at all. What went wrong, in words; empty: nothing.
QString write(const QString &path, const QByteArray &content);

} // namespace rowExport
