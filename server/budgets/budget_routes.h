// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class BudgetService;
namespace http {
class Router;
}

void addBudgetRoutes(http::Router &router, BudgetService &service);
