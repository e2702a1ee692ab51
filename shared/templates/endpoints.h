// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/templates/bundle.h"
#include "shared/templates/draft.h"
#include "shared/templates/folder.h"
#include "shared/templates/label.h"
#include "shared/templates/rendering.h"
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
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete,
                                                   "/api/v1/templates/{id}",
                                                   Ability::TemplatesDelete,
                                                   "Remove a template; its jobs stay",
                                                   204,
                                                   "Refused with 409 while other templates include it. It can be "
                                                   "restored."};
inline constexpr Endpoint<VersionFilter, Page<TemplateVersion>> versions{
    Method::Get, "/api/v1/templates/{id}/versions", Ability::TemplatesRead,
    "List the versions of a template, newest first"};
inline constexpr Endpoint<NewTemplateVersion, TemplateVersion> saveVersion{
    Method::Post,
    "/api/v1/templates/{id}/versions",
    Ability::TemplatesUpdate,
    "Save a new version",
    201,
    "If-Match is the number of the latest version, as baseVersion is. Where another one was saved meanwhile, the 412 "
    "carries a VersionConflict as `conflict`."};
inline constexpr Endpoint<Nothing, TemplateVersion> version{Method::Get, "/api/v1/templates/{id}/versions/{version}",
                                                            Ability::TemplatesRead, "Show one version"};
inline constexpr Endpoint<TemplateRestore, TemplateDetail> restore{
    Method::Post, "/api/v1/templates/{id}/restore", Ability::TemplatesDelete, "Bring back a removed template"};
inline constexpr Endpoint<TemplateCopy, TemplateDetail> duplicate{
    Method::Post, "/api/v1/templates/{id}/duplicate", Ability::TemplatesCreate, "Make a template from another", 201};

// Moving a label needs an ability of its own, and is an entry of the audit log and an event of template/<id>.
inline constexpr Endpoint<TemplatePageFilter, Page<TemplateLabel>> labels{
    Method::Get, "/api/v1/templates/{id}/labels", Ability::TemplatesRead, "List the labels of a template"};
inline constexpr Endpoint<LabelMove, TemplateLabel> moveLabel{
    Method::Put,
    "/api/v1/templates/{id}/labels/{label}",
    Ability::TemplatesPublish,
    "Set a label or move it",
    200,
    "With If-Match only where nobody has moved it meanwhile."};
inline constexpr Endpoint<Nothing, Nothing> removeLabel{Method::Delete, "/api/v1/templates/{id}/labels/{label}",
                                                        Ability::TemplatesPublish, "Remove a label", 204};
inline constexpr Endpoint<TemplatePageFilter, Page<LabelChange>> labelHistory{
    Method::Get, "/api/v1/templates/{id}/labels/{label}/history", Ability::TemplatesRead,
    "List the moves of a label, newest first"};
inline constexpr Endpoint<LabelRollback, TemplateLabel> rollBackLabel{
    Method::Post,
    "/api/v1/templates/{id}/labels/{label}/rollback",
    Ability::TemplatesPublish,
    "Move a label back to the version it stood at before",
    200,
    "Once more goes back one further; 409 where there is nothing before."};

inline constexpr Endpoint<TemplatePageFilter, Page<TemplateFolder>> folders{
    Method::Get, "/api/v1/templates/folders", Ability::TemplatesRead, "List the folders of templates"};
inline constexpr Endpoint<FolderMove, FolderMoved> moveFolder{
    Method::Post,
    "/api/v1/templates/folders/move",
    Ability::TemplatesUpdate,
    "Rename or move a folder",
    200,
    "All templates in it, or none where one may not be changed."};
inline constexpr Endpoint<TemplatePageFilter, Page<TemplateTag>> tags{
    Method::Get, "/api/v1/templates/tags", Ability::TemplatesRead, "List the tags of templates"};

// Drafts are the caller's own.
inline constexpr Endpoint<Nothing, TemplateDraft> draft{Method::Get, "/api/v1/templates/{id}/draft",
                                                        Ability::TemplatesRead, "Show one's draft of a template"};
inline constexpr Endpoint<DraftInput, TemplateDraft> saveDraft{
    Method::Put, "/api/v1/templates/{id}/draft", Ability::TemplatesUpdate, "Keep one's draft of a template"};
inline constexpr Endpoint<Nothing, Nothing> removeDraft{
    Method::Delete, "/api/v1/templates/{id}/draft", Ability::TemplatesRead, "Discard one's draft of a template", 204};
inline constexpr Endpoint<TemplatePageFilter, Page<TemplateDraft>> drafts{
    Method::Get, "/api/v1/template-drafts", Ability::TemplatesRead, "List one's drafts, newest first"};
inline constexpr Endpoint<Nothing, TemplateDraft> newDraft{Method::Get, "/api/v1/template-drafts/{draftId}",
                                                           Ability::TemplatesRead,
                                                           "Show one's draft of a template not made yet"};
inline constexpr Endpoint<DraftInput, TemplateDraft> saveNewDraft{Method::Put,
                                                                  "/api/v1/template-drafts/{draftId}",
                                                                  Ability::TemplatesCreate,
                                                                  "Keep one's draft of a template not made yet",
                                                                  200,
                                                                  "The id is the client's choice."};
inline constexpr Endpoint<Nothing, Nothing> removeNewDraft{Method::Delete, "/api/v1/template-drafts/{draftId}",
                                                           Ability::TemplatesRead,
                                                           "Discard one's draft of a template not made yet", 204};

inline constexpr Endpoint<RenderRequest, RenderedPrompt> render{
    Method::Post, "/api/v1/templates/{id}/render", Ability::TemplatesRead,
    "Show what a run would send, and estimate what it costs"};
inline constexpr Endpoint<TemplatePageFilter, Page<TemplateUse>> usedBy{
    Method::Get,
    "/api/v1/templates/{id}/used-by",
    Ability::TemplatesRead,
    "List the versions of templates that include this one",
    200,
    "Of each template the latest version and those with labels."};

inline constexpr Endpoint<ExportFilter, Nothing> exported{Method::Get,
                                                          "/api/v1/templates/export",
                                                          Ability::TemplatesRead,
                                                          "Export templates with their versions and labels",
                                                          200,
                                                          "As a TemplateBundle, or as a tar of plain text files."};
inline constexpr Endpoint<ImportRequest, ImportReport> imported{
    Method::Post,
    "/api/v1/templates/import",
    Ability::TemplatesCreate,
    "Import templates",
    200,
    "All of them or, where one is refused, none: `isApplied` says which. Labels are taken over only for new templates, "
    "and need "
    "templates.publish. A new version needs templates.update."};

} // namespace endpoints::templates
