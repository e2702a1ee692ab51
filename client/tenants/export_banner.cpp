// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/export_banner.h"

#include "client/tenants/export_file.h"
#include "shared/tenants/endpoints.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The server writes all of it down, as of one moment, before the first byte comes; it allows itself as long.
constexpr auto longestSilence = 30min;

} // namespace

ExportBanner::ExportBanner(ApiClient &api, QWidget *parent) : Banner(parent), m_api(api)
{
    m_progress.setInterval(500ms);
    connect(&m_progress, &QTimer::timeout, this, &ExportBanner::renew);
    connect(this, &Banner::actionRequested, this, &ExportBanner::stop);
}

void ExportBanner::start(const Tenant &tenant, const QString &path)
{
    const auto file = std::make_shared<ExportFile>(path);
    if (!file->begin())
        return Q_EMIT failed(path, file->errorString());
    m_name = tenant.name;
    m_file = file;
    m_call = m_api.call(endpoints::tenants::exported.at(tenant.id), {}, this,
                        [this, file, path](const Result<Nothing> &reply) {
                            const QString problem = reply ? file->finish() : reply.error().detail;
                            stop();
                            problem.isEmpty() ? Q_EMIT finished(path) : Q_EMIT failed(path, problem);
                        },
                        {.timeout = longestSilence, .sink = file.get()});
    renew();
    m_progress.start();
}

void ExportBanner::stop()
{
    m_call.cancel(); // and with it the file
    m_progress.stop();
    hide();
}

void ExportBanner::renew()
{
    const auto file = m_file.lock();
    const qint64 written = file ? file->written() : 0;
    show(Tone::Info, u"download"_s,
         written > 0 ? tr("Exporting %1: %2", "a tenant and a size").arg(m_name, QLocale().formattedDataSize(written))
                     : tr("Exporting %1: the server is putting it together", "a tenant").arg(m_name),
         tr("Cancel"));
}
