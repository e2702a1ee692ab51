// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/result.h"
#include "shared/templates/template.h"

// Two people have edited the same version: what each changed, part by part, and how one text becomes of both. Pure
// functions.
namespace merge {

enum class Part { System, User, Examples, Variables, Model, Parameters };
inline constexpr Part allParts[] = {Part::System,    Part::Examples, Part::User,
                                    Part::Variables, Part::Model,    Part::Parameters};

enum class Origin { Same, Theirs, Mine, Alike, Conflict }; // who changed the part; Alike: both, to the same

struct Block
{
    Part part = Part::System;
    Origin origin = Origin::Same;
    QString base, theirs, mine; // as text; JSON where the part is no text
    std::optional<QString> merged; // of a conflict, where both changed different lines
};

// As a person reads and edits it; an absent one is empty.
QString textOf(const NewTemplateVersion &content, Part part);
// The other way round. The error says what cannot be read.
std::optional<ApiError> setText(NewTemplateVersion &content, Part part, const QString &text);

QList<Block> blocks(const NewTemplateVersion &base, const NewTemplateVersion &theirs, const NewTemplateVersion &mine);

// Both changes in one text; nothing where they touch the same lines.
std::optional<QString> lines(const QString &base, const QString &theirs, const QString &mine);

} // namespace merge
