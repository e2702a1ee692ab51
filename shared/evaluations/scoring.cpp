// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/scoring.h"

#include "shared/evaluations/json_path.h"
#include "shared/evaluations/similarity.h"
#include "shared/patterns/pattern.h"
#include "shared/templates/variables_schema.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace evaluations {
namespace {

constexpr qsizetype patternSteps = 50'000'000; // some tenths of a second

// A raw score before threshold and negation, or why there is none.
struct Finding
{
    std::optional<double> score;
    QString reason;
};
Finding holds(bool isTrue, const QString &otherwise) { return {isTrue ? 1.0 : 0.0, isTrue ? QString() : otherwise}; }
Finding broken(const QString &why) { return {std::nullopt, why}; }

QString shortly(const QString &text)
{
    constexpr qsizetype longest = 80;
    const QString line = text.simplified();
    return line.size() <= longest ? line : line.first(longest - 1) + u'…';
}

QString plain(const QString &text, bool ignoreCase)
{
    const QString normal = text.trimmed().normalized(QString::NormalizationForm_C);
    return ignoreCase ? normal.toCaseFolded() : normal;
}

qsizetype characters(const QString &text) { return text.toUcs4().size(); }

std::optional<QJsonValue> parsed(const QString &text)
{
    try {
        return json::document(text.trimmed().toUtf8());
    } catch (const json::SyntaxError &) {
        return std::nullopt;
    }
}

std::optional<QString> wanted(const Assertion &assertion, const Answer &answer)
{
    return assertion.value ? assertion.value : answer.expected;
}
Finding nothingWanted() { return broken(u"The case has no expected output, and the assertion no value."_s); }

Finding equals(const Assertion &assertion, const Answer &answer)
{
    const auto value = wanted(assertion, answer);
    if (!value)
        return nothingWanted();
    return holds(plain(answer.output, assertion.ignoreCase) == plain(*value, assertion.ignoreCase),
                 u"The output is not “%1”."_s.arg(shortly(*value)));
}

Finding contains(const Assertion &assertion, const Answer &answer)
{
    const QString output = plain(answer.output, assertion.ignoreCase);
    const QList<QString> values = assertion.values.value_or(QList<QString>());
    QStringList found, missing;
    for (const QString &value : values)
        (output.contains(plain(value, assertion.ignoreCase)) ? found : missing).append(u'“' + shortly(value) + u'”');
    switch (assertion.match) {
    case ContainsMatch::All:
        return {values.isEmpty() ? 1 : double(found.size()) / double(values.size()),
                missing.isEmpty() ? QString() : u"The output lacks %1."_s.arg(missing.join(u", "_s))};
    case ContainsMatch::Any:
        return holds(!found.isEmpty(), u"The output has none of %1."_s.arg(missing.join(u", "_s)));
    case ContainsMatch::None:
        return holds(found.isEmpty(), u"The output has %1."_s.arg(found.join(u", "_s)));
    }
    return {};
}

Finding regex(const Assertion &assertion, const Answer &answer)
{
    const auto pattern = wanted(assertion, answer);
    if (!pattern)
        return nothingWanted();
    const patterns::Pattern compiled(*pattern, patterns::Characters::CodePoints,
                                     assertion.ignoreCase ? patterns::Option::IgnoreCase : patterns::Options());
    if (!compiled.problem().isEmpty())
        return broken(u"“%1” is no pattern: it %2."_s.arg(shortly(*pattern), compiled.problem()));
    qsizetype steps = patternSteps;
    switch (compiled.search(answer.output, steps)) {
    case patterns::Pattern::Outcome::Found:
        return {1, {}};
    case patterns::Pattern::Outcome::NotFound:
        return {0, u"The output does not match %1."_s.arg(shortly(*pattern))};
    case patterns::Pattern::Outcome::TooLong:
        return broken(u"The output takes too long to match with %1."_s.arg(shortly(*pattern)));
    }
    return {};
}

Finding edge(const Assertion &assertion, const Answer &answer)
{
    const auto value = wanted(assertion, answer);
    if (!value)
        return nothingWanted();
    const QString output = plain(answer.output, assertion.ignoreCase), edge = plain(*value, assertion.ignoreCase);
    return assertion.kind == AssertionKind::StartsWith
        ? holds(output.startsWith(edge), u"The output does not begin with “%1”."_s.arg(shortly(*value)))
        : holds(output.endsWith(edge), u"The output does not end with “%1”."_s.arg(shortly(*value)));
}

Finding schema(const Assertion &assertion, const Answer &answer)
{
    const auto value = parsed(answer.output);
    if (!value)
        return {0, u"The output is not JSON."_s};
    const auto problems = templates::validate(assertion.schema.value_or(QJsonObject()), *value);
    if (problems.isEmpty())
        return {1, {}};
    const json::Problem &first = problems.first();
    return {0, u"%1 %2."_s.arg(first.pointer.isEmpty() ? u"The output"_s : first.pointer, first.message)};
}

Finding path(const Assertion &assertion, const Answer &answer)
{
    const auto document = parsed(answer.output);
    if (!document)
        return {0, u"The output is not JSON."_s};
    if (!assertion.equals && !answer.expected)
        return nothingWanted();
    const QJsonValue value = assertion.equals
        ? *assertion.equals
        : parsed(*answer.expected).value_or(QJsonValue(answer.expected->trimmed()));
    const QString text = assertion.path.value_or(QString());
    const auto found = JsonPath(text).find(*document);
    if (found.isEmpty())
        return {0, u"The output has nothing at %1."_s.arg(text)};
    for (const QJsonValue &one : found)
        if (one != value)
            return {0,
                    u"At %1 stands %2 instead of %3."_s.arg(text, shortly(QString::fromUtf8(json::print(one))),
                                                            shortly(QString::fromUtf8(json::print(value))))};
    return {1, {}};
}

Finding similarity(const Assertion &assertion, const Answer &answer)
{
    const auto value = wanted(assertion, answer);
    if (!value)
        return nothingWanted();
    const QString a = plain(answer.output, assertion.ignoreCase), b = plain(*value, assertion.ignoreCase);
    const auto score = assertion.kind == AssertionKind::Levenshtein
        ? editSimilarity(a, b)
        : std::optional(tokenSimilarity(a, b, assertion.ignoreCase));
    if (!score)
        return broken(u"Texts of more than %L1 characters are not compared by edits."_s.arg(longestCompared));
    return {*score, {}};
}

Finding within(const Assertion &assertion, const std::optional<qint64> &figure, const QString &what)
{
    if (!figure)
        return broken(u"It is not known: %1."_s.arg(what));
    if (assertion.minimum && *figure < *assertion.minimum)
        return {0, u"%1 is below %2: %3."_s.arg(*figure).arg(*assertion.minimum).arg(what)};
    if (assertion.maximum && *figure > *assertion.maximum)
        return {0, u"%1 is above %2: %3."_s.arg(*figure).arg(*assertion.maximum).arg(what)};
    return {1, {}};
}

Finding length(const Assertion &assertion, const Answer &answer)
{
    return within(assertion, qint64(characters(answer.output)), u"characters of the output"_s);
}
Finding latency(const Assertion &assertion, const Answer &answer)
{
    return within(assertion, answer.latencyMs, u"milliseconds until the answer was there"_s);
}
Finding cost(const Assertion &assertion, const Answer &answer)
{
    return within(assertion, answer.costNanos, u"nano-US-dollars for the answer"_s);
}

Finding refusal(const Assertion &, const Answer &answer)
{
    return holds(answer.finishReason == "content_filter"_L1 || isRefusal(answer.output),
                 u"The model did not decline to answer."_s);
}

bool hasAll(const QJsonObject &there, const QJsonObject &wanted)
{
    for (auto it = wanted.begin(); it != wanted.end(); ++it)
        if (!there.contains(it.key()) || there.value(it.key()) != it.value())
            return false;
    return true;
}

Finding toolCall(const Assertion &assertion, const Answer &answer)
{
    const QString tool = assertion.tool.value_or(QString());
    bool isCalled = false;
    for (const WrittenToolCall &call : toolCalls(answer.output)) {
        if (call.name != tool)
            continue;
        isCalled = true;
        if (hasAll(call.arguments, assertion.arguments.value_or(QJsonObject())))
            return {1, {}};
    }
    return {0, isCalled ? u"%1 is called with other arguments."_s.arg(tool) : u"%1 is not called."_s.arg(tool)};
}

// Which optional members a kind reads.
enum Member : unsigned {
    Value = 1,
    Values = 2,
    Case = 4,
    Schema = 8,
    Path = 16,
    Bounds = 32,
    Tool = 64,
    Judge = 128,
};
struct Kind
{
    Finding (*find)(const Assertion &, const Answer &);
    unsigned reads;
    double threshold = 1;
};
const Kind &kindOf(AssertionKind kind)
{
    static const Kind kinds[] = {{equals, Value | Case},
                                 {contains, Values | Case},
                                 {regex, Value | Case},
                                 {edge, Value | Case},
                                 {edge, Value | Case},
                                 {schema, Schema},
                                 {path, Path},
                                 {similarity, Value | Case, 0.8},
                                 {similarity, Value | Case, 0.8},
                                 {length, Bounds},
                                 {latency, Bounds},
                                 {cost, Bounds},
                                 {refusal, 0},
                                 {toolCall, Tool},
                                 {nullptr, Judge, 0.5}};
    static_assert(std::size(kinds) == enumNames<AssertionKind>.size());
    return kinds[std::size_t(kind)];
}

AssertionResult resultOf(const Assertion &assertion, const Finding &finding)
{
    AssertionResult result{.kind = assertion.kind,
                           .name = assertion.name,
                           .threshold = assertion.threshold.value_or(defaultThreshold(assertion.kind)),
                           .weight = assertion.weight,
                           .reason = finding.reason};
    if (!finding.score) // does not pass, whether negated or not
        return result;
    const bool isReached = *finding.score >= result.threshold - 1e-9;
    result.passed = isReached != assertion.isNegated;
    result.score = assertion.isNegated ? 1 - *finding.score : *finding.score;
    const bool isJudged = assertion.kind == AssertionKind::Rubric;
    if (result.passed && !isJudged)
        result.reason.clear();
    else if (!result.passed && assertion.isNegated && !isJudged)
        result.reason = u"It holds, and must not."_s;
    else if (!result.passed && result.reason.isEmpty())
        result.reason = u"The score %1 is below %2."_s.arg(*finding.score, 0, 'f', 2).arg(result.threshold, 0, 'f', 2);
    return result;
}

QString withoutCodeBlock(const QString &text)
{
    const QString plain = text.trimmed();
    if (!plain.startsWith("```"_L1) || !plain.endsWith("```"_L1))
        return plain;
    const qsizetype line = plain.indexOf(u'\n');
    return line < 0 ? plain : plain.mid(line + 1, plain.size() - line - 4).trimmed();
}

} // namespace

double defaultThreshold(AssertionKind kind) { return kindOf(kind).threshold; }

QList<json::Problem> problems(const Assertion &assertion, const QString &pointer)
{
    QList<json::Problem> problems;
    const Kind &kind = kindOf(assertion.kind);
    const auto add = [&](const char *member, const QString &what) {
        problems.append({pointer + u'/' + QLatin1StringView(member), what});
    };
    const std::tuple<const char *, bool, unsigned> given[] = {
        {"value", assertion.value.has_value(), Value},
        {"values", assertion.values.has_value(), Values},
        {"ignoreCase", assertion.ignoreCase, Case},
        {"schema", assertion.schema.has_value(), Schema},
        {"path", assertion.path.has_value(), Path},
        {"equals", assertion.equals.has_value(), Path},
        {"minimum", assertion.minimum.has_value(), Bounds},
        {"maximum", assertion.maximum.has_value(), Bounds},
        {"tool", assertion.tool.has_value(), Tool},
        {"arguments", assertion.arguments.has_value(), Tool},
        {"rubric", assertion.rubric.has_value(), Judge},
        {"judge", assertion.judge.has_value(), Judge},
        {"judgeVersion", assertion.judgeVersion.has_value(), Judge},
        {"judgeModel", assertion.judgeModel.has_value(), Judge}};
    for (const auto &[member, isGiven, reader] : given)
        if (isGiven && !(kind.reads & reader))
            add(member, u"is not read by %1"_s.arg(json::name(assertion.kind)));
    const std::tuple<const char *, bool, unsigned> needed[] = {{"values", assertion.values.has_value(), Values},
                                                               {"schema", assertion.schema.has_value(), Schema},
                                                               {"path", assertion.path.has_value(), Path},
                                                               {"tool", assertion.tool.has_value(), Tool},
                                                               {"judge", assertion.judge.has_value(), Judge}};
    for (const auto &[member, isGiven, reader] : needed)
        if (!isGiven && (kind.reads & reader))
            add(member, u"is missing: %1 needs it"_s.arg(json::name(assertion.kind)));
    if ((kind.reads & Bounds) && !assertion.minimum && !assertion.maximum)
        add("maximum", u"is missing: give a minimum, a maximum or both"_s);
    if (assertion.minimum && assertion.maximum && *assertion.minimum > *assertion.maximum)
        add("minimum", u"must not be above the maximum"_s);
    if (assertion.values)
        for (qsizetype i = 0; i < assertion.values->size(); ++i)
            if (const QString &value = assertion.values->at(i); value.trimmed().isEmpty() || value.size() > 10'000)
                problems.append({u"%1/values/%2"_s.arg(pointer).arg(i), u"must have 1 to 10,000 characters"_s});
    if (assertion.kind == AssertionKind::Regex && assertion.value)
        if (const patterns::Pattern pattern(*assertion.value); !pattern.problem().isEmpty())
            add("value", pattern.problem());
    if (assertion.path && (kind.reads & Path))
        if (const JsonPath path(*assertion.path); !path.problem().isEmpty())
            add("path", path.problem());
    if (assertion.schema && (kind.reads & Schema))
        for (const json::Problem &one : templates::checkSchema(*assertion.schema))
            problems.append({pointer + "/schema"_L1 + one.pointer, one.message});
    return problems;
}

QList<json::Problem> problems(const QList<Assertion> &assertions, const QString &pointer)
{
    QList<json::Problem> all;
    for (qsizetype i = 0; i < assertions.size(); ++i)
        all += problems(assertions[i], u"%1/%2"_s.arg(pointer).arg(i));
    return all;
}

AssertionResult evaluate(const Assertion &assertion, const Answer &answer)
{
    const Kind &kind = kindOf(assertion.kind);
    if (kind.find)
        return resultOf(assertion, kind.find(assertion, answer));
    AssertionResult pending = resultOf(assertion, broken({}));
    pending.isPending = true;
    return pending;
}

AssertionResult judged(const Assertion &assertion, const QString &judgement)
{
    const QString text = withoutCodeBlock(judgement);
    std::optional<double> score;
    QString reason;
    if (const auto value = parsed(text); value && value->isDouble()) {
        score = value->toDouble();
    } else if (value && value->isObject()) {
        const QJsonObject object = value->toObject();
        if (object[u"score"_s].isDouble())
            score = object[u"score"_s].toDouble();
        else if (object[u"pass"_s].isBool())
            score = object[u"pass"_s].toBool() ? 1 : 0;
        reason = object[u"reason"_s].toString().left(2000);
    }
    if (!score || !std::isfinite(*score) || *score < 0 || *score > 1)
        return resultOf(
            assertion, broken(u"The judge answered “%1”, which holds no score from 0 to 1."_s.arg(shortly(judgement))));
    return resultOf(assertion, {score, reason});
}

AssertionResult notJudged(const Assertion &assertion, const QString &why) { return resultOf(assertion, broken(why)); }

Score total(const QList<AssertionResult> &results, const std::optional<double> &passScore)
{
    double weights = 0, sum = 0;
    bool allPassed = true;
    for (const AssertionResult &result : results) {
        if (result.weight <= 0)
            continue;
        weights += result.weight;
        sum += result.weight * result.score;
        allPassed = allPassed && result.passed;
    }
    if (weights <= 0)
        return {};
    const double score = sum / weights;
    return {score, passScore ? score >= *passScore - 1e-9 : allPassed};
}

bool isRefusal(const QString &output)
{
    static constexpr QStringView beginnings[] = {u"i can't ",
                                                 u"i cannot ",
                                                 u"i can’t ",
                                                 u"i'm sorry, but i ",
                                                 u"i’m sorry, but i ",
                                                 u"i am sorry, but i ",
                                                 u"sorry, but i ",
                                                 u"sorry, i can",
                                                 u"i'm unable to ",
                                                 u"i’m unable to ",
                                                 u"i am unable to ",
                                                 u"i'm not able to ",
                                                 u"i’m not able to ",
                                                 u"i am not able to ",
                                                 u"i won't ",
                                                 u"i won’t ",
                                                 u"i must decline",
                                                 u"i have to decline",
                                                 u"as an ai",
                                                 u"não posso ",
                                                 u"eu não posso ",
                                                 u"desculpe, mas não ",
                                                 u"desculpe, não posso",
                                                 u"sinto muito, mas não ",
                                                 u"lamento, mas não ",
                                                 u"infelizmente, não posso",
                                                 u"não consigo "};
    const QString text = output.trimmed().left(200).simplified().toCaseFolded();
    return std::any_of(std::begin(beginnings), std::end(beginnings),
                       [&](QStringView beginning) { return text.startsWith(beginning); });
}

QList<WrittenToolCall> toolCalls(const QString &output)
{
    constexpr qsizetype most = 100;
    QList<WrittenToolCall> calls;
    const auto document = parsed(withoutCodeBlock(output));
    if (!document)
        return calls;
    QJsonArray candidates = document->isArray() ? document->toArray() : QJsonArray{*document};
    if (const QJsonValue inner = document->toObject()[u"tool_calls"_s]; inner.isArray())
        candidates = inner.toArray();
    for (const QJsonValue candidate : std::as_const(candidates)) {
        QJsonObject object = candidate.toObject();
        if (object[u"function"_s].isObject()) // OpenAI
            object = object[u"function"_s].toObject();
        QJsonValue arguments = object.contains(u"input"_s) ? object[u"input"_s] : object[u"arguments"_s];
        if (arguments.isString())
            arguments = parsed(arguments.toString()).value_or(QJsonValue());
        if (const QString name = object[u"name"_s].toString(); !name.isEmpty() && calls.size() < most)
            calls.append({name, arguments.toObject()});
    }
    return calls;
}

} // namespace evaluations
