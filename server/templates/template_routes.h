// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace http {
class Router;
}
class BundleService;
class DraftService;
class LabelService;
class RenderService;
class ShelfService;
class TemplateService;

struct TemplateParts
{
    TemplateService &templates;
    LabelService &labels;
    ShelfService &shelf;
    DraftService &drafts;
    RenderService &rendering;
    BundleService &bundles;
};

// `parts` are kept by reference.
void addTemplateRoutes(http::Router &router, const TemplateParts &parts);
