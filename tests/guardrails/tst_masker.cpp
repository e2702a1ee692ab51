// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/masker.h"

#include <QTest>

using namespace Qt::StringLiterals;
using guardrails::MaskCounts;
using guardrails::Masker;

namespace {

const QList<MaskKind> everything{MaskKind::Email, MaskKind::Phone, MaskKind::Cpf, MaskKind::Cnpj, MaskKind::Card};

QString masked(QString text, const QList<MaskKind> &kinds = everything)
{
    Masker masker(kinds);
    masker.mask(text);
    return text;
}

QString piecewise(const QString &text, qsizetype size)
{
    Masker masker(everything);
    QString out;
    for (qsizetype i = 0; i < text.size(); i += size)
        out += masker.feed(QStringView(text).mid(i, size));
    return out + masker.finish();
}

// One of everything, and of what only looks like it, in running text.
const QString sample =
    u"Olá, sou João (joao.silva+loja@exemplo.com.br), CPF 529.982.247-25, tel. (11) 91234-5678 ou +55 11 91234-5678. "
    "Empresa 11.222.333/0001-81, nova 12.ABC.345/01DE-35; cartão 4111 1111 1111 1111, val. 12/28, ou 378282246310005. "
    "Pedido 123456789012, 550e8400-e29b-41d4-a716-446655440000, 2026-11-27T10:20:30.123+00:00, R$ 1.234.567,89 😀 "
    "415-555-2671 x@y z@w.io. 52998224725 fim@exemplo.org"_s;

} // namespace

class TestMasker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void leavesAlone_data();
    void leavesAlone();
    void masksOnlyWhatIsAsked();
    void counts();
    void isTheSameHoweverItComes();
    void holdsBackLittle();
    void takesLinearSteps_data();
    void takesLinearSteps();
};

void TestMasker::masks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &text, const QString &expected) {
        QTest::newRow(qPrintable(text)) << text << expected;
    };
    // E-mail
    row(u"joao@exemplo.com"_s, u"[email]"_s);
    row(u"Write to ana.maria_2+x@mail.exemplo.com.br."_s, u"Write to [email]."_s);
    row(u"<o'brien@example.ie>,"_s, u"<[email]>,"_s);
    row(u"'a@example.com'"_s, u"'[email]'"_s);
    row(u"mailto:a@example.com?subject=x"_s, u"mailto:[email]?subject=x"_s);
    row(u"user=a@example.com&b=1"_s, u"user=[email]&b=1"_s);
    row(u"josé@exämple.com"_s, u"[email]"_s);
    row(u"jose\u0301@example.com"_s, u"[email]"_s);
    row(u"a@xn--bcher-kva.xn--p1ai"_s, u"[email]"_s);
    row(u"A@EXAMPLE.COM"_s, u"[email]"_s);
    row(u"a@example.com.123"_s, u"[email].123"_s);
    row(u"a@example.com-"_s, u"[email]-"_s);
    row(u"a@b.co,c@d.co;e@f.co"_s, u"[email],[email];[email]"_s);
    row(u"a@b.co\nc@d.co"_s, u"[email]\n[email]"_s);
    row(QString(80, u'x') + u"@example.com"_s, QString(16, u'x') + u"[email]"_s);
    row(u"😀a@example.com😀"_s, u"😀[email]😀"_s);
    row(u"4111111111111111@example.com"_s, u"[email]"_s);
    // CPF
    row(u"529.982.247-25"_s, u"[cpf]"_s);
    row(u"CPF:52998224725."_s, u"CPF:[cpf]."_s);
    row(u"529982247-25"_s, u"[cpf]"_s);
    row(u"529 982 247 25"_s, u"[cpf]"_s);
    row(u"id,52998224725,11144477735"_s, u"id,[cpf],[cpf]"_s);
    row(u"111.444.777/35"_s, u"[cpf]"_s);
    // CNPJ
    row(u"11.222.333/0001-81"_s, u"[cnpj]"_s);
    row(u"11222333000181"_s, u"[cnpj]"_s);
    row(u"(12.ABC.345/01DE-35)"_s, u"([cnpj])"_s);
    row(u"12.abc.345/01de-35"_s, u"[cnpj]"_s);
    row(u"12ABC34501DE35"_s, u"[cnpj]"_s);
    // Cards
    row(u"4111 1111 1111 1111"_s, u"[card]"_s);
    row(u"4111-1111-1111-1111"_s, u"[card]"_s);
    row(u"4111\u00A01111\u00A01111\u00A01111"_s, u"[card]"_s);
    row(u"4111111111111111"_s, u"[card]"_s);
    row(u"4222222222222"_s, u"[card]"_s);
    row(u"3782 822463 10005"_s, u"[card]"_s);
    row(u"5555555555554444"_s, u"[card]"_s);
    row(u"2223003122003222"_s, u"[card]"_s);
    row(u"6011111111111117"_s, u"[card]"_s);
    row(u"30569309025904"_s, u"[card]"_s);
    row(u"3530111333300000"_s, u"[card]"_s);
    row(u"6362970000457013"_s, u"[card]"_s);
    row(u"6062826786276634"_s, u"[card]"_s);
    row(u"4111111111111111/12/28"_s, u"[card]/12/28"_s);
    row(u"a|4111111111111111|123"_s, u"a|[card]|123"_s);
    row(u"4111 1111 1111 1111 123"_s, u"[card] 123"_s);
    row(u"1,4111111111111111,x"_s, u"1,[card],x"_s);
    // Phones
    row(u"(11) 91234-5678"_s, u"[phone]"_s);
    row(u"(11)912345678"_s, u"[phone]"_s);
    row(u"(011) 3456-7890"_s, u"[phone]"_s);
    row(u"(21) 9 8765-4321"_s, u"[phone]"_s);
    row(u"11 91234-5678/11 3456-7890"_s, u"[phone]/[phone]"_s);
    row(u"11 3456-7890"_s, u"[phone]"_s);
    row(u"+55 11 91234-5678"_s, u"[phone]"_s);
    row(u"+55 (11) 91234-5678,"_s, u"[phone],"_s);
    row(u"+55 11 9 1234-5678"_s, u"[phone]"_s);
    row(u"+5511912345678"_s, u"[phone]"_s);
    row(u"+55 11 3456-7890"_s, u"[phone]"_s);
    row(u"+1 (415) 555-2671"_s, u"[phone]"_s);
    row(u"+1 415 555 2671 is mine"_s, u"[phone] is mine"_s);
    row(u"+1 415 555 2671 20 people"_s, u"[phone] 20 people"_s);
    row(u"+33 1 23 45 67 89"_s, u"[phone]"_s);
    row(u"+49 30 901820"_s, u"[phone]"_s);
    row(u"+44 (0)20 7946 0958"_s, u"[phone]"_s);
    row(u"+351.912.345.6780"_s, u"[phone]"_s);
    row(u"(415) 555-2671"_s, u"[phone]"_s);
    row(u"415-555-2671."_s, u"[phone]."_s);
    row(u"415.555.2671"_s, u"[phone]"_s);
    row(u"1-415-555-2671"_s, u"[phone]"_s);
    row(u"tel:415-555-2671;ext=5"_s, u"tel:[phone];ext=5"_s);
}

void TestMasker::masks()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(masked(text), expected);
    for (const qsizetype size : {1, 2, 3, 7})
        QCOMPARE(piecewise(text, size), expected);
    QCOMPARE(masked(expected), expected); // once is enough
}

void TestMasker::leavesAlone_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const QString &text) { QTest::newRow(qPrintable(text)) << text; };
    // Not addresses
    row(u"@joao"_s);
    row(u"a@b"_s);
    row(u"a @ b.com"_s);
    row(u"lodash@4.17.21"_s);
    row(u"logo@2x.png"_s);
    row(u"a@-x.com"_s);
    row(u"a@b..com"_s);
    row(u"a@example.c"_s);
    row(u"@media (min-width: 30em)"_s);
    // Numbers of orders, invoices and the like
    row(u"Order 1234567890"_s);
    row(u"11912345678"_s); // may be anything
    row(u"4155552671"_s);
    row(u"Pedido 2026112700001"_s);
    row(u"NF 35260811222333000199550010000012341000012349"_s); // 44 digits, with a number of a company within
    row(u"ORD-20261127-000123"_s);
    row(u"123.456.789-00"_s); // wrong check digits
    row(u"111.111.111-11"_s);
    row(u"11.222.333/0001-82"_s);
    row(u"00000000000000"_s);
    row(u"12.ABC.345/01DE-36"_s);
    row(u"4111 1111 1111 1112"_s); // fails Luhn
    row(u"1234567812345670"_s); // passes Luhn, of no network
    row(u"9111111111111111110"_s);
    row(u"ABCDEFGHIJKLMN"_s);
    row(u"Hello there, world 35"_s);
    // Ids
    row(u"550e8400-e29b-41d4-a716-446655440000"_s);
    row(u"41111111-1111-4111-8111-111111111111"_s);
    row(u"req_4111111111111111"_s);
    row(u"a4111111111111111"_s);
    row(u"4111111111111111b"_s);
    row(u"0.4111111111111111"_s);
    row(u"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s);
    // Times
    row(u"2026-11-27T10:20:30.123+00:00"_s);
    row(u"2026-11-27 10:20:30 +0300"_s);
    row(u"20261127102030"_s);
    row(u"1795775230"_s);
    row(u"1795775230123"_s);
    row(u"1795775230123456"_s);
    row(u"1795775230123456789"_s);
    row(u"27/11/2026 10:20"_s);
    row(u"2025-2026"_s);
    row(u"em 11 2025-2026"_s);
    // Money and measures
    row(u"R$ 1.234.567,89"_s);
    row(u"US$ 123,456,789.00"_s);
    row(u"+1.234.567.890"_s);
    row(u"+44.345.678,90"_s);
    row(u"+10%, +1234, -5511912345678"_s);
    row(u"1 000 000 000 000"_s);
    row(u"415.555.267"_s);
    row(u"192.168.10.123"_s);
    row(u"v11.9.1234"_s);
    row(u"91234-5678"_s); // a ZIP code as well
    row(u"CEP 01310-100"_s);
    row(u"978-85-333-0227-3"_s); // a book
    row(u"34191.79001 01043.510047 91020.150008 5 91850026000"_s); // a bill
    row(u"f(11) + g(415)"_s);
    row(u"x = (11) * 91234"_s);
    row(u"C++11 +1"_s);
}

void TestMasker::leavesAlone()
{
    QFETCH(QString, text);
    QCOMPARE(masked(text), text);
    QCOMPARE(piecewise(text, 1), text);
}

void TestMasker::masksOnlyWhatIsAsked()
{
    const QString text = u"a@example.com 529.982.247-25 11.222.333/0001-81 4111111111111111 (11) 91234-5678"_s;
    QCOMPARE(masked(text, {}), text);
    QCOMPARE(masked(text, {MaskKind::Email}), text.toLower().replace(u"a@example.com"_s, u"[email]"_s));
    QCOMPARE(masked(text, {MaskKind::Cpf, MaskKind::Card}),
             u"a@example.com [cpf] 11.222.333/0001-81 [card] (11) 91234-5678"_s);
    QCOMPARE(masked(text, {MaskKind::Cnpj, MaskKind::Phone}),
             u"a@example.com 529.982.247-25 [cnpj] 4111111111111111 [phone]"_s);
}

void TestMasker::counts()
{
    Masker masker(everything);
    QString first = sample, second = u"nothing"_s;
    QVERIFY(masker.mask(first));
    QVERIFY(!masker.mask(second));
    QCOMPARE(second, u"nothing"_s);
    MaskCounts expected;
    expected[MaskKind::Email] = 3;
    expected[MaskKind::Phone] = 3;
    expected[MaskKind::Cpf] = 2;
    expected[MaskKind::Cnpj] = 2;
    expected[MaskKind::Card] = 2;
    for (const MaskKind kind : everything)
        QVERIFY2(masker.counts()[kind] == expected[kind], json::name(kind).data());
    QCOMPARE(masker.counts().all(), qint64(12));
}

void TestMasker::isTheSameHoweverItComes()
{
    const QString expected = masked(sample);
    for (qsizetype at = 0; at <= sample.size(); ++at) {
        Masker masker(everything);
        QString out = masker.feed(sample.left(at));
        out += masker.feed(sample.mid(at));
        out += masker.finish();
        QCOMPARE(out, expected);
    }
    for (qsizetype size = 1; size < 40; ++size)
        QCOMPARE(piecewise(sample, size), expected);
}

void TestMasker::holdsBackLittle()
{
    Masker masker(everything);
    QCOMPARE(masker.feed(u"Hello, "), u"Hello, "_s);
    QCOMPARE(masker.feed(u"wor"), u""_s); // may become an address
    QCOMPARE(masker.feed(u"ld! "), u"world! "_s);
    QCOMPARE(masker.feed(u"Call +55 11 91234-5678"), u"Call "_s);
    QCOMPARE(masker.feed(u", now"), u"[phone], "_s);
    QCOMPARE(masker.finish(), u"now"_s);
    // Whatever comes, no more than that.
    for (const QString &unit :
         {u"a"_s, u"1"_s, u"a."_s, u"1 "_s, u"a@"_s, u"a@b."_s, u"+"_s, u"("_s, u"(11) "_s, u"😀"_s}) {
        Masker other(everything);
        qsizetype in = 0, out = 0;
        for (int i = 0; i < 2000; ++i) {
            in += unit.size();
            out += other.feed(unit).size();
            QVERIFY2(in - out <= Masker::longestHeld || unit.contains(u'@') || unit.contains(u'('), qPrintable(unit));
        }
        QVERIFY(out > 0);
    }
    Masker host(everything);
    (void)host.feed(u"a@");
    qsizetype out = 0;
    for (int i = 0; i < 1000; ++i)
        out += host.feed(u"b").size();
    QVERIFY(1002 - out <= Masker::longestHeld);
}

void TestMasker::takesLinearSteps_data()
{
    QTest::addColumn<QString>("unit");
    for (const char *unit : {"a",
                             "1",
                             "1 ",
                             "11 ",
                             "1.",
                             "1-",
                             "4111 ",
                             "4111 1111 1111 111",
                             "+1",
                             "+1 ",
                             "+55 11 ",
                             "(",
                             "(1",
                             "(11",
                             "(11) 9",
                             "a@",
                             "@",
                             "a.",
                             "a@b.",
                             "a@b-",
                             "a@a.a",
                             "529.982.247-2",
                             "11.222.333/0001-8",
                             "AB",
                             "A1 ",
                             "AB.CDE.FGH/",
                             " ",
                             "\xF0\x9F\x98\x80",
                             "\xC3\xA9",
                             "+(",
                             "_",
                             "a@b.co "})
        QTest::newRow(unit) << QString::fromUtf8(unit);
}

// A million characters of what makes the most work, and of some ten million, whole and in pieces.
void TestMasker::takesLinearSteps()
{
    QFETCH(QString, unit);
    constexpr qsizetype mostForEach = 300;
    const auto steps = [&](qsizetype characters) {
        Masker masker(everything);
        QString text = unit.repeated(characters / unit.size());
        masker.mask(text);
        return masker.steps();
    };
    const qsizetype many = unit == u"a"_s || unit == u"1 "_s || unit == u"a@a.a"_s ? 10'000'000 : 1'000'000;
    const qsizetype some = steps(many / 10), all = steps(many);
    QVERIFY2(all <= mostForEach * many, qPrintable(QString::number(all / many)));
    QVERIFY2(all <= some * 11, qPrintable(u"%1, then %2"_s.arg(some).arg(all)));
    Masker masker(everything);
    const QString piece = unit.repeated(1 + 50 / unit.size());
    for (int i = 0; i < 2000; ++i)
        (void)masker.feed(piece);
    (void)masker.finish();
    QVERIFY(masker.steps() <= 2 * mostForEach * 2000 * piece.size());
}

QTEST_APPLESS_MAIN(TestMasker)
#include "tst_masker.moc"
