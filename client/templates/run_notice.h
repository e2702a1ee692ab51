// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/error.h"
#include "shared/jobs/job.h"

#include <optional>

// What a run has to say beside its text: why it waits or ended, and what can be done about it, in the person's words.
struct RunNotice
{
    Tone tone = Tone::Danger;
    QString icon;
    QString text;
    bool offersAnother = false; // running again may help

    bool operator==(const RunNotice &) const = default;
};

// Nothing: all is well. `isConnected`: what happens on the server is seen here at once.
std::optional<RunNotice> noticeOf(const Job &job, bool isConnected, const QDateTime &now);
RunNotice noticeOf(const ApiError &refusal); // there is no job
