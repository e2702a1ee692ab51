// SPDX-License-Identifier: GPL-3.0-or-later
// The code that the client offers for calling the gateway, as a person would use it: written into a file and run, with
// the providers' own libraries from npm, against a real server with a provider behind it.
#include "client/gateway/connect_code.h"
#include "shared/gateway/endpoints.h"
#include "tests/client/demo_stack.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int connectPatience = 120'000; // ms; Node on a busy machine
const QString sdkFolder = u"" PATIO_SOURCE_DIR "/tests/gateway/sdk"_s;

struct Ran
{
    int status = -1;
    QString output;
    QString errors;
};

Ran run(const QString &program, const QStringList &arguments, const QString &folder, const QString &secret = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(connectCode::keyVariable), secret);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    // The provider behind the server answers in this process.
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, connectPatience))
        process.kill();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

// The name of a model and a message that mean something to shells and to languages.
const QString nasty = u"it's \"a\" `b` $(c) ${d} \\n % {{model}} ção"_s;

} // namespace

class TestConnectCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyToolSaysWhereAndWhatButNoSecret_data();
    void everyToolSaysWhereAndWhatButNoSecret();
    void textsAreQuoted_data();
    void textsAreQuoted();
    void itRuns_data();
    void itRuns();
    void theModelsOfAKeyAreListed();

private:
    static void tools();
    bool link(const QString &folder) const;

    std::unique_ptr<DemoStack> m_stack;
    QString m_secret;
};

void TestConnectCode::initTestCase()
{
    // The same packages as the tests of the gateway use, brought once.
    const Ran packages =
        run(u"sh"_s, {u"-c"_s, u"[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent"_s},
            sdkFolder);
    QVERIFY2(packages.status == 0, qPrintable(packages.errors));
    m_stack = std::make_unique<DemoStack>();
    QVERIFY(m_stack->start());
    const auto owner = m_stack->signedIn(Role::Owner);
    QVERIFY(owner);
    NewGatewayKey key;
    key.name = u"Examples"_s;
    owner->call(endpoints::gatewayKeys::create, key, this,
                [this](const Result<MadeGatewayKey> &reply) { m_secret = reply ? reply->secret : QString(); });
    QTRY_VERIFY_WITH_TIMEOUT(!m_secret.isEmpty(), connectPatience);
}

void TestConnectCode::tools()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("isStreamed");
    for (const connectCode::Tool &tool : connectCode::tools())
        for (const bool isStreamed : {false, true})
            QTest::addRow("%s%s", tool.id, isStreamed ? " streamed" : "") << QString::fromLatin1(tool.id) << isStreamed;
}

void TestConnectCode::everyToolSaysWhereAndWhatButNoSecret_data() { tools(); }

void TestConnectCode::everyToolSaysWhereAndWhatButNoSecret()
{
    QFETCH(QString, id);
    QFETCH(bool, isStreamed);
    const connectCode::Tool &tool = connectCode::toolOf(id);
    QCOMPARE(QString::fromLatin1(tool.id), id);
    const QString code = connectCode::code(
        tool, {QUrl(u"https://ana:word@ops.example:8443/?x=1"_s), u"openai/gpt-5"_s, u"Hello"_s, isStreamed});
    QVERIFY2(code.contains(u"https://ops.example:8443"_s), qPrintable(code));
    QVERIFY(!code.contains(u"word"_s));
    QVERIFY(code.contains(u"\"openai/gpt-5\""_s) && code.contains(u"\"Hello\""_s));
    QVERIFY(code.contains(QString::fromLatin1(connectCode::keyVariable)));
    QVERIFY(!code.contains(u"{{"_s) && !code.contains(u"patio_key_"_s));
    QVERIFY(!code.contains(u"\"user\""_s) || code.contains(u"messages"_s));
}

void TestConnectCode::textsAreQuoted_data() { tools(); }

// What the languages' own readers say of code with a text in it that is meant to break out.
void TestConnectCode::textsAreQuoted()
{
    QFETCH(QString, id);
    QFETCH(bool, isStreamed);
    const connectCode::Tool &tool = connectCode::toolOf(id);
    const QTemporaryDir folder;
    const QString code = connectCode::code(tool, {QUrl(m_stack->demo().baseUrl), nasty, nasty, isStreamed});
    Ran ran;
    switch (tool.language) {
    case CodeLanguage::Python:
        QVERIFY(write(folder.filePath(u"call.py"_s), code));
        ran = run(u"python3"_s, {u"-m"_s, u"py_compile"_s, u"call.py"_s}, folder.path());
        break;
    case CodeLanguage::JavaScript:
        QVERIFY(write(folder.filePath(u"call.mjs"_s), code));
        ran = run(u"node"_s, {u"--check"_s, u"call.mjs"_s}, folder.path());
        break;
    default: // the whole body has to reach the server as JSON, which refuses the model by its name
        ran = run(u"sh"_s, {u"-c"_s, code}, folder.path(), m_secret);
        QVERIFY2(ran.output.contains(u"it's"_s) && ran.output.contains(u"$(c)"_s), qPrintable(ran.output));
    }
    QVERIFY2(ran.status == 0, qPrintable(ran.errors + code));
}

bool TestConnectCode::link(const QString &folder) const
{
    return QFile::link(sdkFolder + u"/node_modules"_s, folder + u"/node_modules"_s);
}

void TestConnectCode::itRuns_data() { tools(); }

void TestConnectCode::itRuns()
{
    QFETCH(QString, id);
    QFETCH(bool, isStreamed);
    const connectCode::Tool &tool = connectCode::toolOf(id);
    if (tool.language == CodeLanguage::Python)
        return; // its libraries are not brought here: see textsAreQuoted()
    const QTemporaryDir folder;
    QVERIFY(link(folder.path()));
    const QString code = connectCode::code(
        tool,
        {QUrl(m_stack->demo().baseUrl), QString::fromLatin1(DemoStack::pricedModel), u"one two ção"_s, isStreamed});
    Ran ran;
    if (tool.language == CodeLanguage::Shell) {
        ran = run(u"sh"_s, {u"-c"_s, code}, folder.path(), m_secret);
    } else {
        QVERIFY(write(folder.filePath(QString::fromLatin1(tool.run).section(u' ', 1)), code));
        const QStringList command = QString::fromLatin1(tool.run).split(u' ');
        ran = run(command.first(), command.mid(1), folder.path(), m_secret);
    }
    QVERIFY2(ran.status == 0, qPrintable(ran.errors + ran.output + code));
    if (tool.language != CodeLanguage::Shell) {
        QCOMPARE(ran.output, u"Answer to: one two ção\n"_s);
    } else if (isStreamed) {
        QVERIFY2(ran.output.startsWith(u"data: {"_s) && ran.output.contains(u"data: [DONE]"_s), qPrintable(ran.output));
    } else {
        const QJsonObject answer = json::object(ran.output.toUtf8());
        const QJsonObject first = answer.value(u"choices"_s).toArray().first().toObject();
        QCOMPARE(first.value(u"message"_s).toObject().value(u"content"_s).toString(), u"Answer to: one two ção"_s);
    }
    // What the code says of installing is what it takes.
    for (const QString &package : QString::fromLatin1(tool.install).split(u' ').mid(2))
        QVERIFY2(QFile::exists(sdkFolder + u"/node_modules/"_s + package), qPrintable(package));
}

void TestConnectCode::theModelsOfAKeyAreListed()
{
    const QTemporaryDir folder;
    const QUrl server(m_stack->demo().baseUrl);
    const Ran good = run(u"sh"_s, {u"-c"_s, connectCode::listModels(server)}, folder.path(), m_secret);
    QVERIFY2(good.output.contains(u"demo/echo"_s), qPrintable(good.output + good.errors));
    const Ran bad = run(u"sh"_s, {u"-c"_s, connectCode::listModels(server)}, folder.path(), u"patio_key_wrong"_s);
    QVERIFY2(bad.output.contains(u"error"_s) && !bad.output.contains(u"demo/echo"_s), qPrintable(bad.output));
}

QTEST_GUILESS_MAIN(TestConnectCode)
#include "tst_connect_code.moc"
