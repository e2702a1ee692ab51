// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/templates/template.h"

namespace endpoints::templates {

inline constexpr Endpoint<TemplateFilter, Page<PromptTemplate>> list{Method::Get, "/api/v1/templates",
                                                                     Ability::TemplatesRead, "List templates"};
inline constexpr Endpoint<NewTemplate, TemplateDetail> create{
    Method::Post, "/api/v1/templates", Ability::TemplatesCreate, "Make a template with its first version", 201};
inline constexpr Endpoint<Nothing, TemplateDetail> get{Method::Get, "/api/v1/templates/{id}", Ability::TemplatesRead,
                                                       "Show a template with its latest version"};
inline constexpr Endpoint<TemplateChange, TemplateDetail> update{Method::Patch, "/api/v1/templates/{id}",
                                                                 Ability::TemplatesUpdate, "Rename or move a template"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/templates/{id}", Ability::TemplatesDelete,
                                                   "Remove a template; its jobs stay", 204};
inline constexpr Endpoint<VersionFilter, Page<TemplateVersion>> versions{
    Method::Get, "/api/v1/templates/{id}/versions", Ability::TemplatesRead,
    "List the versions of a template, newest first"};
inline constexpr Endpoint<NewTemplateVersion, TemplateVersion> saveVersion{
    Method::Post, "/api/v1/templates/{id}/versions", Ability::TemplatesUpdate, "Save a new version", 201};
inline constexpr Endpoint<Nothing, TemplateVersion> version{Method::Get, "/api/v1/templates/{id}/versions/{version}",
                                                            Ability::TemplatesRead, "Show one version"};

} // namespace endpoints::templates
