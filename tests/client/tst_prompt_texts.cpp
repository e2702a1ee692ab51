// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_analysis.h"
#include "client/templates/template_content.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QJsonObject schema{
    {u"type"_s, u"object"_s},
    {u"properties"_s,
     QJsonObject{{u"customer"_s,
                  QJsonObject{{u"type"_s, u"object"_s},
                              {u"properties"_s, QJsonObject{{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}}},
                 {u"tone"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};

NewTemplateVersion content()
{
    NewTemplateVersion result;
    result.systemPrompt = u"Be {{tone}}."_s;
    result.userPrompt = u"Greet {{customer.name}}"_s;
    result.examples = {{u"Greet Bo"_s, u"Hello Bo"_s}};
    result.variablesSchema = schema;
    result.defaultModel = u"demo/echo"_s;
    return result;
}

} // namespace

class TestPromptTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownNamesAreWrong();
    void tagsAreFoundByPlace();
    void namesAreOfferedWithTheirPath();
    void aNameWithoutASchemaIsInput();
    void messagesAreRenderedAsTheServerWould();
    void problemsStopTheRendering();
    void notesMakeNoDifference();
    void comparisonTextHasEverything();
};

void TestPromptTexts::unknownNamesAreWrong()
{
    const QString text = u"Dear {{customer.name}}, {{price}}"_s;
    const PromptAnalysis analysis(text, schema);
    QCOMPARE(analysis.problems().size(), 1);
    QCOMPARE(text.mid(analysis.problems().first().offset, analysis.problems().first().length).contains(u"price"_s),
             true);
    QCOMPARE(analysis.tags().size(), 2);
    QVERIFY(!analysis.isWrong(analysis.tags()[0]));
    QVERIFY(analysis.isWrong(analysis.tags()[1]));
}

void TestPromptTexts::tagsAreFoundByPlace()
{
    const PromptAnalysis analysis(u"a {{tone}} b {{tone}} c"_s, schema);
    QCOMPARE(analysis.tagsBetween(0, 2), (std::pair<qsizetype, qsizetype>(0, 0)));
    QCOMPARE(analysis.tagsBetween(0, 5), (std::pair<qsizetype, qsizetype>(0, 1)));
    QCOMPARE(analysis.tagsBetween(11, 40), (std::pair<qsizetype, qsizetype>(1, 2)));
}

void TestPromptTexts::namesAreOfferedWithTheirPath()
{
    QCOMPARE(knownVariables(schema), (QStringList{u"customer"_s, u"customer.name"_s, u"tone"_s}));
    // One that refers to itself ends all the same.
    const QJsonObject endless{{u"properties"_s, QJsonObject{{u"child"_s, QJsonObject{{u"$ref"_s, u"#"_s}}}}}};
    QVERIFY(knownVariables(endless).contains(u"child.child"_s));
    QVERIFY(knownVariables(endless).size() < 10);
}

void TestPromptTexts::aNameWithoutASchemaIsInput()
{
    QCOMPARE(knownVariables({}), QStringList{u"input"_s});
    QVERIFY(PromptAnalysis(u"{{input}}"_s, {}).problems().isEmpty());
    QCOMPARE(PromptAnalysis(u"{{name}}"_s, {}).problems().size(), 1);
}

void TestPromptTexts::messagesAreRenderedAsTheServerWould()
{
    const auto messages =
        renderedMessages(content(), {{u"tone"_s, u"warm"_s}, {u"customer"_s, QJsonObject{{u"name"_s, u"Ana & Zé"_s}}}});
    QVERIFY(bool(messages));
    QCOMPARE(messages->size(), 4);
    QCOMPARE(messages->first().role, MessageRole::System);
    QCOMPARE(messages->first().content, u"Be warm."_s);
    QCOMPARE(messages->last().content, u"Greet Ana & Zé"_s);
    QCOMPARE((*messages)[2].role, MessageRole::Assistant);
    QVERIFY(estimatedTokens(*messages) > 4 * 4);
}

void TestPromptTexts::problemsStopTheRendering()
{
    NewTemplateVersion broken = content();
    broken.userPrompt = u"{{#items}} never closed"_s;
    QVERIFY(!renderedMessages(broken, {}));
}

void TestPromptTexts::notesMakeNoDifference()
{
    NewTemplateVersion a = content(), b = content();
    b.note = u"another note"_s;
    b.baseVersion = 7;
    QVERIFY(sameContent(a, b));
    b.parameters.temperature = 0.2;
    QVERIFY(!sameContent(a, b));
}

void TestPromptTexts::comparisonTextHasEverything()
{
    NewTemplateVersion one = content();
    one.parameters.temperature = 0.2;
    const QString text = asText(one);
    for (const QString &part : {u"system:\nBe {{tone}}."_s, u"assistant:\nHello Bo"_s, u"model: demo/echo"_s,
                                u"temperature: 0.2"_s, u"\"customer\""_s})
        QVERIFY2(text.contains(part), qPrintable(part));
}

QTEST_GUILESS_MAIN(TestPromptTexts)
#include "tst_prompt_texts.moc"
