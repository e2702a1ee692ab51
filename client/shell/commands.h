// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

// Something a person can do, once: the source of its key, its entry in the palette and in the help overlay. Keys
// without modifiers work only outside text inputs, which keep their letters.
struct Command
{
    enum class Scope { Global, Page, List, Editor };

    QString id; // "jobs.retry"; unique
    QString text; // "Retry job", translated
    QString icon;
    QString keys; // portable; alternatives separated by "; ", sequences by ", ": "G, J" or "F1; ?"
    Scope scope = Scope::Page;
    std::function<void()> run;
    std::function<bool()> enabled; // empty: always
    QString subject; // what it would act on now: "job_9f31c2"
    bool listed = true; // in the palette; false for keys that only move about

    bool isEnabled() const { return !enabled || enabled(); }
};
