// SPDX-License-Identifier: GPL-3.0-or-later
// The composer, the list of conversations and the view that joins them, by keyboard.
#include "client/chat/channel_list.h"
#include "client/chat/chat_view.h"
#include "client/chat/composer_edit.h"
#include "client/chat/conversation.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/chat/typing_line.h"
#include "client/design/theme.h"
#include "tests/client/conversation_example.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using conversationExample::idOf;

class TestChatWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.install(); }
    void init();
    void cleanup() { m_composer.reset(); }

    void returnSendsAndShiftReturnBeginsALine();
    void namesAreOfferedAndMentioned();
    void timesAndPathsOfferNothing();
    void theFieldGrowsUpToALimit();
    void tooLongTextsAreKeptAndExplained();
    void draftsAreReportedOnceTheySettle();
    void editingBringsBackWhatWasTyped();
    void aReasonDisablesWriting();
    void answersCanBeStopped();
    void typingIsSaidInWords();

    void keysGoThroughConversations();
    void mutedOnesAreNotLoud();
    void sectionsFoldAndSearchFinds();

    void upEditsTheLastOwnMessage();
    void threadsHaveAComposerOfTheirOwn();

private:
    ComposerEdit &edit() { return m_composer->edit(); }
    QAbstractItemView *popup() { return edit().findChild<QCompleter *>()->popup(); }

    Theme m_theme;
    std::unique_ptr<MessageComposer> m_composer;
};

namespace {

QList<ChannelRow> exampleChannels()
{
    const auto row = [](int number, ChannelSection section, const QString &name, int unread) {
        ChannelRow channel;
        channel.id = idOf(number);
        channel.section = section;
        channel.name = name;
        channel.unread = unread;
        return channel;
    };
    QList<ChannelRow> rows{row(4, ChannelSection::Direct, u"Priya Nair"_s, 1),
                           row(1, ChannelSection::Channels, u"order-refund-reply"_s, 0),
                           row(2, ChannelSection::Channels, u"incidents"_s, 4),
                           row(3, ChannelSection::Channels, u"finance"_s, 9),
                           row(5, ChannelSection::Direct, u"Tom Okafor"_s, 0)};
    rows[3].isMuted = true;
    return rows;
}

} // namespace

void TestChatWidgets::init()
{
    m_composer = std::make_unique<MessageComposer>();
    m_composer->setChoices(u'@', {{idOf(1), u"Priya Nair"_s, {}, {}}, {idOf(2), u"Assistant"_s, u"AI"_s, {}}});
    m_composer->setChoices(u'#', {{idOf(3), u"incidents"_s, {}, {}}});
    m_composer->setChoices(u':', {{{}, u"thumbsup"_s, u"👍"_s, u"👍"_s}, {{}, u"tada"_s, u"🎉"_s, u"🎉"_s}});
    m_composer->setChoices(u'/', {{idOf(4), u"order-refund-reply"_s, {}, {}}});
    m_composer->resize(700, 200);
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
    edit().setFocus();
}

void TestChatWidgets::returnSendsAndShiftReturnBeginsALine()
{
    QSignalSpy sent(m_composer.get(), &MessageComposer::sendRequested);
    QTest::keyClick(&edit(), Qt::Key_Return); // nothing to send
    QCOMPARE(sent.count(), 0);
    QTest::keyClicks(&edit(), u"one"_s);
    QTest::keyClick(&edit(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&edit(), u"two"_s);
    QTest::keyClick(&edit(), Qt::Key_Return);
    QCOMPARE(sent.count(), 1);
    QCOMPARE(sent[0][0].toString(), u"one\ntwo"_s);
    QCOMPARE(m_composer->text(), u"one\ntwo"_s); // until it was taken
    m_composer->clear();
    QVERIFY(m_composer->text().isEmpty());
}

void TestChatWidgets::namesAreOfferedAndMentioned()
{
    QSignalSpy sent(m_composer.get(), &MessageComposer::sendRequested);
    QTest::keyClicks(&edit(), u"Ask @pri"_s);
    QVERIFY(popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_composer->text(), u"Ask @Priya Nair "_s);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(m_composer->mentions(), QList<QUuid>{idOf(1)});
    QTest::keyClicks(&edit(), u"in #inc"_s);
    QTest::keyClick(popup(), Qt::Key_Tab);
    QTest::keyClicks(&edit(), u":tad"_s);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_composer->text(), u"Ask @Priya Nair in #incidents 🎉 "_s);
    m_composer->setText(u"Ask nobody"_s);
    QVERIFY(m_composer->mentions().isEmpty());
    m_composer->setText({});
    QTest::keyClicks(&edit(), u"/order"_s);
    QVERIFY(popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Escape);
    QVERIFY(!popup()->isVisible());
}

void TestChatWidgets::timesAndPathsOfferNothing()
{
    for (const QString &text : {u"at 14:30"_s, u"ana@pri"_s, u"see a/order"_s, u"a : tad"_s, u"@nobody-here"_s}) {
        m_composer->setText({});
        QTest::keyClicks(&edit(), text);
        QVERIFY2(!popup()->isVisible(), qPrintable(text));
    }
}

void TestChatWidgets::theFieldGrowsUpToALimit()
{
    const int one = edit().sizeHint().height();
    QTest::keyClicks(&edit(), u"word "_s.repeated(60)); // wraps
    QVERIFY(edit().sizeHint().height() > one);
    m_composer->setText(u"line\n"_s.repeated(100));
    QCOMPARE(edit().sizeHint().height(), px(Length::ChartMinimum));
    m_composer->setText({});
    QCOMPARE(edit().sizeHint().height(), one);
}

void TestChatWidgets::tooLongTextsAreKeptAndExplained()
{
    QSignalSpy sent(m_composer.get(), &MessageComposer::sendRequested);
    const QString text(40'012, u'a');
    m_composer->setText(text);
    QTest::keyClick(&edit(), Qt::Key_Return);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(m_composer->text(), text);
    bool isExplained = false;
    for (const auto *label : m_composer->findChildren<QLabel *>())
        isExplained = isExplained || (label->isVisible() && label->text().startsWith(u"12 characters too many"_s));
    QVERIFY(isExplained);
}

void TestChatWidgets::draftsAreReportedOnceTheySettle()
{
    QSignalSpy drafts(m_composer.get(), &MessageComposer::draftChanged);
    QSignalSpy typed(m_composer.get(), &MessageComposer::typed);
    QTest::keyClicks(&edit(), u"hello"_s);
    QVERIFY(drafts.wait());
    QCOMPARE(drafts.count(), 1);
    QCOMPARE(drafts[0][0].toString(), u"hello"_s);
    QCOMPARE(typed.count(), 1);
    m_composer->setText(u"a draft from yesterday"_s);
    m_composer->clear();
    QCOMPARE(drafts.last()[0].toString(), QString());
}

void TestChatWidgets::editingBringsBackWhatWasTyped()
{
    QTest::keyClicks(&edit(), u"half a thought"_s);
    m_composer->beginEdit(idOf(9), u"what was sent"_s);
    QCOMPARE(m_composer->text(), u"what was sent"_s);
    QCOMPARE(m_composer->editedId(), idOf(9));
    QTest::keyClick(&edit(), Qt::Key_Escape);
    QCOMPARE(m_composer->text(), u"half a thought"_s);
    QVERIFY(m_composer->editedId().isNull());
    m_composer->beginQuote(idOf(8), u"Tom"_s, u"a question"_s);
    QCOMPARE(m_composer->quotedId(), idOf(8));
    QCOMPARE(m_composer->text(), u"half a thought"_s);
    m_composer->clear();
    QVERIFY(m_composer->quotedId().isNull());
    QVERIFY(m_composer->text().isEmpty());
}

void TestChatWidgets::aReasonDisablesWriting()
{
    QSignalSpy sent(m_composer.get(), &MessageComposer::sendRequested);
    m_composer->setText(u"text"_s);
    m_composer->setDisabledReason(u"This channel is archived"_s);
    QVERIFY(!edit().isEnabled());
    QCOMPARE(edit().placeholderText(), u"This channel is archived"_s);
    QCOMPARE(m_composer->text(), u"text"_s);
    m_composer->setDisabledReason({});
    edit().setFocus();
    QTest::keyClick(&edit(), Qt::Key_Return);
    QCOMPARE(sent.count(), 1);
}

void TestChatWidgets::answersCanBeStopped()
{
    QSignalSpy stopped(m_composer.get(), &MessageComposer::stopRequested);
    m_composer->setAnswering(true);
    for (auto *button : m_composer->findChildren<QPushButton *>())
        if (button->isVisible() && button->text() == u"Stop"_s)
            button->click();
    QCOMPARE(stopped.count(), 1);
}

void TestChatWidgets::typingIsSaidInWords()
{
    QCOMPARE(TypingLine::sentence({}), QString());
    QCOMPARE(TypingLine::sentence({u"Ana"_s}), u"Ana is typing"_s);
    QCOMPARE(TypingLine::sentence({u"Ana"_s, u"Tom"_s}), u"Ana and Tom are typing"_s);
    QVERIFY(TypingLine::sentence({u"A"_s, u"B"_s, u"C"_s}).startsWith(u'3'));
}

void TestChatWidgets::keysGoThroughConversations()
{
    ChannelList list;
    list.model().setChannels(exampleChannels());
    list.resize(252, 600);
    list.show();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    QSignalSpy opened(&list, &ChannelList::opened);
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers) { QTest::keyClick(&list, key, modifiers); };
    press(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(list.current(), idOf(1));
    press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(list.current(), idOf(2));
    press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier); // over the muted one
    QCOMPARE(list.current(), idOf(4));
    press(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier); // around
    QCOMPARE(list.current(), idOf(2));
    press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(list.current(), idOf(1));
    press(Qt::Key_Up, Qt::AltModifier); // the first
    press(Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(list.current(), idOf(5));
    press(Qt::Key_9, Qt::ControlModifier); // there is none
    QCOMPARE(list.current(), idOf(5));
    QCOMPARE(opened.count(), 6);
    QSignalSpy muted(&list, &ChannelList::muteToggled);
    press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(muted.last()[0].toUuid(), idOf(5));
    QTest::mouseClick(list.view().viewport(), Qt::LeftButton, {},
                      list.view().visualRect(list.model().index(list.model().rowOf(idOf(3)))).center());
    QCOMPARE(list.current(), idOf(3));
}

void TestChatWidgets::mutedOnesAreNotLoud()
{
    ChannelRow channel;
    channel.unread = 3;
    QVERIFY(channel.isUnread());
    channel.isMuted = true;
    QVERIFY(!channel.isUnread());
    channel.mentions = 1;
    QVERIFY(channel.isUnread());
}

void TestChatWidgets::sectionsFoldAndSearchFinds()
{
    ChannelListModel model;
    model.setChannels(exampleChannels());
    QCOMPARE(model.rowCount(), 8); // three sections
    QVERIFY(model.isSection(0));
    model.toggleSection(ChannelSection::Channels);
    QVERIFY(model.rowOf(idOf(1)) < 0);
    QVERIFY(model.rowOf(idOf(2)) > 0); // unread: stays
    model.setFilter(u"REFUND"_s);
    QVERIFY(model.rowOf(idOf(1)) > 0);
    QVERIFY(model.rowOf(idOf(5)) < 0);
    model.setFilter({});
    model.toggleSection(ChannelSection::Channels);
    ChannelRow changed = exampleChannels()[2];
    changed.preview = u"Tom: error rate is back"_s;
    QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.put(changed);
    QCOMPARE(data.count(), 1);
    QCOMPARE(resets.count(), 0);
    const QModelIndex index = model.index(model.rowOf(idOf(2)));
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"incidents, 4 unread, Tom: error rate is back"_s);
}

void TestChatWidgets::upEditsTheLastOwnMessage()
{
    Conversation conversation;
    conversation.reset(conversationExample::messages(1, 30));
    ChatView chat;
    chat.resize(1000, 700);
    chat.showConversation(idOf(1), &conversation);
    chat.show();
    QVERIFY(QTest::qWaitForWindowActive(&chat));
    chat.composer().edit().setFocus();
    QTest::keyClick(&chat.composer().edit(), Qt::Key_Up);
    const ConversationMessage &own = conversation.at(conversation.lastOwnRow());
    QCOMPARE(chat.composer().editedId(), own.id);
    QCOMPARE(chat.composer().text(), own.text);
    QSignalSpy sent(&chat, &ChatView::sendRequested);
    QTest::keyClicks(&chat.composer().edit(), u"!"_s);
    QTest::keyClick(&chat.composer().edit(), Qt::Key_Return);
    const auto message = sent.last()[0].value<OutgoingMessage>();
    QCOMPARE(message.editedId, own.id);
    QCOMPARE(message.text, own.text + u'!');
    QVERIFY(!message.clientId.isNull());
}

void TestChatWidgets::threadsHaveAComposerOfTheirOwn()
{
    Conversation conversation, thread;
    conversation.reset(conversationExample::messages(1, 30));
    thread.reset(conversationExample::messages(20, 22));
    ChatView chat;
    chat.resize(1200, 700);
    chat.showConversation(idOf(1), &conversation);
    chat.show();
    QVERIFY(QTest::qWaitForWindowActive(&chat));
    QSignalSpy asked(&chat, &ChatView::threadRequested);
    chat.view().setFocus();
    chat.view().setCurrentRow(19);
    QTest::keyClick(&chat.view(), Qt::Key_T);
    QCOMPARE(asked.last()[0].toUuid(), idOf(20));
    chat.showThread(idOf(20), &thread);
    QVERIFY(chat.thread().isVisible());
    QSignalSpy sent(&chat, &ChatView::sendRequested);
    QTest::keyClicks(&chat.thread().composer()->edit(), u"an answer"_s);
    QTest::keyClick(&chat.thread().composer()->edit(), Qt::Key_Return);
    QCOMPARE(sent.last()[0].value<OutgoingMessage>().threadId, idOf(20));
    chat.closeThread();
    QVERIFY(!chat.thread().isVisible());
}

QTEST_MAIN(TestChatWidgets)
#include "tst_chat_widgets.moc"
