// SPDX-License-Identifier: GPL-3.0-or-later
// The chat in the window, against the real server: two people write to each other, one of them at the desk.
#include "client/chat/assistant_dialog.h"
#include "client/chat/assistants_dialog.h"
#include "client/chat/channel_list.h"
#include "client/chat/chat_page.h"
#include "client/chat/composer_edit.h"
#include "client/chat/message_composer.h"
#include "client/chat/message_query.h"
#include "client/chat/messages_dialog.h"
#include "client/chat/thread_pane.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/search_select.h"
#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"
#include "shared/id.h"
#include "shared/templates/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QCompleter>
#include <QListView>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // ms

// The window of the demo's prompt engineer, at the chat.
class ChatWindow : public DeskFixture
{
public:
    ChatWindow(DemoStack &stack, const QString &folder) : DeskFixture(folder), m_stack(stack) { }

    bool open()
    {
        StartOptions options;
        options.demoFile = m_stack.demoFile();
        if (!show(options) || !QTest::qWaitFor([this] { return window.isAtDesk(); }, patience))
            return false;
        window.navigation().open(u"chat"_s);
        return QTest::qWaitFor([this] { return chat() != nullptr; }, patience);
    }
    bool isLive() { return client.workspace()->live().state() == LiveClient::State::Live; }
    bool waitUntilLive()
    {
        return QTest::qWaitFor([this] { return isLive(); }, patience);
    }
    LiveClient::State state() { return client.workspace()->live().state(); }
    QUuid me() { return client.workspace()->session().profile().userId; }
    ChatPage *chat() const { return page<ChatPage>(); }
    Conversation &conversation() { return chat()->feed().conversation(); }
    ComposerEdit &editor() { return chat()->view().composer().edit(); }
    ConversationView &messages() { return chat()->view().view(); }

    const ChannelRow *row(const QUuid &id)
    {
        const ChannelListModel &model = chat()->view().list().model();
        const int row = model.rowOf(id);
        return row < 0 ? nullptr : &model.channel(row);
    }
    bool openChannel(const QUuid &id)
    {
        if (!QTest::qWaitFor([&] { return row(id) != nullptr; }, patience))
            return false;
        Q_EMIT chat()->view().list().opened(id);
        return QTest::qWaitFor([&] { return !chat()->feed().showsCache() && !chat()->feed().isLoading(); }, patience);
    }
    void write(const QString &text)
    {
        editor().setFocus();
        QTest::keyClicks(&editor(), text);
        QTest::keyClick(&editor(), Qt::Key_Return);
    }
    QStringList texts()
    {
        QStringList all;
        for (int i = 0; i < conversation().count(); ++i)
            all << conversation().at(i).text;
        return all;
    }
    int rowOf(const QString &text) { return int(texts().indexOf(text)); }
    DeliveryState stateOf(const QString &text)
    {
        const int row = rowOf(text);
        return row < 0 ? DeliveryState::Failed : conversation().at(row).state;
    }
    void run(const QString &id)
    {
        for (const Command &command : chat()->commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QFAIL(qPrintable(u"%1 cannot be done"_s.arg(id)));
    }

private:
    DemoStack &m_stack;
};

} // namespace

class TestChatPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        m_owner = m_stack.signedIn(Role::Owner);
        QVERIFY(m_owner);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void twoPeopleWriteToEachOther();
    void unreadUntilSeen();
    void messagesAreChangedAndDeleted();
    void threads();
    void whatIsWrittenWithoutANetworkIsSentLater();
    void whatWasNotSentSurvivesTheProgram();
    void refusedMessagesStayUntilDecided();
    void searches();
    void understandsFilters();
    void byKeyboardAlone();
    void assistantsAreMadeAskedAndRemoved();
    void draftsAreOnEveryMachine();
    void aTemplateIsWrittenWith();

private:
    // What the other person does, in the same moment as the window lives.
    template<class Call, class Input> auto asOwner(const Call &call, const Input &input)
    {
        return answer(*m_owner, call, input);
    }
    template<class In, class Out, class Query>
    static Out answer(ApiClient &api, const ::Call<In, Out, Query> &call, const In &input)
    {
        std::optional<Result<Out>> got;
        api.call(call, input, &api, [&](const Result<Out> &reply) { got = reply; });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, patience) || !*got)
            qFatal("refused: %s", got ? qPrintable(got->error().detail) : "no answer");
        return **got;
    }
    QUuid channel(const QString &name, const QUuid &member)
    {
        const ChannelEntry entry =
            asOwner(endpoints::channels::create.at(),
                    NewChannel{.kind = ChannelKind::Public, .name = name, .memberIds = {member}});
        return entry.channel.id;
    }
    ChatMessage post(const QUuid &channel, const QString &text, const NewMessage &more = {})
    {
        NewMessage message = more;
        message.clientId = newId();
        message.text = text;
        return asOwner(endpoints::messages::post.at(channel), message);
    }
    // As the server has them, in order.
    QList<ChatMessage> onServer(const QUuid &channel)
    {
        MessageFilter filter;
        filter.after = 0;
        filter.limit = 500;
        return asOwner(endpoints::messages::list.at(channel), filter).items;
    }
    QStringList textsOnServer(const QUuid &channel)
    {
        QStringList texts;
        for (const ChatMessage &message : onServer(channel))
            texts << message.text;
        return texts;
    }

    static QStringList draftsOnServer(ApiClient &api, const QUuid &channel)
    {
        QStringList texts;
        for (const ChannelDraft &draft : answer(api, endpoints::messages::drafts.at(), ChatPageFilter{}).items)
            if (draft.channelId == channel)
                texts << draft.text;
        return texts;
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    DemoStack m_stack;
    std::unique_ptr<ApiClient> m_owner;
};

void TestChatPage::twoPeopleWriteToEachOther()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid help = channel(u"greetings"_s, desk.me());
    QVERIFY(desk.openChannel(help)); // it came into the list by itself
    post(help, u"Hello from the owner"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.texts(), QStringList{u"Hello from the owner"_s}, patience);
    desk.write(u"Hello from the desk"_s);
    QCOMPARE(desk.editor().toPlainText(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"Hello from the desk"_s), DeliveryState::Sent, patience);
    QTRY_COMPARE_WITH_TIMEOUT(textsOnServer(help), (QStringList{u"Hello from the owner"_s, u"Hello from the desk"_s}),
                              patience);
    // Many at once come in order and once.
    QStringList all = desk.texts();
    for (int i = 0; i < 40; ++i) {
        const QString text = u"line %1"_s.arg(i);
        if (i % 2)
            post(help, text);
        else
            desk.write(text);
        all << text;
    }
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().count(), all.size(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(textsOnServer(help).size(), all.size(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.texts(), textsOnServer(help), patience);
}

void TestChatPage::unreadUntilSeen()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid quiet = channel(u"quiet"_s, desk.me()), loud = channel(u"loud"_s, desk.me());
    QVERIFY(desk.openChannel(quiet));
    QTRY_VERIFY_WITH_TIMEOUT(desk.row(loud), patience);
    post(loud, u"one"_s);
    post(loud, u"two"_s, {.mentions = {desk.me()}});
    QTRY_COMPARE_WITH_TIMEOUT(desk.row(loud)->unread, 2, patience);
    QCOMPARE(desk.row(loud)->mentions, 1);
    QVERIFY(desk.row(loud)->preview.contains(u"two"_s));
    QVERIFY(desk.openChannel(loud));
    QTRY_COMPARE_WITH_TIMEOUT(desk.row(loud)->unread, 0, patience);
    ApiClient &own = desk.client.workspace()->api();
    const auto readOnServer = [&] {
        return answer(own, endpoints::channels::get.at(loud), Nothing{}).membership->readSequence;
    };
    QTRY_COMPARE_WITH_TIMEOUT(readOnServer(), 2, patience);

    // And unread again from a message on.
    desk.messages().setFocus();
    desk.messages().setCurrentRow(1);
    desk.run(u"chat.unread"_s);
    QTRY_COMPARE_WITH_TIMEOUT(readOnServer(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.row(loud)->unread, 1, patience);
    // Muted channels count nothing at the rail.
    Q_EMIT desk.chat()->view().list().muteToggled(loud);
    QTRY_VERIFY_WITH_TIMEOUT(desk.row(loud)->isMuted, patience);
}

void TestChatPage::messagesAreChangedAndDeleted()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"changes"_s, desk.me());
    QVERIFY(desk.openChannel(id));
    const ChatMessage theirs = post(id, u"theirs"_s);
    desk.write(u"mine"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"mine"_s), DeliveryState::Sent, patience);
    QTest::keyClick(&desk.editor(), Qt::Key_Up); // the last of one's own
    QCOMPARE(desk.editor().toPlainText(), u"mine"_s);
    QTest::keyClicks(&desk.editor(), u" now"_s);
    QTest::keyClick(&desk.editor(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(desk.rowOf(u"mine now"_s) == 1, patience);
    QVERIFY(desk.conversation().at(1).editedAt > 0);
    QCOMPARE(textsOnServer(id), (QStringList{u"theirs"_s, u"mine now"_s}));

    Q_EMIT desk.messages().reactionToggled(theirs.id, u"👍"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().at(0).reactions.size(), 1, patience);
    QVERIFY(desk.conversation().at(0).reactions.first().isMine);
    asOwner(endpoints::messages::react.at(theirs.id, u"👍"_s), Nothing{});
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().at(0).reactions.value(0).count, 2, patience);
    Q_EMIT desk.messages().reactionToggled(theirs.id, u"👍"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.conversation().at(0).reactions.first().isMine, patience);

    Q_EMIT desk.messages().actionRequested(MessageAction::Pin, theirs.id);
    QTRY_VERIFY_WITH_TIMEOUT(desk.conversation().at(0).isPinned, patience);

    // Deleted at once, and back with Ctrl+Z.
    const QUuid mine = desk.conversation().at(1).id;
    Q_EMIT desk.messages().actionRequested(MessageAction::Delete, mine);
    QVERIFY(desk.conversation().at(1).deletedAt > 0);
    QVERIFY(desk.window.toasts().undo());
    QCOMPARE(desk.conversation().at(1).text, u"mine now"_s);
    QCOMPARE(textsOnServer(id).last(), u"mine now"_s);
    Q_EMIT desk.messages().actionRequested(MessageAction::Delete, mine);
    QTRY_VERIFY_WITH_TIMEOUT(onServer(id).last().deletedAt, patience);
    asOwner(endpoints::messages::remove.at(theirs.id), Nothing{});
    QTRY_VERIFY_WITH_TIMEOUT(desk.conversation().at(0).deletedAt > 0, patience);
}

void TestChatPage::threads()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"threads"_s, desk.me());
    QVERIFY(desk.openChannel(id));
    const ChatMessage root = post(id, u"a question"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().count(), 1, patience);
    Q_EMIT desk.messages().actionRequested(MessageAction::OpenThread, root.id);
    ThreadPane &pane = desk.chat()->view().thread();
    QTRY_VERIFY_WITH_TIMEOUT(pane.isVisible(), patience);
    Conversation &thread = desk.chat()->threadFeed().conversation();
    QTRY_COMPARE_WITH_TIMEOUT(thread.count(), 1, patience);
    QTest::keyClicks(&pane.composer()->edit(), u"an answer"_s);
    QTest::keyClick(&pane.composer()->edit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(thread.count() == 2 && thread.at(1).state == DeliveryState::Sent, patience);
    post(id, u"another answer"_s, {.threadId = root.id});
    QTRY_COMPARE_WITH_TIMEOUT(thread.count(), 3, patience);
    // They stand in the thread alone; the channel counts them and goes on without a gap.
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().at(0).replyCount, 2, patience);
    post(id, u"after it"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.texts(), (QStringList{u"a question"_s, u"after it"_s}), patience);
}

void TestChatPage::whatIsWrittenWithoutANetworkIsSentLater()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"offline"_s, desk.me());
    QVERIFY(desk.openChannel(id));
    post(id, u"before"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().count(), 1, patience);
    m_stack.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.isLive(), patience);
    for (const QString &text : {u"first"_s, u"second"_s, u"third"_s})
        desk.write(text);
    QCOMPARE(desk.texts(), (QStringList{u"before"_s, u"first"_s, u"second"_s, u"third"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"first"_s), DeliveryState::Waiting, patience);
    QCOMPARE(desk.stateOf(u"third"_s), DeliveryState::Waiting);
    QVERIFY(m_stack.start());
    m_owner = m_stack.signedIn(Role::Owner);
    desk.client.workspace()->live().retryNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"third"_s), DeliveryState::Sent, patience);
    QCOMPARE(textsOnServer(id), (QStringList{u"before"_s, u"first"_s, u"second"_s, u"third"_s}));
    QCOMPARE(desk.texts(), textsOnServer(id));
}

void TestChatPage::whatWasNotSentSurvivesTheProgram()
{
    QUuid id;
    {
        ChatWindow desk(m_stack, m_folder->path());
        QVERIFY(desk.open() && desk.waitUntilLive());
        id = channel(u"restart"_s, desk.me());
        QVERIFY(desk.openChannel(id));
        post(id, u"kept here"_s);
        QTRY_COMPARE_WITH_TIMEOUT(desk.conversation().count(), 1, patience);
        m_stack.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.isLive(), patience);
        desk.write(u"not sent"_s);
        QTest::keyClicks(&desk.editor(), u"a draft"_s);
        const auto draft = [&] {
            return desk.client.workspace()->store().draft(u"chat"_s, id.toString(QUuid::WithoutBraces));
        };
        QTRY_VERIFY_WITH_TIMEOUT(draft(), patience);
    }
    {
        ChatWindow desk(m_stack, m_folder->path());
        QVERIFY(desk.open()); // without a server
        QTRY_VERIFY_WITH_TIMEOUT(desk.row(id), patience);
        Q_EMIT desk.chat()->view().list().opened(id);
        QCOMPARE(desk.texts(), (QStringList{u"kept here"_s, u"not sent"_s}));
        QCOMPARE(desk.editor().toPlainText(), u"a draft"_s);
        QVERIFY(m_stack.start());
        m_owner = m_stack.signedIn(Role::Owner);
        QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"not sent"_s), DeliveryState::Sent, 2 * patience);
        QCOMPARE(textsOnServer(id), (QStringList{u"kept here"_s, u"not sent"_s}));
        QCOMPARE(desk.texts(), textsOnServer(id));
    }
}

void TestChatPage::refusedMessagesStayUntilDecided()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"refusals"_s, desk.me());
    QVERIFY(desk.openChannel(id));
    // The client is told nothing any more: the server alone knows that the channel was archived.
    desk.client.workspace()->live().close();
    asOwner(endpoints::channels::update.at(id), ChannelChange{.isArchived = true});
    desk.write(u"too late"_s);
    desk.write(u"also too late"_s);
    const auto isRefused = [&] {
        const int row = desk.rowOf(u"also too late"_s);
        return row >= 0 && !desk.conversation().at(row).error.isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), patience);
    QCOMPARE(desk.rowOf(u"too late"_s), 0);
    const int row = desk.rowOf(u"also too late"_s);
    QCOMPARE(desk.conversation().at(row).state, DeliveryState::Failed);
    QVERIFY(desk.conversation().at(row).error.contains(u"archived"_s));
    const QUuid unsent = desk.conversation().at(row).id;
    QVERIFY(desk.messages().permits(row, MessageAction::Retry));
    Q_EMIT desk.messages().actionRequested(MessageAction::Discard, unsent);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rowOf(u"also too late"_s), -1, patience);
}

void TestChatPage::searches()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"searches"_s, desk.me());
    const ChatMessage wanted = post(id, u"the parcel with number 4711 is lost"_s);
    for (int i = 0; i < 300; ++i) // more than are loaded at first
        post(id, u"noise %1"_s.arg(i));
    QVERIFY(desk.openChannel(id));
    QVERIFY(desk.rowOf(wanted.text) < 0);
    desk.run(u"chat.search"_s);
    auto *dialog = desk.chat()->findChild<MessagesDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    auto *field = dialog->findChild<SearchField *>();
    auto *list = dialog->findChild<QListWidget *>();
    QTest::keyClicks(field, u"parcel has:link"_s);
    const auto saysNothingIsFound = [&] {
        for (const Label *label : dialog->findChildren<Label *>())
            if (label->text().startsWith(u"No message matches"_s))
                return true;
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(saysNothingIsFound(), patience);
    field->clear();
    QTest::keyClicks(field, u"4711 in:searches"_s);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QTest::keyClick(list, Qt::Key_Return);
    // It lies before what was loaded: the conversation goes back to it.
    const auto isAt = [&] {
        const int row = desk.messages().currentRow();
        return row >= 0 && desk.conversation().at(row).id == wanted.id;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAt(), patience);
}

void TestChatPage::understandsFilters()
{
    const QUuid ana = newId(), help = newId();
    const messageQuery::Names names{{{u"Ana Prado"_s, ana}}, {{u"help"_s, help}}};
    const auto parsed =
        messageQuery::parse(u"from:\"Ana Prado\" in:#help has:link before:2026-03-01 \"late parcel\" now"_s, names);
    QVERIFY(parsed);
    QCOMPARE(parsed->from, std::optional(QList{ana}));
    QCOMPARE(parsed->in, std::optional(QList{help}));
    QCOMPARE(parsed->has, std::optional(QList{MessageTrait::Link}));
    QCOMPARE(parsed->search, std::optional(u"\"late parcel\" now"_s));
    QCOMPARE(parsed->before->toLocalTime().date(), QDate(2026, 3, 1));
    QVERIFY(messageQuery::parse(u"from:nobody x"_s, names).error().detail.contains(u"nobody"_s));
    QVERIFY(messageQuery::parse(u"has:wings"_s, names).error().detail.contains(u"link"_s));
    QVERIFY(messageQuery::parse(u"before:yesterdayish"_s, names).error().detail.contains(u"2026-03-01"_s));
}

void TestChatPage::byKeyboardAlone()
{
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    const QUuid id = channel(u"aaa-keyboard"_s, desk.me());
    QTRY_VERIFY_WITH_TIMEOUT(desk.row(id), patience);
    desk.window.navigation().open(u"jobs"_s);
    desk.press("G, C");
    QTRY_COMPARE_WITH_TIMEOUT(desk.window.navigation().currentId(), u"chat"_s, patience);
    const auto reached = [&] {
        if (desk.chat()->feed().place().channelId == id)
            return true;
        desk.press("Alt+Down");
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(reached(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.chat()->feed().showsCache() && desk.editor().hasFocus(), patience);
    QTest::keyClicks(QApplication::focusWidget(), u"go to gate"_s); // letters stay letters
    QCOMPARE(desk.editor().toPlainText(), u"go to gate"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(desk.stateOf(u"go to gate"_s), DeliveryState::Sent, patience);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    const auto atMessages = [&] {
        if (desk.messages().hasFocus())
            return true;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(atMessages(), patience);
    QTest::keyClick(&desk.messages(), Qt::Key_P);
    QTRY_VERIFY_WITH_TIMEOUT(desk.conversation().at(0).isPinned, patience);
    QTest::keyClick(&desk.messages(), Qt::Key_T);
    QTRY_VERIFY_WITH_TIMEOUT(desk.chat()->view().thread().isVisible(), patience);
    for (const QWidget *named :
         std::initializer_list<QWidget *>{&desk.messages(), &desk.editor(), &desk.chat()->view().list().view()})
        QVERIFY(!named->accessibleName().isEmpty());
}

void TestChatPage::assistantsAreMadeAskedAndRemoved()
{
    NewTemplate input;
    input.name = u"Asked"_s;
    input.version.userPrompt = u"{{question}}"_s;
    input.version.variablesSchema =
        QJsonObject{{u"type"_s, u"object"_s},
                    {u"properties"_s, QJsonObject{{u"question"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    input.version.defaultModel = u"demo/echo"_s;
    asOwner(endpoints::templates::create.at(), input);
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    desk.run(u"chat.assistants"_s);
    auto *all = desk.chat()->findChild<AssistantsDialog *>();
    auto *list = all->findChild<QListWidget *>();
    const auto press = [](QWidget *within, const QString &text) {
        for (QPushButton *button : within->findChildren<QPushButton *>())
            if (button->isVisible() && button->isEnabled() && button->text() == text)
                return button->click();
        QFAIL(qPrintable(text));
    };
    const auto namesOnServer = [&] {
        QStringList names;
        for (const Assistant &one : asOwner(endpoints::assistants::list.at(), AssistantFilter{}).items)
            names << one.name;
        return names;
    };
    press(all, u"New assistant…"_s);
    auto *form = all->findChild<AssistantDialog *>();
    QTest::keyClicks(form->findChildren<TextField *>()[0]->edit(), u"Echo @ work"_s); // no name with an @
    auto *choice = form->findChildren<SearchSelect *>()[0];
    QTRY_VERIFY_WITH_TIMEOUT(choice->findText(u"Asked"_s) >= 0, patience);
    choice->lineEdit()->setFocus();
    choice->lineEdit()->selectAll();
    QTest::keyClicks(choice->lineEdit(), u"Asked"_s);
    QTest::keyClick(choice->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(choice->completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE(choice->currentText(), u"Asked"_s);
    press(form, u"Create assistant"_s);
    QTRY_VERIFY_WITH_TIMEOUT(form->findChildren<TextField *>()[0]->hasError(), patience); // said at its field
    form->findChildren<TextField *>()[0]->setText(u"Echo"_s);
    press(form, u"Create assistant"_s);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QVERIFY(list->item(0)->text().contains(u"Asked"_s));
    QCOMPARE(namesOnServer(), QStringList{u"Echo"_s});

    // Asked in a conversation of its own.
    press(all, u"Write to it"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.row(desk.chat()->feed().place().channelId), patience);
    desk.write(u"Is anybody there?"_s);
    const auto isAnswered = [&] {
        return desk.conversation().count() == 2 && desk.conversation().at(1).isFromAssistant
            && desk.conversation().at(1).state == DeliveryState::Sent;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAnswered(), patience);
    QVERIFY(desk.conversation().at(1).text.contains(u"Is anybody there?"_s));
    for (const MessageAction action : {MessageAction::Regenerate, MessageAction::RateUp, MessageAction::RateDown}) {
        QVERIFY(desk.messages().permits(1, action));
        QVERIFY(!desk.messages().permits(0, action)); // what a person has written
    }
    const QUuid answerId = desk.conversation().at(1).id;
    ApiClient &own = desk.client.workspace()->api();
    const auto answers = [&] { return answer(own, endpoints::assistants::answers.at(answerId), Nothing{}).items; };
    Q_EMIT desk.messages().actionRequested(MessageAction::RateDown, answerId);
    QTRY_COMPARE_WITH_TIMEOUT(answers().first().downCount, 1, patience);
    Q_EMIT desk.messages().actionRequested(MessageAction::Regenerate, answerId);
    QTRY_COMPARE_WITH_TIMEOUT(answers().size(), 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isAnswered(), patience);

    // Changed, then removed after a question.
    desk.run(u"chat.assistants"_s);
    QTRY_VERIFY(all = desk.chat()->findChild<AssistantsDialog *>());
    list = all->findChild<QListWidget *>();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    press(all, u"Change…"_s);
    form = all->findChild<AssistantDialog *>();
    QCOMPARE(form->findChildren<SearchSelect *>()[0]->currentText(), u"Asked"_s);
    form->findChildren<TextField *>()[0]->setText(u"Parrot"_s);
    press(form, u"Save assistant"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list->item(0)->text().startsWith(u"Parrot"_s), patience);
    QCOMPARE(namesOnServer(), QStringList{u"Parrot"_s});
    press(all, u"Remove…"_s);
    press(qobject_cast<Dialog *>(QApplication::activeModalWidget()), u"Remove"_s);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 0, patience);
    QCOMPARE(namesOnServer(), QStringList());
}

void TestChatPage::draftsAreOnEveryMachine()
{
    QTemporaryDir other;
    QUuid help, quiet;
    {
        ChatWindow desk(m_stack, m_folder->path());
        QVERIFY(desk.open() && desk.waitUntilLive());
        help = channel(u"drafts"_s, desk.me());
        quiet = channel(u"drafts-too"_s, desk.me());
        QVERIFY(desk.openChannel(help));
        desk.editor().setFocus();
        QTest::keyClicks(&desk.editor(), u"Half a thou"_s);
        ApiClient &own = desk.client.workspace()->api();
        const auto onServer = [&] { return draftsOnServer(own, help); };
        QTRY_COMPARE_WITH_TIMEOUT(onServer(), QStringList{u"Half a thou"_s}, patience);
        // What another machine makes of it is taken over, and so is that it was discarded.
        answer(own, endpoints::messages::saveDraft.at(help), ChannelDraftInput{u"Half a thought"_s});
        QTRY_COMPARE_WITH_TIMEOUT(desk.editor().toPlainText(), u"Half a thought"_s, patience);
        desk.write(u" more"_s); // and sent: nothing is left of it
        QTRY_COMPARE_WITH_TIMEOUT(textsOnServer(help), QStringList{u"Half a thought more"_s}, patience);
        QTRY_COMPARE_WITH_TIMEOUT(onServer(), QStringList(), patience);
        answer(own, endpoints::messages::saveDraft.at(quiet), ChannelDraftInput{u"From the train"_s});
    }
    // A machine that has never seen the channel.
    ChatWindow desk(m_stack, other.path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    QVERIFY(desk.openChannel(quiet));
    QTRY_COMPARE_WITH_TIMEOUT(desk.editor().toPlainText(), u"From the train"_s, patience);
    desk.editor().selectAll();
    QTest::keyClick(&desk.editor(), Qt::Key_Delete);
    ApiClient &own = desk.client.workspace()->api();
    QTRY_COMPARE_WITH_TIMEOUT(draftsOnServer(own, quiet), QStringList(), patience);
}

void TestChatPage::aTemplateIsWrittenWith()
{
    NewTemplate input;
    input.name = u"Greet a customer"_s;
    input.version.userPrompt = u"Dear {{customer}},\nthank you for order {{order}}."_s;
    const QJsonObject text{{u"type"_s, u"string"_s}};
    input.version.variablesSchema = QJsonObject{
        {u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"customer"_s, text}, {u"order"_s, text}}}};
    input.version.defaultModel = u"demo/echo"_s;
    asOwner(endpoints::templates::create.at(), input);
    ChatWindow desk(m_stack, m_folder->path());
    QVERIFY(desk.open() && desk.waitUntilLive());
    QVERIFY(desk.openChannel(channel(u"letters"_s, desk.me())));
    IconButton *button = nullptr;
    for (IconButton *one : desk.chat()->view().composer().findChildren<IconButton *>())
        if (one->accessibleName() == u"Use a template"_s)
            button = one;
    QVERIFY(button);
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible(), patience); // once there are some
    ComposerEdit &editor = desk.editor();
    QAbstractItemView *offered = editor.findChild<QCompleter *>()->popup();
    editor.setFocus();
    QTest::keyClicks(&editor, u"/greet"_s);
    QTRY_VERIFY(offered->isVisible());
    QTest::keyClick(offered, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(editor.toPlainText(), u"Dear {{customer}},\nthank you for order {{order}}."_s, patience);
    QCOMPARE(editor.textCursor().selectedText(), u"{{customer}}"_s);
    QTest::keyClicks(&editor, u"Ana"_s);
    QCOMPARE(editor.toPlainText(), u"Dear Ana,\nthank you for order {{order}}."_s);
    // By the mouse too, in front of what is there.
    editor.setPlainText(u"Best wishes"_s);
    editor.moveCursor(QTextCursor::End);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(editor.toPlainText(), u"/Best wishes"_s);
    QTRY_VERIFY(offered->isVisible());
    QTest::keyClick(offered, Qt::Key_Escape);
    QTRY_VERIFY(!offered->isVisible());
}

QTEST_MAIN(TestChatPage)
#include "tst_chat_page.moc"
