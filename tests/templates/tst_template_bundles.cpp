// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/templates/template_desk.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>

using namespace Qt::StringLiterals;

// Templates out of one tenant and into another, as JSON and as a folder of files.
class TestTemplateBundles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void jsonGoesRound();
    void filesGoRound();
    void dryRunTellsAndChangesNothing();
    void conflicts();
    void errorsNameFileAndLine();
    void oneRefusedRefusesAll();
    void labelsNeedTheirAbility();
    void exportsWhatIsAskedFor();

private:
    HttpAnswer there(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        return m_desk->server.send(method, u"/api/v1"_s + path, body,
                                   {.token = m_desk->server.token(u"northwind"_s, u"owner"_s)});
    }
    QJsonObject bundle() { return m_desk->send("GET", u"/templates/export?folder=packed"_s).json(); }
    QJsonArray files();
    static QStringList actions(const HttpAnswer &report)
    {
        QStringList list;
        const QJsonArray items = report.json()[u"items"_s].toArray();
        for (const QJsonValue item : items)
            list.append(item[u"slug"_s].toString() + u' ' + item[u"action"_s].toString());
        return items.isEmpty() ? QStringList{QString::fromUtf8(report.body)} : list;
    }

    std::optional<TemplateDesk> m_desk;
};

void TestTemplateBundles::initTestCase()
{
    m_desk.emplace();
    const QJsonObject folder{{u"folder"_s, u"packed/deep"_s}, {u"tags"_s, QJsonArray{u"moved"_s}}};
    // "alpha" includes "omega", which comes after it.
    m_desk->make(u"omega"_s, u"Be kind.\n"_s, folder);
    const QString alpha = m_desk->make(u"alpha"_s, u"One {{input}}"_s, folder);
    const QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"name"_s, true}}}};
    QCOMPARE(m_desk->save(alpha, u"{{> omega}}Dear {{name}} – „ü“\n"_s,
                          {{u"variablesSchema"_s, schema},
                           {u"systemPrompt"_s, u"Système"_s},
                           {u"note"_s, u"second"_s},
                           {u"parameters"_s, QJsonObject{{u"temperature"_s, 0.25}, {u"maxTokens"_s, 99}}},
                           {u"examples"_s, QJsonArray{QJsonObject{{u"user"_s, u"Q"_s}, {u"assistant"_s, u"A"_s}}}}}),
             201);
    QCOMPARE(m_desk->label(alpha, u"production"_s, 1), 201);
    QVERIFY(!m_desk->server.token(u"northwind"_s, u"owner"_s).isEmpty());
}

void TestTemplateBundles::jsonGoesRound()
{
    const QJsonObject out = bundle();
    QCOMPARE(out[u"templates"_s].toArray().size(), 2);
    const HttpAnswer report = there("POST", u"/templates/import"_s, {{u"bundle"_s, out}});
    QCOMPARE(actions(report), QStringList({u"alpha create"_s, u"omega create"_s}));
    QCOMPARE(report.json()[u"isApplied"_s], true);
    QJsonObject back = there("GET", u"/templates/export?folder=packed"_s).json();
    // Whose they are and when they were made is the importing person's.
    const auto plain = [](QJsonObject whole) {
        QJsonArray templates = whole[u"templates"_s].toArray();
        for (qsizetype i = 0; i < templates.size(); ++i) {
            QJsonObject one = templates[i].toObject();
            QJsonArray versions = one[u"versions"_s].toArray();
            for (qsizetype k = 0; k < versions.size(); ++k) {
                QJsonObject version = versions[k].toObject();
                version.remove(u"authorName"_s);
                version.remove(u"createdAt"_s);
                versions[k] = version;
            }
            one.insert(u"versions"_s, versions);
            templates[i] = one;
        }
        return templates;
    };
    QCOMPARE(plain(back), plain(out));
}

// As the client does: unpacked by the system's own tar.
QJsonArray TestTemplateBundles::files()
{
    const HttpAnswer answer = m_desk->send("GET", u"/templates/export?folder=packed&form=tar"_s);
    QTemporaryDir folder;
    QFile tar(folder.filePath(u"out.tar"_s));
    if (answer.status != 200 || !tar.open(QIODevice::WriteOnly))
        return {};
    tar.write(answer.body);
    tar.close();
    QProcess unpack;
    unpack.start(u"tar"_s, {u"-xf"_s, tar.fileName(), u"-C"_s, folder.path()});
    if (!unpack.waitForFinished() || unpack.exitCode() != 0 || !tar.remove())
        return {};
    QJsonArray list;
    QDirIterator each(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        if (file.open(QIODevice::ReadOnly))
            list.append(QJsonObject{{u"path"_s, QDir(folder.path()).relativeFilePath(file.fileName())},
                                    {u"text"_s, QString::fromUtf8(file.readAll())}});
    }
    return list;
}

void TestTemplateBundles::filesGoRound()
{
    const QJsonArray all = files();
    QStringList paths;
    for (const QJsonValue file : all)
        paths.append(file[u"path"_s].toString());
    paths.sort();
    QCOMPARE(paths,
             QStringList({u"alpha/1/user.txt"_s, u"alpha/1/version.json"_s, u"alpha/2/examples/1-assistant.txt"_s,
                          u"alpha/2/examples/1-user.txt"_s, u"alpha/2/system.txt"_s, u"alpha/2/user.txt"_s,
                          u"alpha/2/variables.schema.json"_s, u"alpha/2/version.json"_s, u"alpha/template.json"_s,
                          u"omega/1/user.txt"_s, u"omega/1/version.json"_s, u"omega/template.json"_s}));
    const HttpAnswer report =
        m_desk->send("POST", u"/templates/import"_s, {{u"files"_s, all}, {u"onConflict"_s, u"rename"_s}});
    QCOMPARE(actions(report), QStringList({u"alpha rename"_s, u"omega rename"_s}));
    QCOMPARE(report.json()[u"items"_s][0][u"newSlug"_s], u"alpha-2"_s);
    const QString id = u"/templates/"_s + report.json()[u"items"_s][0][u"templateId"_s].toString();
    const QJsonObject copy = m_desk->send("GET", id).json();
    QCOMPARE(copy[u"version"_s][u"userPrompt"_s], u"{{> omega}}Dear {{name}} – „ü“\n"_s);
    QCOMPARE(copy[u"version"_s][u"parameters"_s][u"temperature"_s], 0.25);
    QCOMPARE(copy[u"version"_s][u"examples"_s][0][u"assistant"_s], u"A"_s);
    QCOMPARE(copy[u"template"_s][u"labels"_s][0][u"version"_s], 1);
    QCOMPARE(copy[u"template"_s][u"folder"_s], u"packed/deep"_s);
    m_desk->send("DELETE", id);
    m_desk->send("DELETE", u"/templates/"_s + report.json()[u"items"_s][1][u"templateId"_s].toString());
}

void TestTemplateBundles::dryRunTellsAndChangesNothing()
{
    QJsonObject out = bundle();
    QJsonArray templates = out[u"templates"_s].toArray();
    QJsonObject fresh = templates[1].toObject();
    fresh.insert(u"slug"_s, u"fresh"_s);
    templates.append(fresh);
    out.insert(u"templates"_s, templates);
    const HttpAnswer report = m_desk->send("POST", u"/templates/import"_s, {{u"bundle"_s, out}, {u"dryRun"_s, true}});
    QCOMPARE(actions(report), QStringList({u"alpha skip"_s, u"omega skip"_s, u"fresh create"_s}));
    QCOMPARE(report.json()[u"isApplied"_s], false);
    QVERIFY(report.json()[u"items"_s][2][u"templateId"_s].isNull());
    QVERIFY(m_desk->slugs(u"?search=fresh"_s).isEmpty());
}

void TestTemplateBundles::conflicts()
{
    QJsonObject out = bundle();
    const auto import = [&](const QString &onConflict) {
        return m_desk->send("POST", u"/templates/import"_s, {{u"bundle"_s, out}, {u"onConflict"_s, onConflict}});
    };
    QCOMPARE(actions(import(u"newVersion"_s)), QStringList({u"alpha unchanged"_s, u"omega unchanged"_s}));
    QJsonArray templates = out[u"templates"_s].toArray();
    QJsonObject omega = templates[1].toObject();
    QJsonArray versions = omega[u"versions"_s].toArray();
    QJsonObject version = versions.last().toObject();
    version.insert(u"userPrompt"_s, u"Be kinder.\n"_s);
    versions[versions.size() - 1] = version;
    omega.insert(u"versions"_s, versions);
    templates[1] = omega;
    out.insert(u"templates"_s, templates);
    const HttpAnswer added = import(u"newVersion"_s);
    QCOMPARE(actions(added), QStringList({u"alpha unchanged"_s, u"omega addVersion"_s}));
    QCOMPARE(added.json()[u"items"_s][1][u"versions"_s], 1);
    const QString path = u"/templates/"_s + added.json()[u"items"_s][1][u"templateId"_s].toString();
    QCOMPARE(m_desk->send("GET", path).json()[u"version"_s][u"userPrompt"_s], u"Be kinder.\n"_s);
    QCOMPARE(m_desk->send("GET", path).json()[u"template"_s][u"latestVersion"_s], 2);
}

void TestTemplateBundles::errorsNameFileAndLine()
{
    const auto file = [](const char *path, const char *text) {
        return QJsonObject{{u"path"_s, QString::fromLatin1(path)}, {u"text"_s, QString::fromUtf8(text)}};
    };
    const QJsonArray bad{file("x/bad/template.json", "{\n  \"name\": \"Bad\"\n}"),
                         file("x/bad/1/version.json", "{\n  \"defaultModel\": \"nonsense\"\n}"),
                         file("x/bad/1/user.txt", "Hello\n\n{{unknown}}"),
                         file("x/torn/template.json", "{\n  \"name\": \"Torn\",\n}"),
                         file("x/torn/1/version.json", "{\"defaultModel\": \"demo/fast\"}"),
                         file("x/torn/1/user.txt", "{{input}}"),
                         file("x/notes.txt", "?")};
    const HttpAnswer report = m_desk->send("POST", u"/templates/import"_s, {{u"files"_s, bad}});
    QCOMPARE(report.status, 200);
    QCOMPARE(report.json()[u"isApplied"_s], false);
    QHash<QString, int> lines;
    const auto note = [&](const QJsonArray &problems) {
        for (const QJsonValue one : problems)
            lines.insert(one[u"file"_s].toString(), one[u"line"_s].toInt());
    };
    note(report.json()[u"problems"_s].toArray());
    note(report.json()[u"items"_s][0][u"problems"_s].toArray());
    QCOMPARE(report.json()[u"items"_s][0][u"action"_s], u"refuse"_s);
    const QHash<QString, int> expected{
        {u"x/torn/template.json"_s, 3}, {u"x/notes.txt"_s, 0}, {u"bad/1/user.txt"_s, 3}, {u"bad/1/version.json"_s, 0}};
    QCOMPARE(lines, expected);
}

void TestTemplateBundles::oneRefusedRefusesAll()
{
    const auto one = [](const char *slug, const char *prompt) {
        const QJsonObject version{
            {u"version"_s, 1}, {u"userPrompt"_s, QString::fromLatin1(prompt)}, {u"defaultModel"_s, u"demo/fast"_s}};
        return QJsonObject{{u"slug"_s, QString::fromLatin1(slug)},
                           {u"name"_s, QString::fromLatin1(slug)},
                           {u"versions"_s, QJsonArray{version}}};
    };
    const QJsonObject out{{u"format"_s, u"patio-templates"_s},
                          {u"formatVersion"_s, 1},
                          {u"templates"_s, QJsonArray{one("sound", "{{input}}"), one("unsound", "{{> nowhere}}")}}};
    const HttpAnswer report = m_desk->send("POST", u"/templates/import"_s, {{u"bundle"_s, out}});
    QCOMPARE(actions(report), QStringList({u"sound create"_s, u"unsound refuse"_s}));
    QCOMPARE(report.json()[u"items"_s][1][u"problems"_s][0][u"file"_s], u"/bundle/templates/1/versions/0/userPrompt"_s);
    QCOMPARE(report.json()[u"isApplied"_s], false);
    QVERIFY(m_desk->slugs(u"?search=sound"_s).isEmpty());
}

void TestTemplateBundles::labelsNeedTheirAbility()
{
    const QJsonObject rule{
        {u"effect"_s, u"deny"_s},
        {u"who"_s, QJsonArray{QJsonObject{{u"kind"_s, u"role"_s}, {u"value"_s, u"prompt-engineer"_s}}}},
        {u"subject"_s, u"templates"_s},
        {u"actions"_s, QJsonArray{u"publish"_s}},
        {u"reason"_s, u"Only owners publish."_s}};
    const QJsonObject out = bundle();
    const HttpAnswer made = m_desk->as(u"owner"_s, "POST", u"/rules"_s, rule);
    QCOMPARE(made.status, 201);
    const QJsonObject request{{u"bundle"_s, out}, {u"onConflict"_s, u"rename"_s}};
    QTRY_COMPARE_WITH_TIMEOUT(actions(m_desk->send("POST", u"/templates/import"_s, request)).value(0),
                              u"alpha refuse"_s, 5000);
    QCOMPARE(m_desk->as(u"owner"_s, "DELETE", u"/rules/"_s + made.json()[u"id"_s].toString()).status, 204);
}

void TestTemplateBundles::exportsWhatIsAskedFor()
{
    const QJsonArray all = bundle()[u"templates"_s].toArray();
    QVERIFY(all.size() >= 2);
    const QString id =
        m_desk->send("GET", u"/templates?search=alpha&limit=1"_s).json()[u"items"_s][0][u"id"_s].toString();
    const HttpAnswer one = m_desk->send("GET", u"/templates/export?id="_s + id);
    QCOMPARE(one.json()[u"templates"_s].toArray().size(), 1);
    QVERIFY(one.headers.value("content-disposition").contains("templates.json"));
    QVERIFY(m_desk->send("GET", u"/templates/export?folder=nowhere"_s).json()[u"templates"_s].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(TestTemplateBundles)
#include "tst_template_bundles.moc"
