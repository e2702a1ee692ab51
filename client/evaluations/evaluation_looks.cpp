// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/evaluation_looks.h"

#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct EvaluationLooks
{
    Q_DECLARE_TR_FUNCTIONS(EvaluationLooks)
};

struct AssertionWords
{
    const char *title;
    const char *help;
};

// In the order of AssertionKind.
constexpr AssertionWords assertionWords[] = {
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Equals"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer is this text, or the case's expected output.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Contains"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer has all, any or none of these texts.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Regular expression"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The expression is found anywhere in the answer.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Starts with"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer begins with this text.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Ends with"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer ends with this text.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "JSON Schema"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer is JSON of this form.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "JSON path"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "What the path finds in the answer is this value.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Edit similarity"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "How few characters differ from this text (Levenshtein).")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Word similarity"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "How many words the answer shares with this text (F1).")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Length"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "How many characters the answer has.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Latency"), QT_TRANSLATE_NOOP("EvaluationLooks", "How long the call took.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Cost"), QT_TRANSLATE_NOOP("EvaluationLooks", "What the answer cost.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Refusal"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The model declined to answer.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Tool call"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "The answer calls this tool, with at least these arguments.")},
    {QT_TRANSLATE_NOOP("EvaluationLooks", "Rubric"),
     QT_TRANSLATE_NOOP("EvaluationLooks", "A model judges the answer by what is written here.")}};
static_assert(std::size(assertionWords) == enumNames<AssertionKind>.size());

QString words(const QString &text) { return QString(text).replace(u'\n', u' ').left(80); }

QString limitsOf(const Assertion &one, const std::function<QString(qint64)> &shown)
{
    if (one.minimum && one.maximum)
        return EvaluationLooks::tr("%1 to %2").arg(shown(*one.minimum), shown(*one.maximum));
    if (one.minimum)
        return EvaluationLooks::tr("at least %1").arg(shown(*one.minimum));
    return one.maximum ? EvaluationLooks::tr("at most %1").arg(shown(*one.maximum)) : QString();
}

QString detailOf(const Assertion &one)
{
    using enum AssertionKind;
    const QString expected = EvaluationLooks::tr("the expected output");
    switch (one.kind) {
    case Equals:
    case Levenshtein:
    case TokenSimilarity:
        return one.value ? words(*one.value) : expected;
    case Regex:
    case StartsWith:
    case EndsWith:
        return words(one.value.value_or(QString()));
    case Contains: {
        const QString values = words(QStringList(one.values.value_or(QList<QString>())).join(u", "_s));
        return one.match == ContainsMatch::All ? EvaluationLooks::tr("all of %1").arg(values)
            : one.match == ContainsMatch::Any  ? EvaluationLooks::tr("any of %1").arg(values)
                                               : EvaluationLooks::tr("none of %1").arg(values);
    }
    case JsonPath:
        return u"%1 = %2"_s.arg(one.path.value_or(QString()), one.equals ? words(plainValue(*one.equals)) : expected);
    case Length:
        return limitsOf(one, amounts::count);
    case Latency:
        return limitsOf(one, amounts::duration);
    case Cost:
        return limitsOf(one, amounts::exactCost);
    case ToolCall:
        return one.tool.value_or(QString());
    case Rubric:
        return words(one.rubric.value_or(QString()));
    case JsonSchema:
    case Refusal:
        break;
    }
    return {};
}

} // namespace

StatusLook lookOf(RunState state)
{
    switch (state) {
    case RunState::Running:
        return {Tone::Info, u"loader"_s, EvaluationLooks::tr("Running", "a run")};
    case RunState::Completed:
        return {Tone::Success, u"circle-check"_s, EvaluationLooks::tr("Completed", "a run")};
    case RunState::Canceled:
        return {Tone::Neutral, u"ban"_s, EvaluationLooks::tr("Cancelled", "a run")};
    }
    return {};
}

QList<StatusLook> looksOfRuns()
{
    return {lookOf(RunState::Running), lookOf(RunState::Completed), lookOf(RunState::Canceled)};
}

StatusLook lookOf(CellOutcome outcome)
{
    switch (outcome) {
    case CellOutcome::Pending:
        return {Tone::Neutral, u"clock"_s, EvaluationLooks::tr("Waiting", "an answer")};
    case CellOutcome::Passed:
        return {Tone::Success, u"check"_s, EvaluationLooks::tr("Passed", "an answer")};
    case CellOutcome::Failed:
        return {Tone::Danger, u"x"_s, EvaluationLooks::tr("Failed", "an answer")};
    case CellOutcome::Error:
        return {Tone::Warning, u"triangle-alert"_s, EvaluationLooks::tr("No answer")};
    case CellOutcome::Canceled:
        return {Tone::Neutral, u"ban"_s, EvaluationLooks::tr("Cancelled", "an answer")};
    case CellOutcome::Unscored:
        return {Tone::Neutral, u"minus"_s, EvaluationLooks::tr("Not scored", "an answer")};
    }
    return {};
}

StatusLook lookOf(CellChange change)
{
    switch (change) {
    case CellChange::Same:
        return {Tone::Neutral, u"minus"_s, EvaluationLooks::tr("As before")};
    case CellChange::Regression:
        return {Tone::Danger, u"arrow-down"_s, EvaluationLooks::tr("Regression")};
    case CellChange::Improvement:
        return {Tone::Success, u"arrow-up"_s, EvaluationLooks::tr("Improvement")};
    case CellChange::Incomparable:
        return {Tone::Neutral, u"circle-help"_s, EvaluationLooks::tr("Not comparable")};
    }
    return {};
}

QString titleOf(AssertionKind kind) { return EvaluationLooks::tr(assertionWords[std::size_t(kind)].title); }
QString helpOf(AssertionKind kind) { return EvaluationLooks::tr(assertionWords[std::size_t(kind)].help); }

QString summaryOf(const Assertion &assertion)
{
    const QString title =
        assertion.isNegated ? EvaluationLooks::tr("Not: %1").arg(titleOf(assertion.kind)) : titleOf(assertion.kind);
    const QString detail = detailOf(assertion);
    return detail.isEmpty() ? title : u"%1 · %2"_s.arg(title, detail);
}

QString shownScore(const std::optional<double> &score) { return score ? amounts::percent(*score) : u"—"_s; }

QString shownRun(const EvaluationRun &run)
{
    return run.name.isEmpty() ? u"%1 · %2"_s.arg(run.datasetName, amounts::moment(run.createdAt)) : run.name;
}

QString shownColumn(const RunColumn &column)
{
    return u"%1 v%2 · %3"_s.arg(column.templateName, QString::number(column.version), shownModel(column.model));
}

QString shownTags(const QList<QString> &tags) { return QStringList(tags).join(u"; "_s); }

QList<QString> tagsOf(const QString &text)
{
    static const QRegularExpression separators(u"[;,\\n]"_s);
    QList<QString> tags;
    for (const QString &part : text.split(separators, Qt::SkipEmptyParts))
        if (const QString tag = part.trimmed(); !tag.isEmpty() && !tags.contains(tag))
            tags << tag;
    return tags;
}

QString plainValue(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isUndefined())
        return {};
    QByteArray text;
    json::write(text, value);
    return QString::fromUtf8(text);
}
