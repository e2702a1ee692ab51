// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_conditions.h"

#include "shared/permissions/policy.h"

#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <array>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace permissions;

namespace {

// Where CASL has no answer to differ from. Everything else must be alike.
struct Difference
{
    char answer;
    const char *reason;
};
constexpr std::array differences{
    Difference{
        'n',
        "CASL throws TypeError where a path leads through an array that holds null: to Patio, null has no members"},
    Difference{'i',
               "CASL throws where $elemMatch asks for a member of an item that is null, false, 0 or empty: to "
               "Patio, these have no members"},
    Difference{'w',
               "CASL's gate of a route does not see that a deny with {\"$and\": [{}, {}]} forbids everything; both "
               "refuse each record"},
};
// Never made here: paths that name what every value inherits in JavaScript (constructor, toString …), which Patio does
// not know; $eq of objects by identity, which JSON cannot say.

constexpr int lineCount = 21'000;
constexpr int linesAtOnce = 200;
constexpr int recordsPerLine = 10;
constexpr int casesPerRecord = 5;

const Moment now(1'769'853'600'000); // 2026-01-31T10:00:00.000Z

struct Case
{
    Ability ability;
    int record; // -1: about none
    QString field;
};

// Roles and rules of one person, with what is asked of them.
struct Line
{
    const Subject *subject = nullptr;
    PolicySource source;
    Principal principal;
    QList<QJsonObject> records;
    QList<Case> cases;
};

const QList<QString> subjectNames{u"templates"_s, u"jobs"_s, u"users"_s};

QList<QString> fewAttributes(const Subject &subject)
{
    QList<QString> names;
    for (const auto &attribute : subject.attributes.first(5))
        names.append(attribute.name);
    return names;
}

Rule randomRule(RandomConditions &make, const QList<QString> &attributes, const Line &line)
{
    Random &random = make.random;
    Rule rule;
    rule.id = QUuid::fromRfc4122(QByteArray(16, char(1 + random.below(255))));
    rule.effect = random.chance(40) ? RuleEffect::Deny : RuleEffect::Allow;
    rule.who = {{RuleWhoKind::Everyone, {}}};
    if (random.chance(20))
        rule.who = {{RuleWhoKind::User, random.chance(70) ? line.principal.userId.toString() : rule.id.toString()}};
    if (random.chance(20))
        rule.who.append({RuleWhoKind::Role, random.pick(QList<QString>{u"viewer"_s, u"agent"_s, u"finance"_s})});
    rule.subject = random.chance(85) ? line.subject->name : random.pick(subjectNames);
    rule.actions =
        random.chance(20) ? QList<QString>{u"*"_s} : QList<QString>{random.pick(line.subject->actions), u"read"_s};
    if (random.chance(85))
        rule.conditions = make.condition(2);
    if (random.chance(25))
        rule.onlyFields = QList<QString>{random.pick(attributes), random.pick(attributes)};
    if (random.chance(10))
        rule.validUntil = QDateTime::fromMSecsSinceEpoch(now.msecs() + random.below(3) - 1, Qt::UTC);
    if (random.chance(10))
        rule.validFrom = QDateTime::fromMSecsSinceEpoch(now.msecs() + random.below(3) - 1, Qt::UTC);
    rule.enabled = random.chance(95);
    return rule;
}

Line randomLine(std::uint64_t seed)
{
    Line line;
    line.subject = findSubject(Random(seed).pick(subjectNames));
    const QList<QString> attributes = fewAttributes(*line.subject);
    RandomConditions make(seed, attributes);
    Random &random = make.random;
    line.principal.userId = QUuid::fromString(u"00000000-0000-4000-8000-00000000000a"_s);
    line.principal.roles = {Role::Viewer};
    line.principal.attributes = {{u"level"_s, random.chance(50) ? QJsonValue(2) : QJsonValue(u"b"_s)}};
    if (random.chance(30)) {
        const CustomRoleAbilities role{QUuid::createUuidV5(QUuid(), QByteArray::number(seed)), u"ab"_s,
                                       Abilities().set(bit(Ability::TemplatesUpdate)).set(bit(Ability::JobsCancel))};
        line.source.customRoles = {role};
        line.principal.customRoles = {role.id};
    }
    for (int rules = 1 + random.below(12); rules > 0; --rules)
        line.source.rules.append(randomRule(make, attributes, line));
    QList<Ability> abilities;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        if (subjectOf(Ability(i)) == line.subject)
            abilities.append(Ability(i));
    for (int record = 0; record < recordsPerLine; ++record) {
        line.records.append(make.record());
        for (int i = 0; i < casesPerRecord; ++i) {
            Case one{random.pick(abilities), random.chance(90) ? record : -1, {}};
            if (one.record >= 0 && random.chance(30))
                one.field = random.pick(attributes);
            line.cases.append(one);
        }
    }
    return line;
}

QString actionOf(Ability ability) { return QString(json::name(ability)).section(u'.', 1); }

// As CASL knows it: of the rules that apply, first those that allow, then those that forbid, since with CASL the last
// one wins.
QByteArray forCasl(const Line &line)
{
    QJsonArray rules;
    Abilities held = abilitiesOf(line.principal.roles);
    for (const auto &role : line.source.customRoles)
        held |= role.abilities;
    for (std::size_t i = 0; i < std::size_t(Ability::Count_); ++i)
        if (held.test(i) && subjectOf(Ability(i)) == line.subject)
            rules.append(QJsonObject{{u"action"_s, actionOf(Ability(i))}, {u"subject"_s, line.subject->name}});
    for (const RuleEffect effect : {RuleEffect::Allow, RuleEffect::Deny}) {
        for (const Rule &rule : line.source.rules) {
            const bool isForThem = std::any_of(rule.who.begin(), rule.who.end(), [&](const RuleWho &who) {
                return who.kind == RuleWhoKind::Everyone || who.value == line.principal.userId.toString()
                    || who.value == u"viewer";
            });
            const bool isValid = (!rule.validFrom || rule.validFrom->toMSecsSinceEpoch() <= now.msecs())
                && (!rule.validUntil || now.msecs() < rule.validUntil->toMSecsSinceEpoch());
            if (rule.effect != effect || !rule.enabled || !isForThem || !isValid)
                continue;
            QJsonArray actions;
            for (const QString &action : rule.actions)
                actions.append(action == u"*" ? u"manage"_s : action);
            QJsonObject json{{u"action"_s, actions}, {u"subject"_s, rule.subject}};
            if (effect == RuleEffect::Deny)
                json.insert(u"inverted"_s, true);
            if (rule.conditions)
                json.insert(u"conditions"_s, *rule.conditions);
            if (rule.onlyFields)
                json.insert(u"fields"_s, QJsonArray::fromStringList(*rule.onlyFields));
            rules.append(json);
        }
    }
    QJsonArray roles{u"viewer"_s};
    for (const auto &role : line.source.customRoles)
        roles.append(role.name);
    const QJsonObject variables{{u"now"_s, u"2026-01-31T10:00:00.000Z"_s},
                                {u"user.id"_s, line.principal.userId.toString(QUuid::WithoutBraces)},
                                {u"user.roles"_s, roles},
                                {u"user.attributes.level"_s, line.principal.attributes.value(u"level"_s)}};
    QJsonArray records, cases;
    for (const QJsonObject &record : line.records)
        records.append(record);
    for (const Case &one : line.cases)
        cases.append(QJsonArray{actionOf(one.ability), line.subject->name,
                                one.record < 0 ? QJsonValue() : QJsonValue(one.record),
                                one.field.isEmpty() ? QJsonValue() : QJsonValue(one.field)});
    const QJsonObject all{
        {u"variables"_s, variables}, {u"rules"_s, rules}, {u"records"_s, records}, {u"cases"_s, cases}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact) + '\n';
}

bool deniesAllInManyWords(const Line &line, Ability ability)
{
    return std::any_of(line.source.rules.begin(), line.source.rules.end(), [&](const Rule &rule) {
        QList<json::Problem> problems;
        return rule.effect == RuleEffect::Deny && rule.conditions && rule.conditions->contains(u"$and"_s)
            && abilitiesOf(rule.actions, rule.subject).test(bit(ability))
            && Condition::compile(*rule.conditions, *line.subject, nullptr, problems)->isEmpty();
    });
}

QByteArray answers(const Line &line)
{
    const Policy policy(line.source, line.principal);
    std::vector<std::unique_ptr<Attributes>> records;
    for (const QJsonObject &record : line.records)
        records.push_back(std::make_unique<Attributes>(*line.subject, record));
    QByteArray text;
    for (const Case &one : line.cases) {
        const bool isAllowed = one.record < 0 ? policy.mayAny(one.ability, now)
            : one.field.isEmpty()             ? policy.may(one.ability, *records[std::size_t(one.record)], now)
                                  : policy.mayField(one.ability, one.field, *records[std::size_t(one.record)], now);
        text += isAllowed ? '1' : '0';
    }
    return text;
}

} // namespace

class TestCasl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAlike();

private:
    void compare(const Line &line, const QByteArray &ours, const QByteArray &theirs);
    static QByteArray read(QProcess &casl);

    qint64 m_equal = 0;
    std::array<qint64, differences.size()> m_differences{};
    qint64 m_allowed = 0;
};

QByteArray TestCasl::read(QProcess &casl)
{
    while (!casl.canReadLine())
        if (!casl.waitForReadyRead(60'000))
            return "the process of CASL gave no answer: " + casl.readAllStandardError();
    return casl.readLine().trimmed();
}

void TestCasl::compare(const Line &line, const QByteArray &ours, const QByteArray &theirs)
{
    QVERIFY2(ours.size() == theirs.size(), theirs.constData());
    for (qsizetype i = 0; i < ours.size(); ++i) {
        const auto known = std::find_if(differences.begin(), differences.end(),
                                        [&](const Difference &one) { return one.answer == theirs[i]; });
        if (known != differences.end()) {
            ++m_differences[std::size_t(known - differences.begin())];
            continue;
        }
        const Case &one = line.cases[i];
        if (ours[i] == '0' && theirs[i] == '1' && one.record < 0 && deniesAllInManyWords(line, one.ability)) {
            ++m_differences.back();
            continue;
        }
        if (ours[i] != theirs[i]) {
            const QJsonObject record = one.record < 0 ? QJsonObject() : line.records[one.record];
            const Attributes attributes(*line.subject, record);
            const Policy policy(line.source, line.principal);
            QFAIL(qPrintable(u"%1 of %2: CASL says %3\n%4\nof %5\n%6"_s.arg(
                json::name(one.ability), one.field, QChar(theirs[i]),
                QString::fromUtf8(
                    json::print(policy.explain(one.ability, one.record < 0 ? nullptr : &attributes, now))),
                QString::fromUtf8(json::print(record)),
                QString::fromUtf8(json::print(json::object(forCasl(line).trimmed()).value(u"rules"_s).toArray())))));
        }
        ++m_equal;
        m_allowed += ours[i] == '1';
    }
}

void TestCasl::answersAlike()
{
    QProcess casl;
    casl.setProgram(u"sh"_s);
    casl.setArguments({QStringLiteral(PATIO_PERMISSION_TESTS) + u"/casl"_s});
    casl.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    casl.start();
    QVERIFY2(casl.waitForStarted(), qPrintable(casl.errorString()));
    for (int first = 0; first < lineCount; first += linesAtOnce) {
        std::vector<Line> lines;
        for (int i = first; i < first + linesAtOnce; ++i) {
            lines.push_back(randomLine(std::uint64_t(i)));
            casl.write(forCasl(lines.back()));
        }
        while (casl.bytesToWrite() > 0)
            QVERIFY(casl.waitForBytesWritten());
        std::vector<QByteArray> ours; // while CASL works
        for (const Line &line : lines)
            ours.push_back(answers(line));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            compare(lines[i], ours[i], read(casl));
            if (QTest::currentTestFailed())
                return;
        }
    }
    casl.closeWriteChannel();
    QVERIFY(casl.waitForFinished());
    for (std::size_t i = 0; i < differences.size(); ++i)
        qInfo("%lld × %s", m_differences[i], differences[i].reason);
    qInfo("%lld decisions alike, %lld of them yes", m_equal, m_allowed);
    QVERIFY(m_equal >= 1'000'000);
    QVERIFY(std::accumulate(m_differences.begin(), m_differences.end(), qint64(0)) < m_equal / 100);
    QVERIFY(m_allowed > m_equal / 10 && m_allowed < m_equal * 9 / 10);
}

QTEST_GUILESS_MAIN(TestCasl)
#include "tst_casl.moc"
