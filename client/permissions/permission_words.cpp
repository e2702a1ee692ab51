// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/permission_words.h"

#include "client/permissions/condition_rows.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

struct PermissionWords
{
    Q_DECLARE_TR_FUNCTIONS(PermissionWords)
};

struct Word // as QT_TRANSLATE_NOOP3 gives it
{
    const char *text;
    const char *about;
};

QString wordOf(const QString &name, std::initializer_list<std::pair<QLatin1StringView, Word>> words)
{
    for (const auto &[key, word] : words)
        if (name == key)
            return PermissionWords::tr(word.text, word.about);
    return name;
}

} // namespace

QString shownSubject(const QString &subject)
{
    return wordOf(subject,
                  {{"tenants"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Tenants", "a subject")},
                   {"users"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "People", "a subject")},
                   {"sessions"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Sessions", "a subject")},
                   {"templates"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Templates", "a subject")},
                   {"jobs"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Jobs", "a subject")},
                   {"usage"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Usage", "a subject")},
                   {"prices"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Prices", "a subject")},
                   {"credentials"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Provider keys", "a subject")},
                   {"gatewayKeys"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Gateway keys", "a subject")},
                   {"gateway"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Gateway", "a subject")},
                   {"gatewayLimits"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Gateway limits", "a subject")},
                   {"gatewayRoutes"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Gateway routes", "a subject")},
                   {"gatewaySettings"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Gateway settings", "a subject")},
                   {"gatewayCalls"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Calls of providers", "a subject")},
                   {"batches"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Batches", "a subject")},
                   {"budgets"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Budgets", "a subject")},
                   {"assistants"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Assistants", "a subject")},
                   {"channels"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Channels", "a subject")},
                   {"chat"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Messages", "a subject")},
                   {"evaluations"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Evaluations", "a subject")},
                   {"roles"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Roles", "a subject")},
                   {"rules"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Rules", "a subject")},
                   {"settings"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Settings", "a subject")},
                   {"audit"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "Audit log", "a subject")}});
}

QString shownAction(const QString &action)
{
    return wordOf(action,
                  {{"*"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "everything", "an action")},
                   {"read"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "see", "an action")},
                   {"create"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "add", "an action")},
                   {"update"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "change", "an action")},
                   {"delete"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "remove", "an action")},
                   {"publish"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "publish", "an action")},
                   {"cancel"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "cancel", "an action")},
                   {"replay"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "run again", "an action")},
                   {"discard"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "discard", "an action")},
                   {"bodies"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "read texts of", "an action")},
                   {"call"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "call", "an action")},
                   {"post"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "write", "an action")},
                   {"moderate"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "moderate", "an action")},
                   {"run"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "run", "an action")},
                   {"export"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "export", "an action")}});
}

QString shownAbility(Ability ability)
{
    const QString name = QString(json::name(ability));
    return PermissionWords::tr("%1: %2", "a subject and an action")
        .arg(shownSubject(name.section(u'.', 0, 0)), shownAction(name.section(u'.', 1)));
}

QString shownTest(const QString &test)
{
    return wordOf(test,
                  {{"$eq"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is", "a test")},
                   {"$ne"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is not", "a test")},
                   {"$in"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is one of", "a test")},
                   {"$nin"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is none of", "a test")},
                   {"$lt"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is below", "a test")},
                   {"$lte"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is at most", "a test")},
                   {"$gt"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is above", "a test")},
                   {"$gte"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is at least", "a test")},
                   {"$regex"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "matches", "a test")},
                   {"$all"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "has all of", "a test")},
                   {"$size"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "has so many", "a test")},
                   {"$exists"_L1, QT_TRANSLATE_NOOP3("PermissionWords", "is present", "a test")}});
}

QString shownValue(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList items;
        for (const QJsonValue &item : value.toArray())
            items << shownValue(item);
        return items.join(u", "_s);
    }
    if (value.isBool())
        return value.toBool() ? PermissionWords::tr("yes", "a value") : PermissionWords::tr("no", "a value");
    return value.isDouble() ? QLocale().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest)
                            : value.toString();
}

QString shownCondition(const std::optional<QJsonObject> &condition)
{
    if (!condition || condition->isEmpty())
        return PermissionWords::tr("always", "a condition");
    const auto rows = conditionRows::read(*condition);
    if (!rows)
        return QString::fromUtf8(QJsonDocument(*condition).toJson(QJsonDocument::Compact));
    QStringList texts;
    for (const ConditionRow &row : rows->rows)
        texts << PermissionWords::tr("%1 %2 %3", "an attribute, a test and a value")
                     .arg(row.path, shownTest(row.test), shownValue(row.value));
    return texts.join(rows->any ? PermissionWords::tr(" or ", "between conditions")
                                : PermissionWords::tr(" and ", "between conditions"));
}

QString shownHours(const std::optional<RuleHours> &hours)
{
    if (!hours)
        return {};
    QStringList parts{u"%1–%2"_s.arg(hours->from, hours->until)};
    for (const Weekday day : hours->days)
        parts << QLocale().standaloneDayName(int(day) + 1, QLocale::ShortFormat);
    return (parts << hours->timeZone).join(u", "_s);
}

QString shownReach(Reach reach)
{
    switch (reach) {
    case Reach::None:
        return PermissionWords::tr("nothing", "of the records");
    case Reach::Some:
        return PermissionWords::tr("some", "of the records");
    case Reach::All:
        return PermissionWords::tr("all", "of the records");
    }
    return {};
}

QString shownWhy(const TraceStep &step)
{
    if (step.kind == TraceKind::Plan)
        return step.matched ? PermissionWords::tr("The plan does not include it.")
                            : PermissionWords::tr("The plan includes it.");
    return wordOf(
        step.why,
        {{"The role includes it."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "The role includes it.", "why a role or rule matches")},
         {"It has no condition."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It has no condition.", "why a role or rule matches")},
         {"Its condition holds."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "Its condition holds.", "why a role or rule matches")},
         {"Its condition does not hold."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "Its condition does not hold.", "why a role or rule matches")},
         {"It allows some things."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It allows some things.", "why a role or rule matches")},
         {"It forbids some things only."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It forbids some things only.", "why a role or rule matches")},
         {"It forbids some fields only."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It forbids some fields only.", "why a role or rule matches")},
         {"It is not valid yet."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It is not valid yet.", "why a role or rule matches")},
         {"It is not valid any more."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It is not valid any more.", "why a role or rule matches")},
         {"It is switched off."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It is switched off.", "why a role or rule matches")},
         {"It speaks of others."_L1,
          QT_TRANSLATE_NOOP3("PermissionWords", "It speaks of others.", "why a role or rule matches")}});
}

QString jsonOf(const RuleInput &rule)
{
    QJsonObject object = json::object(json::print(rule));
    for (auto it = object.begin(); it != object.end();)
        it = it->isNull() ? object.erase(it) : std::next(it);
    return QString::fromUtf8(QJsonDocument(object).toJson()).trimmed();
}

StatusLook lookOf(RuleEffect effect)
{
    return effect == RuleEffect::Allow
        ? StatusLook{Tone::Success, u"check"_s, PermissionWords::tr("Allow", "the effect of a rule")}
        : StatusLook{Tone::Danger, u"ban"_s, PermissionWords::tr("Deny", "the effect of a rule")};
}

RuleState stateOf(const Rule &rule, const QDateTime &now)
{
    if (!rule.enabled)
        return RuleState::Off;
    if (rule.validUntil && *rule.validUntil <= now)
        return RuleState::Over;
    return rule.validFrom && *rule.validFrom > now ? RuleState::Scheduled : RuleState::Active;
}

StatusLook lookOf(RuleState state)
{
    switch (state) {
    case RuleState::Active:
        return {Tone::Success, u"circle-check"_s, PermissionWords::tr("In force", "a rule")};
    case RuleState::Off:
        return {Tone::Neutral, u"pause"_s, PermissionWords::tr("Off", "a rule")};
    case RuleState::Scheduled:
        return {Tone::Info, u"clock"_s, PermissionWords::tr("Later", "a rule")};
    case RuleState::Over:
        return {Tone::Neutral, u"history"_s, PermissionWords::tr("Over", "a rule")};
    }
    return {};
}
