// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/run.h"

WIRE_CODE(RunVersion)
WIRE_CODE(NewRun)
WIRE_CODE(RunColumn)
WIRE_CODE(EvaluationRun)
WIRE_CODE(RunDetail)
WIRE_CODE(RunFilter)
WIRE_CODE(RunCell)
WIRE_CODE(RunRow)
WIRE_CODE(MatrixFilter)
WIRE_CODE(RunAnswer)
WIRE_CODE(AnswerFilter)
WIRE_CODE(ColumnComparison)
WIRE_CODE(RunComparison)
WIRE_CODE(ComparisonQuery)
