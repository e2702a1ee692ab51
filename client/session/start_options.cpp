// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/start_options.h"

#include "client/session/account.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

Result<StartOptions> parseStartOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Patio, the desk for prompts, jobs and what they cost."_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Shows this help."_s);
    const QCommandLineOption version({u"v"_s, u"version"_s}, u"Shows the version."_s);
    const QCommandLineOption server(u"server"_s, u"Address of the server to sign in to."_s, u"URL"_s);
    const QCommandLineOption tenant(u"tenant"_s, u"Tenant to sign in to."_s, u"SLUG"_s);
    const QCommandLineOption demo(u"demo"_s, u"Signs in with the demo.json that patiod serve --demo wrote."_s,
                                  u"FILE"_s);
    const QCommandLineOption data(u"data"_s, u"Folder for accounts and caches."_s, u"DIR"_s);
    parser.addOptions({help, version, server, tenant, demo, data});
    parser.addPositionalArgument(u"link"_s, u"What to open, as patio://server/tenant/page/id"_s, u"[link]"_s);

    const auto wrong = [](const QString &what) { return ApiError::make(0, "usage", what); };
    if (!parser.parse(arguments))
        return wrong(parser.errorText());

    StartOptions options;
    options.version = parser.isSet(version);
    if (parser.isSet(help))
        options.help = parser.helpText();
    if (parser.isSet(server)) {
        options.server = serverAddress(parser.value(server));
        if (options.server.isEmpty())
            return wrong(u"--server: “%1” is not an address such as https://ops.example."_s.arg(parser.value(server)));
    }
    options.tenant = parser.value(tenant);
    options.demoFile = parser.value(demo);
    options.dataFolder = parser.value(data);
    const QStringList rest = parser.positionalArguments();
    if (rest.size() > 1)
        return wrong(u"Only one link can be opened, not “%1” as well."_s.arg(rest[1]));
    if (!rest.isEmpty()) {
        options.link = rest.first();
        if (!options.link.startsWith(u"patio://"_s))
            return wrong(u"“%1” is not a link of the form patio://server/tenant/page/id."_s.arg(options.link));
    }
    return options;
}
