// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the chat with a conversation as it comes about in a morning, to be looked at, with the checks of the
// other pictures. Without a server: what is shown is put in.
#include "client/chat/channel_list.h"
#include "client/chat/chat_header.h"
#include "client/chat/chat_view.h"
#include "client/chat/composer_edit.h"
#include "client/chat/conversation.h"
#include "client/chat/message_composer.h"
#include "client/chat/thread_pane.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/shell/language.h"
#include "tests/client/conversation_example.h"
#include "tests/gui/layout_check.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QDateTime>
#include <QDir>
#include <QPainter>
#include <QScrollBar>
#include <QTest>

using namespace Qt::StringLiterals;
using conversationExample::idOf;

namespace {

constexpr QSize pictureSize(1280, 800);

struct Form
{
    const char *name;
    bool dark;
    const char *language;
    const char *accent; // empty: the default
};

QList<Form> forms()
{
    if (qApp->devicePixelRatio() > 1)
        return {{"2x", false, "en", ""}, {"dark-orange-2x", true, "en", "#E8622C"}};
    return {{"light", false, "en", ""}, {"dark", true, "en", "#E8622C"}, {"pt-BR", false, "pt_BR", ""}};
}

qint64 today(int hour, int minute) { return QDateTime(QDate::currentDate(), QTime(hour, minute)).toMSecsSinceEpoch(); }

QUuid personOf(const QString &name) { return idOf(int(qHash(name, 1) % 1000) + 5000); }

QList<ChannelRow> channelRows()
{
    const auto row = [](ChannelSection section, const QString &name, const QString &preview, qint64 at,
                        int unread = 0) {
        ChannelRow channel;
        channel.id = idOf(int(qHash(name, 2) % 100'000));
        channel.section = section;
        channel.name = name;
        channel.preview = preview;
        channel.lastAt = at;
        channel.unread = unread;
        if (section == ChannelSection::Direct) {
            channel.personId = personOf(name);
            channel.presence = ChannelRow::Presence::Online;
        }
        return channel;
    };
    using enum ChannelSection;
    const qint64 day = 86'400'000;
    QList<ChannelRow> rows{
        row(Channels, u"order-refund-reply"_s, u"Assistant is writing…"_s, today(14, 7)),
        row(Channels, u"incidents"_s, u"Tom: error rate is back below one percent"_s, today(13, 58), 4),
        row(Channels, u"prompt-guild"_s, u"Ana: pushed the pt-BR dataset"_s, today(13, 21), 8),
        row(Channels, u"finance-llm"_s, u"Sofia: June invoice is approved"_s, today(11, 40), 3),
        row(Direct, u"Priya Nair"_s, u"Can you check the export?"_s, today(14, 1), 1),
        row(Direct, u"Tom Okafor"_s, u"You: thanks, merged"_s, today(12, 15)),
        row(Direct, u"Lucas Ferreira"_s, u"typing…"_s, today(12, 2)),
        row(Direct, u"Ana Beltrão"_s, u"See you tomorrow"_s, today(9, 0) - 4 * day),
        row(Assistants, u"Assistant"_s, u"Draft ready: churn summary"_s, today(10, 30)),
        row(Assistants, u"Assistant · SQL help"_s, u"Index suggestion for jobs table"_s, today(9, 0) - 4 * day)};
    rows[0].isTyping = rows[6].isTyping = true;
    rows[3].isMuted = true;
    rows[7].presence = ChannelRow::Presence::Offline;
    return rows;
}

class Morning
{
public:
    ConversationMessage &add(const QString &author, qint64 at, const QString &text)
    {
        ConversationMessage message;
        message.id = idOf(++m_sequence);
        message.sequence = m_sequence;
        message.authorName = author;
        message.authorId = personOf(author);
        message.isOwn = author == u"Marina Duarte"_s;
        message.isFromAssistant = author == u"Assistant"_s;
        message.createdAt = at;
        message.text = text;
        all << message;
        return all.last();
    }
    QList<ConversationMessage> all;

private:
    int m_sequence = 0;
};

QList<ConversationMessage> morning(bool isFinished)
{
    Morning morning;
    const qint64 yesterday = today(17, 40) - 86'400'000;
    morning.add(u"Priya Nair"_s, yesterday, u"Evaluation of v17 is done, I will read it tomorrow."_s);
    morning.add(u"Tom Okafor"_s, today(9, 11),
                u"Morning. Two customers got their answer in English although they wrote in Portuguese."_s);
    morning.add(u"Tom Okafor"_s, today(9, 12), u"Both orders came from the mobile app."_s).replyCount = 3;
    auto &looking = morning.add(
        u"Marina Duarte"_s, today(9, 18),
        u"Looking. I think the `language` variable is not reaching the prompt when the order comes from the mobile app."_s);
    looking.reactions = {{u"👍"_s, 3, true}, {u"👀"_s, 1, false}};
    looking.editedAt = today(9, 19);
    morning.add(u"Tom Okafor"_s, today(9, 24), u"Rolled back to **v16** for production, error rate is falling."_s);
    morning.add(u"Marina Duarte"_s, today(9, 25),
                u"@Assistant compare v16 and v17 of order-refund-reply and tell me what drops the language."_s);
    auto &answer = morning.add(
        u"Assistant"_s, today(9, 25),
        u"**v17 dropped the language guard.** In v16 the system message set the reply language; v17 moved it to a partial that is skipped when `channel` is `mobile`.\n\n| Version | pt-BR pass rate | Runs |\n|---|---|---|\n| v16 | 98.4 % | 1,204 |\n| v17 | 61.0 % | 311 |\n\nA safe fix is to read the language once, before the channel switch:\n\n```jinja\n{% set lang = customer.language or \"pt-BR\" %}\nReply in {{ lang }} and keep the order number {{ order_id }}.\n```\n\nI can open a draft version with this change and run"_s);
    answer.tokens = 214;
    if (isFinished) {
        answer.text += u" the evaluation again."_s;
        answer.costNanos = 2'140'000;
        answer.isPinned = true;
        auto &yes = morning.add(u"Marina Duarte"_s, today(9, 27),
                                u"Yes please. See https://patio.example/templates/order-refund-reply"_s);
        yes.quoted = {answer.id, u"Assistant"_s, u"v17 dropped the language guard."_s};
        morning.add(u"Lucas Ferreira"_s, today(9, 29), {}).deletedAt = today(9, 30);
        morning.add(u"Lucas Ferreira"_s, today(9, 31),
                    u"I take the mobile app:\n- read the profile\n- send `language`\n- test with *pt-BR* and *es*"_s);
        auto &failed = morning.add(u"Marina Duarte"_s, today(9, 33), u"Please also tell the people of #finance-llm"_s);
        failed.sequence = 0;
        failed.state = DeliveryState::Failed;
        failed.error = u"Not sent: the connection was lost"_s;
        auto &waiting = morning.add(u"Marina Duarte"_s, today(9, 34), u"And thanks!"_s);
        waiting.sequence = 0;
        waiting.state = DeliveryState::Waiting;
    } else {
        answer.state = DeliveryState::Streaming;
        answer.tokensPerSecond = 61;
    }
    return morning.all;
}

} // namespace

class ChatPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theChat();

private:
    void save(ChatView &chat, const QString &name, const Form &form);

    Theme m_theme;
    Language m_language;
    QString m_folder;
    QStringList m_problems;
};

void ChatPictures::initTestCase()
{
    m_theme.install();
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    QApplication::setCursorFlashTime(0);
}

void ChatPictures::save(ChatView &chat, const QString &name, const Form &form)
{
    for (int round = 0; round < 4; ++round) { // layouts settle in what is posted while they are settled
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    paint::ElisionLog elisions;
    QPixmap picture = chat.grab();
    for (QWidget *popup : QApplication::topLevelWidgets())
        if (popup != &chat && popup->isVisible()) {
            QPainter painter(&picture);
            painter.drawPixmap(chat.mapFromGlobal(popup->mapToGlobal(QPoint())), popup->grab());
        }
    const QString title = u"chat-%1-%2"_s.arg(name, QString::fromLatin1(form.name));
    QVERIFY(picture.save(u"%1/%2.png"_s.arg(m_folder, title)));
    const QStringList found = layoutCheck::shortenedTexts(&chat, elisions.texts()) + layoutCheck::clippedTexts(&chat)
        + layoutCheck::namelessControls(&chat);
    for (const QString &problem : found)
        m_problems << title + u": "_s + problem;
}

void ChatPictures::theChat()
{
    for (const Form &form : forms()) {
        m_theme.setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_theme.setAccentSeed(QColor(QString::fromLatin1(form.accent)));
        m_language.use(QString::fromLatin1(form.language));
        Conversation conversation, thread;
        ChatView chat;
        chat.setAutoFillBackground(true);
        chat.setBackgroundRole(QPalette::Base);
        chat.resize(pictureSize);
        chat.list().model().setChannels(channelRows());
        chat.header().setChannel(u"# order-refund-reply"_s,
                                 u"8 members · 5 online · linked to template order-refund-reply"_s,
                                 {{personOf(u"Priya Nair"_s).toString(QUuid::WithoutBraces), u"Priya Nair"_s},
                                  {personOf(u"Tom Okafor"_s).toString(QUuid::WithoutBraces), u"Tom Okafor"_s},
                                  {personOf(u"Marina Duarte"_s).toString(QUuid::WithoutBraces), u"Marina Duarte"_s},
                                  {personOf(u"Lucas Ferreira"_s).toString(QUuid::WithoutBraces), u"Lucas Ferreira"_s}});
        chat.composer().setPlaceholder(u"Message #order-refund-reply — @ to mention, / for templates"_s);
        chat.composer().setChoices(u'@',
                                   {{idOf(1), u"Assistant"_s, u"AI"_s, {}},
                                    {idOf(2), u"Ana Beltrão"_s, {}, {}},
                                    {idOf(3), u"Lucas Ferreira"_s, {}, {}}});
        chat.composer().setChoices(u':', {{{}, u"thumbsup"_s, {}, u"👍"_s}});
        chat.composer().setChoices(u'/', {{idOf(4), u"order-refund-reply"_s, {}, {}}});
        chat.composer().setTyping({u"Lucas"_s, u"Priya"_s});
        conversation.reset(morning(false));
        conversation.setReadSequence(4);
        chat.showConversation(channelRows().first().id, &conversation);
        chat.show();
        QVERIFY(QTest::qWaitForWindowActive(&chat));
        chat.view().scrollToEnd();
        save(chat, u"writing"_s, form);

        conversation.setReadSequence(-1);
        conversation.reset(morning(true));
        chat.composer().setTyping({});
        chat.view().setFocus(Qt::TabFocusReason);
        chat.view().setCurrentRow(9);
        save(chat, u"finished"_s, form);
        QTest::mouseMove(chat.view().viewport(), chat.view().rowRect(7).center());
        chat.view().scrollToRow(0);
        QTest::mouseMove(chat.view().viewport(), {300, chat.view().rowRect(2).center().y()});
        save(chat, u"beginning"_s, form);

        thread.reset(conversation.count() > 4 ? QList{conversation.at(2), conversation.at(3), conversation.at(4)}
                                              : QList<ConversationMessage>());
        chat.showThread(conversation.at(2).id, &thread);
        chat.composer().setHint(u"$ 12.40 left of the budget of July · about $ 0.002 for an answer"_s);
        chat.composer().setAnswering(true);
        chat.composer().beginQuote(conversation.at(4).id, u"Tom Okafor"_s, conversation.at(4).text);
        save(chat, u"thread"_s, form);

        chat.closeThread();
        chat.composer().endContext();
        chat.composer().setAnswering(false);
        chat.composer().edit().setFocus();
        QTest::keyClicks(&chat.composer().edit(), u"Thank you @a"_s);
        save(chat, u"mention"_s, form);
        chat.composer().edit().findChild<QCompleter *>()->popup()->hide();
        chat.composer().setText({});
        chat.composer().setDisabledReason(u"Only members write here. Join the channel first."_s);
        conversation.reset({});
        save(chat, u"empty"_s, form);
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(ChatPictures)
#include "chat_pictures.moc"
