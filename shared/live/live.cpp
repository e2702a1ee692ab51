// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/live/live.h"

WIRE_CODE(live::ClientMessage)
WIRE_CODE(live::Event)
WIRE_CODE(live::Output)
WIRE_CODE(live::Answer)
WIRE_CODE(live::Person)
WIRE_CODE(live::Presence)
