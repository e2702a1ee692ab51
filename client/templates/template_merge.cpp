// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_merge.h"

#include "client/templates/pretty_json.h"
#include "client/templates/word_diff.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <map>

using namespace Qt::StringLiterals;

namespace merge {
namespace {

// Instead of `count` lines of the base from `at` on come others.
struct Change
{
    int count = 0;
    QStringList lines;

    bool operator==(const Change &) const = default;
};

std::map<int, Change> changes(const QString &base, const QString &other)
{
    std::map<int, Change> all;
    int line = 0; // of the base, from 0
    Change *open = nullptr;
    for (const diff::Row &row : diff::compare(base, other).rows) {
        if (row.kind == diff::Row::Kind::Same) {
            open = nullptr;
            ++line;
            continue;
        }
        if (!open)
            open = &all[line];
        if (row.oldNumber > 0) {
            ++open->count;
            ++line;
        }
        if (row.newNumber > 0)
            open->lines.append(row.newText);
    }
    return all;
}

QJsonObject withoutAbsent(const QJsonObject &object)
{
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it)
        if (!it->isNull())
            result.insert(it.key(), it.value());
    return result;
}

ApiError unreadable(Part part, const QString &why)
{
    static const std::map<Part, QString> pointers{{Part::Examples, u"/examples"_s},
                                                  {Part::Variables, u"/variablesSchema"_s},
                                                  {Part::Parameters, u"/parameters"_s}};
    return ApiError::invalid(pointers.at(part), why);
}

} // namespace

QString textOf(const NewTemplateVersion &content, Part part)
{
    switch (part) {
    case Part::System:
        return content.systemPrompt;
    case Part::User:
        return content.userPrompt;
    case Part::Model:
        return content.defaultModel;
    case Part::Variables:
        return content.variablesSchema ? prettyJson(*content.variablesSchema) : QString();
    case Part::Parameters: {
        const QJsonObject set = withoutAbsent(json::object(json::print(content.parameters)));
        return set.isEmpty() ? QString() : prettyJson(set);
    }
    case Part::Examples: {
        QJsonArray turns;
        for (const ExampleTurn &turn : content.examples)
            turns.append(json::object(json::print(turn)));
        return turns.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(turns).toJson()).trimmed();
    }
    }
    return {};
}

std::optional<ApiError> setText(NewTemplateVersion &content, Part part, const QString &text)
{
    if (part == Part::System || part == Part::User || part == Part::Model) {
        (part == Part::System     ? content.systemPrompt
             : part == Part::User ? content.userPrompt
                                  : content.defaultModel) = text;
        return {};
    }
    QJsonParseError problem;
    const QJsonDocument document =
        text.trimmed().isEmpty() ? QJsonDocument() : QJsonDocument::fromJson(text.toUtf8(), &problem);
    if (!text.trimmed().isEmpty() && document.isNull())
        return unreadable(part, problem.errorString());
    try {
        if (part == Part::Examples) {
            QList<ExampleTurn> turns;
            for (const QJsonValue &turn : document.array())
                turns.append(json::fromValue<ExampleTurn>(turn, json::UnknownMembers::Reject));
            content.examples = turns;
        } else if (part == Part::Parameters) {
            content.parameters = json::fromValue<ModelParameters>(document.object(), json::UnknownMembers::Reject);
        } else if (document.isNull()) {
            content.variablesSchema.reset();
        } else {
            content.variablesSchema = document.object();
        }
    } catch (const json::InvalidError &error) {
        return unreadable(part, QString::fromUtf8(error.what()));
    }
    return {};
}

QList<Block> blocks(const NewTemplateVersion &base, const NewTemplateVersion &theirs, const NewTemplateVersion &mine)
{
    QList<Block> all;
    for (const Part part : allParts) {
        Block block{part, Origin::Same, textOf(base, part), textOf(theirs, part), textOf(mine, part), {}};
        const bool theyDid = block.theirs != block.base, iDid = block.mine != block.base;
        block.origin = !theyDid && !iDid ? Origin::Same
            : block.theirs == block.mine ? Origin::Alike
            : theyDid && iDid            ? Origin::Conflict
            : theyDid                    ? Origin::Theirs
                                         : Origin::Mine;
        if (block.origin == Origin::Conflict && part != Part::Model)
            block.merged = lines(block.base, block.theirs, block.mine);
        NewTemplateVersion probe;
        if (block.merged && setText(probe, part, *block.merged))
            block.merged.reset(); // the lines fit, the JSON does not
        all.append(block);
    }
    return all;
}

std::optional<QString> lines(const QString &base, const QString &theirs, const QString &mine)
{
    std::map<int, Change> all = changes(base, theirs);
    for (const auto &[at, change] : changes(base, mine)) {
        const auto [it, isNew] = all.emplace(at, change);
        if (!isNew && it->second != change)
            return {};
    }
    const QStringList old = base.split(u'\n');
    QStringList result;
    int line = 0;
    bool isChanged = false; // what ends at `line`: lines that touch belong together
    for (const auto &[at, change] : all) {
        if (at < line || (isChanged && at == line))
            return {};
        result += old.mid(line, at - line);
        result += change.lines;
        line = at + change.count;
        isChanged = true;
    }
    return (result + old.mid(line)).join(u'\n');
}

} // namespace merge
