// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/bundle.h"

WIRE_CODE(BundledVersion)
WIRE_CODE(BundledTemplate)
WIRE_CODE(TemplateBundle)
WIRE_CODE(ExportFilter)
WIRE_CODE(BundleFile)
WIRE_CODE(ImportRequest)
WIRE_CODE(ImportProblem)
WIRE_CODE(ImportedItem)
WIRE_CODE(ImportReport)
