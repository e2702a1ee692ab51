// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/dataset.h"
#include "shared/evaluations/gate.h"
#include "shared/evaluations/run.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::evaluations {

inline constexpr Endpoint<DatasetFilter, Page<Dataset>> listDatasets{Method::Get, "/api/v1/datasets",
                                                                     Ability::EvaluationsRead, "List datasets"};
inline constexpr Endpoint<NewDataset, Dataset> createDataset{Method::Post, "/api/v1/datasets",
                                                             Ability::EvaluationsCreate, "Make a dataset", 201};
inline constexpr Endpoint<Nothing, Dataset> getDataset{Method::Get, "/api/v1/datasets/{id}", Ability::EvaluationsRead,
                                                       "Show a dataset"};
inline constexpr Endpoint<DatasetChange, Dataset> updateDataset{
    Method::Patch, "/api/v1/datasets/{id}", Ability::EvaluationsUpdate, "Change a dataset's name or assertions"};
inline constexpr Endpoint<Nothing, Nothing> removeDataset{Method::Delete,
                                                          "/api/v1/datasets/{id}",
                                                          Ability::EvaluationsDelete,
                                                          "Remove a dataset with its cases",
                                                          204,
                                                          "Its runs stay. 409 while a gate asks for it."};

inline constexpr Endpoint<CaseFilter, Page<EvaluationCase>> listCases{
    Method::Get, "/api/v1/datasets/{id}/cases", Ability::EvaluationsRead, "List the cases of a dataset"};
inline constexpr Endpoint<CasesEdit, CasesEdited> editCases{
    Method::Patch,
    "/api/v1/datasets/{id}/cases",
    Ability::EvaluationsUpdate,
    "Add, change and remove cases",
    200,
    "All of it or nothing: 412 names the cases that somebody else has changed or removed since."};
inline constexpr Endpoint<CaseImport, CaseImportReport> importCases{
    Method::Post,
    "/api/v1/datasets/{id}/import",
    Ability::EvaluationsUpdate,
    "Add cases from comma-separated values or lines of JSON",
    200,
    "Where a row has a problem nothing is kept, and the answer names rows and columns."};
inline constexpr Endpoint<CaseExportQuery, Nothing> exportCases{
    Method::Get,
    "/api/v1/datasets/{id}/export",
    Ability::EvaluationsRead,
    "Export the cases of a dataset",
    200,
    "As comma-separated values (RFC 4180) or as lines of JSON, in the form that the import reads."};
inline constexpr Endpoint<CasesFromJobs, CasesEdited> addCasesFromJobs{
    Method::Post, "/api/v1/datasets/{id}/cases/from-jobs", Ability::EvaluationsUpdate,
    "Add cases with the input and output of jobs"};

inline constexpr Endpoint<RunFilter, Page<EvaluationRun>> listRuns{
    Method::Get, "/api/v1/evaluation-runs", Ability::EvaluationsRead, "List evaluation runs, newest first"};
inline constexpr Endpoint<NewRun, RunDetail> startRun{
    Method::Post,
    "/api/v1/evaluation-runs",
    Ability::EvaluationsRun,
    "Ask versions of templates with models about the cases of a dataset",
    202,
    "Each answer is a job of a batch. Progress comes as the events evaluation.progress and evaluation.finished on the "
    "live topic evaluation/{id}."};
inline constexpr Endpoint<Nothing, RunDetail> getRun{Method::Get, "/api/v1/evaluation-runs/{id}",
                                                     Ability::EvaluationsRead, "Show a run with its columns"};
inline constexpr Endpoint<Nothing, RunDetail> cancelRun{Method::Post, "/api/v1/evaluation-runs/{id}/cancel",
                                                        Ability::EvaluationsRun, "Cancel a run and its jobs"};
inline constexpr Endpoint<Nothing, Nothing> removeRun{
    Method::Delete,  "/api/v1/evaluation-runs/{id}", Ability::EvaluationsDelete, "Remove a run that has ended", 204,
    "Its jobs stay."};
inline constexpr Endpoint<MatrixFilter, Page<RunRow>> matrix{Method::Get, "/api/v1/evaluation-runs/{id}/matrix",
                                                             Ability::EvaluationsRead,
                                                             "Show the cases of a run with a cell for each column"};
inline constexpr Endpoint<AnswerFilter, Page<RunAnswer>> answers{
    Method::Get, "/api/v1/evaluation-runs/{id}/answers", Ability::EvaluationsRead,
    "List the answers of a run with their outputs and assertions"};
inline constexpr Endpoint<ComparisonQuery, RunComparison> comparison{
    Method::Get, "/api/v1/evaluation-runs/{id}/comparison", Ability::EvaluationsRead,
    "Compare the columns of a run with a baseline"};

inline constexpr Endpoint<GateFilter, Page<Gate>> listGates{Method::Get, "/api/v1/gates", Ability::EvaluationsRead,
                                                            "List the gates of labels"};
inline constexpr Endpoint<NewGate, Gate> createGate{Method::Post, "/api/v1/gates", Ability::TemplatesPublish,
                                                    "Put a gate before a label", 201};
inline constexpr Endpoint<Nothing, Gate> getGate{Method::Get, "/api/v1/gates/{id}", Ability::EvaluationsRead,
                                                 "Show a gate"};
inline constexpr Endpoint<GateChange, Gate> updateGate{Method::Patch, "/api/v1/gates/{id}", Ability::TemplatesPublish,
                                                       "Change a gate"};
inline constexpr Endpoint<Nothing, Nothing> removeGate{Method::Delete, "/api/v1/gates/{id}", Ability::TemplatesPublish,
                                                       "Remove a gate", 204};
inline constexpr Endpoint<GateCheckQuery, GateChecks> checkGates{
    Method::Get, "/api/v1/templates/{id}/gate-checks", Ability::EvaluationsRead,
    "Say whether the gates of a label would let a version pass"};

} // namespace endpoints::evaluations
