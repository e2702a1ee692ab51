// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

// What a version must have shown before a label may point to it: its last completed run on a dataset.
struct Gate
{
    QUuid id;
    QUuid templateId;
    QString templateName;
    QString label;
    QUuid datasetId;
    QString datasetName;
    std::optional<QString> model;
    double minimumScore = 1;
    bool refusesRegressions = false;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Gate;
        return std::tuple{
            Field{"id", &T::id},
            Field{"templateId", &T::templateId},
            Field{"templateName", &T::templateName},
            Field{"label", &T::label},
            Field{"datasetId", &T::datasetId},
            Field{"datasetName", &T::datasetName},
            Field{"model", &T::model, {.doc = "null: the version must pass with every model of its last run"}},
            Field{
                "minimumScore", &T::minimumScore, {.doc = "Mean over all answers; those that failed to come score 0"}},
            Field{"refusesRegressions",
                  &T::refusesRegressions,
                  {.doc = "Also asks that no case does worse than with the version that the label points to"}},
            Field{"createdAt", &T::createdAt},
            Field{"updatedAt", &T::updatedAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewGate
{
    QUuid templateId;
    QString label;
    QUuid datasetId;
    std::optional<QString> model;
    double minimumScore = 1;
    bool refusesRegressions = false;

    static constexpr auto fields()
    {
        using T = NewGate;
        return std::tuple{Field{"templateId", &T::templateId},
                          Field{"label", &T::label, {.minLength = 1, .maxLength = 60}},
                          Field{"datasetId", &T::datasetId},
                          Field{"model", &T::model, {.minLength = 3, .maxLength = 200}},
                          Field{"minimumScore", &T::minimumScore, {.minimum = 0, .maximum = 1, .hasDefault = true}},
                          Field{"refusesRegressions", &T::refusesRegressions, {.hasDefault = true}}};
    }
};

// What stays absent stays as it is.
struct GateChange
{
    std::optional<QUuid> datasetId;
    std::optional<QString> model;
    bool clearModel = false;
    std::optional<double> minimumScore;
    std::optional<bool> refusesRegressions;

    static constexpr auto fields()
    {
        using T = GateChange;
        return std::tuple{
            Field{"datasetId", &T::datasetId}, Field{"model", &T::model, {.minLength = 3, .maxLength = 200}},
            Field{"clearModel", &T::clearModel, {.doc = "Every model of the last run counts", .hasDefault = true}},
            Field{"minimumScore", &T::minimumScore, {.minimum = 0, .maximum = 1}},
            Field{"refusesRegressions", &T::refusesRegressions}};
    }
};

struct GateFilter
{
    std::optional<QUuid> templateId;
    std::optional<QUuid> datasetId;
    std::optional<QString> label;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = GateFilter;
        return std::tuple{Field{"templateId", &T::templateId}, Field{"datasetId", &T::datasetId},
                          Field{"label", &T::label, {.maxLength = 60}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

// What a gate says of a version.
struct GateCheck
{
    QUuid gateId;
    QUuid datasetId;
    QString datasetName;
    bool passes = false;
    QString reason; // a sentence; empty when it passes
    std::optional<QUuid> runId;
    std::optional<QUuid> baselineRunId;
    std::optional<double> score;
    double minimumScore = 1;
    QList<int> cases; // numbers of those that keep it from passing

    static constexpr auto fields()
    {
        using T = GateCheck;
        return std::tuple{
            Field{"gateId", &T::gateId},
            Field{"datasetId", &T::datasetId},
            Field{"datasetName", &T::datasetName},
            Field{"passes", &T::passes},
            Field{"reason", &T::reason, {.doc = "Why it does not pass"}},
            Field{"runId", &T::runId, {.doc = "The last completed one of the version; null: none"}},
            Field{"baselineRunId", &T::baselineRunId, {.doc = "That of the version which the label points to"}},
            Field{"score", &T::score, {.doc = "The lowest of its models"}},
            Field{"minimumScore", &T::minimumScore},
            Field{"cases", &T::cases, {.doc = "Numbers of those that keep it from passing, the first 100"}}};
    }
};

struct GateChecks
{
    QList<GateCheck> items;

    static constexpr auto fields() { return std::tuple{Field{"items", &GateChecks::items}}; }
};

struct GateCheckQuery
{
    QString label = QStringLiteral("production");
    std::optional<int> version;

    static constexpr auto fields()
    {
        using T = GateCheckQuery;
        return std::tuple{Field{"label",
                                &T::label,
                                {.doc = "production when absent", .minLength = 1, .maxLength = 60, .hasDefault = true}},
                          Field{"version", &T::version, {.doc = "Absent: the latest", .minimum = 1}}};
    }
};

WIRE_TYPE(Gate)
WIRE_TYPE(NewGate)
WIRE_TYPE(GateChange)
WIRE_TYPE(GateFilter)
WIRE_TYPE(GateCheck)
WIRE_TYPE(GateChecks)
WIRE_TYPE(GateCheckQuery)
