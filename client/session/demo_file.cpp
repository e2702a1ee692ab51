// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/demo_file.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

std::optional<DemoFile::Person> DemoFile::promptEngineer(const QString &tenant) const
{
    const QString slug = tenant.isEmpty() ? QStringLiteral("acme") : tenant;
    auto found = std::find_if(tenants.begin(), tenants.end(), [&](const DemoTenant &t) { return t.slug == slug; });
    if (found == tenants.end() && tenant.isEmpty())
        found = tenants.begin();
    if (found == tenants.end())
        return {};
    for (const DemoUser &user : found->users)
        if (user.role == Role::PromptEngineer)
            return Person{*found, user};
    return {};
}

Result<DemoFile> readDemoFile(const QString &path)
{
    const auto problem = [&](const QString &what) {
        return ApiError::make(0, "demo_file",
                              QCoreApplication::translate("DemoFile", "%1 cannot be used: %2").arg(path, what));
    };
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return problem(file.errorString());
    try {
        return json::parse<DemoFile>(file.readAll());
    } catch (const std::runtime_error &error) {
        return problem(QString::fromUtf8(error.what()));
    }
}
