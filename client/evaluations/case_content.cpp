// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/case_content.h"

#include "client/evaluations/evaluation_looks.h"

using namespace Qt::StringLiterals;

namespace {

bool isSame(const QList<Assertion> &a, const QList<Assertion> &b) { return json::print(a) == json::print(b); }

QStringList namesOf(std::initializer_list<const CaseContent *> contents)
{
    QStringList names;
    for (const CaseContent *content : contents)
        for (auto it = content->variables.begin(); it != content->variables.end(); ++it)
            if (!names.contains(it.key()))
                names << it.key();
    return names;
}

std::optional<QJsonValue> jsonOf(const QString &text)
{
    try {
        return json::document(text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {};
    }
}

void copyCell(const CaseContent &from, CaseContent &to, const QString &column)
{
    if (column == caseColumns::expected)
        to.expected = from.expected;
    else if (column == caseColumns::tags)
        to.tags = from.tags;
    else if (from.variables.contains(column))
        to.variables.insert(column, from.variables.value(column));
    else
        to.variables.remove(column);
}

} // namespace

CaseContent CaseContent::of(const EvaluationCase &one)
{
    return {one.variables, one.expected, one.tags, one.assertions};
}

bool operator==(const CaseContent &a, const CaseContent &b)
{
    return a.variables == b.variables && a.expected == b.expected && a.tags == b.tags
        && isSame(a.assertions, b.assertions);
}

NewEvaluationCase CaseContent::asNew() const
{
    NewEvaluationCase made;
    made.variables = variables;
    made.expected = expected;
    made.tags = tags;
    made.assertions = assertions;
    return made;
}

void CaseContent::apply(const EvaluationCaseChange &change)
{
    const QJsonObject members = change.variables.value_or(QJsonObject());
    for (auto it = members.begin(); it != members.end(); ++it)
        it.value().isNull() ? void(variables.remove(it.key())) : void(variables.insert(it.key(), it.value()));
    if (change.clearExpected)
        expected.reset();
    else if (change.expected)
        expected = change.expected;
    tags = change.tags.value_or(tags);
    assertions = change.assertions.value_or(assertions);
}

std::optional<EvaluationCaseChange> CaseContent::changeFrom(const EvaluationCase &before) const
{
    const CaseContent old = of(before);
    if (old == *this)
        return {};
    EvaluationCaseChange change;
    change.id = before.id;
    change.revision = before.revision;
    QJsonObject members;
    for (const QString &name : namesOf({this, &old})) {
        if (!variables.contains(name))
            members.insert(name, QJsonValue::Null);
        else if (variables.value(name) != old.variables.value(name) || !old.variables.contains(name))
            members.insert(name, variables.value(name));
    }
    if (!members.isEmpty())
        change.variables = members;
    if (expected != old.expected)
        expected ? void(change.expected = expected) : void(change.clearExpected = true);
    if (tags != old.tags)
        change.tags = tags;
    if (!isSame(assertions, old.assertions))
        change.assertions = assertions;
    return change;
}

QString cellText(const CaseContent &content, const QString &column)
{
    if (column == caseColumns::expected)
        return content.expected.value_or(QString());
    if (column == caseColumns::tags)
        return shownTags(content.tags);
    return plainValue(content.variables.value(column));
}

void setCellText(CaseContent &content, const QString &column, const QString &text, const QString &schemaType)
{
    if (column == caseColumns::tags) {
        content.tags = tagsOf(text);
        return;
    }
    if (column == caseColumns::expected) {
        content.expected = text.isEmpty() ? std::nullopt : std::optional(text);
        return;
    }
    if (text.isEmpty())
        return content.variables.remove(column);
    const QJsonValue before = content.variables.value(column);
    const bool isText = schemaType == u"string"_s
        || (schemaType.isEmpty() && (before.isString() || before.isUndefined() || before.isNull()));
    const auto value = isText ? std::nullopt : jsonOf(text);
    content.variables.insert(column, value ? *value : QJsonValue(text));
}

CaseContent merged(const CaseContent &base, const CaseContent &mine, const CaseContent &theirs,
                   QList<CellConflict> &conflicts, const QUuid &caseId, int number)
{
    CaseContent result = theirs;
    QStringList columns = namesOf({&base, &mine, &theirs});
    columns << caseColumns::expected << caseColumns::tags;
    for (const QString &column : std::as_const(columns)) {
        const QString was = cellText(base, column), own = cellText(mine, column), other = cellText(theirs, column);
        if (own == was || own == other)
            continue;
        copyCell(mine, result, column);
        if (other == was)
            continue;
        copyCell(theirs, result, column);
        conflicts.append({.caseId = caseId, .number = number, .column = column, .mine = own, .theirs = other});
    }
    if (isSame(theirs.assertions, base.assertions))
        result.assertions = mine.assertions;
    return result;
}

QList<QStringList> cellsOf(const QString &text)
{
    QList<QStringList> rows;
    QStringList row;
    QString cell;
    bool isQuoted = false, wasQuoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted) {
            if (c == u'"' && i + 1 < text.size() && text[i + 1] == u'"')
                cell += text[++i];
            else if (c == u'"')
                isQuoted = false;
            else
                cell += c;
        } else if (c == u'"' && cell.isEmpty() && !wasQuoted) {
            isQuoted = wasQuoted = true;
        } else if (c == u'\t') {
            row << cell;
            cell.clear();
            wasQuoted = false;
        } else if (c == u'\n' || c == u'\r') {
            if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                ++i;
            rows << (row << cell);
            row.clear();
            cell.clear();
            wasQuoted = false;
        } else {
            cell += c;
        }
    }
    if (!row.isEmpty() || !cell.isEmpty() || wasQuoted)
        rows << (row << cell);
    return rows;
}

QString tabSeparated(const QList<QStringList> &cells)
{
    QString text;
    for (const QStringList &row : cells) {
        QStringList quoted;
        for (QString cell : row) {
            if (cell.contains(u'\t') || cell.contains(u'\n') || cell.contains(u'\r') || cell.startsWith(u'"'))
                cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
            quoted << cell;
        }
        text += quoted.join(u'\t') + u'\n';
    }
    return text;
}
