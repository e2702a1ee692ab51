// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/assistants_dialog.h"

#include "client/chat/assistant_dialog.h"
#include "client/design/icon.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/chat/assistant_endpoints.h"

#include <QBoxLayout>
#include <QListWidget>
#include <QShortcut>

using namespace Qt::StringLiterals;

namespace {

constexpr int allAssistants = 500; // a tenant has no more
constexpr int assistantRole = Qt::UserRole;

QString shownTemplate(const Assistant &assistant)
{
    if (assistant.templateSlug.isEmpty())
        return AssistantsDialog::tr("its template was removed");
    if (assistant.label)
        return u"%1 · %2"_s.arg(assistant.templateName, *assistant.label);
    return assistant.version ? u"%1 · v%2"_s.arg(assistant.templateName).arg(*assistant.version)
                             : assistant.templateName;
}

} // namespace

AssistantsDialog::AssistantsDialog(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : Dialog(tr("Assistants"), Length::DialogMedium, parent),
      m_workspace(workspace),
      m_library(library),
      m_search(new SearchField(tr("Find by name"))),
      m_list(new QListWidget),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_add(new Button(tr("New assistant…"), u"plus"_s)),
      m_change(new Button(tr("Change…"), u"pencil"_s)),
      m_remove(new Button(tr("Remove…"), u"trash-2"_s))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setAccessibleName(tr("Assistants"));
    m_list->setMinimumHeight(px(Length::PaletteHeight) / 2);
    m_note->setWordWrap(true);
    body()->addWidget(m_search);
    body()->addWidget(m_list);
    body()->addWidget(m_note);
    body()->addLayout(layout::row({m_add, m_change, m_remove, layout::stretch()}));
    addCancel(tr("Close"));
    m_talk = addMain(tr("Write to it"));
    const AccountSession &session = workspace.session();
    m_add->setVisible(session.can(Ability::AssistantsCreate));
    m_change->setVisible(session.can(Ability::AssistantsUpdate));
    m_remove->setVisible(session.can(Ability::AssistantsDelete));
    m_talk->setVisible(session.can(Ability::ChannelsCreate));
    connect(m_search, &QLineEdit::textChanged, this, &AssistantsDialog::fill);
    connect(m_list, &QListWidget::currentRowChanged, this, &AssistantsDialog::renew);
    connect(m_list, &QListWidget::itemActivated, this, &QDialog::accept);
    connect(m_add, &QAbstractButton::clicked, this, [this] { edit({}); });
    connect(m_change, &QAbstractButton::clicked, this, [this] {
        if (const Assistant *assistant = current())
            edit(*assistant);
    });
    connect(m_remove, &QAbstractButton::clicked, this, &AssistantsDialog::askRemove);
    connect(new QShortcut(Qt::Key_Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            &AssistantsDialog::askRemove);
    connect(this, &QDialog::accepted, this, [this] {
        if (const Assistant *assistant = current())
            Q_EMIT talkRequested(assistant->id);
    });
    renew();
    load();
    m_search->setFocus();
}

void AssistantsDialog::load()
{
    AssistantFilter filter;
    filter.limit = allAssistants;
    m_call.cancel();
    m_call =
        m_workspace.api().call(endpoints::assistants::list, filter, this, [this](const Result<Page<Assistant>> &page) {
            m_call = {};
            m_problem = page ? QString() : page.error().detail;
            if (page)
                m_assistants = page->items;
            fill();
        });
    renew();
}

// A list that was asked for before a change may not know of it.
void AssistantsDialog::readAnewWhatIsOnItsWay()
{
    if (m_call.isPending())
        load();
}

void AssistantsDialog::fill()
{
    const QVariant before = m_list->currentItem() ? m_list->currentItem()->data(assistantRole) : QVariant();
    const QString search = m_search->text().trimmed();
    m_list->clear();
    for (const Assistant &assistant : std::as_const(m_assistants)) {
        if (!assistant.name.contains(search, Qt::CaseInsensitive))
            continue;
        auto *item = new QListWidgetItem(themedIcon(u"sparkles"_s),
                                         u"%1 — %2"_s.arg(assistant.name, shownTemplate(assistant)), m_list);
        item->setData(assistantRole, assistant.id);
        item->setToolTip(assistant.description);
        if (before == assistant.id)
            m_list->setCurrentItem(item);
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    renew();
}

void AssistantsDialog::renew()
{
    const Assistant *assistant = current();
    for (Button *button : {m_change, m_remove, m_talk})
        button->setEnabled(assistant);
    if (assistant)
        m_note->setText(assistant->description.isEmpty() ? tr("Made by %1.").arg(assistant->authorName)
                                                         : assistant->description);
    else if (m_call.isPending() || !m_problem.isEmpty())
        m_note->setText(m_call.isPending() ? tr("The assistants are on their way.") : m_problem);
    else
        m_note->setText(m_assistants.isEmpty()
                            ? tr("No assistant yet. One answers with a template of yours: when it is mentioned in a "
                                 "channel, and to each message in a conversation of its own.")
                            : tr("No assistant is found by this name."));
}

const Assistant *AssistantsDialog::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    for (const Assistant &assistant : m_assistants)
        if (item && item->data(assistantRole) == assistant.id)
            return &assistant;
    return nullptr;
}

void AssistantsDialog::edit(const std::optional<Assistant> &assistant)
{
    auto *dialog = new AssistantDialog(m_library, assistant, this);
    const auto saved = [this, dialog = QPointer(dialog)](const Result<Assistant> &reply) {
        if (reply) {
            m_assistants.removeIf([&](const Assistant &one) { return one.id == reply->id; });
            const auto place = std::lower_bound(
                m_assistants.begin(), m_assistants.end(), *reply,
                [](const Assistant &a, const Assistant &b) { return a.name.localeAwareCompare(b.name) < 0; });
            m_assistants.insert(place, *reply);
            m_search->clear();
            fill();
            for (int row = 0; row < m_list->count(); ++row)
                if (m_list->item(row)->data(assistantRole) == reply->id)
                    m_list->setCurrentRow(row);
            readAnewWhatIsOnItsWay();
        }
        if (!dialog)
            return;
        if (reply)
            dialog->done(QDialog::Accepted);
        else
            dialog->showError(reply.error());
    };
    connect(dialog, &AssistantDialog::created, this, [this, saved](const NewAssistant &input) {
        m_workspace.api().call(endpoints::assistants::create, input, this, saved);
    });
    connect(dialog, &AssistantDialog::changed, this, [this, saved, assistant](const AssistantChange &change) {
        m_workspace.api().call(endpoints::assistants::update.at(assistant->id), change, this, saved,
                               {.revision = assistant->revision});
    });
    dialog->open();
}

void AssistantsDialog::askRemove()
{
    const Assistant *assistant = current();
    if (!assistant || !m_workspace.session().can(Ability::AssistantsDelete))
        return;
    Dialog *question = Dialog::question(tr("Remove “%1”?").arg(assistant->name),
                                        tr("It leaves all channels. What it has written stays."), tr("Remove"), this);
    connect(question, &QDialog::accepted, this, [this, id = assistant->id] { remove(id); });
    question->open();
}

void AssistantsDialog::remove(const QUuid &id)
{
    m_workspace.api().call(endpoints::assistants::remove.at(id), {}, this, [this, id](const Result<Nothing> &reply) {
        if (!reply && reply.error().status != 404) // somebody else has removed it: as good
            return m_note->setText(reply.error().detail);
        m_assistants.removeIf([&](const Assistant &one) { return one.id == id; });
        fill();
        readAnewWhatIsOnItsWay();
    });
}
