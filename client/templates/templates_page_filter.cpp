// SPDX-License-Identifier: GPL-3.0-or-later
// Which templates TemplatesPage shows, and how that is kept from one start to the next.
#include "client/templates/template_editor.h"
#include "client/templates/template_folders.h"
#include "client/templates/templates_page.h"
#include "client/widgets/controls.h"
#include "client/widgets/filter_bar.h"

#include <QJsonArray>
#include <QMenu>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace {

const auto tagPrefix = u"tag/"_s; // one condition for each: all of them must be there
const auto labelPrefix = u"label/"_s;
constexpr int shortestSearch = 2; // letters for which the server is asked as well

bool contains(const PromptTemplate &one, const QString &search)
{
    const auto has = [&](const QString &text) { return text.contains(search, Qt::CaseInsensitive); };
    return search.isEmpty() || has(one.name) || has(one.slug) || has(one.description)
        || std::any_of(one.tags.begin(), one.tags.end(), has);
}

bool isInFolder(const PromptTemplate &one, const QString &folder)
{
    return folder.isEmpty() || one.folder == folder || one.folder.startsWith(folder + u'/');
}

} // namespace

QString TemplatesPage::chosenFolder() const { return m_folders->folder(); }
bool TemplatesPage::showsRemoved() const { return m_folders->place() == TemplateFolders::Place::Removed; }

QJsonObject TemplatesPage::viewState() const
{
    QJsonArray conditions;
    for (const FilterBar::Condition &condition : m_filters->conditions())
        conditions.append(QJsonObject{{u"id"_s, condition.id}, {u"value"_s, condition.value}});
    QJsonObject state{{u"search"_s, m_filters->search()->text()},
                      {u"filters"_s, conditions},
                      {u"folder"_s, chosenFolder()},
                      {u"removed"_s, showsRemoved()},
                      {u"collapsed"_s, QJsonArray::fromStringList(m_folders->collapsed())}};
    if (isEditing())
        state.insert(u"open"_s, m_editor->templateId().toString(QUuid::WithoutBraces));
    return state;
}

void TemplatesPage::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    QList<FilterBar::Condition> conditions;
    for (const QJsonValue &value : state.value(u"filters"_s).toArray()) {
        const QString id = value[u"id"_s].toString(), text = value[u"value"_s].toString();
        if (id.startsWith(tagPrefix) || id.startsWith(labelPrefix))
            conditions.append({id, id.startsWith(tagPrefix) ? tr("Tag") : tr("Label"), text, text});
    }
    QStringList collapsed;
    for (const QJsonValue &folder : state.value(u"collapsed"_s).toArray())
        collapsed << folder.toString();
    m_folders->setCollapsed(collapsed);
    const QString folder = state.value(u"folder"_s).toString();
    using Place = TemplateFolders::Place;
    m_folders->choose(state.value(u"removed"_s).toBool() ? Place::Removed
                          : folder.isEmpty()             ? Place::All
                                                         : Place::Folder,
                      folder);
    m_filters->setConditions(conditions);
    loadRemoved();
    renewFilter();
    const QUuid open = QUuid::fromString(state.value(u"open"_s).toString());
    if (!open.isNull())
        openTemplate(open);
    else if (isEditing())
        showList();
}

void TemplatesPage::renewFilter()
{
    const QString search = m_filters->search()->text().trimmed(), folder = chosenFolder();
    const auto conditions = m_filters->conditions();
    searchPrompts(search);
    m_model.setFilter([search, folder, conditions, found = m_found](const PromptTemplate &one) {
        for (const FilterBar::Condition &condition : conditions) {
            const auto stands = [&](const LabelPlace &place) { return place.label == condition.value; };
            if (condition.id.startsWith(tagPrefix) && !one.tags.contains(condition.value))
                return false;
            if (condition.id.startsWith(labelPrefix) && std::none_of(one.labels.begin(), one.labels.end(), stands))
                return false;
        }
        return isInFolder(one, folder) && (contains(one, search) || found.contains(one.id));
    });
    renewEmpty();
    renewFooter();
    Q_EMIT viewChanged();
}

// The prompts are searched by the server; what is known here is found at once.
void TemplatesPage::searchPrompts(const QString &text)
{
    if (text == m_searched)
        return;
    m_searched = text;
    m_found.clear();
    if (text.size() < shortestSearch)
        return;
    m_library.search(text, this, [this, text](const QSet<QUuid> &found) {
        if (text != m_searched || found == m_found)
            return;
        m_found = found;
        renewFilter();
    });
}

void TemplatesPage::offerFilters()
{
    std::set<QString> labels;
    for (const PromptTemplate &one : m_library.templates())
        for (const LabelPlace &place : one.labels)
            labels.insert(place.label);
    QMenu *menu = m_filters->addMenu();
    menu->clear();
    const auto offer = [&](const QString &prefix, const QString &title, const QStringList &values) {
        QMenu *choices = menu->addMenu(title);
        choices->setEnabled(!values.isEmpty());
        for (const QString &value : values)
            choices->addAction(value, this, [this, prefix, title, value] {
                m_filters->setCondition({prefix + value, title, value, value});
            });
    };
    offer(tagPrefix, tr("Tag"), m_library.tags());
    offer(labelPrefix, tr("Label"), QStringList(labels.begin(), labels.end()));
}
