// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batch_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct BatchLooks
{
    Q_DECLARE_TR_FUNCTIONS(BatchLooks)
};

} // namespace

StatusLook lookOf(BatchState state)
{
    switch (state) {
    case BatchState::Running:
        return {Tone::Info, u"loader"_s, BatchLooks::tr("Running")};
    case BatchState::Paused:
        return {Tone::Warning, u"pause"_s, BatchLooks::tr("Paused")};
    case BatchState::Completed:
        return {Tone::Success, u"circle-check"_s, BatchLooks::tr("Ended")};
    case BatchState::Canceled:
        return {Tone::Neutral, u"ban"_s, BatchLooks::tr("Cancelled")};
    }
    return {};
}

int endedRows(const Batch &batch) { return batch.completed + batch.failed + batch.canceled + batch.dead; }

QString shownProgress(const Batch &batch)
{
    return BatchLooks::tr("%1 of %2", "rows that are done")
        .arg(amounts::count(endedRows(batch)), amounts::count(batch.rows));
}

QString shownTemplate(const Batch &batch)
{
    if (batch.templateName.isEmpty())
        return BatchLooks::tr("Several");
    return batch.templateVersion ? u"%1 v%2"_s.arg(batch.templateName).arg(*batch.templateVersion) : batch.templateName;
}
