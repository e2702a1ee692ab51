// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/label.h"

WIRE_CODE(TemplateLabel)
WIRE_CODE(LabelMove)
WIRE_CODE(LabelRollback)
WIRE_CODE(LabelChange)
