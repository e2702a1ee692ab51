// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/patterns/search.h"

#include <vector>

namespace guardrails {

// The patterns of a tenant, compiled. A pattern reads text as JavaScript does: by units of UTF-16, or by characters
// where it has some of its own that take two units.
class PatternList
{
public:
    PatternList() = default;
    explicit PatternList(const QList<QString> &patterns);

    // What is wrong with them, at /`member`/3; nothing: they may be used.
    QList<json::Problem> problems(const QString &member) const;
    bool isEmpty() const { return m_patterns.empty(); }
    qsizetype effort() const; // the most steps that all of them take for a character
    // One that is found in every text, at /`member`/3.
    QList<json::Problem> foundEverywhere(const QString &member) const;

    struct Found
    {
        std::optional<qsizetype> index; // of the first that is in the text
        bool isTooLong = false; // the steps did not suffice
    };
    Found firstIn(QStringView text, qsizetype &steps) const;
    std::vector<patterns::Search> searches() const; // one for each that can be used; they need the list

private:
    std::vector<patterns::Pattern> m_patterns;
};

} // namespace guardrails
