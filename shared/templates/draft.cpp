// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/draft.h"

WIRE_CODE(TemplateDraft)
WIRE_CODE(DraftInput)
