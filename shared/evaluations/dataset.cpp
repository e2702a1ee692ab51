// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/dataset.h"

WIRE_CODE(Dataset)
WIRE_CODE(NewDataset)
WIRE_CODE(DatasetChange)
WIRE_CODE(DatasetFilter)
WIRE_CODE(EvaluationCase)
WIRE_CODE(NewEvaluationCase)
WIRE_CODE(EvaluationCaseChange)
WIRE_CODE(EvaluationCaseRemoval)
WIRE_CODE(CasesEdit)
WIRE_CODE(CasesEdited)
WIRE_CODE(CaseFilter)
WIRE_CODE(CaseImport)
WIRE_CODE(CaseImportProblem)
WIRE_CODE(CaseImportReport)
WIRE_CODE(CaseExportQuery)
WIRE_CODE(CasesFromJobs)
