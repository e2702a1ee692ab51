// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_looks.h"

#include "shared/permissions/ability.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct AuditLooks
{
    Q_DECLARE_TR_FUNCTIONS(AuditLooks)
};

struct Word
{
    const char *name;
    const char *text; // translated when shown
};

// Whole actions first: they win over their second half.
constexpr Word verbs[] = {{"sessions.create", QT_TRANSLATE_NOOP("AuditLooks", "Sign in")},
                          {"sessions.delete", QT_TRANSLATE_NOOP("AuditLooks", "End session")},
                          {"create", QT_TRANSLATE_NOOP("AuditLooks", "Create")},
                          {"read", QT_TRANSLATE_NOOP("AuditLooks", "Read")},
                          {"update", QT_TRANSLATE_NOOP("AuditLooks", "Change")},
                          {"delete", QT_TRANSLATE_NOOP("AuditLooks", "Remove")},
                          {"publish", QT_TRANSLATE_NOOP("AuditLooks", "Publish")},
                          {"cancel", QT_TRANSLATE_NOOP("AuditLooks", "Cancel")},
                          {"replay", QT_TRANSLATE_NOOP("AuditLooks", "Run again")},
                          {"discard", QT_TRANSLATE_NOOP("AuditLooks", "Discard")},
                          {"bodies", QT_TRANSLATE_NOOP("AuditLooks", "Read texts of")},
                          {"call", QT_TRANSLATE_NOOP("AuditLooks", "Call")},
                          {"post", QT_TRANSLATE_NOOP("AuditLooks", "Write")},
                          {"moderate", QT_TRANSLATE_NOOP("AuditLooks", "Moderate")},
                          {"run", QT_TRANSLATE_NOOP("AuditLooks", "Run")},
                          {"export", QT_TRANSLATE_NOOP("AuditLooks", "Export")}};

constexpr Word kinds[] = {{"assistants", QT_TRANSLATE_NOOP("AuditLooks", "Assistant")},
                          {"audit", QT_TRANSLATE_NOOP("AuditLooks", "Audit log")},
                          {"batches", QT_TRANSLATE_NOOP("AuditLooks", "Batch")},
                          {"budgets", QT_TRANSLATE_NOOP("AuditLooks", "Budget")},
                          {"channels", QT_TRANSLATE_NOOP("AuditLooks", "Channel")},
                          {"chat", QT_TRANSLATE_NOOP("AuditLooks", "Message")},
                          {"credentials", QT_TRANSLATE_NOOP("AuditLooks", "Provider key")},
                          {"evaluations", QT_TRANSLATE_NOOP("AuditLooks", "Evaluation")},
                          {"gateway", QT_TRANSLATE_NOOP("AuditLooks", "Gateway")},
                          {"gatewayKeys", QT_TRANSLATE_NOOP("AuditLooks", "Gateway key")},
                          {"gatewayLimits", QT_TRANSLATE_NOOP("AuditLooks", "Gateway limit")},
                          {"gatewayRoutes", QT_TRANSLATE_NOOP("AuditLooks", "Gateway route")},
                          {"gatewaySettings", QT_TRANSLATE_NOOP("AuditLooks", "Gateway settings")},
                          {"gatewayCalls", QT_TRANSLATE_NOOP("AuditLooks", "Call of a provider")},
                          {"jobs", QT_TRANSLATE_NOOP("AuditLooks", "Job")},
                          {"prices", QT_TRANSLATE_NOOP("AuditLooks", "Prices")},
                          {"roles", QT_TRANSLATE_NOOP("AuditLooks", "Role")},
                          {"rules", QT_TRANSLATE_NOOP("AuditLooks", "Rule")},
                          {"sessions", QT_TRANSLATE_NOOP("AuditLooks", "Session")},
                          {"settings", QT_TRANSLATE_NOOP("AuditLooks", "Settings")},
                          {"setup", QT_TRANSLATE_NOOP("AuditLooks", "First operator")},
                          {"templates", QT_TRANSLATE_NOOP("AuditLooks", "Template")},
                          {"tenants", QT_TRANSLATE_NOOP("AuditLooks", "Tenant")},
                          {"usage", QT_TRANSLATE_NOOP("AuditLooks", "Usage")},
                          {"users", QT_TRANSLATE_NOOP("AuditLooks", "User")}};

template<std::size_t n> QString shown(const Word (&words)[n], const QString &name)
{
    const auto found = std::find_if(std::begin(words), std::end(words),
                                    [&](const Word &word) { return name == QLatin1StringView(word.name); });
    return found == std::end(words) ? QString() : AuditLooks::tr(found->text);
}

} // namespace

StatusLook lookOf(AuditOutcome outcome)
{
    return outcome == AuditOutcome::Done ? StatusLook{Tone::Success, u"check"_s, AuditLooks::tr("Done")}
                                         : StatusLook{Tone::Danger, u"ban"_s, AuditLooks::tr("Refused")};
}

QString shownVerb(const QString &action)
{
    if (const QString whole = shown(verbs, action); !whole.isEmpty())
        return whole;
    const QString verb = shown(verbs, action.section(u'.', 1));
    return verb.isEmpty() ? action : verb;
}

QString shownKind(const QString &subjectType)
{
    const QString kind = shown(kinds, subjectType);
    return kind.isEmpty() ? subjectType : kind;
}

QString shownActor(const AuditEntry &entry)
{
    if (!entry.actorName.isEmpty())
        return entry.actorName;
    return AuditLooks::tr("Nobody signed in");
}

QString shownSubject(const AuditEntry &entry)
{
    return entry.subjectLabel.isEmpty() ? entry.subjectId : entry.subjectLabel;
}

const QStringList &knownKinds()
{
    static const QStringList list = [] {
        QStringList names;
        for (const Word &kind : kinds)
            names << QString::fromLatin1(kind.name);
        return names;
    }();
    return list;
}

const QStringList &knownActions()
{
    static const QStringList list = [] {
        QStringList names{u"sessions.create"_s};
        for (const char *ability : enumNames<Ability>)
            if (const QString name = QString::fromLatin1(ability); name.contains(u'.'))
                names << name;
        names.sort();
        return names;
    }();
    return list;
}
