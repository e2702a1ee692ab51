// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/model_choice.h"

#include "client/design/theme.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr int shownRows = 6;

QString allOf(const QString &model) { return model.section(u'/', 0, 0) + u"/*"_s; }

} // namespace

ModelChoice::ModelChoice(QWidget *parent)
    : QWidget(parent),
      m_search(new SearchField(tr("Find a model"))),
      m_list(new QListWidget),
      m_summary(new Label({}, TextStyle::Small, ColorRole::Text2))
{
    m_search->setAccessibleName(tr("Find a model"));
    m_list->setAccessibleName(tr("Models"));
    m_list->setUniformItemSizes(true);
    m_list->setFixedHeight(shownRows * px(Length::ControlSmall) + px(Length::Space8));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_summary->setWordWrap(true);
    setLayout(layout::column({m_search, m_list, m_summary}, Length::Space6));
    setFocusProxy(m_search);
    connect(m_search, &QLineEdit::textChanged, this, &ModelChoice::find);
    connect(m_list, &QListWidget::itemChanged, this, &ModelChoice::ticked);
    // A click on the text ticks as well as one on the box.
    connect(m_list, &QListWidget::itemActivated, this, [](QListWidgetItem *item) {
        if (item->flags() & Qt::ItemIsEnabled)
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    renew();
}

void ModelChoice::setOffered(const QStringList &models)
{
    m_offered = models;
    fill();
}

void ModelChoice::setChosen(const QStringList &models)
{
    m_chosen = models;
    fill();
}

QStringList ModelChoice::chosen() const { return m_chosen; }

// All of a provider first, then its models. What all of a provider covers already cannot be ticked singly.
void ModelChoice::fill()
{
    QStringList names = m_offered;
    for (const QString &model : m_chosen)
        if (!model.endsWith(u"/*"_s))
            names << model;
    for (const QString &model : QStringList(names) + m_chosen)
        names << allOf(model);
    names.removeDuplicates();
    std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) {
        const auto key = [](const QString &name) {
            return std::tuple(name.section(u'/', 0, 0), !name.endsWith(u"/*"_s), name);
        };
        return key(a) < key(b);
    });
    m_filling = true;
    const QString before = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
    m_list->clear();
    for (const QString &name : std::as_const(names)) {
        const bool isAll = name.endsWith(u"/*"_s);
        auto *item =
            new QListWidgetItem(isAll ? tr("%1: all of this provider, also new ones").arg(name) : name, m_list);
        item->setData(Qt::UserRole, name);
        item->setSizeHint({0, px(Length::ControlSmall)});
        const bool isCovered = !isAll && m_chosen.contains(allOf(name));
        item->setCheckState(isCovered || m_chosen.contains(name) ? Qt::Checked : Qt::Unchecked);
        item->setFlags(isCovered ? Qt::ItemIsUserCheckable | Qt::ItemIsSelectable
                                 : Qt::ItemIsUserCheckable | Qt::ItemIsSelectable | Qt::ItemIsEnabled);
        if (name == before)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_filling = false;
    find(m_search->text());
    renew();
}

void ModelChoice::ticked(QListWidgetItem *item)
{
    if (m_filling)
        return;
    const QString name = item->data(Qt::UserRole).toString();
    m_chosen.removeAll(name);
    if (item->checkState() == Qt::Checked) {
        if (name.endsWith(u"/*"_s))
            m_chosen.removeIf([&](const QString &model) { return allOf(model) == name; });
        m_chosen << name;
        m_chosen.sort();
    }
    // Not while the list tells of its item.
    QMetaObject::invokeMethod(this, &ModelChoice::fill, Qt::QueuedConnection);
    renew();
    Q_EMIT edited();
}

void ModelChoice::find(const QString &text)
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setHidden(
            !m_list->item(row)->data(Qt::UserRole).toString().contains(text.trimmed(), Qt::CaseInsensitive));
}

void ModelChoice::renew()
{
    m_summary->setText(m_chosen.isEmpty() ? tr("Nothing ticked: all that the owner may use, also models to come.")
                                          : tr("Only %1").arg(m_chosen.join(u", "_s)));
}
