// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/rendering.h"

WIRE_CODE(RenderRequest)
WIRE_CODE(RenderedPrompt)
WIRE_CODE(TemplateUse)
