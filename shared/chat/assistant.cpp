// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/chat/assistant.h"

#include "shared/chat/assistant_answer.h"

WIRE_CODE(Assistant)
WIRE_CODE(NewAssistant)
WIRE_CODE(AssistantChange)
WIRE_CODE(AssistantFilter)
WIRE_CODE(NewChannelAssistant)
WIRE_CODE(AssistantAnswer)
WIRE_CODE(AnswerRatingInput)
