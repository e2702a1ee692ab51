// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

// What is asked of an answer. Which members a kind reads stands beside it; the others stay absent.
enum class AssertionKind {
    Equals, // value, or the case's expected output; ignoreCase
    Contains, // values with match; ignoreCase
    Regex, // value: a pattern as in tenants' guardrails, found anywhere; ignoreCase
    StartsWith, // value; ignoreCase
    EndsWith, // value; ignoreCase
    JsonSchema, // schema; the answer must be JSON
    JsonPath, // path and equals, or the case's expected output
    Levenshtein, // value, or the case's expected output; scores 1 - edits / length of the longer; ignoreCase
    TokenSimilarity, // the same; scores the F1 of the words that both have
    Length, // minimum and maximum: characters
    Latency, // minimum and maximum: milliseconds of the call
    Cost, // minimum and maximum: nano-US-dollars of the answer
    Refusal, // the model declined to answer
    ToolCall, // tool, and arguments that must be among its arguments
    Rubric // rubric, judged by a model: judge, judgeVersion, judgeModel
};
template<>
inline constexpr auto enumNames<AssertionKind> = std::to_array({"equals", "contains", "regex", "startsWith", "endsWith",
                                                                "jsonSchema", "jsonPath", "levenshtein",
                                                                "tokenSimilarity", "length", "latency", "cost",
                                                                "refusal", "toolCall", "rubric"});

enum class ContainsMatch { All, Any, None };
template<> inline constexpr auto enumNames<ContainsMatch> = std::to_array({"all", "any", "none"});

struct Assertion
{
    AssertionKind kind = AssertionKind::Equals;
    QString name; // for people; empty: the kind
    double weight = 1;
    std::optional<double> threshold; // absent: evaluations::defaultThreshold(kind)
    bool isNegated = false;
    std::optional<QString> value;
    std::optional<QList<QString>> values;
    ContainsMatch match = ContainsMatch::All;
    bool ignoreCase = false;
    std::optional<QJsonObject> schema;
    std::optional<QString> path;
    std::optional<QJsonValue> equals;
    std::optional<qint64> minimum;
    std::optional<qint64> maximum;
    std::optional<QString> tool;
    std::optional<QJsonObject> arguments;
    std::optional<QString> rubric;
    std::optional<QString> judge;
    std::optional<int> judgeVersion;
    std::optional<QString> judgeModel;

    static constexpr auto fields()
    {
        using T = Assertion;
        return std::tuple{
            Field{"kind", &T::kind},
            Field{"name", &T::name, {.doc = "For people", .maxLength = 120, .hasDefault = true}},
            Field{"weight",
                  &T::weight,
                  {.doc = "In the mean that is the answer's score; 0: shown only",
                   .minimum = 0,
                   .maximum = 1000,
                   .hasDefault = true}},
            Field{"threshold",
                  &T::threshold,
                  {.doc = "The score from which on it holds, 0 to 1. Absent: 0.8 for similarities, 0.5 for rubrics, "
                          "otherwise 1",
                   .minimum = 0,
                   .maximum = 1}},
            Field{"isNegated", &T::isNegated, {.doc = "It must not hold; scores 1 - score", .hasDefault = true}},
            Field{"value",
                  &T::value,
                  {.doc = "Of equals, regex, startsWith, endsWith, levenshtein, tokenSimilarity. Absent: the case's "
                          "expected output",
                   .minLength = 1,
                   .maxLength = 100'000}},
            Field{"values", &T::values, {.doc = "Of contains", .minLength = 1, .maxLength = 100}},
            Field{"match", &T::match, {.doc = "Of contains: how many of the values", .hasDefault = true}},
            Field{"ignoreCase", &T::ignoreCase, {.doc = "Of those that compare texts", .hasDefault = true}},
            Field{"schema", &T::schema, {.doc = "Of jsonSchema: the subset that templates' variables have"}},
            Field{"path",
                  &T::path,
                  {.doc = "Of jsonPath: RFC 9535 with names, indexes and wildcards, such as $.items[0].name and "
                          "$['a b'][*]",
                   .minLength = 1,
                   .maxLength = 1000}},
            Field{"equals",
                  &T::equals,
                  {.doc = "Of jsonPath: the value of all that the path finds. Absent: the case's expected output, as "
                          "JSON if it is"}},
            Field{"minimum",
                  &T::minimum,
                  {.doc = "Of length (characters), latency (ms), cost (nano-US-dollars)", .minimum = 0}},
            Field{"maximum", &T::maximum, {.minimum = 0}},
            Field{"tool", &T::tool, {.doc = "Of toolCall: the name", .minLength = 1, .maxLength = 200}},
            Field{"arguments", &T::arguments, {.doc = "Of toolCall: these must be among its arguments"}},
            Field{"rubric", &T::rubric, {.doc = "Of rubric: what is asked of the answer", .maxLength = 10'000}},
            Field{"judge",
                  &T::judge,
                  {.doc = "Of rubric: slug of the template that judges. It may use input, expected, output and rubric, "
                          "and answers with JSON {\"score\": 0 to 1, \"reason\": …}, {\"pass\": true} or a number",
                   .minLength = 1,
                   .maxLength = 120}},
            Field{"judgeVersion", &T::judgeVersion, {.doc = "Absent: the latest", .minimum = 1}},
            Field{"judgeModel",
                  &T::judgeModel,
                  {.doc = "Absent: the judging template's own", .minLength = 3, .maxLength = 200}}};
    }
};

// How an assertion came out.
struct AssertionResult
{
    AssertionKind kind = AssertionKind::Equals;
    QString name;
    bool isPending = false;
    bool passed = false;
    double score = 0; // 0 to 1, after the negation
    double threshold = 1;
    double weight = 1;
    QString reason; // a sentence where it did not hold, or a judge's own
    std::optional<QUuid> judgeJobId;

    static constexpr auto fields()
    {
        using T = AssertionResult;
        return std::tuple{Field{"kind", &T::kind},
                          Field{"name", &T::name},
                          Field{"isPending", &T::isPending, {.doc = "Its judge has not answered yet"}},
                          Field{"passed", &T::passed},
                          Field{"score", &T::score, {.doc = "0 to 1, after the negation"}},
                          Field{"threshold", &T::threshold},
                          Field{"weight", &T::weight},
                          Field{"reason", &T::reason, {.doc = "Why it did not hold, or what its judge said"}},
                          Field{"judgeJobId", &T::judgeJobId, {.doc = "The job that judged"}}};
    }
};

WIRE_TYPE(Assertion)
WIRE_TYPE(AssertionResult)
