// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_looks.h"
#include "client/audit/audit_view.h"
#include "client/audit/member_diff.h"
#include "shared/permissions/ability.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// What the page of the audit log asks for, and how it says what changed.
class TestAuditView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatDiffersIsCompared()
    {
        const QJsonObject before{
            {u"name"_s, u"Ana"_s}, {u"roles"_s, QJsonArray{u"viewer"_s, u"agent"_s}}, {u"revision"_s, 1}};
        const QJsonObject after{{u"name"_s, u"Ana"_s}, {u"roles"_s, QJsonArray{u"admin"_s}}, {u"revision"_s, 2}};
        const memberDiff::Texts texts = memberDiff::texts(before, after);
        QCOMPARE(texts.before, u"revision: 1\nroles: viewer, agent"_s);
        QCOMPARE(texts.after, u"revision: 2\nroles: admin"_s);
        QCOMPARE(texts.members, 2);
    }

    void membersComeAndGo()
    {
        const memberDiff::Texts texts =
            memberDiff::texts(QJsonObject{{u"old"_s, true}}, QJsonObject{{u"fresh"_s, QJsonValue()}});
        QCOMPARE(texts.before, u"old: true"_s);
        QCOMPARE(texts.after, u"fresh: —"_s);
        QCOMPARE(texts.members, 2);
    }

    void nestedMembersHaveAPath()
    {
        const QJsonObject turn{{u"user"_s, u"Hi"_s}},
            version{{u"examples"_s, QJsonArray{turn}}, {u"userPrompt"_s, u"a\nb"_s}};
        const memberDiff::Texts texts = memberDiff::texts(std::nullopt, QJsonObject{{u"version"_s, version}});
        QCOMPARE(texts.before, QString());
        QCOMPARE(texts.after, u"version.examples.1.user: Hi\nversion.userPrompt: a\nb"_s);
    }

    void theSameIsNoDifference()
    {
        const QJsonObject same{{u"a"_s, QJsonObject{}}, {u"b"_s, QJsonArray{}}, {u"c"_s, 1.5}};
        QCOMPARE(memberDiff::texts(same, same).members, 0);
        QCOMPARE(memberDiff::texts(std::nullopt, std::nullopt).members, 0);
    }

    void aViewComesBackAsItWas()
    {
        AuditView view{
            .tab = AuditView::Tab::Refused, .search = u"ana"_s, .actorId = QUuid::createUuid(), .actorName = u"Ana"_s};
        view.subjectType = u"users"_s;
        view.subjectId = u"1"_s;
        view.subjectLabel = u"Bob"_s;
        view.action = u"users.update"_s;
        view.withinHours = 24;
        QCOMPARE(AuditView::fromJson(view.toJson()), view);
        QCOMPARE(AuditView::fromJson({}), AuditView());
        QVERIFY(view.isFiltering());
        QVERIFY(!AuditView{.tab = AuditView::Tab::Refused}.isFiltering());
    }

    void aViewIsAskedFor()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const AuditFilter all = AuditView().filter(now);
        QVERIFY(!all.outcome && !all.search && !all.from && !all.action && !all.actorId && !all.subjectType);
        const AuditFilter some = AuditView{.tab = AuditView::Tab::Done, .search = u"x"_s, .withinHours = 2}.filter(now);
        QCOMPARE(some.outcome, AuditOutcome::Done);
        QCOMPARE(some.search, u"x"_s);
        QCOMPARE(some.from, now.addSecs(-7200));
    }

    // What the server may write has words here.
    void everyAbilityHasWords()
    {
        for (const char *name : enumNames<Ability>) {
            const QString action = QString::fromLatin1(name);
            if (!action.contains(u'.'))
                continue;
            QVERIFY2(shownVerb(action) != action, name);
            QVERIFY2(shownKind(action.section(u'.', 0, 0)) != action.section(u'.', 0, 0), name);
            QVERIFY(knownActions().contains(action));
        }
        QCOMPARE(shownVerb(u"lamps.light"_s), u"lamps.light"_s); // of a newer server
    }
};

QTEST_GUILESS_MAIN(TestAuditView)
#include "tst_audit_view.moc"
