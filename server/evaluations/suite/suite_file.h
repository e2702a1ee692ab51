// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/dataset.h"
#include "shared/evaluations/run.h"

#include <stdexcept>

// What `patiod eval run` reads, as YAML or JSON:
//
//   name: Refunds
//   dataset: refunds                  # name or id of one on the server; or with cases of its own:
//   #  {name: refunds, passScore: 0.8, assertions: [{kind: equals}],
//   #   cases: [{variables: {input: …}, expected: …, tags: […], assertions: […]}]}
//   versions: [{template: reply, label: staging}, {template: reply, version: 3}]
//   models: [openai/gpt-4o-mini]      # absent: each version's own
//   repeats: 3
//   tags: [smoke]                     # only cases with one of these
//   cache: bypass
//   baseline: last                    # the last completed run on the dataset with these templates; or the id of a run;
//                                     # or {template: reply, label: production}: the last one that asked this version
//   minimumScore: 0.9                 # of each column; absent: every case passes, unless there is a baseline
//   allowRegressions: false

// Cases that the suite itself holds; the server's dataset of that name is made like them.
struct SuiteDataset
{
    QString name;
    QString description;
    QList<Assertion> assertions;
    std::optional<double> passScore;
    QList<NewEvaluationCase> cases;

    static constexpr auto fields()
    {
        using T = SuiteDataset;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"description", &T::description, {.maxLength = 2000, .hasDefault = true}},
                          Field{"assertions", &T::assertions, {.maxLength = 50, .hasDefault = true}},
                          Field{"passScore", &T::passScore, {.minimum = 0, .maximum = 1}},
                          Field{"cases", &T::cases, {.minLength = 1, .maxLength = 10'000}}};
    }
};

struct SuiteForm
{
    QString name;
    QJsonValue dataset; // text or SuiteDataset
    QList<RunVersion> versions;
    QList<QString> models;
    int repeats = 1;
    std::optional<QList<QString>> tags;
    CacheUse cache = CacheUse::Use;
    std::optional<QJsonValue> baseline; // text or RunVersion
    std::optional<double> minimumScore;
    bool allowRegressions = false;

    static constexpr auto fields()
    {
        using T = SuiteForm;
        return std::tuple{Field{"name", &T::name, {.maxLength = 120, .hasDefault = true}},
                          Field{"dataset", &T::dataset},
                          Field{"versions", &T::versions, {.minLength = 1, .maxLength = 20}},
                          Field{"models", &T::models, {.maxLength = 20, .hasDefault = true}},
                          Field{"repeats", &T::repeats, {.minimum = 1, .maximum = 20, .hasDefault = true}},
                          Field{"tags", &T::tags, {.minLength = 1, .maxLength = 20}},
                          Field{"cache", &T::cache, {.hasDefault = true}},
                          Field{"baseline", &T::baseline},
                          Field{"minimumScore", &T::minimumScore, {.minimum = 0, .maximum = 1}},
                          Field{"allowRegressions", &T::allowRegressions, {.hasDefault = true}}};
    }
};

struct Suite : SuiteForm
{
    std::optional<SuiteDataset> ownDataset;
    std::optional<RunVersion> baselineVersion;
};

// What is wrong with the file, in lines of text.
class SuiteError : public std::runtime_error
{
public:
    using runtime_error::runtime_error;
};

Suite parseSuite(const QByteArray &text); // throws SuiteError
Suite readSuite(const QString &file); // the same, with the file's name before each line
