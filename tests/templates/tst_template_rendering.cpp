// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_content.h"
#include "tests/templates/template_desk.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

// The render route, and that what the client previews is what the server sends, byte for byte.
class TestTemplateRendering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_desk.emplace(); }
    void rendersVersionsAndLabels();
    void rendersWhatIsNotSaved();
    void estimates();
    void refusals();
    void clientAndServerAgree();

private:
    std::optional<TemplateDesk> m_desk;
};

void TestTemplateRendering::rendersVersionsAndLabels()
{
    const QString path = m_desk->make(u"shown"_s, u"One {{input}}"_s);
    m_desk->save(path, u"Two {{input}}"_s, {{u"systemPrompt"_s, u"System"_s}});
    m_desk->label(path, u"production"_s, 1);
    const QJsonObject variables{{u"input"_s, u"X"_s}};
    const auto render = [&](QJsonObject body) {
        body.insert(u"variables"_s, variables);
        return m_desk->as(u"viewer"_s, "POST", path + u"/render"_s, body).json();
    };
    const QJsonObject latest = render({});
    QCOMPARE(latest[u"version"_s], 2);
    QCOMPARE(latest[u"messages"_s].toArray().size(), 2);
    QCOMPARE(latest[u"messages"_s][1][u"content"_s], u"Two X"_s);
    QCOMPARE(render({{u"label"_s, u"production"_s}})[u"messages"_s][0][u"content"_s], u"One X"_s);
    QCOMPARE(render({{u"version"_s, 1}})[u"version"_s], 1);
}

void TestTemplateRendering::rendersWhatIsNotSaved()
{
    const QString path = m_desk->make(u"unsaved"_s);
    m_desk->make(u"unsaved-part"_s, u"Part"_s);
    const QJsonObject body{{u"unsaved"_s, TemplateDesk::version(u"{{> unsaved-part}} {{input}}"_s)},
                           {u"variables"_s, QJsonObject{{u"input"_s, u"X"_s}}}};
    const QJsonObject shown = m_desk->send("POST", path + u"/render"_s, body).json();
    QCOMPARE(shown[u"messages"_s][0][u"content"_s], u"Part X"_s);
    QVERIFY(shown[u"version"_s].isNull());
    QCOMPARE(shown[u"includes"_s][0][u"slug"_s], u"unsaved-part"_s);
}

void TestTemplateRendering::estimates()
{
    const QString path = m_desk->make(u"costly"_s);
    const QJsonObject variables{{u"input"_s, QString(u"word "_s).repeated(1000)}};
    const auto render = [&](QJsonObject body) {
        body.insert(u"variables"_s, variables);
        return m_desk->send("POST", path + u"/render"_s, body).json();
    };
    const QJsonObject priced =
        render({{u"model"_s, u"openai/gpt-4o-mini"_s}, {u"parameters"_s, QJsonObject{{u"maxTokens"_s, 1000}}}});
    QVERIFY(priced[u"inputTokens"_s].toInt() > 500);
    if (!priced[u"inputCostNanos"_s].isNull())
        QVERIFY(priced[u"maxCostNanos"_s].toDouble() > priced[u"inputCostNanos"_s].toDouble());
    QVERIFY(render({})[u"maxCostNanos"_s].isNull()); // no end is set
    QVERIFY(render({{u"model"_s, u"nobody/unknown"_s}})[u"inputCostNanos"_s].isNull());
}

void TestTemplateRendering::refusals()
{
    const QString path = m_desk->make(u"refusing"_s);
    const auto render = [&](const QJsonObject &body) { return m_desk->send("POST", path + u"/render"_s, body); };
    QVERIFY(!problemAt(render({}), u"/variables/input"_s).isEmpty());
    const QJsonObject input{{u"input"_s, u"X"_s}};
    QVERIFY(!problemAt(render({{u"label"_s, u"x"_s}, {u"variables"_s, input}}), u"/label"_s).isEmpty());
    QVERIFY(!problemAt(render({{u"version"_s, 7}, {u"variables"_s, input}}), u"/version"_s).isEmpty());
    const QJsonObject broken{{u"unsaved"_s, TemplateDesk::version(u"a\n{{#b}}"_s)}, {u"variables"_s, input}};
    QVERIFY(problemAt(render(broken), u"/unsaved/userPrompt"_s).startsWith(u"line 2"_s));
}

namespace {

// Random prompts of the whole language, and variables for them.
class Random
{
public:
    explicit Random(quint32 seed) : m_random(seed) { }

    QString text(int depth = 0)
    {
        static const QStringList plain{u"Hello "_s, u"\n"_s,   u"  "_s,           u"<&\"'> "_s, u"{ } "_s,
                                       u"é漢🎈 "_s,  u"\r\n"_s, u"{{! aside }}"_s, u"a\tb "_s,   u"end.\n"_s};
        QString out;
        for (int i = below(6); i >= 0; --i) {
            const QString name = names[below(int(names.size()))];
            switch (below(depth < 3 ? 8 : 4)) {
            case 0:
                out += u"{{%1}}"_s.arg(name);
                break;
            case 1:
                out += u"{{{%1}}}"_s.arg(name);
                break;
            case 4:
                out += u"{{#%1}}%2{{/%1}}"_s.arg(name, text(depth + 1));
                break;
            case 5:
                out += u"\n{{^%1}}\n%2\n{{/%1}}\n"_s.arg(name, text(depth + 1));
                break;
            case 6:
                out += u"{{#list}}[{{.}}]%1{{/list}}"_s.arg(text(depth + 1));
                break;
            case 7:
                out += u"{{=<% %>=}}<%%1%>{{raw}}<%={{ }}=%>"_s.arg(name);
                break;
            default:
                out += plain[below(int(plain.size()))];
            }
        }
        return out;
    }

    QJsonObject variables()
    {
        QJsonObject all;
        for (const QString &name : names)
            if (!name.contains(u'.') && below(5) > 0)
                all.insert(name, value());
        if (below(4) > 0)
            all.insert(u"deep"_s, QJsonObject{{u"er"_s, value()}});
        return all;
    }

private:
    int below(int end) { return int(m_random.bounded(end)); }
    QJsonValue value()
    {
        const QJsonValue some[] = {true,
                                   false,
                                   0,
                                   -1.5,
                                   1e21,
                                   0.1,
                                   QJsonValue(QJsonValue::Null),
                                   u""_s,
                                   u"<b>&"_s,
                                   u"{{a}}"_s,
                                   QJsonArray{},
                                   QJsonArray{1, u"two"_s, QJsonObject{{u"a"_s, u"in"_s}}},
                                   QJsonObject{{u"a"_s, u"own"_s}, {u"z"_s, QJsonArray{QJsonValue(QJsonValue::Null)}}}};
        return some[below(int(std::size(some)))];
    }

    const QStringList names{u"a"_s, u"b"_s, u"list"_s, u"deep.er"_s, u"deep"_s, u"missing.part"_s};
    QRandomGenerator m_random;
};

} // namespace

void TestTemplateRendering::clientAndServerAgree()
{
    const QString path = m_desk->make(u"agreed"_s);
    const quint32 seed = QRandomGenerator::global()->generate();
    Random random(seed);
    int compared = 0;
    for (int i = 0; i < 400; ++i) {
        NewTemplateVersion content;
        content.systemPrompt = random.text();
        content.userPrompt = random.text() + u"."_s; // never empty
        content.examples = {{random.text() + u"?"_s, random.text() + u"!"_s}};
        content.variablesSchema = QJsonObject{{u"type"_s, u"object"_s}, {u"additionalProperties"_s, true}};
        content.defaultModel = u"demo/fast"_s;
        const QJsonObject variables = random.variables();
        const auto client = renderedMessages(content, variables);
        const QJsonObject body{{u"unsaved"_s, json::object(json::print(content))}, {u"variables"_s, variables}};
        const HttpAnswer server = m_desk->send("POST", path + u"/render"_s, body);
        const QByteArray where = "seed " + QByteArray::number(seed) + ", case " + QByteArray::number(i) + ": "
            + json::print(body) + "\n" + server.body;
        QVERIFY2(bool(client) == (server.status == 200), where);
        if (!client)
            continue;
        const QJsonArray sent = server.json()[u"messages"_s].toArray();
        QList<PromptMessage> shown = *client;
        shown.removeIf([](const PromptMessage &one) { return one.content.isEmpty(); }); // these are not sent
        QVERIFY2(sent == QJsonArray(json::document(json::print(shown)).toArray()), where);
        QCOMPARE(server.json()[u"inputTokens"_s].toInteger(), estimatedTokens(shown));
        ++compared;
    }
    QVERIFY2(compared > 300, QByteArray::number(compared));
}

QTEST_GUILESS_MAIN(TestTemplateRendering)
#include "tst_template_rendering.moc"
