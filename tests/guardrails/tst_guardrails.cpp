// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/answer_guard.h"
#include "server/guardrails/json_strings.h"

#include <QTest>

using namespace Qt::StringLiterals;
using guardrails::AnswerGuard;
using guardrails::Guardrails;
using providers::ContentPart;
using providers::ModelAnswer;
using providers::ModelRequest;
using providers::ToolCallDelta;

namespace {

ModelRequest asking(const QString &text)
{
    ModelRequest request;
    request.messages = {{u"system"_s, u"Be brief."_s}, {u"user"_s, text}};
    return request;
}

// The refusal of a request; nothing: it may pass.
std::optional<ApiError> refusalOf(const GatewaySettings &settings, ModelRequest request)
try {
    Guardrails(settings).check(request);
    return std::nullopt;
} catch (const ApiError &error) {
    return error;
}

struct Said
{
    QString text;
    std::optional<ApiError> refusal;
    qsizetype mostHeld = 0;
};

Said streamed(const GatewaySettings &settings, const QStringList &pieces)
{
    AnswerGuard guard(std::make_shared<Guardrails>(settings));
    Said said;
    qsizetype fed = 0;
    const auto take = [&](const AnswerGuard::Passed &passed) {
        said.text += passed.text;
        if (!said.refusal)
            said.refusal = passed.refusal;
    };
    for (const QString &piece : pieces) {
        take(guard.feed(piece));
        fed += piece.size();
        if (!said.refusal)
            said.mostHeld = std::max(said.mostHeld, fed - said.text.size());
    }
    take(guard.finish());
    return said;
}

QStringList cut(const QString &text, qsizetype size)
{
    QStringList pieces;
    for (qsizetype at = 0; at < text.size(); at += size)
        pieces.append(text.mid(at, size));
    return pieces;
}

GatewaySettings denying(const QList<QString> &patterns)
{
    GatewaySettings settings;
    settings.deniedPatterns = patterns;
    return settings;
}

} // namespace

class TestGuardrails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deniesPatternsInEveryText_data();
    void deniesPatternsInEveryText();
    void requiresPatternsOfTheLastMessage();
    void limitsTheSize();
    void masksInPlace();
    void checksTextsForVectors();
    void neverTellsTheText();
    void checksPatterns_data();
    void checksPatterns();
    void boundsTheWork();
    void masksBodies();
    void changesOnlyStrings();

    void streamsTheSameHoweverItComes();
    void neverPassesADeniedTextOn();
    void holdsBackLittle();
    void endsAtTheFirstRefusal();
    void limitsAnswers();
    void guardsToolCalls();
    void guardsWholeAnswers();
    void takesLinearStepsForAnswers();
};

void TestGuardrails::deniesPatternsInEveryText_data()
{
    QTest::addColumn<providers::ModelRequest>("request");
    QTest::addColumn<bool>("isDenied");
    const auto row = [](const char *name, const ModelRequest &request, bool isDenied) {
        QTest::newRow(name) << request << isDenied;
    };
    const auto part = [](const ContentPart &part) {
        ModelRequest request = asking(u"Hello"_s);
        request.messages.append({u"user"_s, {}, {part}});
        return request;
    };
    row("nothing", asking(u"Hello"_s), false);
    row("user", asking(u"the falcon plan"_s), true);
    ModelRequest system = asking(u"Hello"_s);
    system.messages[0].content = u"falcon"_s;
    row("system", system, true);
    row("text part", part({.kind = ContentPart::Text, .text = u"falcon"_s}), true);
    row("result", part({.kind = ContentPart::ToolResult, .text = u"falcon"_s}), true);
    row("arguments", part({.kind = ContentPart::ToolCall, .arguments = uR"({"a":"falcon"})"_s}), true);
    row("escaped arguments", part({.kind = ContentPart::ToolCall, .arguments = uR"({"a":"\u0066alcon"})"_s}), true);
    row("broken arguments", part({.kind = ContentPart::ToolCall, .arguments = u"{falcon"_s}), true);
    row("picture", part({.kind = ContentPart::Image, .data = "falcon", .mediaType = u"image/png"_s}), false);
    ModelRequest tool = asking(u"Hello"_s);
    tool.tools = {{u"falcon"_s, u"falcon"_s, {}}};
    row("definition of a tool", tool, false);
}

void TestGuardrails::deniesPatternsInEveryText()
{
    QFETCH(providers::ModelRequest, request);
    QFETCH(bool, isDenied);
    const auto refusal = refusalOf(denying({u"never"_s, u"f[a-z]+con"_s}), request);
    QCOMPARE(refusal.has_value(), isDenied);
    if (!refusal)
        return;
    QCOMPARE(refusal->status, 403);
    QCOMPARE(refusal->code, u"guardrail"_s);
    QVERIFY(refusal->detail.contains(u"deniedPatterns/1"));
}

void TestGuardrails::requiresPatternsOfTheLastMessage()
{
    GatewaySettings settings;
    settings.requiredPatterns = {u"^Ticket \\d+"_s, u"^Order"_s};
    QVERIFY(!refusalOf(settings, asking(u"Ticket 5: help"_s)));
    QVERIFY(!refusalOf(settings, asking(u"Order"_s)));
    ModelRequest earlier = asking(u"Ticket 5: help"_s);
    earlier.messages.append({u"user"_s, u"And?"_s});
    const auto refusal = refusalOf(settings, earlier);
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 403);
    QVERIFY(refusal->detail.contains(u"requiredPatterns"));
    ModelRequest parts = asking({});
    parts.messages[1].parts = {{.kind = ContentPart::Text, .text = u"Hello"_s},
                               {.kind = ContentPart::Text, .text = u"Order 5"_s}};
    QVERIFY(!refusalOf(settings, parts));
    QVERIFY(refusalOf(settings, ModelRequest()));
}

void TestGuardrails::limitsTheSize()
{
    GatewaySettings settings;
    settings.mostPromptCharacters = 20;
    ModelRequest request = asking(QString(11, u'x')); // beside nine of the system
    QVERIFY(!refusalOf(settings, request));
    request.messages.append({u"user"_s, {}, {{.kind = ContentPart::Image, .data = QByteArray(1000, 'x')}}});
    QVERIFY(!refusalOf(settings, request));
    request.messages.append({u"user"_s, u"y"_s});
    const auto refusal = refusalOf(settings, request);
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 400);
    QCOMPARE(refusal->code, u"guardrail"_s);
    QVERIFY(refusal->detail.contains(u"mostPromptCharacters") && refusal->detail.contains(u"20"));
}

void TestGuardrails::masksInPlace()
{
    GatewaySettings settings;
    settings.masks = {MaskKind::Email, MaskKind::Cpf};
    ModelRequest request = asking(u"a@example.com and 529.982.247-25"_s);
    const QByteArray picture = QByteArray("a@example.com").repeated(3);
    request.messages.append(
        {u"assistant"_s,
         {},
         {{.kind = ContentPart::Text, .text = u"b@example.com"_s},
          {.kind = ContentPart::Image, .data = picture, .url = u"https://x.example/a@example.com"_s},
          {.kind = ContentPart::ToolCall,
           .id = u"a@example.com"_s,
           .name = u"f"_s,
           .arguments =
               uR"({"a@example.com": "c\u0040example.com", "n": 52998224725, "t": ["\"529.982.247-25\"\n"]})"_s}}});
    request.messages.append({u"tool"_s, {}, {{.kind = ContentPart::ToolResult, .text = u"d@example.com"_s}}});
    request.endUser = u"e@example.com"_s;
    const auto counts = Guardrails(settings).check(request);
    QCOMPARE(request.messages[1].content, u"[email] and [cpf]"_s);
    QCOMPARE(request.messages[2].parts[0].text, u"[email]"_s);
    QCOMPARE(request.messages[2].parts[1].data, picture);
    QCOMPARE(request.messages[2].parts[1].url, u"https://x.example/a@example.com"_s);
    QCOMPARE(request.messages[2].parts[2].id, u"a@example.com"_s);
    QCOMPARE(request.messages[2].parts[2].arguments,
             uR"({"a@example.com": "[email]", "n": 52998224725, "t": ["\"[cpf]\"\n"]})"_s);
    QCOMPARE(request.messages[3].parts[0].text, u"[email]"_s);
    QCOMPARE(request.endUser, u"[email]"_s);
    QCOMPARE(counts[MaskKind::Email], qint64(5));
    QCOMPARE(counts[MaskKind::Cpf], qint64(2));
    QCOMPARE(counts.all(), qint64(7));
}

void TestGuardrails::checksTextsForVectors()
{
    GatewaySettings settings = denying({u"falcon"_s});
    settings.requiredPatterns = {u"^Ticket"_s};
    settings.mostPromptCharacters = 30;
    settings.masks = {MaskKind::Email};
    const Guardrails rules(settings);
    providers::EmbeddingRequest request{.access = {}, .texts = {u"a@example.com"_s, u"Hello"_s}};
    request.access.endUser = u"ana@example.com"_s;
    QCOMPARE(rules.check(request)[MaskKind::Email], qint64(2));
    QCOMPARE(request.texts, (QStringList{u"[email]"_s, u"Hello"_s}));
    QCOMPARE(request.access.endUser, u"[email]"_s);
    QVERIFY(rules.isQuick(request));
    for (const QStringList &texts : {QStringList{u"Hello"_s, u"falcon"_s}, {QString(20, u'x'), QString(11, u'x')}}) {
        request.texts = texts;
        QVERIFY_THROWS_EXCEPTION(ApiError, rules.check(request));
    }
    request.texts = {QString(100'000, u'x'), QString(100'000, u'x')};
    QVERIFY(!rules.isQuick(request));
}

// Patterns are looked for before anything is masked; what is told is the rule.
void TestGuardrails::neverTellsTheText()
{
    GatewaySettings settings = denying({u"a@exa[m]ple"_s});
    settings.masks = {MaskKind::Email};
    const auto refusal = refusalOf(settings, asking(u"Mail a@example.com"_s));
    QVERIFY(refusal);
    QVERIFY(!json::print(*refusal).contains("a@exa"));
}

void TestGuardrails::checksPatterns_data()
{
    QTest::addColumn<QList<QString>>("denied");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("message");
    QTest::newRow("fine") << QList<QString>{u"a+"_s, u"\\bcat\\b"_s, u"[😀😁]"_s} << QString() << QString();
    QTest::newRow("open bracket") << QList<QString>{u"a"_s, u"b"_s, u"c"_s, u"ab("_s} << u"/deniedPatterns/3"_s
                                  << u"at character 3"_s;
    QTest::newRow("look-around") << QList<QString>{u"(?=a)"_s} << u"/deniedPatterns/0"_s << u"look-around"_s;
    QTest::newRow("back reference") << QList<QString>{u"(a)\\1"_s} << u"/deniedPatterns/0"_s << u"refers back"_s;
    QTest::newRow("empty") << QList<QString>{u"a"_s, u""_s} << u"/deniedPatterns/1"_s << u"empty"_s;
    QTest::newRow("long") << QList<QString>{QString(3000, u'a')} << u"/deniedPatterns/0"_s << u"2000"_s;
    QTest::newRow("everywhere") << QList<QString>{u"a"_s, u"x*"_s} << u"/deniedPatterns/1"_s << u"every text"_s;
    QTest::newRow("too much") << QList<QString>(20, u"(?:a?){200}\\b§"_s) << u"/deniedPatterns/9"_s << u"too long"_s;
}

void TestGuardrails::checksPatterns()
{
    QFETCH(QList<QString>, denied);
    QFETCH(QString, pointer);
    QFETCH(QString, message);
    const auto problems = Guardrails::problems(denying(denied));
    QCOMPARE(problems.isEmpty() ? QString() : problems.first().pointer, pointer);
    if (!problems.isEmpty())
        QVERIFY2(problems.first().message.contains(message), qPrintable(problems.first().message));
    GatewaySettings required;
    required.requiredPatterns = {u"a"_s, u"[z-a]"_s};
    QCOMPARE(Guardrails::problems(required).first().pointer, u"/requiredPatterns/1"_s);
}

// Ten million characters, and patterns at their worst: no more than so many steps, and then a refusal.
void TestGuardrails::boundsTheWork()
{
    const GatewaySettings settings = denying(QList<QString>(6, u"(?:a?){200}\\b§"_s));
    QVERIFY(Guardrails::problems(settings).isEmpty());
    const auto refusal = refusalOf(settings, asking(QString(10'000'000, u'a')));
    QVERIFY(refusal);
    QVERIFY2(refusal->detail.contains(u"too long to be checked"), qPrintable(refusal->detail));
    QCOMPARE(refusal->status, 400);
    QVERIFY(!Guardrails(settings).isQuick(asking(QString(10'000, u'a'))));
    QVERIFY(Guardrails(denying({u"secret"_s})).isQuick(asking(QString(10'000, u'a'))));
    // A usual pattern looks at each character once, however many there are.
    QVERIFY(!refusalOf(denying({u"(?:secret|hidden) plan"_s}), asking(u"secret "_s.repeated(1'400'000))));
}

void TestGuardrails::masksBodies()
{
    GatewaySettings settings;
    const QByteArray body = R"({"messages":[{"content":"a@example.com"},{"image":"data:image/png;base64,)"
        + QByteArray("iVBORw0KGgo4111111111111111+5511912345678/").repeated(10) + R"("}]})";
    QCOMPARE(Guardrails(settings).maskedBody(body), body);
    settings.masks = {MaskKind::Email, MaskKind::Card, MaskKind::Phone};
    QCOMPARE(Guardrails(settings).maskedBody(body), QByteArray(body).replace("a@example.com", "[email]"));
    QCOMPARE(Guardrails(settings).maskedBody("not JSON: a@example.com"), "not JSON: [email]");
}

void TestGuardrails::changesOnlyStrings()
{
    QString json = uR"( { "a" : [ "x" , 1.50 , true , "\ud83d\ude00\\\"" ], "b\"x" :"" , "c": {"d":"\/\t"} } )"_s;
    QStringList shown;
    QVERIFY(guardrails::changeJsonStrings(json, [&](QString &value) {
        shown.append(value);
        if (value != u"x")
            return false;
        value = u"\"y\\\n\u0001é"_s;
        return true;
    }));
    QCOMPARE(shown, (QStringList{u"x"_s, u"😀\\\""_s, u""_s, u"/\t"_s}));
    QCOMPARE(
        json,
        uR"( { "a" : [ "\"y\\\n\u0001é" , 1.50 , true , "\ud83d\ude00\\\"" ], "b\"x" :"" , "c": {"d":"\/\t"} } )"_s);
    QString broken = uR"({"a": "x)"_s;
    QVERIFY(!guardrails::changeJsonStrings(broken, [](QString &) { return true; }));
    QCOMPARE(broken, uR"({"a": "x)"_s);
}

// Every split gives what the whole gives.
void TestGuardrails::streamsTheSameHoweverItComes()
{
    GatewaySettings settings = denying({u"\\bplan Z\\b"_s, u"fal(?:con|cão)"_s, u"the end$"_s});
    settings.masks = {MaskKind::Email, MaskKind::Phone, MaskKind::Cpf, MaskKind::Cnpj, MaskKind::Card};
    settings.masksAnswers = true;
    for (const QString &text :
         {u"Olá 😀 falso, plan Zeta: a@example.com, (11) 91234-5678, 529.982.247-25, falco, the end."_s,
          u"It is plan Z"_s, u"It is plan Z, says a@example.com"_s, u"A falcão falcon"_s, u"This is the end"_s}) {
        const Said whole = streamed(settings, {text});
        const auto detail = [](const Said &said) { return said.refusal ? said.refusal->detail : QString(); };
        const auto check = [&](const QStringList &pieces) {
            const Said said = streamed(settings, pieces);
            QCOMPARE(detail(said), detail(whole));
            if (!whole.refusal)
                QCOMPARE(said.text, whole.text);
            QVERIFY(!said.refusal || text.startsWith(said.text.section(u'[', 0, 0)));
        };
        for (qsizetype at = 0; at <= text.size(); ++at)
            check({text.left(at), text.mid(at)});
        for (qsizetype size = 1; size < 20; ++size)
            check(cut(text, size));
    }
    QVERIFY(!streamed(settings, {u"plan Zeta"_s}).refusal);
    QVERIFY(streamed(settings, {u"plan Z"_s}).refusal);
}

void TestGuardrails::neverPassesADeniedTextOn()
{
    for (const QString &pattern : {u"project falcon"_s, u"\\bproject falcon\\b"_s, u"project falcon$"_s}) {
        const QString text = u"We call it project falcon"_s;
        for (qsizetype size = 1; size <= text.size(); ++size) {
            const Said said = streamed(denying({pattern}), cut(text, size));
            QVERIFY(said.refusal);
            QVERIFY2(!said.text.contains(u"project"), qPrintable(said.text));
        }
    }
    // A long one goes out up to what can be held back, and never whole.
    const QString text = u"<begin>"_s + u"so "_s.repeated(1000) + u"<end>"_s;
    const Said said = streamed(denying({u"<begin>(?:.|\n)*<end>"_s}), cut(text, 5));
    QVERIFY(said.refusal);
    QVERIFY(said.text.size() <= text.size() - 500);
}

void TestGuardrails::holdsBackLittle()
{
    const QString text = u"Nothing of this is secre, nothing is hidde. "_s.repeated(20);
    const Said said = streamed(denying({u"secret"_s, u"hidden"_s}), cut(text, 1));
    QCOMPARE(said.text, text);
    QVERIFY(said.mostHeld <= 5);
    const Said always = streamed(denying({u"x.*y"_s}), cut(u"x"_s + QString(5000, u'z'), 3));
    QVERIFY(always.mostHeld <= AnswerGuard::longestHeld + 3);
    QCOMPARE(always.text.size(), qsizetype(5001));
}

void TestGuardrails::endsAtTheFirstRefusal()
{
    AnswerGuard guard(std::make_shared<Guardrails>(denying({u"b"_s})));
    QCOMPARE(guard.feed(u"aaa"_s).text, u"aaa"_s);
    const auto refused = guard.feed(u"abc"_s);
    QVERIFY(refused.refusal && refused.text.isEmpty());
    QCOMPARE(refused.refusal->status, 403);
    QVERIFY(refused.refusal->detail.startsWith(u"The answer"));
    const auto after = guard.feed(u"aaa"_s);
    QVERIFY(!after.refusal && after.text.isEmpty());
    QVERIFY(guard.finish().text.isEmpty());
}

void TestGuardrails::limitsAnswers()
{
    GatewaySettings settings = denying({u"x{3}"_s});
    settings.mostAnswerCharacters = 10;
    QCOMPARE(streamed(settings, cut(u"0123456789"_s, 3)).text, u"0123456789"_s);
    for (qsizetype size = 1; size < 12; ++size) {
        QVERIFY(streamed(settings, cut(u"0123456789A"_s, size)).refusal->detail.contains(u"mostAnswerCharacters"));
        // Whichever comes first in the text.
        QVERIFY(streamed(settings, cut(u"0123456xxxAB"_s, size)).refusal->detail.contains(u"deniedPatterns/0"));
        QVERIFY(streamed(settings, cut(u"012345678xxxAB"_s, size)).refusal->detail.contains(u"deniedPatterns/0")
                == false);
    }
    AnswerGuard guard(std::make_shared<Guardrails>(settings));
    QVERIFY(!guard.feed(u"01234"_s).refusal);
    QVERIFY(!guard.feed(ToolCallDelta{0, u"id"_s, u"f"_s, u"{\"a\""_s}).refusal);
    QVERIFY(guard.feed(ToolCallDelta{0, {}, {}, u":1}"_s}).refusal);
}

void TestGuardrails::guardsToolCalls()
{
    GatewaySettings settings = denying({u"falcon"_s});
    settings.masks = {MaskKind::Email};
    settings.masksAnswers = true;
    const auto rules = std::make_shared<Guardrails>(settings);
    AnswerGuard guard(rules);
    QCOMPARE(guard.feed(u"Calling "_s).text, u"Calling "_s);
    QVERIFY(guard.feed(ToolCallDelta{0, u"id0"_s, u"f"_s, uR"({"to":"a@exa)"_s}).toolCalls.isEmpty());
    QVERIFY(guard.feed(ToolCallDelta{1, u"id1"_s, u"g"_s, u"{}"_s}).toolCalls.isEmpty());
    QVERIFY(guard.feed(ToolCallDelta{0, {}, {}, uR"(mple.com"})"_s}).toolCalls.isEmpty());
    const auto rest = guard.finish();
    QCOMPARE(rest.toolCalls.size(), qsizetype(2));
    QCOMPARE(rest.toolCalls[0].id, u"id0"_s);
    QCOMPARE(rest.toolCalls[0].name, u"f"_s);
    QCOMPARE(rest.toolCalls[0].arguments, uR"({"to":"[email]"})"_s);
    QCOMPARE(rest.toolCalls[1].arguments, u"{}"_s);
    QCOMPARE(guard.counts().all(), qint64(1));

    AnswerGuard denied(rules);
    (void)denied.feed(ToolCallDelta{0, u"id"_s, u"f"_s, uR"({"a":"\u0066alcon"})"_s});
    const auto refused = denied.finish();
    QVERIFY(refused.refusal && refused.toolCalls.isEmpty());

    GatewaySettings size;
    size.mostAnswerCharacters = 100; // nothing to look for: calls pass as they come
    AnswerGuard open(std::make_shared<Guardrails>(size));
    QCOMPARE(open.feed(ToolCallDelta{0, u"id"_s, u"f"_s, u"{"_s}).toolCalls.size(), qsizetype(1));
}

void TestGuardrails::guardsWholeAnswers()
{
    GatewaySettings settings = denying({u"falcon"_s});
    settings.masks = {MaskKind::Email};
    settings.masksAnswers = true;
    const auto rules = std::make_shared<Guardrails>(settings);
    ModelAnswer answer{.text = u"Ask a@example.com"_s,
                       .toolCalls = {{u"1"_s, u"f"_s, uR"({"to":"b@example.com"})"_s}},
                       .finishReason = u"stop"_s};
    guardrails::MaskCounts counts;
    QVERIFY(!AnswerGuard::guard(rules, answer, &counts));
    QCOMPARE(answer.text, u"Ask [email]"_s);
    QCOMPARE(answer.toolCalls[0].arguments, uR"({"to":"[email]"})"_s);
    QCOMPARE(counts[MaskKind::Email], qint64(2));
    answer.text = u"a@example.com, falcon"_s;
    QVERIFY(AnswerGuard::guard(rules, answer));
    QCOMPARE(answer.text, u"a@example.com, falcon"_s);
    settings.masksAnswers = false; // masks are for requests only
    ModelAnswer open{.text = u"a@example.com"_s, .finishReason = u"stop"_s};
    QVERIFY(!AnswerGuard::guard(std::make_shared<Guardrails>(settings), open));
    QCOMPARE(open.text, u"a@example.com"_s);
}

// Two million characters in small pieces: what is held and what is looked at stays bounded.
void TestGuardrails::takesLinearStepsForAnswers()
{
    GatewaySettings settings = denying({u"se(?:cr)+et"_s});
    settings.masks = {MaskKind::Email, MaskKind::Phone, MaskKind::Card};
    settings.masksAnswers = true;
    for (const QString &piece : {u"se"_s + u"cr"_s.repeated(50), u"a@b.co 4111 1111 "_s.repeated(6)}) {
        AnswerGuard guard(std::make_shared<Guardrails>(settings));
        qsizetype fed = 0, masked = 0;
        while (fed < 2'000'000) {
            const auto passed = guard.feed(piece);
            QVERIFY(!passed.refusal);
            fed += piece.size();
            masked += passed.text.size();
        }
        QVERIFY(masked > 0);
        QVERIFY(!guard.finish().refusal);
    }
}

QTEST_APPLESS_MAIN(TestGuardrails)
#include "tst_guardrails.moc"
