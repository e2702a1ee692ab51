// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/used_by_list.h"

#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/templates/endpoints.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostShown = 50;

} // namespace

UsedByList::UsedByList(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_rows(new QVBoxLayout)
{
    m_note->setWordWrap(true);
    m_rows->setContentsMargins({});
    m_rows->setSpacing(0);
    setLayout(layout::column({m_title, m_note, m_rows}, Length::Space4));
    retranslate();
}

void UsedByList::open(const QUuid &id)
{
    m_call.cancel();
    m_call = m_workspace.api().call(endpoints::templates::usedBy.at(id), {.limit = mostShown}, this,
                                    [this](const Result<Page<TemplateUse>> &page) { show(page); });
}

void UsedByList::show(const Result<Page<TemplateUse>> &page)
{
    m_shown = page;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!page)
        return m_note->setText(page.error().detail);
    m_note->setText(page->items.isEmpty()
                        ? tr("No template includes this one. Write {{> slug}} in another to include it.")
                        : page->nextCursor ? tr("The first %n that include this one:", nullptr, mostShown)
                                           : tr("While these include it, its slug stays and it cannot be deleted."));
    for (const TemplateUse &use : page->items) {
        QStringList parts{u"v%1"_s.arg(use.version)};
        parts += use.labels;
        if (use.isLatest)
            parts << tr("latest");
        auto *row = new Button(u"%1 · %2 · {{> %3}}"_s.arg(use.name, parts.join(u", "_s), use.reference),
                               u"file-code-2"_s, ButtonVariant::Ghost);
        row->setControlSize(ControlSize::Small);
        connect(row, &QPushButton::clicked, this, [this, id = use.templateId] { Q_EMIT openRequested(id); });
        m_rows->addWidget(row, 0, Qt::AlignLeft);
    }
}

void UsedByList::retranslate()
{
    m_title->setText(tr("Used by"));
    if (m_shown)
        show(std::optional(*m_shown).value());
}
