// SPDX-License-Identifier: GPL-3.0-or-later
// Which templates TemplatesPage shows, and how that is kept from one start to the next.
#include "client/templates/template_editor.h"
#include "client/templates/templates_page.h"
#include "client/widgets/controls.h"
#include "client/widgets/filter_bar.h"

#include <QJsonArray>
#include <QMenu>

#include <set>

using namespace Qt::StringLiterals;

namespace {

const auto anyFolder = u"folder"_s;
const auto anyTag = u"tag"_s;

bool contains(const PromptTemplate &one, const QString &search)
{
    return search.isEmpty() || one.name.contains(search, Qt::CaseInsensitive)
        || one.slug.contains(search, Qt::CaseInsensitive) || one.description.contains(search, Qt::CaseInsensitive);
}

bool isInFolder(const PromptTemplate &one, const QString &folder)
{
    return one.folder == folder || one.folder.startsWith(folder + u'/');
}

} // namespace

QString TemplatesPage::filteredFolder() const
{
    for (const FilterBar::Condition &condition : m_filters->conditions())
        if (condition.id == anyFolder)
            return condition.value;
    return {};
}

QJsonObject TemplatesPage::viewState() const
{
    QJsonArray conditions;
    for (const FilterBar::Condition &condition : m_filters->conditions())
        conditions.append(QJsonObject{{u"id"_s, condition.id}, {u"value"_s, condition.value}});
    QJsonObject state{{u"search"_s, m_filters->search()->text()}, {u"filters"_s, conditions}};
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
        if (id == anyFolder || id == anyTag)
            conditions.append({id, id == anyFolder ? tr("Folder") : tr("Tag"), text, text});
    }
    m_filters->setConditions(conditions);
    renewFilter();
    const QUuid open = QUuid::fromString(state.value(u"open"_s).toString());
    if (!open.isNull())
        openTemplate(open);
    else if (isEditing())
        showList();
}

void TemplatesPage::renewFilter()
{
    const QString search = m_filters->search()->text().trimmed();
    const auto conditions = m_filters->conditions();
    m_model.setFilter([search, conditions](const PromptTemplate &one) {
        for (const FilterBar::Condition &condition : conditions) {
            if (condition.id == anyFolder && !isInFolder(one, condition.value))
                return false;
            if (condition.id == anyTag && !one.tags.contains(condition.value))
                return false;
        }
        return contains(one, search);
    });
    renewEmpty();
    renewFooter();
    Q_EMIT viewChanged();
}

void TemplatesPage::offerFilters()
{
    std::set<QString> folders, tags;
    for (const PromptTemplate &one : m_library.templates()) {
        for (QString folder = one.folder; !folder.isEmpty(); folder = folder.section(u'/', 0, -2))
            folders.insert(folder);
        tags.insert(one.tags.begin(), one.tags.end());
    }
    QMenu *menu = m_filters->addMenu();
    menu->clear();
    const auto offer = [&](const QString &id, const QString &title, const std::set<QString> &values) {
        QMenu *choices = menu->addMenu(title);
        choices->setEnabled(!values.empty());
        for (const QString &value : values)
            choices->addAction(value, this, [this, id, title, value] {
                m_filters->setCondition({id, title, value, value});
            });
    };
    offer(anyFolder, tr("Folder"), folders);
    offer(anyTag, tr("Tag"), tags);
}
