// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_settings_service.h"

#include "server/audit/audit_log.h"
#include "server/database/columns.h"
#include "server/http/router.h"
#include "server/templates/template_checks.h"
#include "shared/error.h"
#include "shared/jobs/endpoints.h"

#include <QSet>

using namespace Qt::StringLiterals;
using database::column;

namespace {

JobSettings settingsNow(Transaction &tx)
{
    return tx.one<JobSettings>("SELECT running_jobs, models, revision FROM job_settings");
}

void check(const JobSettings &settings)
{
    QList<json::Problem> problems;
    QSet<QString> seen;
    for (qsizetype i = 0; i < settings.models.size(); ++i) {
        const QString at = u"/models/%1/model"_s.arg(i);
        const QString &model = settings.models[i].model;
        TemplateChecks::modelName(model.contains(u'/') ? model : model + u"/all"_s, at, problems);
        if (seen.contains(model))
            problems.append({at, u"stands twice"_s});
        seen.insert(model);
    }
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

// What workers read.
void tellQueue(Transaction &tx, const JobSettings &settings)
{
    auto models = column(settings.models, &RunningLimit::model);
    auto amounts = column(settings.models, &RunningLimit::amount);
    if (settings.runningJobs) {
        models.append(QString());
        amounts.append(*settings.runningJobs);
    }
    tx.run("SELECT platform.set_running_limits($1, $2)", models, amounts);
}

} // namespace

JobSettings JobSettingsService::get(const Caller &caller)
{
    return m_database.transaction(caller.scope(), settingsNow);
}

JobSettings JobSettingsService::put(const Caller &caller, qint64 revision, const JobSettings &settings)
{
    check(settings);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const JobSettings before = settingsNow(tx);
        const auto after = tx.maybe<JobSettings>(R"(
            UPDATE job_settings SET running_jobs = $2, models = $3 WHERE revision = $1
            RETURNING running_jobs, models, revision)",
                                                 revision, settings.runningJobs, settings.models);
        if (!after)
            throw ApiError::changed(u"The settings of jobs"_s);
        tellQueue(tx, *after);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::SettingsUpdate),
                          .subject = {caller.tenantId, {}},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(*after)});
        return *after;
    });
}

void addJobSettingsRoutes(http::Router &router, JobSettingsService &service)
{
    using namespace endpoints;
    using http::Call;

    router.on(jobs::settings, [&](const Call &call) { return service.get(call.caller); });
    router.on(jobs::updateSettings,
              [&](const Call &call, const JobSettings &settings) {
                  return service.put(call.caller, call.ifMatch(), settings);
              },
              {.checksRevision = true});
}
