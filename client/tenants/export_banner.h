// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/banner.h"
#include "shared/tenants/tenant.h"

class ExportFile;

// One export at a time: how far it has come, with a way to cancel it.
class ExportBanner : public Banner
{
    Q_OBJECT

public:
    explicit ExportBanner(ApiClient &api, QWidget *parent = nullptr);

    bool isBusy() const { return m_call.isPending(); }
    void start(const Tenant &tenant, const QString &path);

Q_SIGNALS:
    void finished(const QString &path);
    void failed(const QString &path, const QString &problem); // nothing is left of the file

private:
    void stop();
    void renew();

    ApiClient &m_api;
    QTimer m_progress;
    QString m_name;
    std::weak_ptr<ExportFile> m_file; // held by the call
    CallHandle m_call;
};
