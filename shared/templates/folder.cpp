// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/folder.h"

WIRE_CODE(TemplateFolder)
WIRE_CODE(FolderMove)
WIRE_CODE(FolderMoved)
WIRE_CODE(TemplateTag)
WIRE_CODE(TemplatePageFilter)
