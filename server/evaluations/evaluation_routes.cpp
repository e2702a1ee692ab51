// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/evaluation_routes.h"

#include "server/evaluations/case_export.h"
#include "server/http/router.h"
#include "shared/evaluations/endpoints.h"

namespace {

using http::Call;

const http::RouteOptions checksRevision{.checksRevision = true};
// Edits of many cases, and files.
const http::RouteOptions largeBody{.bodyLimit = 16 * 1024 * 1024};

void addDatasetRoutes(http::Router &router, DatasetService &service, const Evaluations::Work &work)
{
    using namespace endpoints::evaluations;
    router.on(listDatasets,
              [&](const Call &call, const DatasetFilter &filter) { return service.list(call.caller, filter); });
    router.on(createDataset,
              [&](const Call &call, const NewDataset &input) { return service.create(call.caller, input); });
    router.on(getDataset, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        updateDataset,
        [&](const Call &call, const DatasetChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        removeDataset, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.on(listCases, [&](const Call &call, const CaseFilter &filter) {
        return service.cases(call.caller, call.id(), filter);
    });
    router.on(
        editCases, [&](const Call &call, const CasesEdit &edit) { return service.edit(call.caller, call.id(), edit); },
        largeBody);
    router.on(
        importCases,
        [&](const Call &call, const CaseImport &input) { return service.import(call.caller, call.id(), input); },
        largeBody);
    router.onExchange(
        exportCases,
        [&, work](const std::shared_ptr<http::Exchange> &exchange, const Call &call, const CaseExportQuery &query) {
            std::make_shared<CaseExport>(service, work, exchange, call, query)->start(router);
        },
        {.streams = {"text/csv", "application/jsonl"}});
    router.on(addCasesFromJobs, [&](const Call &call, const CasesFromJobs &input) {
        return service.addFromJobs(call.caller, call.id(), input);
    });
}

void addRunRoutes(http::Router &router, EvaluationRunService &service)
{
    using namespace endpoints::evaluations;
    router.on(listRuns, [&](const Call &call, const RunFilter &filter) { return service.list(call.caller, filter); });
    router.on(startRun, [&](const Call &call, const NewRun &input) { return service.start(call.caller, input); });
    router.on(getRun, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(cancelRun, [&](const Call &call) { return service.cancel(call.caller, call.id()); });
    router.on(removeRun, [&](const Call &call) { service.remove(call.caller, call.id()); });
    router.on(matrix, [&](const Call &call, const MatrixFilter &filter) {
        return service.matrix(call.caller, call.id(), filter);
    });
    router.on(answers, [&](const Call &call, const AnswerFilter &filter) {
        return service.answers(call.caller, call.id(), filter);
    });
    router.on(comparison, [&](const Call &call, const ComparisonQuery &query) {
        return service.comparison(call.caller, call.id(), query);
    });
}

void addGateRoutes(http::Router &router, GateService &service)
{
    using namespace endpoints::evaluations;
    router.on(listGates, [&](const Call &call, const GateFilter &filter) { return service.list(call.caller, filter); });
    router.on(createGate, [&](const Call &call, const NewGate &input) { return service.create(call.caller, input); });
    router.on(getGate, [&](const Call &call) { return service.get(call.caller, call.id()); });
    router.on(
        updateGate,
        [&](const Call &call, const GateChange &change) {
            return service.update(call.caller, call.id(), call.ifMatch(), change);
        },
        checksRevision);
    router.on(
        removeGate, [&](const Call &call) { service.remove(call.caller, call.id(), call.optionalIfMatch()); },
        checksRevision);
    router.on(checkGates, [&](const Call &call, const GateCheckQuery &query) {
        return service.check(call.caller, call.id(), query);
    });
}

} // namespace

void addEvaluationRoutes(http::Router &router, Evaluations &evaluations, const Evaluations::Work &work)
{
    addDatasetRoutes(router, evaluations.datasets, work);
    addRunRoutes(router, evaluations.runs);
    addGateRoutes(router, evaluations.gates);
}
