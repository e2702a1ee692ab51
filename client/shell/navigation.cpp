// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/navigation.h"

#include <algorithm>

namespace {

constexpr std::size_t longestHistory = 100;

} // namespace

Navigation::Navigation(QObject *parent)
    : QObject(parent),
      m_allowed([](Ability) { return true; }),
      m_stack(new QStackedWidget)
{
}

Navigation::~Navigation()
{
    if (!m_stack->parent())
        delete m_stack;
}

void Navigation::add(PageSpec spec)
{
    Q_ASSERT(std::none_of(m_specs.begin(), m_specs.end(), [&](const PageSpec &s) { return s.id == spec.id; }));
    m_specs.push_back(std::move(spec));
    std::stable_sort(m_specs.begin(), m_specs.end(),
                     [](const PageSpec &a, const PageSpec &b) { return a.group < b.group; });
    Q_EMIT availableChanged();
}

void Navigation::setAllowed(std::function<bool(Ability)> allowed)
{
    m_allowed = std::move(allowed);
    Q_EMIT availableChanged();
    if (!m_currentId.isEmpty() && !find(m_currentId)) // the role was changed while the page was open
        open({});
}

void Navigation::renewAllowed()
{
    Q_EMIT availableChanged();
    Q_EMIT commandsChanged();
    if (m_currentId.isEmpty())
        return;
    if (find(m_currentId)) {
        current()->activated(); // shows what may be done now
        return;
    }
    const auto left =
        std::find_if(m_specs.begin(), m_specs.end(), [this](const PageSpec &spec) { return spec.id == m_currentId; });
    open({});
    Q_EMIT toastRequested({.tone = Tone::Warning,
                           .title = tr("“%1” is no longer open to you").arg(left->title()),
                           .text = tr("What you may do in this tenant was changed. An owner of it can tell you why.")});
}

bool Navigation::isAllowed(const PageSpec &spec) const
{
    return m_allowed(spec.ability) || std::any_of(spec.alsoFor.begin(), spec.alsoFor.end(), m_allowed);
}

QList<const PageSpec *> Navigation::available() const
{
    QList<const PageSpec *> pages;
    for (const PageSpec &spec : m_specs) {
        if (isAllowed(spec))
            pages << &spec;
    }
    return pages;
}

const PageSpec *Navigation::find(const QString &id) const
{
    const auto spec = std::find_if(m_specs.begin(), m_specs.end(), [&](const PageSpec &s) { return s.id == id; });
    return spec != m_specs.end() && isAllowed(*spec) ? &*spec : nullptr;
}

PageWidget *Navigation::current() const { return m_pages.value(m_currentId); }

void Navigation::open(const QString &id, const QJsonObject &viewState)
{
    const QList<const PageSpec *> pages = available();
    if (pages.isEmpty())
        return;
    const QString wanted = find(id) ? id : pages.first()->id;
    remember();
    m_history.resize(std::size_t(m_historyAt + 1));
    if (m_history.empty() || m_history.back().pageId != wanted || !viewState.isEmpty())
        m_history.push_back({wanted, viewState});
    if (m_history.size() > longestHistory)
        m_history.erase(m_history.begin());
    m_historyAt = int(m_history.size()) - 1;
    show(wanted, viewState);
}

void Navigation::openObject(const QString &pageId, const QString &objectId)
{
    if (!find(pageId))
        return;
    open(pageId);
    if (PageWidget *page = current())
        page->openObject(objectId);
}

void Navigation::show(const QString &id, const QJsonObject &viewState)
{
    PageWidget *&page = m_pages[id];
    const PageSpec *spec = find(id);
    if (!page) {
        page = spec->factory();
        page->setObjectName(id);
        m_stack->addWidget(page);
        connect(page, &PageWidget::commandsChanged, this, &Navigation::commandsChanged);
        connect(page, &PageWidget::toastRequested, this, &Navigation::toastRequested);
        connect(page, &PageWidget::viewChanged, this, &Navigation::remember);
        connect(page, &PageWidget::navigationRequested, this, &Navigation::open);
    }
    m_currentId = id;
    if (!viewState.isEmpty())
        page->restoreViewState(viewState);
    m_stack->setCurrentWidget(page);
    page->activated();
    Q_EMIT currentChanged(id);
    Q_EMIT commandsChanged();
}

// Keeps how the page looks now, so that coming back shows the same.
void Navigation::remember()
{
    if (m_historyAt >= 0 && current() && m_history[std::size_t(m_historyAt)].pageId == m_currentId)
        m_history[std::size_t(m_historyAt)].viewState = current()->viewState();
}

void Navigation::step(int by)
{
    const int to = m_historyAt + by;
    if (to < 0 || to >= int(m_history.size()))
        return;
    remember();
    m_historyAt = to;
    const Visit visit = m_history[std::size_t(to)];
    if (find(visit.pageId))
        show(visit.pageId, visit.viewState);
}

void Navigation::setBadge(const QString &id, int count, Tone tone)
{
    m_badges[id] = {count, tone};
    Q_EMIT badgeChanged(id);
}

void Navigation::reset()
{
    m_history.clear();
    m_historyAt = -1;
    m_currentId.clear();
    for (PageWidget *page : std::exchange(m_pages, {}))
        delete page;
    m_badges.clear();
    Q_EMIT commandsChanged();
}
