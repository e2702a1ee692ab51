// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"
#include "shared/json/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

// A named set of cases by which versions of templates are judged.
struct Dataset
{
    QUuid id;
    QString name;
    QString description;
    QList<QString> tags;
    QList<Assertion> assertions; // asked of the answers to all of its cases
    std::optional<double> passScore;
    qint64 caseCount = 0;
    std::optional<QUuid> authorId;
    QString authorName;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Dataset;
        return std::tuple{
            Field{"id", &T::id},
            Field{"name", &T::name},
            Field{"description", &T::description},
            Field{"tags", &T::tags},
            Field{"assertions", &T::assertions, {.doc = "Asked of the answers to all cases"}},
            Field{"passScore",
                  &T::passScore,
                  {.doc = "An answer passes with this weighted mean of its assertions' scores; null: when all of those "
                          "with a weight hold"}},
            Field{"caseCount", &T::caseCount},
            Field{"authorId", &T::authorId},
            Field{"authorName", &T::authorName},
            Field{"createdAt", &T::createdAt},
            Field{"updatedAt", &T::updatedAt},
            Field{"revision",
                  &T::revision,
                  {.doc = "Also the ETag; send it back in If-Match. Cases have revisions of their own"}}};
    }
};

struct NewDataset
{
    QString name;
    QString description;
    QList<QString> tags;
    QList<Assertion> assertions;
    std::optional<double> passScore;

    static constexpr auto fields()
    {
        using T = NewDataset;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000, .hasDefault = true}},
                          Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}},
                          Field{"assertions", &T::assertions, {.maxLength = 50, .hasDefault = true}},
                          Field{"passScore", &T::passScore, {.minimum = 0, .maximum = 1}}};
    }
};

// What stays absent stays as it is.
struct DatasetChange
{
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<QList<QString>> tags;
    std::optional<QList<Assertion>> assertions;
    std::optional<double> passScore;
    bool clearPassScore = false;

    static constexpr auto fields()
    {
        using T = DatasetChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000}},
                          Field{"tags", &T::tags, {.maxLength = 20}},
                          Field{"assertions", &T::assertions, {.maxLength = 50}},
                          Field{"passScore", &T::passScore, {.minimum = 0, .maximum = 1}},
                          Field{"clearPassScore",
                                &T::clearPassScore,
                                {.doc = "All assertions with a weight must hold again", .hasDefault = true}}};
    }
};

struct DatasetFilter
{
    std::optional<QString> search;
    std::optional<QString> tag;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = DatasetFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name or description", .maxLength = 200}},
                          Field{"tag", &T::tag, {.maxLength = 60}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

struct EvaluationCase
{
    QUuid id;
    QUuid datasetId;
    int number = 0; // counts within the dataset
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;
    QList<Assertion> assertions; // beside those of the dataset
    std::optional<QUuid> jobId; // that it was picked from
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = EvaluationCase;
        return std::tuple{Field{"id", &T::id},
                          Field{"datasetId", &T::datasetId},
                          Field{"number", &T::number, {.doc = "Counts within the dataset; their order"}},
                          Field{"variables", &T::variables},
                          Field{"expected", &T::expected, {.doc = "The expected output"}},
                          Field{"tags", &T::tags},
                          Field{"assertions", &T::assertions, {.doc = "Beside those of the dataset"}},
                          Field{"jobId", &T::jobId, {.doc = "The job that it was picked from"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Send it back with a change"}}};
    }
};

struct NewEvaluationCase
{
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;
    QList<Assertion> assertions;

    static constexpr auto fields()
    {
        using T = NewEvaluationCase;
        return std::tuple{Field{"variables", &T::variables, {.hasDefault = true}},
                          Field{"expected", &T::expected, {.maxLength = 100'000}},
                          Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}},
                          Field{"assertions", &T::assertions, {.maxLength = 20, .hasDefault = true}}};
    }
};

// What stays absent stays as it is. Of `variables` the members that are given are replaced (null: taken out).
struct EvaluationCaseChange
{
    QUuid id;
    qint64 revision = 0; // that the change is based on
    std::optional<QJsonObject> variables;
    std::optional<QString> expected;
    bool clearExpected = false;
    std::optional<QList<QString>> tags;
    std::optional<QList<Assertion>> assertions;

    static constexpr auto fields()
    {
        using T = EvaluationCaseChange;
        return std::tuple{
            Field{"id", &T::id},
            Field{"revision", &T::revision, {.doc = "That it is based on; refused with 412 where it is not the last"}},
            Field{"variables", &T::variables, {.doc = "Members to replace; null takes one out (RFC 7396)"}},
            Field{"expected", &T::expected, {.maxLength = 100'000}},
            Field{"clearExpected", &T::clearExpected, {.doc = "No output is expected", .hasDefault = true}},
            Field{"tags", &T::tags, {.maxLength = 20}},
            Field{"assertions", &T::assertions, {.maxLength = 20}}};
    }
};

struct EvaluationCaseRemoval
{
    QUuid id;
    qint64 revision = 0;

    static constexpr auto fields()
    {
        using T = EvaluationCaseRemoval;
        return std::tuple{Field{"id", &T::id}, Field{"revision", &T::revision}};
    }
};

// Cells of a grid, saved at once: all of it or nothing.
struct CasesEdit
{
    QList<NewEvaluationCase> added;
    QList<EvaluationCaseChange> changed;
    QList<EvaluationCaseRemoval> removed;

    static constexpr auto fields()
    {
        using T = CasesEdit;
        return std::tuple{Field{"added", &T::added, {.maxLength = 1000, .hasDefault = true}},
                          Field{"changed", &T::changed, {.maxLength = 1000, .hasDefault = true}},
                          Field{"removed", &T::removed, {.maxLength = 1000, .hasDefault = true}}};
    }
};

// The cases as they are now, in the order of the edit.
struct CasesEdited
{
    QList<EvaluationCase> added;
    QList<EvaluationCase> changed;
    int removed = 0;

    static constexpr auto fields()
    {
        using T = CasesEdited;
        return std::tuple{Field{"added", &T::added}, Field{"changed", &T::changed}, Field{"removed", &T::removed}};
    }
};

struct CaseFilter
{
    std::optional<QString> search;
    std::optional<QString> tag;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = CaseFilter;
        return std::tuple{
            Field{"search", &T::search, {.doc = "Part of a variable or of the expected output", .maxLength = 200}},
            Field{"tag", &T::tag, {.maxLength = 60}}, Field{"limit", &T::limit, {.minimum = 1, .maximum = 1000}},
            Field{"cursor", &T::cursor}};
    }
};

enum class CaseFormat { Csv, JsonLines };
template<> inline constexpr auto enumNames<CaseFormat> = std::to_array({"csv", "jsonLines"});

// The forms of both are described in case_table.h.
struct CaseImport
{
    CaseFormat format = CaseFormat::Csv;
    QString text;
    bool isDryRun = false;

    static constexpr auto fields()
    {
        using T = CaseImport;
        return std::tuple{Field{"format", &T::format},
                          Field{"text", &T::text, {.minLength = 1, .maxLength = 4'000'000}},
                          Field{"isDryRun",
                                &T::isDryRun,
                                {.doc = "Says what would come of it, and keeps nothing", .hasDefault = true}}};
    }
};

struct CaseImportProblem
{
    int row = 0; // line of the file at which it begins, from 1
    QString column; // name of the column or JSON pointer; empty: the row
    QString message;

    static constexpr auto fields()
    {
        using T = CaseImportProblem;
        return std::tuple{Field{"row", &T::row, {.doc = "The line of the file at which it begins, from 1"}},
                          Field{"column", &T::column, {.doc = "Name of the column, or JSON pointer into the line"}},
                          Field{"message", &T::message}};
    }
};

// With a problem nothing is kept.
struct CaseImportReport
{
    bool isDryRun = false;
    int rows = 0;
    int added = 0;
    QList<QString> variables; // names of those that were found
    QList<CaseImportProblem> problems;
    QList<NewEvaluationCase> sample;

    static constexpr auto fields()
    {
        using T = CaseImportReport;
        return std::tuple{Field{"isDryRun", &T::isDryRun},
                          Field{"rows", &T::rows},
                          Field{"added", &T::added, {.doc = "0 where there is a problem: then nothing is kept"}},
                          Field{"variables", &T::variables, {.doc = "Names of the variables that were found"}},
                          Field{"problems", &T::problems, {.doc = "The first 100"}},
                          Field{"sample", &T::sample, {.doc = "The first 20 cases"}}};
    }
};

struct CaseExportQuery
{
    CaseFormat format = CaseFormat::Csv;

    static constexpr auto fields()
    {
        return std::tuple{Field{"format", &CaseExportQuery::format, {.hasDefault = true}}};
    }
};

struct CasesFromJobs
{
    QList<QUuid> jobIds;
    bool takesOutput = true;
    QList<QString> tags;

    static constexpr auto fields()
    {
        using T = CasesFromJobs;
        return std::tuple{Field{"jobIds", &T::jobIds, {.minLength = 1, .maxLength = 200}},
                          Field{"takesOutput",
                                &T::takesOutput,
                                {.doc = "The job's output becomes the expected one", .hasDefault = true}},
                          Field{"tags", &T::tags, {.maxLength = 20, .hasDefault = true}}};
    }
};

WIRE_TYPE(Dataset)
WIRE_TYPE(NewDataset)
WIRE_TYPE(DatasetChange)
WIRE_TYPE(DatasetFilter)
WIRE_TYPE(EvaluationCase)
WIRE_TYPE(NewEvaluationCase)
WIRE_TYPE(EvaluationCaseChange)
WIRE_TYPE(EvaluationCaseRemoval)
WIRE_TYPE(CasesEdit)
WIRE_TYPE(CasesEdited)
WIRE_TYPE(CaseFilter)
WIRE_TYPE(CaseImport)
WIRE_TYPE(CaseImportProblem)
WIRE_TYPE(CaseImportReport)
WIRE_TYPE(CaseExportQuery)
WIRE_TYPE(CasesFromJobs)
