// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/messages_dialog.h"

#include "client/chat/chat_looks.h"
#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "shared/chat/endpoints.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

constexpr int foundPage = 50;
constexpr qsizetype mostFound = 2000;

} // namespace

MessagesDialog::MessagesDialog(Workspace &workspace, const QString &title, QWidget *parent)
    : Dialog(title, Length::DialogMedium, parent),
      m_workspace(workspace),
      m_list(new QListWidget),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setAccessibleName(tr("Messages"));
    m_list->setMinimumHeight(px(Length::PaletteHeight));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_note->setWordWrap(true);
    body()->addWidget(m_list);
    body()->addWidget(m_note);
    addCancel(tr("Close"));
    Button *open = addMain(tr("Go to message"));
    open->setEnabled(false);
    connect(m_list, &QListWidget::currentRowChanged, open, [open](int row) { open->setEnabled(row >= 0); });
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::accept);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_list->verticalScrollBar()->maximum())
            loadMore();
    });
    connect(this, &QDialog::accepted, this, [this] {
        if (m_list->currentRow() >= 0)
            Q_EMIT chosen(m_messages[m_list->currentRow()]);
    });
}

MessagesDialog *MessagesDialog::search(Workspace &workspace, const messageQuery::Names &names, const QUuid &channel,
                                       const QString &channelTitle, QWidget *parent)
{
    auto *dialog = new MessagesDialog(
        workspace, channel.isNull() ? tr("Search messages") : tr("Search in %1").arg(channelTitle), parent);
    dialog->m_names = names;
    dialog->m_channel = channel;
    dialog->m_words = new SearchField(tr("Words, from: in: before: after: has:"));
    dialog->body()->insertWidget(0, dialog->m_words);
    dialog->m_note->setText(
        tr("“in quotes” finds words in a row; from:\"Ana Prado\" in:help before:2026-03-01 has:link "
           "narrow it down."));
    connect(dialog->m_words, &SearchField::textSettled, dialog, &MessagesDialog::find);
    dialog->m_words->setFocus();
    return dialog;
}

MessagesDialog *MessagesDialog::pins(Workspace &workspace, const QUuid &channel, const QString &channelTitle,
                                     QWidget *parent)
{
    auto *dialog = new MessagesDialog(workspace, tr("Pinned in %1").arg(channelTitle), parent);
    MessageFilter filter;
    filter.pinned = true;
    filter.limit = 500;
    dialog->m_call = workspace.api().call(
        endpoints::messages::list.at(channel), filter, dialog, [dialog](const Result<Page<ChatMessage>> &page) {
            dialog->show(page, tr("Nothing is pinned here yet. P pins the message that the keyboard is at."));
        });
    return dialog;
}

void MessagesDialog::find()
{
    m_call.cancel();
    m_cursor.reset();
    m_messages.clear();
    m_list->clear();
    if (m_words->text().trimmed().isEmpty())
        return m_note->setText({});
    const auto parsed = messageQuery::parse(m_words->text(), m_names);
    if (!parsed)
        return m_note->setText(parsed.error().detail);
    m_search = *parsed;
    m_search.limit = foundPage;
    if (!m_channel.isNull() && !m_search.in)
        m_search.in = QList{m_channel};
    m_note->setText(tr("Searching…"));
    m_call = m_workspace.api().call(endpoints::messages::search, m_search, this,
                                    [this](const Result<Page<ChatMessage>> &page) {
                                        show(page, tr("No message matches. Fewer words or filters find more."));
                                    });
}

void MessagesDialog::loadMore()
{
    if (!m_cursor || m_call.isPending() || m_messages.size() >= mostFound)
        return;
    m_search.cursor = m_cursor;
    m_call = m_workspace.api().call(endpoints::messages::search, m_search, this,
                                    [this](const Result<Page<ChatMessage>> &page) { show(page, {}); });
}

void MessagesDialog::show(const Result<Page<ChatMessage>> &page, const QString &none)
{
    m_call = {};
    if (!page)
        return m_note->setText(page.error().detail);
    m_cursor = m_words ? page->nextCursor : std::nullopt;
    for (const ChatMessage &message : page->items) {
        m_messages.append(message);
        const QString place = message.channelName.isEmpty() ? QString() : u" · #"_s + message.channelName;
        auto *item =
            new QListWidgetItem(u"%1%2 · %3\n%4"_s.arg(message.authorName, place, amounts::moment(message.createdAt),
                                                       chatLooks::firstLine(message.text)),
                                m_list);
        item->setToolTip(chatLooks::firstLine(message.text));
    }
    if (m_messages.isEmpty())
        return m_note->setText(none);
    m_note->setText(m_cursor ? tr("%n found so far, more as you scroll", nullptr, int(m_messages.size()))
                             : tr("%n found", nullptr, int(m_messages.size())));
    if (m_list->currentRow() < 0)
        m_list->setCurrentRow(0);
}
