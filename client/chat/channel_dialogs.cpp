// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/channel_dialogs.h"

#include "client/chat/chat_looks.h"
#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/chat/endpoints.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestChannelName = 60;
constexpr int longestTopic = 250;
constexpr int idRole = Qt::UserRole;

QListWidget *newList(const QString &name)
{
    auto *list = new QListWidget;
    list->setAccessibleName(name);
    list->setMinimumHeight(px(Length::PaletteHeight) / 2);
    list->setUniformItemSizes(true);
    return list;
}

} // namespace

ChannelDialog::ChannelDialog(const std::optional<Channel> &channel, QWidget *parent)
    : Dialog(channel ? tr("Edit channel") : tr("New channel"), Length::DialogSmall, parent),
      m_name(new TextField(tr("Name"))),
      m_topic(new TextField(tr("Topic")))
{
    m_name->edit()->setMaxLength(longestChannelName);
    m_name->setHelp(tr("Small letters, digits and hyphens, for example refund-questions."));
    m_topic->edit()->setMaxLength(longestTopic);
    m_topic->setHelp(tr("What it is for, in a line. May stay empty."));
    body()->addWidget(m_name);
    body()->addWidget(m_topic);
    if (channel) {
        m_name->setText(channel->name);
        m_topic->setText(channel->topic);
    } else {
        m_kind = new SegmentedControl(tr("Who can join"));
        m_kind->setChoices({tr("Public"), tr("Private")});
        auto *kind = new FormField(tr("Who can join"), m_kind);
        kind->setHelp(tr("Public channels can be read and joined by your tenant, private ones only by members."));
        body()->addWidget(kind);
    }
    addCancel();
    m_save = addMain(channel ? tr("Save channel") : tr("Create channel"));
    const auto renew = [this] { m_save->setEnabled(!cleanName().isEmpty()); };
    connect(m_name->edit(), &QLineEdit::textChanged, this, renew);
    renew();
    m_name->edit()->setFocus();
}

QString ChannelDialog::cleanName() const
{
    static const QRegularExpression gaps(u"[\\s_]+"_s);
    QString name = m_name->text().trimmed().toLower().replace(gaps, u"-"_s);
    while (name.startsWith(u'#'))
        name.remove(0, 1);
    return name;
}

void ChannelDialog::accept()
{
    NewChannel channel;
    channel.kind = m_kind && m_kind->current() == 1 ? ChannelKind::Private : ChannelKind::Public;
    channel.name = cleanName();
    channel.topic = m_topic->text().trimmed();
    m_save->setEnabled(false);
    Q_EMIT submitted(channel);
}

void ChannelDialog::showError(const ApiError &error)
{
    m_save->setEnabled(true);
    if (!showProblems(error.errors, {{u"/name"_s, m_name}, {u"/topic"_s, m_topic}}) || error.errors.isEmpty())
        m_name->setError(error.detail);
    fitContent();
}

PeopleDialog::PeopleDialog(const QString &title, const QString &action, ChatPeople *people, const QList<QUuid> &leftOut,
                           qsizetype most, QWidget *parent)
    : Dialog(title, Length::DialogSmall, parent),
      m_people(people),
      m_leftOut(leftOut),
      m_most(most),
      m_search(new SearchField(tr("Find by name"))),
      m_list(newList(tr("People"))),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    people->setParent(this);
    m_note->setWordWrap(true);
    body()->addWidget(m_search);
    body()->addWidget(m_list);
    body()->addWidget(m_note);
    addCancel();
    m_action = addMain(action);
    connect(m_search, &QLineEdit::textChanged, this, &PeopleDialog::fill);
    connect(m_people, &ChatPeople::changed, this, &PeopleDialog::fill);
    connect(m_people, &ChatPeople::failed, this, [this](const ApiError &error) { showError(error.detail); });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        const QUuid id = item->data(idRole).toUuid();
        if (item->checkState() != Qt::Checked)
            m_chosen.remove(id);
        else
            for (const ChannelMember &one : m_people->all())
                if (one.id == id)
                    m_chosen.insert(id, one);
        renew();
    });
    people->load();
    fill();
    m_search->setFocus();
}

void PeopleDialog::fill()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const ChannelMember &one : m_people->all()) {
        if (m_leftOut.contains(one.id) || !one.name.contains(m_search->text().trimmed(), Qt::CaseInsensitive))
            continue;
        const bool isAssistant = one.kind == ChatPartyKind::Assistant;
        auto *item = new QListWidgetItem(themedIcon(isAssistant ? u"sparkles"_s : u"user"_s), one.name, m_list);
        item->setData(idRole, one.id);
        item->setCheckState(m_chosen.contains(one.id) ? Qt::Checked : Qt::Unchecked);
    }
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
    renew();
}

void PeopleDialog::renew()
{
    const auto count = m_chosen.size();
    m_action->setEnabled(count > 0 && count <= m_most);
    QStringList names;
    for (const ChannelMember &one : std::as_const(m_chosen))
        names << one.name;
    names.sort(Qt::CaseInsensitive);
    m_note->setText(count > m_most             ? tr("%n can be chosen at most.", nullptr, int(m_most))
                        : count > 0            ? names.join(u", "_s)
                        : m_list->count() == 0 ? tr("Nobody is found by this name.")
                                               : tr("Space chooses, typing above narrows the list."));
}

QList<ChannelMember> PeopleDialog::chosen() const { return m_chosen.values(); }

void PeopleDialog::accept()
{
    m_action->setEnabled(false);
    Q_EMIT submitted();
}

void PeopleDialog::showError(const QString &error)
{
    renew();
    m_note->setText(error);
}

BrowseChannelsDialog::BrowseChannelsDialog(Workspace &workspace, QWidget *parent)
    : Dialog(tr("Channels to join"), Length::DialogSmall, parent),
      m_workspace(workspace),
      m_search(new SearchField(tr("Find by name or topic"))),
      m_list(newList(tr("Channels"))),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    m_note->setWordWrap(true);
    body()->addWidget(m_search);
    body()->addWidget(m_list);
    body()->addWidget(m_note);
    addCancel();
    Button *open = addMain(tr("Open channel"));
    connect(m_search, &SearchField::textSettled, this, &BrowseChannelsDialog::load);
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::accept);
    connect(m_list, &QListWidget::currentRowChanged, open, [open](int row) { open->setEnabled(row >= 0); });
    connect(this, &QDialog::accepted, this, [this] {
        if (m_list->currentRow() >= 0)
            Q_EMIT chosen(m_entries[m_list->currentRow()]);
    });
    open->setEnabled(false);
    load({});
    m_search->setFocus();
}

void BrowseChannelsDialog::load(const QString &search)
{
    ChannelFilter filter;
    filter.scope = ChannelScope::Open;
    filter.limit = 500;
    if (!search.trimmed().isEmpty())
        filter.search = search.trimmed();
    m_call.cancel();
    m_call =
        m_workspace.api().call(endpoints::channels::list, filter, this, [this](const Result<Page<ChannelEntry>> &page) {
            m_list->clear();
            m_entries.clear();
            if (!page)
                return m_note->setText(page.error().detail);
            for (const ChannelEntry &entry : page->items) {
                m_entries.append(entry);
                QString text = u'#' + entry.channel.name;
                if (!entry.channel.topic.isEmpty())
                    text += u" — "_s + entry.channel.topic;
                if (entry.membership)
                    text += u" · "_s + tr("joined");
                new QListWidgetItem(themedIcon(u"hash"_s), text, m_list);
            }
            m_note->setText(page->nextCursor          ? tr("There are more: narrow them by name.")
                                : m_entries.isEmpty() ? tr("No channel is open to you by this name.")
                                                      : tr("Return opens one; joining is offered above its messages."));
            if (!m_entries.isEmpty())
                m_list->setCurrentRow(0);
        });
}
