// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/template.h"

WIRE_CODE(ModelParameters)
WIRE_CODE(ExampleTurn)
WIRE_CODE(LabelPlace)
WIRE_CODE(PromptTemplate)
WIRE_CODE(TemplateVersion)
WIRE_CODE(NewTemplateVersion)
WIRE_CODE(NewTemplate)
WIRE_CODE(TemplateChange)
WIRE_CODE(TemplateDetail)
WIRE_CODE(VersionConflict)
WIRE_CODE(TemplateCopy)
WIRE_CODE(TemplateRestore)
WIRE_CODE(TemplateFilter)
WIRE_CODE(VersionFilter)
