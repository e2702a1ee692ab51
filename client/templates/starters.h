// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/template.h"

// What a new template may begin with, so that nobody faces an empty page. The prompts are examples in English, as the
// models expect them; the titles are translated.
struct Starter
{
    QString title;
    NewTemplateVersion content; // without a model
};

QList<Starter> starters();
