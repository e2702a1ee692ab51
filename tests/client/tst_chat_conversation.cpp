// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation in a window, by mouse and keyboard: what is read stays where it is, whatever comes.
#include "client/chat/conversation_view.h"
#include "client/chat/message_words.h"
#include "client/design/theme.h"
#include "client/widgets/floating_pill.h"
#include "tests/client/conversation_example.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QResizeEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace conversationExample;

class TestChatConversation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.install(); }
    void init();
    void cleanup() { m_view.reset(); }

    void opensAtTheEndOrAtTheNewLine();
    void manyUnreadAreJumpedTo();
    void olderMessagesMoveNothing();
    void correctedHeightsMoveNothing();
    void newMessagesAreCountedWhileScrolledUp();
    void theEndStaysInView();
    void ownMessagesBringTheEndIntoView();
    void aSentMessageIsNotShownTwice();
    void aRowThatGivesTheViewAnotherSizeIsCountedOnce();
    void messagesKeepTheirOrder();
    void streamsAreShownAtMostThirtyTimesASecond();
    void authorsAndDaysAreGrouped();
    void arrowsReadMessageByMessage();
    void keysActOnTheCurrentMessage();
    void textIsSelectedOverMessagesAndCopied();
    void failedMessagesOfferRetry();
    void codeIsCopiedByItsButton();
    void readersHearAListOfMessages();
    void memoryIsBounded();

private:
    void press(Qt::Key key) { QTest::keyClick(m_view.get(), key); }
    int topOf(int row) { return m_view->rowRect(row).y(); }
    MessageTarget target(int row, MessagePart part);
    void click(int row, const MessageTarget &target)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, target.rect.center() + QPoint(0, topOf(row)));
    }
    void draw() { m_view->viewport()->repaint(); }

    Theme m_theme;
    Conversation m_conversation;
    std::unique_ptr<ConversationView> m_view;
};

void TestChatConversation::init()
{
    m_conversation.disconnect();
    m_conversation.setReadSequence(-1);
    m_conversation.setHasOlder(false);
    m_conversation.reset(messages(1001, 2000));
    m_view = std::make_unique<ConversationView>(u"Messages"_s);
    m_view->resize(800, 600);
    m_view->setConversation(&m_conversation);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    draw();
}

MessageTarget TestChatConversation::target(int row, MessagePart part)
{
    for (const MessageTarget &one : m_view->layoutOf(row).targets())
        if (one.part == part)
            return one;
    return {};
}

void TestChatConversation::opensAtTheEndOrAtTheNewLine()
{
    QVERIFY(m_view->isAtEnd());
    QCOMPARE(m_view->visibleRows().second, 999);
    m_conversation.setReadSequence(1951);
    m_view->setConversation(&m_conversation);
    draw();
    const int unread = m_conversation.firstUnreadRow();
    QVERIFY(unread >= 951);
    QVERIFY(m_view->rowRect(unread).isValid());
    QVERIFY(topOf(unread) > 0); // what was read before stands above
    QVERIFY(topOf(unread) < m_view->viewport()->height() / 2);
}

void TestChatConversation::manyUnreadAreJumpedTo()
{
    m_conversation.setReadSequence(1300);
    m_view->setConversation(&m_conversation);
    draw();
    QVERIFY(m_view->isAtEnd());
    FloatingPill *jump = nullptr;
    for (auto *pill : m_view->findChildren<FloatingPill *>())
        if (pill->isVisible())
            jump = pill;
    QVERIFY(jump);
    jump->click();
    draw();
    QVERIFY(m_view->rowRect(m_conversation.firstUnreadRow()).isValid());
    QVERIFY(!jump->isVisible());
}

void TestChatConversation::olderMessagesMoveNothing()
{
    m_conversation.setHasOlder(true);
    QSignalSpy older(m_view.get(), &ConversationView::olderRequested);
    m_view->scrollToRow(5);
    draw();
    QTRY_COMPARE(older.count(), 1);
    const int before = topOf(7);
    m_conversation.prepend(messages(601, 1000) + messages(1001, 1003)); // a page may overlap
    draw();
    QCOMPARE(m_conversation.count(), 1400);
    QCOMPARE(topOf(407), before);
    QCOMPARE(m_conversation.at(407).sequence, 1008);
}

void TestChatConversation::correctedHeightsMoveNothing()
{
    m_view->scrollToRow(500);
    draw();
    // Up by the wheel, over rows that were only estimated: each step moves by itself and no more.
    for (int step = 0; step < 60; ++step) {
        const int row = m_view->visibleRows().first + 1, before = topOf(row);
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() - 37);
        draw();
        QCOMPARE(topOf(row), before + 37);
    }
    const int row = m_view->visibleRows().first + 1, before = topOf(row);
    ConversationMessage changed = m_conversation.at(10); // far above
    changed.text = u"A long text\n"_s.repeated(50);
    m_conversation.put(changed);
    draw();
    QCOMPARE(topOf(row), before);
}

void TestChatConversation::newMessagesAreCountedWhileScrolledUp()
{
    m_view->scrollToRow(500);
    draw();
    const int before = topOf(501);
    QSignalSpy counted(m_view.get(), &ConversationView::newBelowChanged);
    for (const ConversationMessage &message : messages(2001, 2020))
        if (!message.isOwn)
            m_conversation.put(message);
    draw();
    QCOMPARE(topOf(501), before);
    QCOMPARE(m_view->newBelow(), counted.count());
    QVERIFY(m_view->newBelow() > 10);
    FloatingPill *pill = nullptr;
    for (auto *one : m_view->findChildren<FloatingPill *>())
        if (one->isVisible())
            pill = one;
    QVERIFY(pill);
    QCOMPARE(pill->text(), u"%1 new"_s.arg(m_view->newBelow()));
    pill->click();
    QCOMPARE(m_view->newBelow(), 0);
    QVERIFY(m_view->isAtEnd());
}

void TestChatConversation::theEndStaysInView()
{
    for (const ConversationMessage &message : messages(2001, 2005))
        m_conversation.put(message);
    draw();
    QVERIFY(m_view->isAtEnd());
    QCOMPARE(m_view->visibleRows().second, m_conversation.count() - 1);
    m_view->resize(500, 300);
    draw();
    QVERIFY(m_view->isAtEnd());
    QCOMPARE(m_view->verticalScrollBar()->value(), m_view->verticalScrollBar()->maximum());
    QSignalSpy read(m_view.get(), &ConversationView::readUpTo);
    m_conversation.put(message(2006, 1'790'000'000'000));
    draw();
    QCOMPARE(read.last().first().toLongLong(), 2006);
}

void TestChatConversation::ownMessagesBringTheEndIntoView()
{
    m_view->scrollToRow(100);
    draw();
    ConversationMessage own = message(9000, 1'790'000'000'000);
    own.sequence = 0;
    own.isOwn = true;
    own.state = DeliveryState::Sending;
    m_conversation.put(own);
    draw();
    QVERIFY(m_view->isAtEnd());
}

void TestChatConversation::aSentMessageIsNotShownTwice()
{
    ConversationMessage own = message(2001, 1'790'000'000'000);
    own.clientId = own.id = idOf(77'777);
    own.sequence = 0;
    own.state = DeliveryState::Sending;
    m_conversation.put(own);
    m_conversation.put(message(2001, 1'790'000'000'000)); // somebody else's came first
    ConversationMessage accepted = message(2002, 1'790'000'000'001);
    accepted.clientId = own.clientId;
    m_conversation.put(accepted);
    m_conversation.put(accepted); // and again, over the socket
    QCOMPARE(m_conversation.count(), 1002);
    QCOMPARE(m_conversation.at(1001).id, accepted.id);
    QCOMPARE(m_conversation.rowOf(own.clientId), 1001);
    QCOMPARE(m_conversation.rowOf(accepted.id), 1001);
    draw();
    QVERIFY(m_view->isAtEnd());
}

// As the first message of a channel does, which takes the place of the invitation to write one.
void TestChatConversation::aRowThatGivesTheViewAnotherSizeIsCountedOnce()
{
    m_view->setConversation(nullptr);
    m_conversation.reset({});
    connect(&m_conversation, &Conversation::inserted, m_view.get(), [this] {
        QResizeEvent resized(m_view->viewport()->size(), QSize(100, 100));
        QCoreApplication::sendEvent(m_view->viewport(), &resized);
    });
    m_view->setConversation(&m_conversation);
    const QList<ConversationMessage> few = messages(1, 3);
    for (int i = 0; i < few.size(); ++i) {
        m_conversation.put(few[i]);
        draw();
        QCOMPARE(m_view->visibleRows(), std::pair(0, i));
    }
}

void TestChatConversation::messagesKeepTheirOrder()
{
    Conversation conversation;
    for (const int sequence : {5, 2, 9, 1, 7, 3, 8, 6, 4})
        conversation.put(message(sequence, sequence));
    conversation.prepend({message(1, 1)});
    QCOMPARE(conversation.count(), 9);
    for (int row = 0; row < 9; ++row) {
        QCOMPARE(conversation.at(row).sequence, row + 1);
        QCOMPARE(conversation.rowOf(idOf(row + 1)), row);
    }
}

void TestChatConversation::streamsAreShownAtMostThirtyTimesASecond()
{
    ConversationMessage answer = message(2001, 1'790'000'000'000);
    answer.text.clear();
    answer.isFromAssistant = true;
    answer.isOwn = false;
    answer.state = DeliveryState::Streaming;
    m_conversation.put(answer);
    draw();
    const int row = m_conversation.count() - 1;
    const int length = m_view->layoutOf(row).body().length();
    for (int token = 0; token < 200; ++token)
        m_conversation.appendText(answer.id, u"token "_s);
    draw();
    QCOMPARE(m_view->layoutOf(row).body().length(), length); // waits for the flush
    QTRY_VERIFY(m_view->layoutOf(row).body().length() > 1000);
    draw();
    QVERIFY(m_view->isAtEnd());
    QVERIFY(!target(row, MessagePart::Stop).rect.isEmpty());
}

void TestChatConversation::authorsAndDaysAreGrouped()
{
    const qint64 noon = QDateTime(QDate(2026, 3, 2), QTime(12, 0)).toMSecsSinceEpoch();
    const auto from = [&](int sequence, int author, qint64 after) {
        ConversationMessage one = message(sequence, noon + after);
        one.authorId = idOf(author);
        return one;
    };
    m_conversation.reset(
        {from(1, 1, 0), from(2, 1, 299'999), from(3, 1, 600'000), from(4, 2, 600'001), from(5, 2, 12 * 3'600'000)});
    const QList<bool> groups{true, false, true, true, true}, days{true, false, false, false, true};
    for (int row = 0; row < 5; ++row) {
        QCOMPARE(m_conversation.startsGroup(row), groups[row]);
        QCOMPARE(m_conversation.startsDay(row), days[row]);
    }
}

void TestChatConversation::arrowsReadMessageByMessage()
{
    m_view->activateWindow();
    m_view->setFocus(Qt::TabFocusReason);
    QCOMPARE(m_view->currentRow(), 999);
    for (int i = 0; i < 40; ++i) {
        press(Qt::Key_Up);
        QVERIFY(m_view->rowRect(m_view->currentRow()).isValid());
    }
    QCOMPARE(m_view->currentRow(), 959);
    press(Qt::Key_Home);
    QCOMPARE(m_view->currentRow(), 0);
    QCOMPARE(topOf(0), 0);
    press(Qt::Key_Down);
    QCOMPARE(m_view->currentRow(), 1);
    press(Qt::Key_PageDown);
    QVERIFY(m_view->currentRow() > 5);
    const int far = m_view->currentRow();
    press(Qt::Key_PageUp);
    QVERIFY(m_view->currentRow() < far);
    press(Qt::Key_End);
    QCOMPARE(m_view->currentRow(), 999);
    QVERIFY(m_view->isAtEnd());
}

void TestChatConversation::keysActOnTheCurrentMessage()
{
    QSignalSpy acted(m_view.get(), &ConversationView::actionRequested);
    QSignalSpy reacted(m_view.get(), &ConversationView::reactionToggled);
    int own = 999;
    while (!m_conversation.at(own).isOwn)
        --own;
    m_view->setFocus();
    m_view->setCurrentRow(own);
    const QList<std::pair<Qt::Key, MessageAction>> keys{
        {Qt::Key_R, MessageAction::Quote},           {Qt::Key_T, MessageAction::OpenThread},
        {Qt::Key_Return, MessageAction::OpenThread}, {Qt::Key_E, MessageAction::Edit},
        {Qt::Key_Delete, MessageAction::Delete},     {Qt::Key_P, MessageAction::Pin},
        {Qt::Key_L, MessageAction::CopyLink}};
    for (const auto &[key, action] : keys) {
        press(key);
        QCOMPARE(acted.last()[0].value<MessageAction>(), action);
        QCOMPARE(acted.last()[1].toUuid(), m_conversation.at(own).id);
    }
    QCOMPARE(acted.count(), keys.size());
    press(Qt::Key_Plus);
    QCOMPARE(reacted.last()[1].toString(), u"👍"_s);
    press(Qt::Key_C);
    QCOMPARE(QApplication::clipboard()->text(), m_conversation.at(own).text);
    int other = own;
    while (m_conversation.at(other).isOwn)
        --other;
    m_view->setCurrentRow(other);
    press(Qt::Key_E); // somebody else's
    QCOMPARE(acted.count(), keys.size());
}

void TestChatConversation::textIsSelectedOverMessagesAndCopied()
{
    const auto [first, last] = m_view->visibleRows();
    const int from = first + 2, to = first + 4;
    QVERIFY(to <= last);
    const QPoint begin = QPoint(0, topOf(from)) + m_view->layoutOf(from).bodyOrigin() + QPoint(1, 4);
    const QPoint end = QPoint(700, topOf(to)) + QPoint(0, m_view->rowRect(to).height() - 14);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, begin);
    QTest::mouseMove(m_view->viewport(), (begin + end) / 2);
    QTest::mouseMove(m_view->viewport(), end);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, end);
    const QString text = m_view->selectedText();
    for (int row = from; row <= to; ++row) {
        QVERIFY2(text.contains(m_conversation.at(row).authorName), qPrintable(text));
        QVERIFY2(text.contains(u"(%1)"_s.arg(m_conversation.at(row).sequence)), qPrintable(text));
    }
    m_conversation.prepend(messages(900, 1000)); // the selection stays with its messages
    draw();
    QCOMPARE(m_view->selectedText(), text);
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), text);
    press(Qt::Key_Escape);
    QVERIFY(m_view->selectedText().isEmpty());
}

void TestChatConversation::failedMessagesOfferRetry()
{
    ConversationMessage own = message(2001, 1'790'000'000'000);
    own.clientId = own.id = idOf(88'888);
    own.sequence = 0;
    own.isOwn = true;
    own.state = DeliveryState::Failed;
    own.error = u"You may not write in #finance"_s;
    m_conversation.put(own);
    draw();
    const int row = m_conversation.count() - 1;
    QSignalSpy acted(m_view.get(), &ConversationView::actionRequested);
    click(row, target(row, MessagePart::Retry));
    QCOMPARE(acted.last()[0].value<MessageAction>(), MessageAction::Retry);
    click(row, target(row, MessagePart::Discard));
    QCOMPARE(acted.last()[0].value<MessageAction>(), MessageAction::Discard);
    QCOMPARE(acted.last()[1].toUuid(), own.id);
    m_conversation.remove(own.id);
    draw();
    QCOMPARE(m_conversation.count(), 1000);
    QVERIFY(m_view->isAtEnd());
}

void TestChatConversation::codeIsCopiedByItsButton()
{
    ConversationMessage answer = message(2001, 1'790'000'000'000);
    answer.text = u"Here:\n```sh\nls -la\n```"_s;
    m_conversation.put(answer);
    draw();
    const int row = m_conversation.count() - 1;
    click(row, target(row, MessagePart::CopyCode));
    QCOMPARE(QApplication::clipboard()->text(), u"ls -la"_s);
}

void TestChatConversation::readersHearAListOfMessages()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
    QCOMPARE(list->childCount(), 1000);
    QAccessibleInterface *last = list->child(999);
    QVERIFY(last);
    QCOMPARE(last->role(), QAccessible::ListItem);
    QCOMPARE(last->text(QAccessible::Name), messageWords::spoken(m_conversation.at(999)));
    QVERIFY(last->text(QAccessible::Name).contains(m_conversation.at(999).text));
    QVERIFY(!last->rect().isEmpty());
    QVERIFY(!last->state().offscreen);
    QVERIFY(list->child(0)->state().offscreen);
    QCOMPARE(list->indexOfChild(last), 999);
    QCOMPARE(last->parent(), list);
    for (int row = 0; row < 1000; ++row)
        QVERIFY(list->child(row)->isValid());
    last = list->child(998);
    last->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(m_view->currentRow(), 998);
}

// What is laid out is kept for a few hundred messages, however many were looked at.
void TestChatConversation::memoryIsBounded()
{
    m_conversation.reset(messages(1, 20'000));
    const int step = m_view->viewport()->height();
    m_view->scrollToRow(0);
    for (int page = 0; page < 60; ++page) {
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() + step);
        draw();
    }
    QVERIFY(m_view->visibleRows().first > 400);
    QVERIFY(m_view->findChildren<QObject *>().size() < 200); // no widget for a message
}

QTEST_MAIN(TestChatConversation)
#include "tst_chat_conversation.moc"
